import type { Line, Network, Transformer } from '../../data/grid/network.ts'
import { add, complex, type Complex, inverse, multiply, scale } from './complex.ts'

/** Base of all per-unit values, kVA. */
export const BASE_KVA = 1000

/** A two-port in per unit: the currents into its ends are `ff·Vf + ft·Vt` and `ft·Vf + tt·Vt`. */
export interface TwoPort {
  readonly ff: Complex
  readonly ft: Complex
  readonly tt: Complex
  /** What it was made of: series admittance, and turns ratio before the first end. */
  readonly series: Complex
  readonly ratio: number
}

/** A π: series admittance, shunts at both ends, and a ratio of turns before its first end. */
function twoPort(series: Complex, shuntFrom: Complex, shuntTo: Complex, ratio = 1): TwoPort {
  return {
    ff: scale(add(series, shuntFrom), 1 / ratio ** 2),
    ft: scale(series, -1 / ratio),
    tt: add(series, shuntTo),
    series,
    ratio,
  }
}

/** A line's π, half of its shunt at each end. */
export function lineTwoPort(line: Line, { buses }: Network): TwoPort {
  // kV² / MVA
  const baseOhm = (buses[line.from].nominalKv ** 2 * 1000) / BASE_KVA
  const series = inverse(complex(line.rOhm / baseOhm, line.xOhm / baseOhm))
  const shunt = scale(complex(line.gSiemens, line.bSiemens), baseOhm / 2)
  return twoPort(series, shunt, shunt)
}

/** Voltage of a side with its tap: u + Δu at an angle, its amount. */
function tapped(side: 'hv' | 'lv', transformer: Transformer): number {
  const rated = side === 'hv' ? transformer.hvKv : transformer.lvKv
  if (side !== transformer.tapSide) return rated
  const step = rated * ((transformer.tapSteps * transformer.tapStepPercent) / 100)
  const angle = (transformer.tapStepDegrees * Math.PI) / 180
  return Math.hypot(rated + step * Math.cos(angle), step * Math.sin(angle))
}

/**
 * A transformer as a T (leakage in two parts, the iron between them), turned into a π by wye-delta, seen from the
 * low-voltage side; the turns ratio stands before the high-voltage end. The same as pandapower's `trafo_model="t"`
 * (pandapower documentation, "Transformer"). The phase shift of the vector group is left out: it turns all voltages
 * behind it alike and changes no amount.
 */
export function transformerTwoPort(transformer: Transformer, { buses }: Network): TwoPort {
  const { ratedKva, parallel, shortCircuitPercent, shortCircuitRealPercent, ironLossKw } = transformer
  const hvKv = tapped('hv', transformer)
  const lvKv = tapped('lv', transformer)
  const busLvKv = buses[transformer.lvBus].nominalKv
  const rated = ((lvKv / busLvKv) ** 2 * BASE_KVA) / ratedKva / parallel
  const z = (shortCircuitPercent / 100) * rated
  const r = (shortCircuitRealPercent / 100) * rated
  const x = Math.sqrt(z ** 2 - r ** 2)
  const ironKvar = Math.sqrt(
    Math.max(0, ((transformer.noLoadCurrentPercent / 100) * ratedKva) ** 2 - ironLossKw ** 2),
  )
  const perUnit = ((busLvKv / lvKv) ** 2 * parallel) / BASE_KVA
  const iron = complex(ironLossKw * perUnit, -ironKvar * perUnit)
  const ratio = ((hvKv / lvKv) * busLvKv) / buses[transformer.hvBus].nominalKv
  if (iron.re === 0 && iron.im === 0) return twoPort(inverse(complex(r, x)), iron, iron, ratio)
  const { leakageResistanceHv: rHv, leakageReactanceHv: xHv } = transformer
  const hv = complex(r * rHv, x * xHv)
  const lv = complex(r * (1 - rHv), x * (1 - xHv))
  // Wye-delta: with S = ab + bc + ca the delta's admittances are c/S (a–b), b/S (a–c), a/S (b–c).
  const c = inverse(iron)
  const over = inverse(add(multiply(hv, lv), multiply(c, add(hv, lv))))
  return twoPort(multiply(c, over), multiply(lv, over), multiply(hv, over), ratio)
}
