import type { TimeAxis } from '../../data/axis.ts'
import { zoneOffset } from '../../data/formats/label-axis.ts'
import { offsetName } from '../../data/formats/source.ts'
import type { Site } from '../../data/formats/weather.ts'
import type { Profile } from '../../data/profile.ts'
import { pressurePa } from '../../models/solar/airmass.ts'
import { erbs } from '../../models/solar/decomposition.ts'
import { deltaTSeconds } from '../../models/solar/delta-t.ts'
import { degradation, monthlyLoss } from '../../models/solar/derating.ts'
import { dayOfYear, extraterrestrial } from '../../models/solar/extraterrestrial.ts'
import { pvwattsV8 } from '../../models/solar/pvwatts-v8/pvwatts-v8.ts'
import { sunPosition } from '../../models/solar/sun-position.ts'
import type { WeatherSolar } from '../../scenarios/schema-solar.ts'
import { type PlantWeather, type WeatherReader, whole } from '../plant-weather.ts'

const DAY = 86_400
const SLOW_STEP_SECONDS = DAY

/** That the weather is of another part of the world than the scenario's clock, which may be meant, or a slip. */
function elsewhere(site: Site, run: TimeAxis, timeZone: string): string[] {
  // Of both halves of the year the lesser offset is standard time.
  const offsets = [0, 182].map((days) => zoneOffset(timeZone)(run.startSeconds + days * DAY) / 3600)
  const apart = site.utcOffsetHours - Math.min(...offsets)
  if (Math.abs(apart) <= 1) return []
  return [
    `Its place is at ${offsetName(site.utcOffsetHours)}, ${Math.abs(apart)} hours ${apart > 0 ? 'east' : 'west'} of ${timeZone}: noon of the plant is not noon of the load.`,
  ]
}

/** Beam and diffuse light, from the file or from its global light. */
function beamAndDiffuse(
  weather: PlantWeather,
  name: string,
  zenithDeg: Float64Array,
  day: Float64Array,
): { dni: Float64Array; dhi: Float64Array; derived: string[] } {
  if (weather.columns.has('dniWM2') && weather.columns.has('dhiWM2')) {
    return { dni: whole(weather, 'dniWM2', name), dhi: whole(weather, 'dhiWM2', name), derived: [] }
  }
  const { dni, dhi } = erbs(whole(weather, 'ghiWM2', name), zenithDeg, extraterrestrial(day))
  return { dni, dhi, derived: ['Beam and diffuse light are derived from global light (Erbs).'] }
}

/**
 * AC generation of a fixed array from the weather of a file, interval by interval of the file: PVWatts version 8 with
 * the sun at the middle of the interval.
 *
 * @param weatherOf reads the weather of a plant
 * @param run the settlement axis of the run
 * @param timeZone of the scenario, against which the weather's place is held
 * @throws VppError('invalid') where the file cannot be used, naming it and what to do
 */
export function solarFromWeather(
  spec: WeatherSolar,
  weatherOf: WeatherReader,
  run: TimeAxis,
  timeZone: string,
): Profile {
  const weather = weatherOf(spec)
  const { axis, site, sunSeconds } = weather
  const offset = site.utcOffsetHours * 3600
  const middles = Float64Array.from(
    { length: axis.count },
    (_, row) => axis.startSeconds + row * axis.stepSeconds + sunSeconds,
  )
  const month = Uint8Array.from(middles, (time) => new Date((time + offset) * 1000).getUTCMonth() + 1)
  const sun = sunPosition(
    middles,
    {
      latitudeDeg: site.latitudeDeg,
      longitudeDeg: site.longitudeDeg,
      altitudeM: site.elevationM,
      pressureHpa: pressurePa(site.elevationM) / 100,
      temperatureC: 15,
      deltaTSeconds: deltaTSeconds(new Date(run.startSeconds * 1000).getUTCFullYear()),
    },
    SLOW_STEP_SECONDS,
  )
  const { dni, dhi, derived } = beamAndDiffuse(weather, spec.weather, sun.zenithDeg, dayOfYear(middles, 0))
  const aged = degradation(spec.degradationPercentPerYear, spec.ageYears)
  const { acW } = pvwattsV8(
    {
      dcW: spec.dcKw * 1000,
      module: spec.module,
      mount: spec.mount,
      plane: { tiltDeg: spec.tiltDeg, azimuthDeg: spec.azimuthDeg },
      dcAcRatio: spec.dcAcRatio,
      groundCover: spec.groundCoverFraction,
      lossesPercent: 100 * (1 - (1 - spec.lossesPercent / 100) * aged),
      inverterEfficiencyFraction: spec.inverterEfficiencyFraction,
      horizon: spec.horizonDeg,
    },
    {
      dni,
      dhi,
      airC: whole(weather, 'temperatureC', spec.weather),
      windMps: whole(weather, 'windSpeedMS', spec.weather),
      dayOfYear: dayOfYear(middles, offset),
      albedo: new Float64Array(axis.count).fill(spec.albedoFraction),
      soilingFraction:
        spec.monthlyLossPercent === undefined
          ? new Float64Array(axis.count)
          : monthlyLoss(spec.monthlyLossPercent, month),
      altitudeM: site.elevationM,
    },
    sun,
  )
  const milliWhPerWatt = (axis.stepSeconds / 3600) * 1000
  return {
    name: spec.weather,
    axis,
    milliWh: acW.map((watts) => Math.round(watts * milliWhPerWatt)),
    nameplateKw: spec.dcKw / spec.dcAcRatio,
    place: { latitudeDeg: site.latitudeDeg, longitudeDeg: site.longitudeDeg, altitudeM: site.elevationM },
    input: weather.input,
    notes: [
      `Solar is computed by PVWatts 8 from ${spec.weather} (${site.label}), not measured.`,
      ...elsewhere(site, run, timeZone),
      ...weather.notes,
      ...derived,
    ],
  }
}
