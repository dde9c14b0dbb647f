/**
 * A published electricity rate as numbers: what a kWh and a kW cost by time and amount, what an exported kWh earns,
 * and what is due however little is used. The field layout follows the U.S. Utility Rate Database (URDB), version 8.
 */

/** How a tier's limit counts: energy of the month, times its days, times its greatest demand, or times both. */
export const USAGE_UNITS = ['kWh', 'kWh daily', 'kWh/kW', 'kWh/kW daily'] as const
export type UsageUnit = (typeof USAGE_UNITS)[number]

/** One price step of a period; it holds up to its limit, counted over all periods of the month. */
export interface EnergyTier {
  /** Upper limit in `unit`; null: none. */
  readonly max: number | null
  readonly unit: UsageUnit
  readonly buyUsdPerKwh: number
  /** Earned by an exported kWh where the metering rule pays sell rates. */
  readonly sellUsdPerKwh: number
}

export interface DemandTier {
  readonly maxKw: number | null
  readonly usdPerKw: number
}

/** Period by month (0: January) and hour of the day, on weekdays and at weekends. */
export interface Schedule {
  readonly weekday: readonly (readonly number[])[]
  readonly weekend: readonly (readonly number[])[]
}

export interface Rate {
  /** Tiers of every period, at least one each. */
  readonly energy: readonly (readonly EnergyTier[])[]
  readonly schedule: Schedule
  /** Charge on the greatest demand of each period of a schedule; null: none. */
  readonly demand: {
    readonly periods: readonly (readonly DemandTier[])[]
    readonly schedule: Schedule
  } | null
  /** Charge on the greatest demand of the month, by month; null: none. */
  readonly flatDemand: readonly (readonly DemandTier[])[] | null
  /** Length over which demand is averaged, minutes; a coarser step is taken as it is. */
  readonly demandWindowMinutes: number
  readonly fixedUsdPerMonth: number
  /** Where it changes with the month: twelve, January first. */
  readonly fixedUsdByMonth?: readonly number[]
  readonly minimumUsdPerMonth: number
  /** Least sum of a calendar year's bills before minimum charges and credits paid out. */
  readonly minimumUsdPerYear: number
}

const always = (): number[][] => Array.from({ length: 12 }, () => Array.from({ length: 24 }, () => 0))

/** One period around the clock and the year. */
export const ONE_PERIOD: Schedule = { weekday: always(), weekend: always() }

/** A rate of one price, without anything else. */
export const flatRate = (buyUsdPerKwh: number, sellUsdPerKwh = 0): Rate => ({
  energy: [[{ max: null, unit: 'kWh', buyUsdPerKwh, sellUsdPerKwh }]],
  schedule: ONE_PERIOD,
  demand: null,
  flatDemand: null,
  demandWindowMinutes: 15,
  fixedUsdPerMonth: 0,
  minimumUsdPerMonth: 0,
  minimumUsdPerYear: 0,
})
