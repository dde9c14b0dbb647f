import { selfConsumption as rule } from '../../battery/self-consumption.ts'
import type { Strategy, StrategyContext } from '../strategy.ts'

/** Charges what the home does not use of its solar, discharges what its solar does not cover. */
export const selfConsumption = ({ series }: StrategyContext): Strategy => ({
  powerKw: ({ solarKwh, loadKwh }) => rule(solarKwh, loadKwh, series.stepHours),
})
