import { DEG } from '../angles.ts'
import type { Plane } from '../incidence.ts'
import type { PlaneOfArray } from '../transposition.ts'

/** Rows of modules on open racks, as PVWatts lays out an array for which only its size is known. */
export interface Rows {
  readonly count: number
  /** Length of a row, m. */
  readonly lengthM: number
  /** Side of a row along its slope, m. */
  readonly sideM: number
  /** Front of a row to front of the next, m. */
  readonly spacingM: number
  /** Modules along a row; more than one string of seven takes the ends of a shadow away. */
  readonly strings: number
}

const MODULE_W = 300
const ASPECT = 1.7
const MODULES_HIGH = 2
const MODULES_PER_STRING = 7

/**
 * A square array of modules of 300 W, two high and upright.
 *
 * @param groundCover area of modules over area of ground, 0.01 to below 1.
 */
export function layOut(dcW: number, efficiencyFraction: number, groundCover: number): Rows {
  const modules = Math.max(1, Math.ceil(dcW / MODULE_W))
  const widthM = Math.sqrt(MODULE_W / efficiencyFraction / 1000 / ASPECT)
  const count = Math.ceil(Math.sqrt(modules / MODULES_HIGH))
  const along = Math.max(1, Math.ceil(modules / (count * MODULES_HIGH)))
  const sideM = widthM * ASPECT * MODULES_HIGH
  return {
    count,
    lengthM: along * widthM,
    sideM,
    spacingM: sideM / groundCover,
    strings: Math.floor(along / MODULES_PER_STRING),
  }
}

/** Share of the isotropic sky that a row behind another sees, the mean from its foot to its top. */
function skyShare(tiltDeg: number, groundCover: number): number {
  if (tiltDeg === 0) return 1
  const tilt = tiltDeg * DEG
  const area = (angle: number) => Math.PI + Math.PI * Math.abs(Math.cos(angle))
  const whole = area(tilt)
  const steps = 250
  let share = 0
  for (let step = 0; step < steps; step++) {
    const up = 1 - step / steps
    const angle = tilt - Math.PI / 2 + Math.atan(1 / Math.tan(tilt) - 1 / (groundCover * Math.sin(tilt) * up))
    const left = angle > Math.PI / 2 ? 2 * Math.PI - area(angle) : area(angle)
    share += left / whole / steps
  }
  // At steep tilts the rule counts sky behind the row; nobody sees more than all of it.
  return Math.min(1, share)
}

/**
 * Takes the shade of rows on rows from irradiance on their plane, in place: the shaded part of the beam, the hidden
 * part of the sky, and the light from ground in shade.
 *
 * J. Appelbaum, J. Bany, Solar Energy 23, 497 (1979); C. Deline et al., Solar Energy 96, 274 (2013), linear part;
 * P. Gilman et al., NREL/TP-6A20-67399 (2018), section 7.2, as PVWatts version 8 has it.
 *
 * @param zenithDeg apparent.
 * @param azimuthDeg of the sun.
 */
export function shadeRows(
  irradiance: PlaneOfArray,
  rows: Rows,
  plane: Plane,
  dni: Float64Array,
  dhi: Float64Array,
  zenithDeg: Float64Array,
  azimuthDeg: Float64Array,
): void {
  const cosTilt = Math.cos(plane.tiltDeg * DEG)
  const sinTilt = Math.sin(plane.tiltDeg * DEG)
  const { sideM, spacingM, lengthM, count } = rows
  const ratio = spacingM / sideM
  const sky = skyShare(plane.tiltDeg, sideM / spacingM)
  /** Of a length of ground before a row, in sides of a row: light that the mean row gets, 1 over open ground. */
  const behind = (length: number) => {
    const view = 1 + length - Math.sqrt(length * length + 2 * length * cosTilt + 1)
    return (1 + ((count - 1) * view) / (1 - cosTilt)) / count
  }
  for (let at = 0; at < zenithDeg.length; at++) {
    const diffuse = irradiance.sky[at] + irradiance.ground[at]
    if (irradiance.beam[at] + diffuse === 0) continue
    const sunTan = Math.tan((90 - zenithDeg[at]) * DEG)
    const facing = azimuthDeg[at] - plane.azimuthDeg
    if (zenithDeg[at] < 90 && sinTilt !== 0 && Math.abs(facing) < 90) {
      const along = sideM * (cosTilt + (Math.cos(facing * DEG) * sinTilt) / sunTan)
      const aside = (sideM * sinTilt * Math.sin(facing * DEG)) / sunTan
      const shadow = Math.min(sideM, Math.max(0, sideM * (1 - spacingM / along)))
      const free = rows.strings > 1 ? 0 : Math.min(lengthM, Math.max(0, (spacingM * aside) / along))
      irradiance.beam[at] *= 1 - (shadow * (lengthM - free)) / (sideM * lengthM)
    }
    // Flat rows hide nothing from each other.
    if (diffuse < 0.1 || sinTilt === 0) continue
    irradiance.sky[at] *= sky
    const elevation = 90 - zenithDeg[at]
    const lit = Math.max(
      1e-5,
      ratio - Math.sin((180 - elevation - plane.tiltDeg) * DEG) / Math.sin(elevation * DEG),
    )
    const horizontalBeam = dni[at] * Math.cos(zenithDeg[at] * DEG)
    const open = horizontalBeam + dhi[at]
    if (open > 0) {
      irradiance.ground[at] *= (behind(lit) * horizontalBeam + behind(ratio) * dhi[at]) / open
    }
  }
}
