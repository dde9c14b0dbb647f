import type { LocalClock } from '../../data/local-clock.ts'
import { madeOnce } from '../../data/made-once.ts'
import type { DispatchSeries } from '../../models/dispatch/series.ts'
import type { Battery } from '../../scenarios/schema.ts'
import type { MarketArea } from '../market-area.ts'
import type { TariffPlan } from '../tariff-plan.ts'

/** Prices and clock of a community, which its homes' series share. */
export interface SharedColumns {
  readonly importUsdPerKwh: Float64Array
  readonly exportUsdPerKwh: Float64Array
  readonly clock: LocalClock
  readonly stepHours: number
}

/** Of whole millionths: µ$ in USD, milliwatt-hours in kWh. */
const millionths = madeOnce((whole: Int32Array): Float64Array => {
  const values = new Float64Array(whole.length)
  for (let at = 0; at < whole.length; at++) values[at] = whole[at] / 1e6
  return values
})

/**
 * What a dispatcher of this community sees of tariff and time. Under net metering an export is worth the
 * retail price of its interval: the month's netting is not planned for.
 */
export function sharedColumns(area: MarketArea): SharedColumns {
  const importUsdPerKwh = millionths(area.priceMicroUsdPerKwh)
  return {
    importUsdPerKwh,
    exportUsdPerKwh: area.plan.exportValue.netting ? importUsdPerKwh : soldAt(area.plan),
    clock: area.clock,
    stepHours: area.axis.stepSeconds / 3600,
  }
}

/** What an exported kWh earns in each interval where nothing is netted, USD/kWh; of tiers the first. */
export function soldAt(plan: TariffPlan): Float64Array {
  const { exportMicroUsdPerKwh: series, rate, exportValue, priceMicroUsdPerKwh } = plan
  if (series !== null) return millionths(series)
  if (rate === null)
    return new Float64Array(priceMicroUsdPerKwh.length).fill(exportValue.mostMicroUsdPerKwh / 1e6)
  const sells = rate.rate.energy.map(([tier]) => tier.sellUsdPerKwh)
  return Float64Array.from(rate.periodOfStep, (period) => sells[period])
}

/** Warmest day of the year (20 July) and hour. */
const WARMEST_YEAR = 0.55
const WARMEST_HOUR = 15

/** Temperature of a battery's cells, °C: a mean and two swings. */
export function temperatures(battery: Battery | null, { clock }: SharedColumns): Float64Array {
  if (battery === null) return new Float64Array(0)
  const { temperatureC, temperatureYearSwingC: year, temperatureDaySwingC: day } = battery
  return swinging(clock, temperatureC, year, day)
}

const swinging = madeOnce((clock: LocalClock, meanC: number, yearC: number, dayC: number): Float64Array =>
  Float64Array.from(
    clock.hour,
    (hour, step) =>
      meanC +
      yearC * Math.cos(2 * Math.PI * (clock.yearFraction[step] - WARMEST_YEAR)) +
      dayC * Math.cos((2 * Math.PI * (hour - WARMEST_HOUR)) / 24),
  ),
)

/** One home's series for its dispatcher; load and solar are made when they are asked for: not every strategy looks ahead. */
export function homeSeries(area: MarketArea, home: number, shared: SharedColumns): DispatchSeries {
  const { loadMilliWh, solarMilliWh, battery } = area.homes[home]
  let loadKwh: Float64Array | null = null
  let solarKwh: Float64Array | null = null
  return {
    stepHours: shared.stepHours,
    get loadKwh() {
      return (loadKwh ??= millionths(loadMilliWh.whole()))
    },
    get solarKwh() {
      return (solarKwh ??= millionths(solarMilliWh.whole()))
    },
    importUsdPerKwh: shared.importUsdPerKwh,
    exportUsdPerKwh: shared.exportUsdPerKwh,
    localHour: shared.clock.hour,
    localMonth: shared.clock.month,
    localDay: shared.clock.day,
    temperatureC: temperatures(battery, shared),
  }
}
