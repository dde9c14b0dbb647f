import type { Closure } from './closure.ts'
import type { Seen } from './baselines.ts'
import { type BatteryStory, untoldStory } from '../../data/burn-study.ts'
import { STEP_HOURS, STEPS_PER_DAY } from './demand.ts'
import type { Truth } from './truth.ts'

/** Two weeks in March, when the algorithm has learnt for half a year. */
const FIRST_STEP = 225 * STEPS_PER_DAY
const STEPS = 14 * STEPS_PER_DAY

export const newStory = ({ parameters }: Truth): BatteryStory =>
  untoldStory({
    label: 'a battery of the study',
    capacityKwh: parameters.capacityKwh,
    stepHours: STEP_HOURS,
    firstHour: FIRST_STEP * STEP_HOURS,
  })

const thousandths = (kwh: number): number => Math.round(kwh * 1000) / 1000

export function tell(
  story: BatteryStory,
  { fleet, stocks }: Closure,
  seen: Seen,
  energyMilliWh: number,
  step: number,
): void {
  if (step < FIRST_STEP || step >= FIRST_STEP + STEPS) return
  story.energyKwh.push(thousandths(energyMilliWh / 1e6))
  story.reportedKwh.push(thousandths(seen.soc * story.capacityKwh))
  story.activeKwh.push(thousandths(stocks.active[0] / 1e6))
  story.setAsideKwh.push(thousandths(stocks.setAside[0] / 1e6))
  story.burnedKwh.push(thousandths(stocks.burned[0] / 1e6))
  story.lowKwh.push(thousandths(Math.max(0, fleet.lowKwh[0])))
  story.anchors.push(fleet.anchor[0])
}
