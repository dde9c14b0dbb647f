import { streamFor } from '../../data/random.ts'
import { actualOf, daysOf, type HomeRecord, issueOf, type Target } from '../../models/forecast/issue.ts'
import { PlantHistory } from '../../models/forecast/plant.ts'
import { isDeadPlant } from '../../models/forecast/soundness.ts'
import {
  forecastClearness,
  forecastTemperature,
  type WeatherErrorModel,
} from '../../models/forecast/weather-forecast.ts'
import type { ForecastSet } from './sets.ts'

/** Clear-sky index of every slot of a plant, each day judged by the days before it; NaN at night and on the first day. */
function plantClearness(record: HomeRecord): Float64Array {
  const { slotsPerDay } = record
  const history = new PlantHistory(slotsPerDay)
  const index = new Float64Array(record.kwh.length).fill(Number.NaN)
  for (let day = 1; day < daysOf(record); day++) {
    history.observe(issueOf(record, day), actualOf(record, day))
    for (let slot = 0; slot < slotsPerDay; slot++) index[day * slotsPerDay + slot] = history.at(day, slot)
  }
  return index
}

/** The middle one of the values that are numbers; NaN of none. */
function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/**
 * The homes of a set as the forecast sees them. The weather forecast of each day is the measured one with errors drawn
 * for the day. Where no irradiance was measured, the clear-sky index is the median of the other homes' plants: never of
 * the home's own, whose future must not come in by this door.
 *
 * @param error null: no weather forecast at all
 */
export function recordsOf(
  set: ForecastSet,
  target: Target,
  seed: number,
  error: WeatherErrorModel | null,
): HomeRecord[] {
  const slotsPerDay = Math.round(86_400 / set.axis.stepSeconds)
  const bare = {
    weekday: set.weekday,
    clearSkyWM2: set.clearSkyWM2,
    temperatureC: set.temperatureC,
    temperatureForecastC: null,
    clearness: null,
    clearnessForecast: null,
  }
  const record = (id: string, kwh: Float64Array): HomeRecord => ({
    id,
    target,
    kwh,
    slotsPerDay,
    around: bare,
  })
  const plants = set.homes.map(({ id, solarKwh }) =>
    solarKwh === null || isDeadPlant(solarKwh, slotsPerDay, set.clearSkyWM2)
      ? null
      : plantClearness({ ...record(id, solarKwh), target: 'solar' }),
  )
  const clearnessFor = (home: number): Float64Array | null => {
    if (set.clearness !== 'plants') return set.clearness
    const others = plants.filter((plant, at) => plant !== null && at !== home) as Float64Array[]
    if (others.length === 0) return null
    return Float64Array.from({ length: set.axis.count }, (_, at) => median(others.map((plant) => plant[at])))
  }
  const streamOf = (purpose: string) => (day: number) => streamFor(seed, 'weather-forecast', purpose, day)
  const temperatureForecastC =
    error &&
    set.temperatureC &&
    forecastTemperature(set.temperatureC, slotsPerDay, error, streamOf('temperature'))
  return set.homes.flatMap(({ id, loadKwh, solarKwh }, home) => {
    const kwh = target === 'load' ? loadKwh : solarKwh
    if (kwh === null) return []
    const clearness = target === 'solar' ? clearnessFor(home) : null
    return [
      {
        ...record(id, kwh),
        around: {
          ...bare,
          temperatureForecastC,
          clearness,
          clearnessForecast:
            error && clearness && forecastClearness(clearness, slotsPerDay, error, streamOf('clearness')),
        },
      },
    ]
  })
}

/** Root mean square errors of forecast and of persistence in global light, and its mean, W/m². */
export function weatherErrors({ around, slotsPerDay }: HomeRecord): {
  forecastWM2: number
  persistenceWM2: number
  meanWM2: number
} | null {
  const { clearness, clearnessForecast, clearSkyWM2 } = around
  if (clearness === null || clearnessForecast === null || clearSkyWM2 === null) return null
  const sums = { forecast: 0, persistence: 0, light: 0, count: 0 }
  for (let at = slotsPerDay; at < clearness.length; at++) {
    const before = clearness[at - slotsPerDay]
    if (Number.isNaN(clearness[at] + before + clearnessForecast[at])) continue
    sums.forecast += ((clearnessForecast[at] - clearness[at]) * clearSkyWM2[at]) ** 2
    sums.persistence += ((before - clearness[at]) * clearSkyWM2[at]) ** 2
    sums.light += clearness[at] * clearSkyWM2[at]
    sums.count++
  }
  return {
    forecastWM2: Math.sqrt(sums.forecast / sums.count),
    persistenceWM2: Math.sqrt(sums.persistence / sums.count),
    meanWM2: sums.light / sums.count,
  }
}
