import type { BatteryParameters, BatteryState } from '../battery/battery.ts'
import type { DispatchSeries } from './series.ts'

/** What a strategy decides on: the interval at hand and the battery as it stands. */
export interface Decision {
  readonly step: number
  readonly solarKwh: number
  readonly loadKwh: number
  readonly state: BatteryState
}

/**
 * A dispatch strategy of one battery. It may read the series' prices and clock beyond the interval at
 * hand (they are published); load and solar to come only through a forecast.
 */
export interface Strategy {
  /** AC power asked of the battery, kW; above zero discharges. The battery keeps its own limits. */
  powerKw(decision: Decision): number
  /** Intervals that were decided by rule because a solver failed; absent: it has none. */
  readonly ruledSteps?: number
}

/** What every strategy is made from. */
export interface StrategyContext {
  readonly battery: BatteryParameters
  readonly series: DispatchSeries
}

/** What the home lacks after its solar, kW; below zero is surplus. */
export const netLoadKw = ({ loadKwh, solarKwh }: Decision, stepHours: number): number =>
  (loadKwh - solarKwh) / stepHours
