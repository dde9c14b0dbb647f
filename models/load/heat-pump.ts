import { flexibleSetpoint } from './preferences.ts'

/** A heated home as one node (resistance and capacity) with an air-source heat pump. */
export interface HeatPumpParameters {
  /** Heat lost for each kelvin between inside and outside, kW/K (UA). */
  readonly lossKwPerK: number
  /** Heat stored for each kelvin of the home, kWh/K. */
  readonly capacityKwhPerK: number
  /** Heat of people, devices and sun, kW, constant. */
  readonly gainKw: number
  /** Greatest electric power, kW. */
  readonly powerKw: number
  /** Temperature of the heating water, °C: the warmer, the lower the efficiency. */
  readonly supplyC: number
  readonly setpointC: number
  /** Comfort limits: set point ± this, K. */
  readonly bandK: number
}

export interface HeatPumpStep {
  readonly indoorC: number
  readonly electricKwh: number
  /** Heat from the heat pump, kWh. */
  readonly heatKwh: number
  /** Heat lost to the outside, kWh: capacity · ΔT = heat + gains − loss, exactly. */
  readonly lossKwh: number
}

/**
 * Heat for each unit of electricity of an air-source heat pump: 6.08 − 0.09 ΔT + 0.0005 ΔT², ΔT from
 * outside to the heating water, K. Valid from 15 K; kept within 1 to the value at 15 K.
 * Source: Ruhnau, Hirth, Praktiknjo 2019, Scientific Data 6:189, table 3.
 */
export function heatPumpCop(outdoorC: number, supplyC: number): number {
  // The parabola has its least value at 90 K: beyond, it would rise again.
  const delta = Math.min(90, Math.max(15, supplyC - outdoorC))
  return Math.max(1, 6.08 - 0.09 * delta + 0.0005 * delta * delta)
}

/**
 * One interval, with the outside temperature and the heat held constant in it; the temperature is the
 * exact solution of C dT/dt = q + gain − UA (T − T_out). The heat pump gives what brings the home to
 * its set point at the end of the interval, within its power.
 *
 * @param want how much the occupant wants it to run now, 0 to 1
 * @param event a demand-response event is answered: the set point falls to the lower comfort limit
 */
export function stepHeatPump(
  home: HeatPumpParameters,
  indoorC: number,
  outdoorC: number,
  stepHours: number,
  comfort: number,
  want: number,
  event: boolean,
): HeatPumpStep {
  const { lossKwPerK, capacityKwhPerK, gainKw, setpointC, bandK } = home
  const target = event ? setpointC - bandK : flexibleSetpoint(setpointC, bandK, comfort, want)
  const decay = Math.exp((-lossKwPerK * stepHours) / capacityKwhPerK)
  const cop = heatPumpCop(outdoorC, home.supplyC)
  // T' = T∞ + (T − T∞) · decay with T∞ = T_out + (q + gain) / UA, solved for the heat of T' = target.
  const steady = (target - indoorC * decay) / (1 - decay)
  const wanted = lossKwPerK * (steady - outdoorC) - gainKw
  const heatKw = Math.min(Math.max(wanted, 0), home.powerKw * cop)
  const end = outdoorC + (heatKw + gainKw) / lossKwPerK
  const next = end + (indoorC - end) * decay
  const heatKwh = heatKw * stepHours
  return {
    indoorC: next,
    electricKwh: heatKwh / cop,
    heatKwh,
    lossKwh: heatKwh + gainKw * stepHours - capacityKwhPerK * (next - indoorC),
  }
}
