/**
 * Temperatures and ageing of an oil-filled transformer by IEC 60076-7:2018, 8.2 and 6.3: the exponential form of its
 * differential equations, exact for a load and an ambient temperature that hold through a step.
 */

/** Constants of one transformer; names of the standard in brackets. */
export interface ThermalParameters {
  /** Of a distribution transformer the surcharge of its enclosure grows with the losses; of a power transformer it holds. */
  readonly kind: 'distribution' | 'power'
  readonly noLoadLossW: number
  /** At rated load. */
  readonly loadLossW: number
  /** Added by an enclosure, K. */
  readonly surchargeK: number
  /** Top oil above ambient at rated losses, K (Δθor). */
  readonly topOilRiseK: number
  /** Winding above oil at rated current, K (gr), and the hot spot's factor on it (H). */
  readonly windingGradientK: number
  readonly hotSpotFactor: number
  /** Time constants, minutes (τo, τw). */
  readonly oilMinutes: number
  readonly windingMinutes: number
  /** Exponents of losses and current (x, y), and the thermal constants (k11, k21, k22). */
  readonly oilExponent: number
  readonly windingExponent: number
  readonly k11: number
  readonly k21: number
  readonly k22: number
}

export interface ThermalState {
  readonly topOilC: number
  /** The two parts of the hot spot's rise over top oil, K: windings, and what the oil lags behind. */
  readonly windingRiseK: number
  readonly oilLagK: number
}

export const hotSpotC = ({ topOilC, windingRiseK, oilLagK }: ThermalState): number =>
  topOilC + windingRiseK - oilLagK

/** Top oil at which constant load and ambient end, °C: Δθor · ((1 + R·K²) / (1 + R))^x over ambient. */
function endTopOilC(parameters: ThermalParameters, loadFactor: number, ambientC: number): number {
  const { kind, noLoadLossW, loadLossW, surchargeK, topOilRiseK, oilExponent } = parameters
  const losses = (noLoadLossW + loadLossW * loadFactor ** 2) / (noLoadLossW + loadLossW)
  const rise = (topOilRiseK + (kind === 'distribution' ? surchargeK : 0)) * losses ** oilExponent
  return ambientC + (kind === 'power' ? surchargeK : 0) + rise
}

/** Hot spot over top oil at which a constant load ends, K: H · gr · K^y. */
const endRiseK = (parameters: ThermalParameters, loadFactor: number): number =>
  parameters.hotSpotFactor * parameters.windingGradientK * Math.abs(loadFactor) ** parameters.windingExponent

/** State of a transformer whose top oil and hot spot are known: the parts are those of a settled load. */
export function stateAt({ k21 }: ThermalParameters, topOilC: number, hotSpot: number): ThermalState {
  const rise = hotSpot - topOilC
  return { topOilC, windingRiseK: rise * k21, oilLagK: rise * (k21 - 1) }
}

/** State after a load has held for long. @param loadFactor current over rated (K) */
export function settled(parameters: ThermalParameters, loadFactor: number, ambientC: number): ThermalState {
  const topOilC = endTopOilC(parameters, loadFactor, ambientC)
  return stateAt(parameters, topOilC, topOilC + endRiseK(parameters, loadFactor))
}

/**
 * One step.
 * @param loadFactor current over rated during the step (K); its sign does not matter
 * @param ambientC during the step
 */
export function stepThermal(
  parameters: ThermalParameters,
  state: ThermalState,
  loadFactor: number,
  ambientC: number,
  minutes: number,
): ThermalState {
  const { oilMinutes, windingMinutes, k11, k21, k22 } = parameters
  const topOil = 1 - Math.exp(-minutes / (k11 * oilMinutes))
  const winding = Math.exp(-minutes / (k22 * windingMinutes))
  const oil = Math.exp((-minutes * k22) / oilMinutes)
  const rise = endRiseK(parameters, loadFactor)
  const end = endTopOilC(parameters, loadFactor, ambientC)
  return {
    topOilC: state.topOilC + (end - state.topOilC) * topOil,
    windingRiseK: k21 * rise + (state.windingRiseK - k21 * rise) * winding,
    oilLagK: (k21 - 1) * rise + (state.oilLagK - (k21 - 1) * rise) * oil,
  }
}

export type Paper = 'normal' | 'upgraded'

/**
 * How fast the paper ages against its rated temperature: normal paper 2^((θ − 98)/6) (98 °C), thermally upgraded
 * paper exp(15000/(110 + 273) − 15000/(θ + 273)) (110 °C). IEC 60076-7:2018, equations (2) and (3).
 */
export const ageingRate = (paper: Paper, celsius: number): number =>
  paper === 'normal' ? 2 ** ((celsius - 98) / 6) : Math.exp(15_000 / (110 + 273) - 15_000 / (celsius + 273))
