/** Burdens from which on a household is said to carry a high and a severe one (American Council for an Energy-Efficient Economy). */
export const HIGH_BURDEN = 0.06
export const SEVERE_BURDEN = 0.1

/**
 * Electric burden: the year's electricity bill over the year's gross income. Electricity only: heat from other fuels is
 * not in it, so it is less than the energy burden.
 *
 * @param billUsd of so many days, may be below zero
 * @param incomeUsdPerYear > 0
 */
export const electricBurden = (billUsd: number, days: number, incomeUsdPerYear: number): number =>
  (billUsd * 365) / days / incomeUsdPerYear
