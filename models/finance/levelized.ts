import { netPresentValue } from './present-value.ts'

/**
 * Levelized cost of energy: what each kWh must earn to pay for all costs, `LCOE = Σ K_n (1 + d)^−n / Σ E_n (1 + d)^−n` (Short, Packey and Holt, NREL/TP-462-5173, 1995). With the
 * nominal discount rate in both sums the result is nominal; with the real one below, real.
 *
 * @param costs USD by year, >= 0, the first is today's (the investment)
 * @param energyKwh by year, the first usually 0
 * @returns USD per kWh; null when no energy comes of it
 */
export function levelizedCost(
  costs: ArrayLike<number>,
  energyKwh: ArrayLike<number>,
  rate: number,
  energyRate = rate,
): number | null {
  const energy = netPresentValue(energyRate, energyKwh)
  return energy > 0 ? netPresentValue(rate, costs) / energy : null
}

/** Yearly accounts of a store, the first year is today's. USD and kWh, all >= 0. */
export interface StorageAccounts {
  /** Investment, operation, replacement, less what is got for the remains. */
  readonly ownCosts: ArrayLike<number>
  /** What its charging energy cost, or would have earned. */
  readonly chargingCosts: ArrayLike<number>
  readonly dischargedKwh: ArrayLike<number>
}

/**
 * Levelized cost of storage over the energy discharged. The literature disagrees whether the charging energy belongs
 * to it (Schmidt et al., Joule 2019, include it; others compare stores alone): both are given.
 */
export function levelizedStorageCost(
  accounts: StorageAccounts,
  rate: number,
): { withCharging: number | null; withoutCharging: number | null } {
  const own = Array.from(accounts.ownCosts)
  const charging = accounts.chargingCosts
  return {
    withCharging: levelizedCost(
      own.map((cost, year) => cost + (charging[year] ?? 0)),
      accounts.dischargedKwh,
      rate,
    ),
    withoutCharging: levelizedCost(own, accounts.dischargedKwh, rate),
  }
}
