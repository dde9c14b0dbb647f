import type { ViabilityFile, ViabilityStudy } from '../../data/viability-files.ts'
import type { Markup } from '../html/markup.ts'
import type { ReportInput } from '../report-input.ts'
import type { SectionContext } from '../sections/section.ts'
import type { Business } from './business/business.ts'

/** A run and what `vpp viability` found of it. */
export interface ViabilityInput {
  readonly report: ReportInput
  readonly viability: ViabilityFile<Business>
}

/** What a section of the viability report is given: all that a section of a run has, the study and the business. */
export interface ViabilityContext extends SectionContext {
  readonly viability: ViabilityFile<Business>
  /** Null: made with `--runs 0`. */
  readonly study: ViabilityStudy | null
  readonly business: Business
}

/** One numbered part of the viability report. */
export interface ViabilitySection {
  /** Anchor, stable over versions. */
  readonly id: string
  /** The finding; where it is made of numbers, from the study. */
  readonly title: string | ((context: ViabilityContext) => string)
  /** Left out: always there. */
  readonly applies?: (context: ViabilityContext) => boolean
  readonly render: (context: ViabilityContext) => Markup
}
