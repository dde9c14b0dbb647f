import type { ViabilityStudy } from '../../data/viability-files.ts'
import type { ViabilityContext } from './section.ts'

/** The study of a section that applies only where there is one. */
export function studyOf({ study }: ViabilityContext): ViabilityStudy {
  if (study === null) throw new Error('internal: a section of the study without a study')
  return study
}
