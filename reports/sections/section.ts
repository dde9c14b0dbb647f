import type { FigureSpec } from '../html/figure.ts'
import type { Markup } from '../html/markup.ts'
import type { KpiEntry } from '../kpi/compute.ts'
import type { KpiId } from '../kpi/registry.ts'
import type { ReportInput } from '../report-input.ts'

/** What a section is given: the run, its key figures, and numbered figures. */
export interface SectionContext {
  readonly input: ReportInput
  /** A key figure; an id that does not exist does not compile. */
  readonly kpi: (id: KpiId) => KpiEntry
  /** Value of a key figure; null when it is not defined for this run. */
  readonly value: (id: KpiId) => number | null
  /** Draws a figure and gives it the next number. */
  readonly figure: (spec: FigureSpec) => Markup
}

/** One numbered part of the report. */
export interface Section {
  /** Anchor, stable over versions. */
  readonly id: string
  readonly title: string
  /** Left out: always there. */
  readonly applies?: (input: ReportInput) => boolean
  readonly render: (context: SectionContext) => Markup
}
