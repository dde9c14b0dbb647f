import type { Strategy, StrategyContext } from '../strategy.ts'

export interface BackupReserveOptions {
  /** Part of the energy that stays for an outage, [0, 1]. */
  readonly reserveFraction: number
  /** Fill up to the reserve from the grid at once. */
  readonly gridCharge: boolean
}

/** Another strategy above a reserve that only an outage may use. */
export function backupReserve(
  { battery, series }: StrategyContext,
  options: BackupReserveOptions,
  base: Strategy,
): Strategy {
  return {
    powerKw(decision) {
      const { state } = decision
      const capacityKwh = battery.capacityKwh * state.sohFraction
      const reserveKwh = capacityKwh * Math.min(options.reserveFraction, battery.maxSocFraction)
      const asked = base.powerKw(decision)
      const spareKwh = state.energyKwh - reserveKwh
      if (spareKwh < 0 && options.gridCharge) {
        return Math.min(asked, spareKwh / battery.chargeEfficiency / series.stepHours)
      }
      if (asked <= 0) return asked
      return Math.min(asked, (Math.max(0, spareKwh) * battery.dischargeEfficiency) / series.stepHours)
    },
  }
}
