import {
  type Evidence,
  fullHigh,
  newEvidence,
  refusalHigh,
  verifiedLoss,
} from '../../models/burn/evidence.ts'
import {
  ANCHOR_FULL,
  ANCHOR_REFUSAL,
  type BurnFleet,
  type BurnSettings,
  newFleet,
} from '../../models/burn/fleet.ts'
import { RESERVE_GATE_KWH } from '../../models/burn/gate.ts'
import { stepBurn } from '../../models/burn/step.ts'
import type { Seen } from './baselines.ts'
import { STEP_HOURS } from './demand.ts'
import { burnAside, moveAside, moveRegisters, newStocks, type Stocks } from './tokens.ts'
import type { Truth } from './truth.ts'

/** The algorithm, and what is left of it when a part is taken out. */
export const VARIANTS = [
  'closure',
  'no-prediction',
  'no-conformal',
  'no-gate',
  'soc-anchor',
  'rested-ocv',
] as const
export type Variant = (typeof VARIANTS)[number]

export interface Closure {
  readonly variant: Variant
  readonly fleet: BurnFleet
  readonly evidence: Evidence
  readonly stocks: Stocks
  /** E_hi of the last refusal that was an anchor, by battery; below zero: none in this interval. */
  readonly high: Float64Array
}

const FACTOR_START = 0.9
const REGISTERED_STANDBY_W = 10
/** Spread of passes to believe at least, part of what is registered: more where an owner sets a reserve. */
export const LEAST_DEVIATION = 0.003
export const LEAST_DEVIATION_RESERVE = 0.015

/** The study's settings for a battery. */
export function settingsOf(truth: Truth, variant: Variant): BurnSettings {
  const reserve = truth.group === 'R'
  return {
    nameplateMilliWh: Math.round(truth.parameters.capacityKwh * 1e6),
    ratedMilliWh: Math.round(truth.registeredKwh * 1e6),
    standbyW: REGISTERED_STANDBY_W,
    missRate: 0.05,
    hysteresisKwh: 0.3,
    setAside: variant !== 'no-prediction',
    factorStart: FACTOR_START,
    refitDays: 7,
    gateKwh: 0.6 + (reserve ? RESERVE_GATE_KWH : 0),
    confirmHours: variant === 'no-gate' ? 0 : 1,
    leastDeviationKwh: truth.registeredKwh * (reserve ? LEAST_DEVIATION_RESERVE : LEAST_DEVIATION),
    conformal: variant !== 'no-conformal',
    gated: variant !== 'no-gate',
  }
}

export function newClosure(truths: readonly Truth[], variant: Variant): Closure {
  const settings = truths.map((truth) => settingsOf(truth, variant))
  const fleet = newFleet(settings)
  return {
    variant,
    fleet,
    evidence: newEvidence(fleet.nameplateMilliWh, fleet.ratedMilliWh, fleet.standbyW, STEP_HOURS * 60),
    stocks: newStocks(fleet.nameplateMilliWh, FACTOR_START * 1e6),
    high: new Float64Array(truths.length),
  }
}

/** One interval: tokens follow the registers, the algorithm decides, the contract's rule burns. */
export function stepClosure(closure: Closure, battery: number, seen: Seen): void {
  const { fleet, evidence, stocks } = closure
  moveRegisters(stocks, battery, seen.charged, seen.discharged)
  const hours = (seen.step + 1) * STEP_HOURS
  const minute = hours * 60
  stepBurn(
    fleet,
    evidence,
    battery,
    seen.charge,
    seen.discharge,
    seen.flags,
    stocks.active[battery],
    stocks.setAside[battery],
    hours,
    STEP_HOURS,
    minute,
  )
  const move = fleet.moveMilliWh[battery]
  if (move !== 0) moveAside(stocks, battery, move)
  const anchor = fleet.anchor[battery]
  closure.high[battery] = -1
  if (anchor !== 0) {
    const high = anchor === ANCHOR_FULL ? fullHigh(evidence, battery, minute) : refusalHigh(evidence, battery)
    const stock = stocks.active[battery] + stocks.setAside[battery]
    burnAside(stocks, battery, verifiedLoss(stock, stocks.setAside[battery], high))
    if (anchor === ANCHOR_REFUSAL) closure.high[battery] = high
    // Set aside again within the interval: never given back.
    const after = fleet.afterMilliWh[battery]
    if (after > 0) moveAside(stocks, battery, after)
    stocks.released[battery] -= Math.min(after, Math.max(0, -move))
  }
  if (closure.variant === 'soc-anchor') burnBySoc(closure, battery, seen.soc)
  if (fleet.factorPpm[battery] > 0) stocks.factorPpm[battery] = fleet.factorPpm[battery]
}

/** The ablation that believes a reported charge: what it does not show is burned. */
function burnBySoc({ stocks, fleet }: Closure, battery: number, soc: number): void {
  const energy =
    soc * (fleet.fullPasses[battery] > 0 ? fleet.fullMeanKwh[battery] * 1e6 : fleet.ratedMilliWh[battery])
  const stock = stocks.active[battery] + stocks.setAside[battery]
  const burn = Math.min(stock, Math.max(0, stock - Math.ceil(energy)))
  const aside = Math.max(0, Math.min(burn - stocks.setAside[battery], stocks.active[battery]))
  if (aside > 0) moveAside(stocks, battery, aside)
  burnAside(stocks, battery, Math.min(burn, stocks.setAside[battery]))
}
