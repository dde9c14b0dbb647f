import { type DispatchSeries, stepsOf } from './series.ts'

/** What a planner believes of the intervals to come. */
export interface Forecast {
  /** Load and solar of an interval at or after `now`, kWh, as believed at `now`. */
  at(now: number, step: number): { readonly loadKwh: number; readonly solarKwh: number }
}

/** Knows what will come: what a plan is worth at best. */
export const perfectForecast = (series: DispatchSeries): Forecast => ({
  at: (_, step) => ({ loadKwh: series.loadKwh[step], solarKwh: series.solarKwh[step] }),
})

/**
 * Each interval as the same one of the last day before `now` was; on the first day, which has none
 * before, as the interval at hand. The interval at hand itself is metered.
 */
export function persistenceForecast(series: DispatchSeries): Forecast {
  const day = Math.max(1, Math.round(24 / series.stepHours))
  return {
    at(now, step) {
      if (step <= now) return { loadKwh: series.loadKwh[now], solarKwh: series.solarKwh[now] }
      const back = step - day * Math.ceil((step - now) / day)
      const from = back >= 0 ? back : now
      return { loadKwh: series.loadKwh[from], solarKwh: series.solarKwh[from] }
    },
  }
}

/** Intervals from `now` on that a horizon covers within the series. */
export const horizonEnd = (series: DispatchSeries, now: number, horizonSteps: number): number =>
  Math.min(stepsOf(series), now + horizonSteps)
