import { DEG } from '../angles.ts'
import { type Horizon, shade } from '../derating.ts'
import { type Cover, GLASS, transmit } from '../incidence-modifier.ts'
import { incidenceAngle, type Plane } from '../incidence.ts'
import { maxPowerW } from '../single-diode.ts'
import type { SunPosition } from '../sun-position.ts'
import { type ModuleType, PVWATTS_MODULES } from './modules.ts'
import { layOut, shadeRows } from './rows.ts'
import { pvwattsSky } from './sky.ts'

/** A fixed array as PVWatts describes it. */
export interface PvwattsSystem {
  readonly dcW: number
  readonly module: ModuleType
  /** Roof: closer to the surface, so hotter, and one row; rack: rows that shade each other. */
  readonly mount: 'rack' | 'roof'
  readonly plane: Plane
  /** DC over AC rating. */
  readonly dcAcRatio: number
  /** Area of modules over area of ground, for racks. */
  readonly groundCover: number
  /** Of all DC losses, %; 14.0757 in PVWatts. */
  readonly lossesPercent: number
  readonly inverterEfficiencyFraction: number
  /** What stands around; not in PVWatts, whose shading tables give the beam's share instead. Absent: flat. */
  readonly horizon?: Horizon | undefined
}

/** What the array stands in; columns in W/m², °C, m/s. */
export interface PvwattsWeather {
  readonly dni: Float64Array
  readonly dhi: Float64Array
  readonly airC: Float64Array
  readonly windMps: Float64Array
  /** 1 to 366. */
  readonly dayOfYear: Float64Array
  /** Fraction of light that the ground reflects. */
  readonly albedo: Float64Array
  /** Dirt on the front, share of the light that is lost. */
  readonly soilingFraction: Float64Array
  readonly altitudeM: number
}

/** Columns; W/m², °C, W. */
export interface PvwattsYield {
  readonly incidenceDeg: Float64Array
  readonly poa: Float64Array
  /** Through the cover with its coating. */
  readonly transmitted: Float64Array
  readonly cellC: Float64Array
  readonly dcW: Float64Array
  readonly acW: Float64Array
}

/** Zenith without refraction at which the sun's upper edge touches the horizon, degrees. */
const SUNRISE_ZENITH_DEG = 90.8333
const COATING: Cover = { index: 1.3, extinctionPerM: 4, thicknessM: 2e-5 }
/** De Soto's polynomial of air mass for the spectrum, powers 0 to 4. */
const SPECTRUM = [0.918093, 0.086257, -0.024459, 0.002816, -0.000126]
const ABSORBED = 0.9
const NOCT_C = { rack: 45, roof: 49 } as const
/** Measured wind that reaches modules below 22 feet. */
const WIND_SHARE = 0.51

/** Through glass with a coating on it. */
function coatedGlass(angleDeg: number): number {
  const coating = transmit(Math.sin(angleDeg * DEG), 1, COATING)
  return coating.fraction * transmit(coating.sine, COATING.index, GLASS).fraction
}
/** Through glass without a coating. */
const glass = (sine: number): number => transmit(sine, 1, GLASS).fraction

/**
 * Light past the cover relative to normal incidence, at most 1, for beam at an angle and for diffuse light, which
 * acts on the average as beam at an angle of its own would: Duffie and Beckman, eq. 5.4.1 and 5.4.2. Coated is the
 * cover for beam; for the normal, light enters the glass as from air; for diffuse light there is no coating. So SAM.
 */
function coverModifiers(tiltDeg: number) {
  const coating = transmit(Math.sin(DEG), 1, COATING)
  const normal = coating.fraction * glass(coating.sine)
  const skyDeg = 59.7 - 0.1388 * tiltDeg + 0.001497 * tiltDeg ** 2
  const groundDeg = 90 - 0.5788 * tiltDeg + 0.002693 * tiltDeg ** 2
  return {
    sky: Math.min(1, glass(Math.sin(skyDeg * DEG)) / normal),
    ground: Math.min(1, glass(Math.sin(groundDeg * DEG)) / normal),
    beam: (angleDeg: number) => Math.min(1, coatedGlass(Math.min(89, Math.max(1, angleDeg))) / normal),
  }
}

/** Share of the spectrum that cells use, at a zenith of at most 86°. */
function spectrumModifier(zenithDeg: number, altitudeM: number): number {
  const z = Math.min(86, Math.max(0, zenithDeg))
  const airmass = Math.exp(-0.0001184 * altitudeM) / (Math.cos(z * DEG) + 0.5057 * (96.08 - z) ** -1.634)
  return Math.max(
    0,
    SPECTRUM.reduceRight((sum, coefficient) => sum * airmass + coefficient, 0),
  )
}

/**
 * Power below which an inverter gives none, share of its rating. SAM means 0.22 % for homes and 0.25 % for commerce
 * but compares watts with its limits of 10 and 1,000 kW, so that nearly every array gets the utility's.
 */
function startShare(dcW: number): number {
  if (dcW < 10) return 0.002246
  return dcW < 1000 ? 0.002478 : 0.004931
}

/**
 * PVWatts version 8 for fixed arrays: Perez sky, rows that shade each other, cover, spectrum, nominal-temperature
 * cell model, single-diode module, losses, Sandia inverter without voltage terms.
 *
 * Source: SAM's module (NREL ssc, cmod_pvwattsv8, lib_cec6par, lib_pvshade, lib_sandia), documented in P. Gilman
 * et al., NREL/TP-6A20-67399 (2018). Trackers, bifacial modules, snow and transformers are not modelled.
 */
export function pvwattsV8(system: PvwattsSystem, weather: PvwattsWeather, sun: SunPosition): PvwattsYield {
  const rows = weather.dni.length
  const { plane } = system
  const { apparentZenithDeg: zenithDeg } = sun
  const up = Uint8Array.from(sun.zenithDeg, (zenith) => (zenith <= SUNRISE_ZENITH_DEG ? 1 : 0))
  const incidenceDeg = incidenceAngle(zenithDeg, sun.azimuthDeg, plane)
  const { dni, dhi, albedo } = weather
  const light = pvwattsSky(dni, dhi, zenithDeg, incidenceDeg, up, weather.dayOfYear, plane, albedo)
  const { diode, efficiencyFraction } = PVWATTS_MODULES[system.module]
  if (system.mount === 'rack') {
    const layout = layOut(system.dcW, efficiencyFraction, system.groundCover)
    shadeRows(light, layout, plane, dni, dhi, zenithDeg, sun.azimuthDeg)
  }
  if (system.horizon !== undefined) shade(light, system.horizon, plane, zenithDeg, sun.azimuthDeg)

  const cover = coverModifiers(plane.tiltDeg)
  const ratedW = diode.maxPowerVolts * diode.maxPowerAmps
  const riseC = (NOCT_C[system.mount] - 20) * (1 - ratedW / (1000 * diode.areaM2) / ABSORBED)
  const remaining = 1 - system.lossesPercent / 100
  const acRatedW = system.dcW / system.dcAcRatio
  const startW = startShare(system.dcW) * acRatedW
  const dcRatedW = acRatedW / system.inverterEfficiencyFraction
  const out: PvwattsYield = {
    incidenceDeg,
    poa: new Float64Array(rows),
    transmitted: new Float64Array(rows),
    cellC: Float64Array.from(weather.airC),
    dcW: new Float64Array(rows),
    acW: new Float64Array(rows),
  }
  for (let at = 0; at < rows; at++) {
    if (up[at] === 0) {
      incidenceDeg[at] = 0
      continue
    }
    const clean = 1 - weather.soilingFraction[at]
    const beam = light.beam[at] * clean
    const sky = light.sky[at] * clean
    const ground = light.ground[at] * clean
    const poa = beam + sky + ground
    out.poa[at] = poa
    if (!(poa > 0)) continue
    out.transmitted[at] = beam * cover.beam(incidenceDeg[at]) + sky * cover.sky + ground * cover.ground
    const effective = out.transmitted[at] * spectrumModifier(zenithDeg[at], weather.altitudeM)
    const cooling = 5.7 + 3.8 * Math.max(0.001, weather.windMps[at] * WIND_SHARE)
    out.cellC[at] += ((effective / 800) * riseC * 9.5) / cooling
    const dc = (maxPowerW(diode, effective, out.cellC[at]) * system.dcW * remaining) / ratedW
    out.dcW[at] = dc
    const ac = (acRatedW / (dcRatedW - startW)) * (dc - startW)
    out.acW[at] = Math.min(acRatedW, Math.max(0, ac))
  }
  return out
}
