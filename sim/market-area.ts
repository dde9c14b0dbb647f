import type { TimeAxis } from '../data/axis.ts'
import type { Place } from '../models/forecast/surroundings.ts'
import type { Battery, Home } from '../scenarios/schema.ts'
import type { LocalClock } from '../data/local-clock.ts'
import type { RuleBaseline } from '../data/run-files.ts'
import type { EnvironmentSeries } from './environment.ts'
import type { FeederInput } from './feeder-input.ts'
import type { StepSeries } from './step-series.ts'
import type { TariffPlan } from './tariff-plan.ts'

/** One home with its series on the settlement axis; energy of an interval in whole milliwatt-hours. */
export interface HomeInput {
  readonly id: string
  readonly label: string
  readonly role: 'household' | 'consumer'
  /** Own steps of the data, seconds: what forecasts are made at. */
  readonly dataStepSeconds: number
  /** Where its plant stands; null: not known, or none. */
  readonly place: Place | null
  /** AC nameplate; 0 without solar. */
  readonly solarKw: number
  readonly battery: Battery | null
  /** The community's battery: no home, it charges and serves what the homes leave and lack. */
  readonly shared: boolean
  readonly solarMilliWh: StepSeries
  /** Load without flexible devices. */
  readonly loadMilliWh: StepSeries
  readonly flexible: FlexibleSpec
  /** What it wants of trading. */
  readonly trading: Home['trading']
}

/** What can wait at a home, what its people care about, and whether it answers demand response. */
export interface FlexibleSpec {
  readonly site: Home['site']
  readonly devices: Home['devices']
  readonly preferences: Home['preferences']
  readonly participation: Home['demandResponse']
}

/** Is there anything that a home could move or leave out? */
export const isFlexible = ({ devices, participation }: FlexibleSpec): boolean =>
  Object.keys(devices ?? {}).length > 0 || participation !== undefined

/** Everything that one community's simulation reads. */
export interface MarketArea {
  readonly id: string
  readonly label: string
  readonly axis: TimeAxis
  readonly homes: readonly HomeInput[]
  readonly environment: EnvironmentSeries
  /** Wires between the homes; left out: they carry everything. */
  readonly feeder?: FeederInput
  /** Full retail price of the utility, µ$ per kWh, for every interval; of a rate with tiers the lowest. */
  readonly priceMicroUsdPerKwh: Int32Array
  /** The tariff of the run, and those that it is compared with. */
  readonly plan: TariffPlan
  readonly baselinePlans: Readonly<Record<RuleBaseline, TariffPlan>>
  /** Wall time of every interval. */
  readonly clock: LocalClock
  /** Local months: their names, and the month of every interval. */
  readonly months: readonly string[]
  readonly monthOfStep: Uint16Array
  /** Part of each month that the axis covers, (0, 1]. */
  readonly coveredOfMonth: readonly number[]
}
