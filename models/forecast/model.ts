import type { Issue } from './issue.ts'

/** Every model by name, the baseline first; `chosen` stands beside them and is one of them on each day. */
export const MODEL_NAMES = ['seasonal-naive', 'smart-persistence', 'ridge', 'network', 'combination'] as const
export type ModelName = (typeof MODEL_NAMES)[number]

/** One model at one home. It keeps what it learnt of the home's own errors; its weights are the shared model's. */
export interface Forecaster {
  /**
   * Quantiles of the day ahead, slot by slot at `LEVELS`, kWh. Changes nothing: days may be asked for in a row
   * before they are observed. May cross; calibration takes that out.
   */
  forecast(issue: Issue): Float64Array
  /** Learns from a day that is over: what was known at its start, what this model said, and what was measured. */
  observe(issue: Issue, said: Float64Array, actual: Float64Array): void
}

/** A model whose weights come from homes that it is trained on; each forecasts for any home. */
export interface SharedModel {
  readonly name: ModelName
  /** Takes a day of a training home, which is over, into what the next `fit` learns from; days come in order. */
  add(home: string, issue: Issue, actual: Float64Array): void
  /** Learns the weights from all days that were added. */
  fit(): Promise<void>
  /** The model at a home; it follows later fits. */
  forecaster(): Forecaster
}
