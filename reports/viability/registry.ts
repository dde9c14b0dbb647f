import type { ViabilitySection } from './section.ts'

/** Sections of the uncertainty study, in order. */
export const STUDY_SECTIONS: readonly ViabilitySection[] = []
