import type { ViabilitySection } from './section.ts'
import { carbon } from './sections/carbon.ts'
import { howSure } from './sections/how-sure.ts'
import { reliability } from './sections/reliability.ts'
import { whenItPays } from './sections/when-it-pays.ts'
import { worth } from './sections/worth.ts'

/** Sections of the uncertainty study, in order. */
export const STUDY_SECTIONS: readonly ViabilitySection[] = [whenItPays, howSure, worth, carbon, reliability]
