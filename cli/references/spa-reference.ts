import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { incidenceAngle } from '../../models/solar/incidence.ts'
import { equationOfTimeMinutes, geocentricSun, topocentricSun } from '../../models/solar/spa.ts'
import { sunEvents } from '../../models/solar/sun-events.ts'
import { sunPosition } from '../../models/solar/sun-position.ts'
import { readJson } from './files.ts'
import type { Check, ReferenceFamily } from './reference.ts'
import { SOLAR_FOLDER, solarFiles } from './solar-inputs.ts'

const number = z.number()
const shape = z.object({
  source: z.string().default('unnamed'),
  input: z.object({
    local: z.iso.datetime({ offset: true }),
    lat: number,
    lon: number,
    elevation_m: number,
    pressure_mbar: number,
    temperature_c: number,
    delta_t_s: number,
    surface_slope_deg: number.optional(),
    surface_azimuth_rotation_deg_from_south_west_positive: number.optional(),
  }),
  expected: z.record(z.string(), z.union([number, z.string()])),
})
type Reference = z.output<typeof shape>

/** Greatest deviation by the unit that a quantity's name ends with. */
const TOLERANCE: Record<string, { unit: string; tolerance: number }> = {
  deg: { unit: '°', tolerance: 1e-4 },
  au: { unit: 'AU', tolerance: 1e-8 },
  day: { unit: 'd', tolerance: 1e-6 },
  min: { unit: 'min', tolerance: 1e-4 },
  local: { unit: 's', tolerance: 1 },
}
const DAY = 86_400

/** Everything that the worked example tabulates, by its names; times of day in seconds since local midnight. */
function quantities({ input }: Reference): Record<string, number> {
  const time = Date.parse(input.local) / 1000
  const midnight = Date.parse(`${input.local.slice(0, 10)}T00:00Z`) / 1000
  const offset = Date.parse(`${input.local.slice(0, 19)}Z`) / 1000 - time
  const sun = geocentricSun(time, input.delta_t_s)
  const seen = topocentricSun(time, input.delta_t_s, input.lat, input.lon, input.elevation_m)
  const site = {
    latitudeDeg: input.lat,
    longitudeDeg: input.lon,
    altitudeM: input.elevation_m,
    pressureHpa: input.pressure_mbar,
    temperatureC: input.temperature_c,
    deltaTSeconds: input.delta_t_s,
  }
  const position = sunPosition(Float64Array.of(time), site)
  const events = sunEvents(Float64Array.of(midnight), input.lat, input.lon, input.delta_t_s)
  const local = (column: Float64Array) => column[0] + offset - midnight
  const plane = {
    tiltDeg: input.surface_slope_deg ?? 0,
    azimuthDeg: 180 + (input.surface_azimuth_rotation_deg_from_south_west_positive ?? 0),
  }
  return {
    julian_day: time / DAY + 2440587.5,
    L_deg: sun.heliocentricLongitudeDeg,
    B_deg: sun.heliocentricLatitudeDeg,
    R_au: sun.radiusAu,
    theta_deg: (sun.heliocentricLongitudeDeg + 180) % 360,
    beta_deg: -sun.heliocentricLatitudeDeg,
    delta_psi_deg: sun.nutationLongitudeDeg,
    delta_epsilon_deg: sun.nutationObliquityDeg,
    epsilon_deg: sun.obliquityDeg,
    lambda_deg: sun.longitudeDeg,
    alpha_deg: sun.rightAscensionDeg,
    delta_deg: sun.declinationDeg,
    H_deg: seen.geocentricHourAngleDeg,
    H_prime_deg: seen.hourAngleDeg,
    alpha_prime_deg: seen.rightAscensionDeg,
    delta_prime_deg: seen.declinationDeg,
    zenith_deg: position.apparentZenithDeg[0],
    azimuth_deg: position.azimuthDeg[0],
    incidence_deg: incidenceAngle(position.apparentZenithDeg, position.azimuthDeg, plane)[0],
    eot_min: equationOfTimeMinutes(time, input.delta_t_s),
    sunrise_local: local(events.sunriseSeconds),
    transit_local: local(events.transitSeconds),
    sunset_local: local(events.sunsetSeconds),
  }
}

/** `06:12:43` as seconds since midnight. */
function secondsOfDay(clock: string, place: string): number {
  const found = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/.exec(clock)
  if (found !== null) return Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])
  throw new VppError('invalid', {
    place,
    problem: `is ${JSON.stringify(clock)}`,
    fix: 'write a time of day, 06:12:43',
  })
}

function check(dir: string, name: string): Check[] {
  const source = `${SOLAR_FOLDER}/${name}`
  const reference = readJson(dir, source, shape)
  const ours = quantities(reference)
  return Object.entries(reference.expected).map(([quantity, expected]) => {
    const place = `${source}  expected.${quantity}`
    if (!(quantity in ours)) {
      throw new VppError('invalid', {
        place,
        problem: 'is no quantity that is known',
        fix: `name one of ${Object.keys(ours).join(', ')}`,
      })
    }
    const theirs = typeof expected === 'string' ? secondsOfDay(expected, place) : expected
    const { unit, tolerance } = TOLERANCE[quantity.split('_').at(-1) as string]
    return {
      quantity: `sun, ${quantity}`,
      source,
      computedBy: reference.source,
      unit,
      tolerance,
      deviation: Math.abs(ours[quantity] - theirs),
    }
  })
}

/** Worked examples of the sun's position with everything in between: `spa_reference*.json`. */
export const spaReference: ReferenceFamily = {
  id: 'spa-reference',
  find: (dir) => solarFiles(dir, /^spa_reference.*\.json$/),
  check,
}
