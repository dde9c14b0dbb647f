import { nanoUsd, product } from './exact.ts'
import type { EnergyTier, Rate } from './rate.ts'
import type { MonthRegisters, RegisterLayout } from './registers.ts'

/** Money as an exact fraction, in 1e-15 USD. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

const buy = ({ buyUsdPerKwh }: EnergyTier): bigint => nanoUsd(buyUsdPerKwh)
const sell = ({ sellUsdPerKwh }: EnergyTier): bigint => nanoUsd(sellUsdPerKwh)

/** What registers by period and tier cost or earn, as the energy came. */
function metered(
  { energy }: Rate,
  layout: RegisterLayout,
  milliWh: Float64Array,
  price: typeof buy,
): Fraction {
  let sum = 0n
  for (const [period, tiers] of energy.entries()) {
    for (const [tier, one] of tiers.entries())
      sum += product(milliWh[period * layout.tiers + tier], price(one))
  }
  return { numerator: sum, denominator: 1n }
}

export const importCharge = (rate: Rate, { layout, imported }: MonthRegisters): Fraction =>
  metered(rate, layout, imported, buy)

export const exportEarning = (rate: Rate, { layout, exported }: MonthRegisters): Fraction =>
  metered(rate, layout, exported, sell)

/** Exports at the buy rates of their time: what they may offset. */
export const exportAtBuyRates = (rate: Rate, { layout, exported }: MonthRegisters): Fraction =>
  metered(rate, layout, exported, buy)

/**
 * What energies known by period alone cost: a tier is filled by all periods in proportion to their energy, each at its
 * own price: Σ_p E_p / E · Σ_t w_t · price_pt, where w_t is the part of E = Σ E_p within tier t of period p.
 *
 * @param milliWh by period, whole and >= 0
 */
function prorated(
  { energy }: Rate,
  layout: RegisterLayout,
  milliWh: Float64Array,
  price: typeof buy,
): Fraction {
  const all = milliWh.reduce((sum, one) => sum + one, 0)
  if (all === 0) return { numerator: 0n, denominator: 1n }
  let sum = 0n
  for (const [period, tiers] of energy.entries()) {
    if (milliWh[period] === 0) continue
    let from = 0
    let perAll = 0n
    for (const [tier, one] of tiers.entries()) {
      const to = Math.min(all, layout.limitMilliWh[period * layout.tiers + tier])
      if (to <= from) continue
      perAll += product(to - from, price(one))
      from = to
    }
    sum += BigInt(milliWh[period]) * perAll
  }
  return { numerator: sum, denominator: BigInt(all) }
}

/**
 * What a month costs when each period's exports offset its imports, and what is left of the exports, by period and as money
 * at the sell rates.
 *
 * @param brought by period, energy that the month before left, milliwatt-hours
 */
export function nettedMonth(
  rate: Rate,
  { layout, net }: MonthRegisters,
  brought: Float64Array,
): { readonly charge: Fraction; readonly earning: Fraction; readonly surplusMilliWh: Float64Array } {
  const balance = net.map((milliWh, period) => milliWh + brought[period])
  const used = balance.map((milliWh) => (milliWh < 0 ? -milliWh : 0))
  const surplusMilliWh = balance.map((milliWh) => (milliWh > 0 ? milliWh : 0))
  return {
    charge: prorated(rate, layout, used, buy),
    earning: prorated(rate, layout, surplusMilliWh, sell),
    surplusMilliWh,
  }
}
