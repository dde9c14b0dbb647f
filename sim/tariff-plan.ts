import type { TimeAxis } from '../data/axis.ts'
import type { LocalClock } from '../data/local-clock.ts'
import { madeOnce } from '../data/made-once.ts'
import { publishedTariff } from '../data/tariffs/registry.ts'
import { microUsdFromUsd } from '../data/units.ts'
import type { BillRules } from '../models/tariff/bill.ts'
import { periodsOf, type TariffClock } from '../models/tariff/rate/calendar.ts'
import type { Metering } from '../models/tariff/rate/metering.ts'
import { publishedRate } from '../models/tariff/rate/published-rate.ts'
import type { Rate } from '../models/tariff/rate/rate.ts'
import { meteringRule, sellingAt } from './tariff-rate.ts'
import type { TariffTerms } from './tariffs.ts'

/** What an exported kWh may bring its home, µ$/kWh, for whoever must not make it lose. */
export interface ExportValue {
  /** Exports offset imports of the month: a kWh may be worth the full retail price of its interval. */
  readonly netting: boolean
  readonly leastMicroUsdPerKwh: number
  readonly mostMicroUsdPerKwh: number
}

/** A rate on the run's intervals. */
export interface RatePlan {
  readonly rate: Rate
  readonly metering: Metering
  readonly periodOfStep: Uint8Array
  readonly demandPeriodOfStep: Uint8Array | null
  readonly stepSeconds: number
}

/** A tariff on the run's intervals. */
export interface TariffPlan {
  readonly terms: TariffTerms
  /** Retail price of every interval, µ$/kWh; of a rate with tiers the lowest of the period: what a kWh saves at least. */
  readonly priceMicroUsdPerKwh: Int32Array
  /** What every interval's export earns, where it has a price of its own. */
  readonly exportMicroUsdPerKwh: Int32Array | null
  /** Null: priced by the interval. */
  readonly rate: RatePlan | null
  readonly exportValue: ExportValue
}

/** Month, hour and kind of day of a run's intervals, as a tariff sees them. */
export const tariffClock = madeOnce((clock: LocalClock, calendar: TariffTerms['calendar']): TariffClock => {
  const newYear = new Map<number, number>()
  const dayOfYear = (day: number): number => {
    const year = new Date(day * 86_400_000).getUTCFullYear()
    const first = newYear.get(year) ?? Date.UTC(year, 0, 1) / 86_400_000
    newYear.set(year, first)
    return day - first
  }
  // 1970-01-01 was a Thursday; Monday is 0.
  const weekday = (day: number) => (calendar === 'sam' ? dayOfYear(day) % 7 : (day + 3) % 7)
  let last = Number.NaN
  let weekend = 0
  return {
    month: clock.month.map((month) => month - 1),
    hour: Uint8Array.from(clock.hour, Math.floor),
    weekend: Uint8Array.from(clock.day, (day) => {
      if (day !== last) weekend = weekday(day) >= 5 ? 1 : 0
      last = day
      return weekend
    }),
  }
})

const prices = madeOnce((usdPerKwh: Float64Array): Int32Array => Int32Array.from(usdPerKwh, microUsdFromUsd))

/** Terms on the axis of a run. */
export const tariffPlan = madeOnce((terms: TariffTerms, axis: TimeAxis, clock: LocalClock): TariffPlan => {
  const exportMicroUsdPerKwh = terms.exportUsdPerKwh === null ? null : prices(terms.exportUsdPerKwh)
  if (terms.rate === null) {
    if (terms.priceUsdPerKwh === null) throw new Error('internal: a price series was not read')
    const price = prices(terms.priceUsdPerKwh)
    return {
      terms,
      priceMicroUsdPerKwh: price,
      exportMicroUsdPerKwh,
      rate: null,
      exportValue: exportValue(terms, exportMicroUsdPerKwh, null),
    }
  }
  const { metering, sellUsdPerKwh } = meteringRule(terms.export)
  const given = sellingAt(terms.rate, sellUsdPerKwh)
  const rate: Rate = {
    ...given,
    fixedUsdPerMonth: given.fixedUsdPerMonth + terms.fixedUsdPerMonth,
    ...(given.fixedUsdByMonth === undefined
      ? {}
      : { fixedUsdByMonth: given.fixedUsdByMonth.map((usd) => usd + terms.fixedUsdPerMonth) }),
  }
  const oneTime = rate.energy.length === 1 && rate.demand === null
  const times = oneTime ? null : tariffClock(clock, terms.calendar)
  const periodOfStep = times === null ? new Uint8Array(axis.count) : periodsOf(rate.schedule, times)
  const lowest = rate.energy.map((tiers) =>
    microUsdFromUsd(Math.min(...tiers.map(({ buyUsdPerKwh }) => buyUsdPerKwh))),
  )
  return {
    terms,
    priceMicroUsdPerKwh: Int32Array.from(periodOfStep, (period) => lowest[period]),
    exportMicroUsdPerKwh,
    rate: isPlain(terms)
      ? null
      : {
          rate,
          metering,
          periodOfStep,
          demandPeriodOfStep:
            rate.demand === null || times === null ? null : periodsOf(rate.demand.schedule, times),
          stepSeconds: axis.stepSeconds,
        },
    exportValue: exportValue(terms, exportMicroUsdPerKwh, rate),
  }
})

/** One price around the clock beside an export rule by the interval is billed by the interval. */
const isPlain = ({ rate, export: paid }: TariffTerms): boolean =>
  rate !== null &&
  rate.energy.length === 1 &&
  rate.energy[0].length === 1 &&
  rate.demand === null &&
  rate.flatDemand === null &&
  rate.fixedUsdPerMonth === 0 &&
  rate.fixedUsdByMonth === undefined &&
  rate.minimumUsdPerMonth === 0 &&
  rate.minimumUsdPerYear === 0 &&
  (paid.kind === 'flat' || paid.kind === 'net-metering' || paid.kind === 'series')

function exportValue(
  { export: paid }: TariffTerms,
  series: Int32Array | null,
  rate: Rate | null,
): ExportValue {
  const tiers = rate?.energy.flat() ?? []
  const micro = (value: (tier: (typeof tiers)[number]) => number) =>
    tiers.map((tier) => microUsdFromUsd(value(tier)))
  const sells = micro(({ sellUsdPerKwh }) => sellUsdPerKwh)
  const between = (values: Iterable<number>) => {
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (const value of values) {
      if (value < least) least = value
      if (value > most) most = value
    }
    return { leastMicroUsdPerKwh: least, mostMicroUsdPerKwh: most }
  }
  if (series !== null) return { netting: false, ...between(series) }
  switch (paid.kind) {
    case 'flat':
      return { netting: false, ...between([microUsdFromUsd(paid.usdPerKwh)]) }
    case 'net-metering': {
      const excess = microUsdFromUsd(paid.excessUsdPerKwh)
      // A kWh may offset the dearest tier; without tiers the price of its interval says it.
      const dearest =
        rate !== null && rate.energy.some(({ length }) => length > 1)
          ? micro(({ buyUsdPerKwh }) => buyUsdPerKwh)
          : []
      return { netting: true, ...between([excess, ...dearest]), leastMicroUsdPerKwh: excess }
    }
    case 'net-metering-kwh':
      // What rolls over is worth a later month's price.
      return {
        netting: true,
        ...between(micro(({ buyUsdPerKwh }) => buyUsdPerKwh)),
        leastMicroUsdPerKwh: microUsdFromUsd(paid.yearEndUsdPerKwh),
      }
    case 'net-metering-credit':
      return {
        netting: true,
        ...between([...sells, ...micro(({ buyUsdPerKwh }) => buyUsdPerKwh)]),
        leastMicroUsdPerKwh: Math.min(...sells),
      }
    default:
      return { netting: false, ...between(sells) }
  }
}

/** What the bill model needs beside a rate, for one home. */
export function billRules({ terms }: TariffPlan, role: 'household' | 'consumer', solarKw: number): BillRules {
  const { export: paid } = terms
  const poor = role === 'consumer'
  const series = terms.exportUsdPerKwh !== null
  return {
    exportKind: series ? 'series' : paid.kind === 'net-metering' ? 'net-metering' : 'flat',
    exportMicroUsdPerKwh: microUsdFromUsd(
      paid.kind === 'flat' ? paid.usdPerKwh : paid.kind === 'net-metering' ? paid.excessUsdPerKwh : 0,
    ),
    peerDeliveryMicroUsdPerKwh: microUsdFromUsd(terms.peerDeliveryUsdPerKwh),
    fixedMicroUsdPerMonth: microUsdFromUsd(terms.fixedUsdPerMonth),
    discountFraction: poor ? terms.lowIncomeDiscountFraction : 0,
    lowIncomeCreditMicroUsdPerMonth: poor ? microUsdFromUsd(terms.lowIncomeCreditUsdPerMonth) : 0,
    solarChargeMicroUsdPerMonth: microUsdFromUsd(terms.solarChargeUsdPerKwMonth * solarKw),
  }
}

/**
 * The time-varying rate of a run that names none: the prices of a study's seasonal time-of-use design, all times one factor,
 * so that what these homes use costs as much as under the scenario's own prices.
 *
 * @param load of all homes by interval, milliwatt-hours
 */
export function timeVaryingPrices(own: Int32Array, load: Float64Array, clock: LocalClock): Float64Array {
  const study = publishedRate(publishedTariff('ny-seasonal-tou-study'))
  const shape = study.energy.map(([{ buyUsdPerKwh }]) => buyUsdPerKwh)
  const periods = periodsOf(study.schedule, tariffClock(clock, 'civil'))
  let paid = 0
  let shaped = 0
  for (let step = 0; step < own.length; step++) {
    paid += (own[step] / 1e6) * load[step]
    shaped += shape[periods[step]] * load[step]
  }
  const factor = shaped > 0 ? paid / shaped : 1
  return Float64Array.from(periods, (period) => Math.min(10, shape[period] * factor))
}
