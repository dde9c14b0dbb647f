import type { DemandResponseEvents } from '../demand-response.ts'
import type { Strategy, StrategyContext } from '../strategy.ts'

/**
 * Another strategy around a program's events, which are known on the morning of their day: from then on
 * the battery keeps what it has, and in the event it gives what it can evenly, to the home and the grid.
 */
export function demandResponse(
  { battery, series }: StrategyContext,
  { eventOfStep, leftOfStep, daysOfEvents, joined }: DemandResponseEvents,
  base: Strategy,
): Strategy {
  return {
    powerKw(decision) {
      const { step, state } = decision
      const event = eventOfStep[step]
      const asked = base.powerKw(decision)
      if (event >= 0 && joined[event] === 1) {
        const bottomKwh = battery.capacityKwh * state.sohFraction * battery.minSocFraction
        const there = Math.max(0, state.energyKwh - bottomKwh) * battery.dischargeEfficiency
        return Math.min(battery.powerKw, there / (leftOfStep[step] * series.stepHours))
      }
      const coming = daysOfEvents.get(series.localDay[step])
      const before = coming !== undefined && joined[coming.event] === 1 && step < coming.firstStep
      return before && asked > 0 ? 0 : asked
    },
  }
}
