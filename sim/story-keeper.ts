import { type BatteryStory, untoldStory } from '../data/burn-study.ts'
import type { BatteryAgent } from './agents/battery-agent.ts'
import type { CommunityEngine } from './engine.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { MarketArea } from './market-area.ts'

/** What one interval adds to a story; milliwatt-hours, but for the estimates in kWh. */
export interface StoryMoment {
  readonly energyMilliWh: number
  readonly foretoldKwh: number
  readonly lowKwh: number
  readonly activeMilliWh: number
  readonly setAsideMilliWh: number
  readonly burnedMilliWh: number
  readonly anchor: number
}

const DAYS = 14
/** Days that the algorithm has learnt before, where the run is long enough. */
const AFTER_DAYS = 60

const kwh = (milliWh: number): number => Math.round(milliWh / 1000) / 1000

/** Keeps two weeks of one battery by the hour, for the report. */
export class StoryKeeper {
  readonly story: BatteryStory
  readonly #first: number
  readonly #end: number
  readonly #stepsPerHour: number
  #anchor = 0

  /**
   * @param steps intervals of the run
   * @param stepHours length of one
   */
  constructor(label: string, capacityKwh: number, steps: number, stepHours: number) {
    const perDay = Math.round(24 / stepHours)
    this.#first = steps >= (AFTER_DAYS + DAYS) * perDay ? AFTER_DAYS * perDay : 0
    this.#end = Math.min(steps, this.#first + DAYS * perDay)
    this.#stepsPerHour = Math.max(1, Math.round(1 / stepHours))
    this.story = untoldStory({
      label,
      capacityKwh,
      stepHours: this.#stepsPerHour * stepHours,
      firstHour: this.#first * stepHours,
    })
  }

  /** Whether an interval belongs to the story. */
  wants(step: number): boolean {
    return step >= this.#first && step < this.#end
  }

  /** The end of an interval of a community. */
  follow(
    { keeper, stock }: Pick<CommunityEngine, 'keeper' | 'stock'>,
    home: number,
    flows: IntervalFlows,
    step: number,
  ): void {
    if (!this.wants(step)) return
    this.add(step, {
      energyMilliWh: flows.meteredDeliverable[home],
      foretoldKwh: keeper.foretoldKwh(home, flows, (step + 1) * (this.story.stepHours / this.#stepsPerHour)),
      lowKwh: keeper.fleet.lowKwh[home],
      activeMilliWh: stock.active[home],
      setAsideMilliWh: stock.setAside[home],
      burnedMilliWh: stock.lost[home],
      anchor: keeper.fleet.anchor[home],
    })
  }

  add(step: number, moment: StoryMoment): void {
    if (moment.anchor !== 0) this.#anchor = moment.anchor
    if ((step + 1) % this.#stepsPerHour !== 0) return
    const { story } = this
    story.energyKwh.push(kwh(moment.energyMilliWh))
    story.reportedKwh.push(kwh(Math.max(0, moment.foretoldKwh) * 1e6))
    story.lowKwh.push(kwh(Math.max(0, moment.lowKwh) * 1e6))
    story.activeKwh.push(kwh(moment.activeMilliWh))
    story.setAsideKwh.push(kwh(moment.setAsideMilliWh))
    story.burnedKwh.push(kwh(moment.burnedMilliWh))
    story.anchors.push(this.#anchor)
    this.#anchor = 0
  }
}

/** The story of one home's battery over some runs through the area's days; null without one. */
export function newStory(
  { axis, homes }: MarketArea,
  years: number,
  batteries: readonly (BatteryAgent | null)[],
  home: number,
): StoryKeeper | null {
  const agent = batteries[home] as BatteryAgent | null | undefined
  if (agent === null || agent === undefined) return null
  const { label } = homes[home]
  return new StoryKeeper(label, agent.parameters.capacityKwh, axis.count * years, axis.stepSeconds / 3600)
}
