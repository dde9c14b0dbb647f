import { type Forecast, persistenceForecast } from '../dispatch/forecast.ts'
import type { DispatchSeries } from '../dispatch/series.ts'
import { meanOf } from './quantiles.ts'

/** Forecasts of every day of a series, issued at its start: the day itself and the one after, slots × `LEVELS`. */
export interface DailyForecasts {
  readonly slotsPerDay: number
  /** By day; null: none was made (the first day has no past). */
  readonly today: readonly (Float64Array | null)[]
  readonly tomorrow: readonly (Float64Array | null)[]
}

/**
 * What a planner believes by forecasts that are issued once a day: the mean of the slot, shared evenly over the finer
 * steps of the run (derived, not forecast at that step). Beyond tomorrow the day after repeats; where there is no
 * forecast the day before does.
 *
 * @param load of the home
 * @param solar of its plant; null: it has none
 */
export function believedForecast(
  series: DispatchSeries,
  load: DailyForecasts,
  solar: DailyForecasts | null,
): Forecast {
  const fallback = persistenceForecast(series)
  const stepsPerDay = Math.round(24 / series.stepHours)
  const means = (forecasts: DailyForecasts | null) =>
    forecasts && {
      stepsPerSlot: stepsPerDay / forecasts.slotsPerDay,
      today: forecasts.today.map((day) => day && meanOf(day)),
      tomorrow: forecasts.tomorrow.map((day) => day && meanOf(day)),
    }
  const loads = means(load)
  const plants = means(solar)
  const valueOf = (of: ReturnType<typeof means>, issued: number, step: number): number | null => {
    if (of === null) return 0
    const lead = Math.floor(step / stepsPerDay) - issued
    const values = lead <= 0 ? of.today[issued] : (of.tomorrow[issued] ?? of.today[issued])
    if (values === null || values === undefined) return null
    return values[Math.floor((step % stepsPerDay) / of.stepsPerSlot)] / of.stepsPerSlot
  }
  return {
    at(now, step) {
      if (step <= now) return { loadKwh: series.loadKwh[now], solarKwh: series.solarKwh[now] }
      const issued = Math.floor(now / stepsPerDay)
      const loadKwh = valueOf(loads, issued, step)
      const solarKwh = valueOf(plants, issued, step)
      return loadKwh === null || solarKwh === null ? fallback.at(now, step) : { loadKwh, solarKwh }
    },
  }
}
