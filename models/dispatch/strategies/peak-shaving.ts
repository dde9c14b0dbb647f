import { netLoadKw, type Strategy, type StrategyContext } from '../strategy.ts'

export interface PeakShavingOptions {
  /** Power from the grid that the battery keeps the home below, kW. */
  readonly limitKw: number
  /** Refill from the grid, below the limit, between peaks. */
  readonly gridCharge: boolean
}

/** Discharges what the home needs beyond a limit; charges from surplus, and from the grid below the limit. */
export const peakShaving = ({ series }: StrategyContext, options: PeakShavingOptions): Strategy => ({
  powerKw(decision) {
    const net = netLoadKw(decision, series.stepHours)
    if (net > options.limitKw) return net - options.limitKw
    if (net < 0) return net
    return options.gridCharge ? net - options.limitKw : 0
  },
})
