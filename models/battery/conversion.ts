import type { BatteryParameters } from './battery.ts'

/**
 * Losses beyond the constant efficiencies, and how the battery is coupled. All powers are of the battery's
 * rated power P; with every number zero and AC coupling it is the plain battery.
 *
 *     AC → DC   d = p − P·(fixed + square·(p/P)²)          DC → AC   d = p + P·(fixed + square·(p/P)²)
 *     into cells  x = η_c·d, stored = x − r·x²/P            out of cells  x = d/η_d, drawn = x + r·x²/P
 *     r = cell · (1 + fade·(1 − SoH)) · exp(k(1/T − 1/298.15 K)) / (1 + swing·(SoC − 1/2))²
 */
export interface BatteryDetail {
  /**
   * `ac`: an inverter of its own beside the solar one (dual inverter). `dc`: one inverter for both
   * (hybrid); solar charges before it, and what leaves it together stays below its rating.
   */
  readonly coupling: 'ac' | 'dc'
  /** Lost by the inverter while it runs, fraction of rated power. */
  readonly inverterFixedFraction: number
  /** Lost by it at rated power with the square of power, fraction of rated power. */
  readonly inverterSquareFraction: number
  /** Lost in new cells at rated power, 25 °C and half charge, with the square of current; fraction. */
  readonly cellLossFraction: number
  /** Rise of the cells' resistance for each unit of usable energy lost (1: doubles when all is gone). */
  readonly resistancePerFade: number
  /** Temperature dependence k of the resistance, K. */
  readonly resistanceKelvin: number
  /** Voltage of full over empty cells less 1: at low charge the same power is more current. */
  readonly voltageSwingFraction: number
  /** Heating of cold cells: W for each degree below a temperature. */
  readonly heaterWattPerKelvin: number
  readonly heaterBelowC: number
  /** `dc` only: AC given by the shared inverter for each unit of solar DC, (0, 1]. */
  readonly solarInverterEfficiency: number
  /** `dc` only: rated AC power of the shared inverter, kW. */
  readonly sharedInverterKw: number
}

/** What a step depends on beside power and state. */
export interface Conditions {
  /** Of the cells, °C. */
  readonly temperatureC: number
  /** Solar power as AC, kW: with DC coupling, what may charge before the inverter. */
  readonly solarKw: number
}

/** Conversions between AC power and power of the store, kW, >= 0; each way and back. */
export interface Conversion {
  /** Into the store for an AC power taken. 0 where the inverter needs all of it. */
  stored(acKw: number): number
  /** The least AC power that stores so much: the inverter's fixed loss comes in where solar DC does not suffice. */
  acToStore(storeKw: number): number
  /** Out of the store for an AC power given. */
  drawn(acKw: number): number
  /** AC power that so much out of the store gives. */
  acFromDrawn(storeKw: number): number
}

const ROOM_KELVIN = 298.15

/** Share of the rated power that the cells lose at rated power now. */
export function cellLossNow(
  detail: BatteryDetail,
  sohFraction: number,
  socFraction: number,
  temperatureC: number,
): number {
  const aged = 1 + detail.resistancePerFade * (1 - sohFraction)
  const cold = Math.exp(detail.resistanceKelvin * (1 / (temperatureC + 273.15) - 1 / ROOM_KELVIN))
  const volt = 1 + detail.voltageSwingFraction * (socFraction - 0.5)
  return (detail.cellLossFraction * aged * cold) / (volt * volt)
}

/** Smaller root of `square·x² − x + value = 0`: what must go in for `value` to arrive. Most at the top of it. */
const beforeLoss = (value: number, square: number): number => {
  if (square === 0) return value
  const root = 1 - 4 * square * value
  return root <= 0 ? 1 / (2 * square) : (2 * value) / (1 + Math.sqrt(root))
}
/** Positive root of `square·x² + x − value = 0`: what arrives when `value` goes in. */
const afterLoss = (value: number, square: number): number =>
  value <= 0 ? 0 : (2 * value) / (1 + Math.sqrt(1 + 4 * square * value))

/** Conversions of one step; the state of charge is that at its start. */
export function conversionOf(
  params: BatteryParameters,
  detail: BatteryDetail,
  sohFraction: number,
  socFraction: number,
  conditions: Conditions,
): Conversion {
  const rated = params.powerKw
  const fixed = detail.inverterFixedFraction * rated
  const square = rated > 0 ? detail.inverterSquareFraction / rated : 0
  const cell = rated > 0 ? cellLossNow(detail, sohFraction, socFraction, conditions.temperatureC) / rated : 0
  const { chargeEfficiency, dischargeEfficiency } = params
  const direct = detail.coupling === 'dc' ? conditions.solarKw : 0
  const perSolar = 1 / detail.solarInverterEfficiency

  /** DC power of an AC power taken: first solar, before the inverter, then through it. */
  const dcFromAc = (acKw: number): number => {
    const solar = Math.min(acKw, direct)
    const grid = acKw - solar
    const through = grid > 0 ? Math.max(0, grid - fixed - square * grid * grid) : 0
    return solar * perSolar + through
  }
  const stored = (acKw: number): number => {
    const x = chargeEfficiency * dcFromAc(acKw)
    return Math.max(0, x - cell * x * x)
  }
  /** What charges without the inverter; told in power of the store, where both ways round alike. */
  const storedDirect = stored(direct)
  return {
    stored,
    acToStore: (storeKw) => {
      const dcKw = beforeLoss(storeKw, cell) / chargeEfficiency
      if (storeKw <= storedDirect) return Math.min(direct, dcKw / perSolar)
      return direct + beforeLoss(Math.max(0, dcKw - direct * perSolar) + fixed, square)
    },
    drawn: (acKw) => {
      if (acKw <= 0) return 0
      const x = (acKw + fixed + square * acKw * acKw) / dischargeEfficiency
      return x + cell * x * x
    },
    acFromDrawn: (storeKw) => afterLoss(dischargeEfficiency * afterLoss(storeKw, cell) - fixed, square),
  }
}

/** Power of the battery's own use, kW. */
export const standbyKw = (params: BatteryParameters, temperatureC: number): number => {
  const { detail, standbyW } = params
  const heater =
    detail === undefined ? 0 : detail.heaterWattPerKelvin * Math.max(0, detail.heaterBelowC - temperatureC)
  return (standbyW + heater) / 1000
}

/**
 * Discharging power at which a whole charge is said to be delivered, of rated: what a home draws in the
 * evening is far below what its battery can give.
 */
const TYPICAL_POWER = 0.15

/** AC energy given for each unit drawn, at a usual power, 25 °C and half charge. */
export function typicalDischargeEfficiency(params: BatteryParameters, sohFraction: number): number {
  const { detail, powerKw } = params
  if (detail === undefined || powerKw === 0) return params.dischargeEfficiency
  const conversion = conversionOf(params, detail, sohFraction, 0.5, { temperatureC: 25, solarKw: 0 })
  const acKw = powerKw * TYPICAL_POWER
  return acKw / conversion.drawn(acKw)
}
