import type { LocalClock } from '../../data/local-clock.ts'
import type { DispatchSeries } from '../../models/dispatch/series.ts'
import type { Battery } from '../../scenarios/schema.ts'
import type { MarketArea } from '../market-area.ts'

/** Prices and clock of a community, which its homes' series share. */
export interface SharedColumns {
  readonly importUsdPerKwh: Float64Array
  readonly exportUsdPerKwh: Float64Array
  readonly clock: LocalClock
  readonly stepHours: number
}

/**
 * What a dispatcher of this community sees of tariff and time. Under net metering an export is worth the
 * retail price of its interval: the month's netting is not planned for.
 */
export function sharedColumns(area: MarketArea): SharedColumns {
  const importUsdPerKwh = Float64Array.from(area.priceMicroUsdPerKwh, (price) => price / 1e6)
  return {
    importUsdPerKwh,
    exportUsdPerKwh: area.plan.exportValue.netting ? importUsdPerKwh : soldAt(area),
    clock: area.clock,
    stepHours: area.axis.stepSeconds / 3600,
  }
}

/** What an exported kWh earns in each interval where nothing is netted, USD/kWh; of tiers the first. */
function soldAt({ axis, plan }: MarketArea): Float64Array {
  const { exportMicroUsdPerKwh: series, rate, exportValue } = plan
  if (series !== null) return Float64Array.from(series, (price) => price / 1e6)
  if (rate === null) return new Float64Array(axis.count).fill(exportValue.mostMicroUsdPerKwh / 1e6)
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
  return Float64Array.from(
    clock.hour,
    (hour, step) =>
      temperatureC +
      year * Math.cos(2 * Math.PI * (clock.yearFraction[step] - WARMEST_YEAR)) +
      day * Math.cos((2 * Math.PI * (hour - WARMEST_HOUR)) / 24),
  )
}

/** One home's series for its dispatcher. */
export function homeSeries(area: MarketArea, home: number, shared: SharedColumns): DispatchSeries {
  const { loadMilliWh, solarMilliWh, battery } = area.homes[home]
  return {
    stepHours: shared.stepHours,
    loadKwh: Float64Array.from(loadMilliWh, (milliWh) => milliWh / 1e6),
    solarKwh: Float64Array.from(solarMilliWh, (milliWh) => milliWh / 1e6),
    importUsdPerKwh: shared.importUsdPerKwh,
    exportUsdPerKwh: shared.exportUsdPerKwh,
    localHour: shared.clock.hour,
    localMonth: shared.clock.month,
    localDay: shared.clock.day,
    temperatureC: temperatures(battery, shared),
  }
}
