/**
 * Years until yearly savings have paid an investment back, nothing discounted; null when they never do.
 *
 * @param investmentUsd paid at the start, >= 0
 * @param savingUsdPerYear the same every year; zero or less never pays back
 */
export const simplePaybackYears = (investmentUsd: number, savingUsdPerYear: number): number | null =>
  investmentUsd === 0 ? 0 : savingUsdPerYear > 0 ? investmentUsd / savingUsdPerYear : null
