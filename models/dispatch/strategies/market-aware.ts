import { netLoadKw, type Strategy, type StrategyContext } from '../strategy.ts'

export interface MarketAwareOptions {
  /** What a kWh out of the store costs in wear, USD. */
  readonly wearUsdPerKwh: number
  /** What a neighbor's kWh is expected to fetch, as a part of the way from export to import price, [0, 1]. */
  readonly midPoint: number
}

/** Wear of one kWh drawn: what the battery cost over what it can give in its life. */
export const wearUsdPerKwh = (batteryUsdPerKwh: number, lifeEfc: number, usableFraction: number): number =>
  usableFraction === 0 || lifeEfc === 0 ? 0 : batteryUsdPerKwh / (lifeEfc * usableFraction)

/**
 * Self-consumption that also offers: beyond the home's own deficit it discharges for its neighbors while
 * the price that they can be expected to pay covers what the energy would have earned as export, its
 * losses and the wear; its own deficit it covers while the price saved covers the same floor.
 */
export function marketAware({ battery, series }: StrategyContext, options: MarketAwareOptions): Strategy {
  const { importUsdPerKwh, exportUsdPerKwh, stepHours } = series
  const efficiency = battery.chargeEfficiency * battery.dischargeEfficiency
  return {
    powerKw(decision) {
      const { step } = decision
      const net = netLoadKw(decision, stepHours)
      if (net <= 0 && decision.solarKwh > 0) return net
      const exported = exportUsdPerKwh[step]
      const floor = exported / efficiency + options.wearUsdPerKwh / battery.dischargeEfficiency
      const peer = exported + options.midPoint * (importUsdPerKwh[step] - exported)
      if (peer > floor) return battery.powerKw
      return importUsdPerKwh[step] > floor ? Math.max(0, net) : 0
    },
  }
}
