import type { TimeAxis } from '../data/axis.ts'
import type { Battery } from '../scenarios/schema.ts'

/** One home with its series on the settlement axis; energy of an interval in whole milliwatt-hours. */
export interface HomeInput {
  readonly id: string
  readonly label: string
  readonly role: 'household' | 'consumer'
  /** AC nameplate; 0 without solar. */
  readonly solarKw: number
  readonly battery: Battery | null
  /** The community's battery: no home, it charges and serves what the homes leave and lack. */
  readonly shared: boolean
  readonly solarMilliWh: Int32Array
  readonly loadMilliWh: Int32Array
}

/** Everything that one community's simulation reads. */
export interface MarketArea {
  readonly id: string
  readonly label: string
  readonly axis: TimeAxis
  readonly homes: readonly HomeInput[]
  /** Full retail price of the utility, µ$ per kWh, for every interval. */
  readonly priceMicroUsdPerKwh: Int32Array
  /** Local months: their names, and the month of every interval. */
  readonly months: readonly string[]
  readonly monthOfStep: Uint16Array
  /** Part of each month that the axis covers, (0, 1]. */
  readonly coveredOfMonth: readonly number[]
}
