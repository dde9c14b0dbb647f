import { type RandomStream, streamFor } from '../../data/random.ts'
import type { HomeRecord, Target } from './issue.ts'

/** Made-up homes for tests: habits by the hour and the kind of day, chance, warmth; or a plant under clouds. */
export function madeUpHome(id: string, target: Target, days: number, seed = 1): HomeRecord {
  const stream = streamFor(seed, 'made-up', target, id)
  const slots = 24
  const weekday = Uint8Array.from({ length: days }, (_, day) => day % 7)
  const column = (of: (day: number, slot: number) => number): Float64Array =>
    Float64Array.from({ length: days * slots }, (_, at) => of(Math.floor(at / slots), at % slots))
  const clearSkyWM2 = column((day, slot) =>
    Math.max(0, (700 + 200 * Math.cos(day / 58)) * Math.sin((Math.PI * (slot - 5.5)) / 13)),
  )
  const cloudy = clouds(days, streamFor(seed, 'made-up', 'clouds'))
  const clearness = column((day, slot) => (clearSkyWM2[day * slots + slot] < 10 ? Number.NaN : cloudy[day]))
  const noise = streamFor(seed, 'made-up', 'noise')
  const temperatureC = column(
    (day, slot) => 18 + 8 * Math.cos(day / 58) - 5 * Math.cos((slot * Math.PI) / 12),
  )
  const off = (values: Float64Array, deviation: number) =>
    values.map((value) => value + deviation * noise.normal())
  const kwh =
    target === 'load'
      ? column((day, slot) => {
          const habit = 0.4 + Math.exp(-((slot - 19) ** 2) / 6) + (weekday[day] >= 5 && slot > 9 ? 0.5 : 0)
          const cooling = 0.05 * Math.max(0, temperatureC[day * slots + slot] - 20)
          return (habit + cooling) * Math.exp(0.4 * stream.normal())
        })
      : column(
          (day, slot) =>
            0.004 * clearSkyWM2[day * slots + slot] * Math.max(0, cloudy[day] + 0.05 * stream.normal()),
        )
  return {
    id,
    target,
    slotsPerDay: slots,
    kwh,
    around: {
      weekday,
      clearSkyWM2,
      temperatureC,
      temperatureForecastC: off(temperatureC, 2),
      clearness,
      clearnessForecast: off(clearness, 0.15),
    },
  }
}

/** Clear-sky index of each day, mostly clear. */
function clouds(days: number, stream: RandomStream): Float64Array {
  return Float64Array.from({ length: days }, () =>
    stream.uniform() < 0.6 ? 0.95 : 0.25 + 0.5 * stream.uniform(),
  )
}
