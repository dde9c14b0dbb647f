import { DAY_SECONDS } from './spa.ts'

/** W/m², ASTM E 490 (1366.1). */
export const SOLAR_CONSTANT = 1366.1

/**
 * Ordinal day of the year of every time, 1 to 366, in the calendar of an offset.
 *
 * @param offsetSeconds of the calendar from UTC; > 0 is east.
 */
export function dayOfYear(
  timesUnixSeconds: Float64Array,
  offsetSeconds: number,
  out = new Float64Array(timesUnixSeconds.length),
): Float64Array {
  // Times mostly lie in the year of the one before.
  let from = 0
  let to = 0
  for (let at = 0; at < out.length; at++) {
    const time = timesUnixSeconds[at] + offsetSeconds
    if (time < from || time >= to) {
      const year = new Date(time * 1000).getUTCFullYear()
      from = Date.UTC(year, 0, 1) / 1000
      to = Date.UTC(year + 1, 0, 1) / 1000
    }
    out[at] = Math.floor((time - from) / DAY_SECONDS) + 1
  }
  return out
}

/**
 * Beam normal irradiance above the atmosphere, W/m².
 *
 * E₀ (1.00011 + 0.034221 cos B + 0.00128 sin B + 0.000719 cos 2B + 0.000077 sin 2B), B = 2π (day − 1) / 365:
 * J. W. Spencer, "Fourier series representation of the position of the sun", Search 2(5), 1971.
 */
export function extraterrestrial(
  day: Float64Array,
  solarConstant = SOLAR_CONSTANT,
  out = new Float64Array(day.length),
): Float64Array {
  // A day has many rows.
  let known = Number.NaN
  let value = 0
  for (let at = 0; at < out.length; at++) {
    if (day[at] !== known) {
      known = day[at]
      const b = (2 * Math.PI * (known - 1)) / 365
      value =
        solarConstant *
        (1.00011 +
          0.034221 * Math.cos(b) +
          0.00128 * Math.sin(b) +
          0.000719 * Math.cos(2 * b) +
          7.7e-5 * Math.sin(2 * b))
    }
    out[at] = value
  }
  return out
}
