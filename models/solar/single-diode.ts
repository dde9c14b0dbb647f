/** A module by the five parameters of its equivalent circuit at 1,000 W/m² and 25 °C, with its temperature terms. */
export interface SingleDiode {
  readonly areaM2: number
  readonly maxPowerVolts: number
  readonly maxPowerAmps: number
  /** Light current, A. */
  readonly lightAmps: number
  /** Saturation current of the diode, A. */
  readonly saturationAmps: number
  /** Modified ideality n N k T / q, V. */
  readonly idealityVolts: number
  readonly seriesOhm: number
  readonly shuntOhm: number
  /** Short-circuit current over temperature, A/K. */
  readonly ampsPerC: number
  /** Adjustment of that, %. */
  readonly adjustPercent: number
}

const REFERENCE_K = 298.15
const BAND_GAP_EV = 1.12
/** eV/K. */
const BOLTZMANN = 8.618e-5

/**
 * Greatest power of a module, W.
 *
 * Translation to irradiance and temperature: W. De Soto, S. A. Klein, W. A. Beckman, Solar Energy 80, 78 (2006),
 * with the adjusted temperature coefficient of A. P. Dobos, J. Solar Energy Engineering 134 (2012), as SAM's CEC
 * model. The circuit is solved over the diode's voltage u, in which current and voltage are explicit,
 * I = I_L − I_0 (exp(u/a) − 1) − u/R_sh and V = u − I R_s; dP/du falls from short to open circuit, so that
 * Newton's steps, kept between the bounds found so far, end at the one maximum.
 *
 * @param irradiance effective, W/m²; below 1 no power, as in SAM.
 */
export function maxPowerW(module: SingleDiode, irradiance: number, cellC: number): number {
  if (!(irradiance >= 1)) return 0
  const sun = irradiance / 1000
  const kelvin = cellC + 273.15
  const warmer = kelvin - REFERENCE_K
  const perC = module.ampsPerC * (1 - module.adjustPercent / 100)
  const light = Math.max(0, sun * (module.lightAmps + perC * warmer))
  const gap = BAND_GAP_EV * (1 - 0.0002677 * warmer)
  const saturation =
    module.saturationAmps *
    (kelvin / REFERENCE_K) ** 3 *
    Math.exp((BAND_GAP_EV / REFERENCE_K - gap / kelvin) / BOLTZMANN)
  const a = (module.idealityVolts * kelvin) / REFERENCE_K
  const conductance = sun / module.shuntOhm
  const series = module.seriesOhm

  let low = 0
  // Open circuit without a shunt: no maximum lies beyond.
  let high = a * Math.log(1 + light / saturation)
  let u = 0.8 * high
  for (let pass = 0; pass < 60; pass++) {
    const grown = saturation * Math.exp(u / a)
    const current = light - (grown - saturation) - u * conductance
    const slope = -grown / a - conductance
    const bend = -grown / (a * a)
    const volts = u - current * series
    // P = I V, V′ = 1 − I′ R, V″ = −I″ R.
    const rise = slope * volts + current * (1 - slope * series)
    const curvature = bend * volts + 2 * slope * (1 - slope * series) - current * bend * series
    if (rise > 0) low = u
    else high = u
    let next = u - rise / curvature
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - u) < 1e-9) break
    u = next
  }
  const current = light - saturation * (Math.exp(u / a) - 1) - u * conductance
  return Math.max(0, current * (u - current * series))
}
