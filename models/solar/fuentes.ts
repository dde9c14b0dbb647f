import { DEG } from './angles.ts'

/** Stefan and Boltzmann, W/m²/K⁴, as the model has it. */
const SIGMA = 5.669e-8
const EMISSIVITY = 0.84
const ABSORPTION = 0.83
/** Hydraulic diameter of the module, m. */
const LENGTH_M = 0.5
/** Height at which wind is measured, m. */
const WIND_HEIGHT_M = 9.144
/** J/m²/K. */
const HEAT_CAPACITY = 11_000
const ZERO_C = 273.15
/** Air temperature of nominal conditions, K. */
const AIR_K = 293.15
/** Sky temperature of nominal conditions, K. */
const SKY_K = 282.21
const SIN_TILT = Math.sin(30 * DEG)

/** Convection from one side, W/m²/K, at mean temperature, wind at the module and difference to the air. */
function convection(meanK: number, windMps: number, differenceK: number, turbulent: boolean): number {
  const density = (0.003484 * 101_325) / meanK
  const viscosity = (0.24237e-6 * meanK ** 0.76) / density
  const conductivity = 2.1695e-4 * meanK ** 0.84
  const reynolds = (windMps * LENGTH_M) / viscosity
  const forced =
    turbulent && reynolds > 1.2e5
      ? ((0.0282 / reynolds ** 0.2) * density * windMps * 1007) / 0.71 ** 0.4
      : ((0.86 / reynolds ** 0.5) * density * windMps * 1007) / 0.71 ** 0.67
  const grashof = (9.8 / meanK) * differenceK * (LENGTH_M ** 3 / viscosity ** 2) * SIN_TILT
  const free = (0.21 * (grashof * 0.71) ** 0.32 * conductivity) / LENGTH_M
  return (free ** 3 + forced ** 3) ** (1 / 3)
}

const black = (a: number, b: number): number => EMISSIVITY * SIGMA * (a * a + b * b) * (a + b)

/**
 * Cell temperature of PVWatts up to version 5, °C: the module's heat balance with its heat capacity, step by step.
 *
 * M. K. Fuentes, "A Simplified Thermal Model for Flat-Plate Photovoltaic Arrays", SAND85-0330 (1987), for a tilt
 * of 30° as there. Installed nominal temperature of PVWatts: 45 °C on a rack, 49 °C on a roof.
 *
 * @param poa W/m², rows at equal steps in the order of time.
 * @param installedNoctC above 20.
 * @param moduleHeightM 5 in PVWatts.
 */
export function fuentes(
  poa: Float64Array,
  airC: Float64Array,
  windMps: Float64Array,
  stepHours: number,
  installedNoctC: number,
  moduleHeightM = 5,
  out = new Float64Array(poa.length),
): Float64Array {
  const noct = installedNoctC + ZERO_C
  const rise = noct - AIR_K
  const top = convection((noct + AIR_K) / 2, 1, rise, false)
  const topLoss = EMISSIVITY * SIGMA * (noct ** 4 - SKY_K ** 4)
  const backRatio = (ABSORPTION * 800 - topLoss - top * rise) / ((black(noct, AIR_K) + top) * rise)
  const ground = Math.min(noct, Math.max(AIR_K, (noct ** 4 - backRatio * (noct ** 4 - AIR_K ** 4)) ** 0.25))
  const groundRatio = (ground - AIR_K) / rise
  const convectionRatio =
    (ABSORPTION * 800 - EMISSIVITY * SIGMA * (2 * noct ** 4 - SKY_K ** 4 - ground ** 4)) / (top * rise)
  // A hot module is one that is coupled to a roof, which stores heat too.
  const capacity = HEAT_CAPACITY * (noct > 321.15 ? 1 + (noct - 321.15) / 12 : 1)
  const windFactor = (moduleHeightM / WIND_HEIGHT_M) ** 0.2

  let before = AIR_K
  let sunBefore = 0
  for (let at = 0; at < out.length; at++) {
    const air = airC[at] + ZERO_C
    const sun = poa[at] * ABSORPTION
    const wind = windMps[at] * windFactor + 1e-4
    const sky = 0.68 * 0.0552 * air ** 1.5 + 0.32 * air
    let module = before
    for (let pass = 0; pass < 10; pass++) {
      const convected = convectionRatio * convection((module + air) / 2, wind, Math.abs(module - air), true)
      const toSky = black(module, sky)
      const groundK = air + groundRatio * (module - air)
      const toGround = black(module, groundK)
      const all = convected + toSky + toGround
      const lag = (-all / capacity) * stepHours * 3600
      const kept = Math.exp(lag)
      module =
        before * kept +
        ((1 - kept) *
          (convected * air + toSky * sky + toGround * groundK + sunBefore + (sun - sunBefore) / lag) +
          sun -
          sunBefore) /
          all
    }
    out[at] = module - ZERO_C
    before = module
    sunBefore = sun
  }
  return out
}
