import type { Manifest, RunResults } from '../data/run-files.ts'
import type { KpiReport } from './kpi/compute.ts'
import type { ScenarioView } from './scenario-view.ts'

/** Columns of a window, all of one community: kWh per interval, stored kWh, or USD per kWh. */
export const WINDOW_COLUMNS = [
  'solarKwh',
  'loadKwh',
  'chargeKwh',
  'dischargeKwh',
  /** Community's net exchange at the transformer. */
  'importKwh',
  'exportKwh',
  'tradedKwh',
  'priceUsdPerKwh',
  /** NaN where nothing was traded. */
  'peerPriceUsdPerKwh',
  /** Zero where tokens were off. */
  'activeKwh',
  'setAsideKwh',
  'deliverableKwh',
] as const
export type WindowColumn = (typeof WINDOW_COLUMNS)[number]

/** A stretch of the run at its full resolution, for the pictures. */
export interface SeriesWindow {
  readonly id: 'first-week' | 'second-week' | 'day'
  readonly startSeconds: number
  readonly stepSeconds: number
  readonly columns: Readonly<Record<WindowColumn, Float64Array>>
}

/** Retail price over the run, USD per kWh; the mean is over time. */
export interface PriceRange {
  readonly least: number
  readonly mean: number
  readonly greatest: number
}

/** Everything that a report is made from. */
export interface ReportInput {
  readonly results: RunResults
  readonly manifest: Manifest
  readonly scenario: ScenarioView
  readonly kpis: KpiReport
  /** Of the first community; empty when a run has no whole day. */
  readonly windows: readonly SeriesWindow[]
  readonly retail: PriceRange
}
