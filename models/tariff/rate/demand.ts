import { microUsdOf, nanoUsd } from './exact.ts'
import type { DemandTier, Rate } from './rate.ts'

/** Greatest demand of a month, as energy of one window, whole milliwatt-hours. */
export interface DemandRegisters {
  /** Intervals that make one window. */
  readonly stepsInWindow: number
  /** Hours of one window. */
  readonly windowHours: number
  /** Of the month, and of each period of the demand schedule. */
  peakMilliWh: number
  readonly periodPeakMilliWh: Float64Array
  /** The window at hand: its number on the axis, and its energy so far. */
  window: number
  windowMilliWh: number
}

export function demandRegisters(rate: Rate, stepSeconds: number): DemandRegisters {
  const stepsInWindow = Math.max(1, Math.floor((rate.demandWindowMinutes * 60) / stepSeconds))
  return {
    stepsInWindow,
    windowHours: (stepsInWindow * stepSeconds) / 3600,
    peakMilliWh: 0,
    periodPeakMilliWh: new Float64Array(rate.demand?.periods.length ?? 0),
    window: -1,
    windowMilliWh: 0,
  }
}

/**
 * Adds one interval's import. A window belongs to the period of each interval that it holds.
 * @param step number of the interval on its axis: windows are cut there
 */
export function registerDemand(
  registers: DemandRegisters,
  step: number,
  period: number,
  importMilliWh: number,
): void {
  const window = registers.stepsInWindow === 1 ? step : Math.floor(step / registers.stepsInWindow)
  if (window !== registers.window) {
    registers.window = window
    registers.windowMilliWh = 0
  }
  registers.windowMilliWh += importMilliWh
  const energy = registers.windowMilliWh
  if (energy > registers.peakMilliWh) registers.peakMilliWh = energy
  if (period < registers.periodPeakMilliWh.length && energy > registers.periodPeakMilliWh[period])
    registers.periodPeakMilliWh[period] = energy
}

export const peakKw = ({ peakMilliWh, windowHours }: DemandRegisters): number =>
  peakMilliWh / 1e6 / windowHours

/** Tiers on one demand, in 1e-15 USD × hours of the window: kW = milliWh / 1e6 / hours. */
function tieredCharge(tiers: readonly DemandTier[], milliWh: number, hours: number): bigint {
  let charge = 0n
  let from = 0
  for (const [at, { maxKw, usdPerKw }] of tiers.entries()) {
    const limit = maxKw === null || at === tiers.length - 1 ? milliWh : Math.round(maxKw * hours * 1e6)
    const to = Math.min(milliWh, limit)
    if (to > from) charge += BigInt(to - from) * nanoUsd(usdPerKw)
    from = Math.max(from, to)
  }
  return charge
}

/** `charge` by tieredCharge is milliWh × nano-dollars per kW; over the window's seconds it becomes money. */
const money = (charge: bigint, hours: number): number =>
  microUsdOf(charge * 3600n, BigInt(Math.round(hours * 3600)))

/**
 * Demand charges of a month, µ$, each rounded once.
 * @param month 0: January
 */
export function demandCharges(
  rate: Rate,
  registers: DemandRegisters,
  month: number,
): { readonly flatMicroUsd: number; readonly periodMicroUsd: number } {
  const { windowHours: hours } = registers
  const flat =
    rate.flatDemand === null ? 0n : tieredCharge(rate.flatDemand[month], registers.peakMilliWh, hours)
  let byPeriod = 0n
  for (const [period, tiers] of (rate.demand?.periods ?? []).entries())
    byPeriod += tieredCharge(tiers, registers.periodPeakMilliWh[period], hours)
  return { flatMicroUsd: money(flat, hours), periodMicroUsd: money(byPeriod, hours) }
}
