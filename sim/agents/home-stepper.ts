import { FlowBlock } from '../flow-block.ts'
import type { IntervalFlows } from '../interval-flows.ts'
import type { MarketArea } from '../market-area.ts'
import type { BatteryAgent } from './battery-agent.ts'
import type { FlexibleHome } from './flexible-home.ts'
import { stepHome } from './home.ts'
import { isPlain, stepPlainBattery } from './plain-battery.ts'
import type { ProgramKeeper } from './program-keeper.ts'

/** What a community's homes are made of, by home; null: it has none. */
export interface HomeParts {
  readonly batteries: readonly (BatteryAgent | null)[]
  readonly flexible: readonly (FlexibleHome | null)[]
  readonly programs: readonly (ProgramKeeper | null)[]
  /** Of the battery's cells, for every interval; empty without one. */
  readonly temperatureC: readonly Float64Array[]
}

/**
 * Steps a community's homes: what their batteries do and what their meters show. An ordinary home looks at nothing but
 * its own series, prices and clock, so it goes through a block of intervals by itself.
 */
export class HomeStepper {
  readonly block: FlowBlock
  readonly #area: MarketArea
  readonly #parts: HomeParts
  readonly #plain: readonly boolean[]
  readonly #stepHours: number

  constructor(area: MarketArea, parts: HomeParts) {
    this.block = new FlowBlock(area.homes.length)
    this.#area = area
    this.#parts = parts
    this.#plain = parts.batteries.map((agent, home) => agent !== null && isPlain(area.homes[home], agent))
    this.#stepHours = area.axis.stepSeconds / 3600
  }

  /** All homes through `count` intervals from `at` on the axis; the community's battery waits for what they leave and lack. */
  step(at: number, count: number): void {
    const { homes } = this.#area
    for (let home = 0; home < homes.length; home++) {
      this.#read(home, at, count)
      if (!homes[home].shared) this.#stepHome(home, at, count)
    }
  }

  /** Solar and load of a home. */
  #read(home: number, at: number, count: number): void {
    const { homes, priceMicroUsdPerKwh } = this.#area
    const { solarMilliWh, loadMilliWh } = homes[home]
    const { solar, load, referenceSolar, referenceLoad } = this.block.energy
    const flexible = this.#parts.flexible[home]
    const rows = this.block.homes
    solarMilliWh.seek(at, count)
    loadMilliWh.seek(at, count)
    const [solars, loads] = [solarMilliWh.values, loadMilliWh.values]
    const [solarAt, loadAt] = [at - solarMilliWh.first, at - loadMilliWh.first]
    for (let row = 0, place = home; row < count; row++, place += rows) {
      const made = solars[solarAt + row]
      solar[place] = made
      referenceSolar[place] = made
      const base = loads[loadAt + row]
      const used =
        flexible === null ? base : flexible.step(at + row, priceMicroUsdPerKwh[at + row], base, made)
      load[place] = used
      referenceLoad[place] = flexible === null ? used : flexible.referenceMilliWh
    }
  }

  #stepHome(home: number, at: number, count: number): void {
    const { block } = this
    const agent = this.#parts.batteries[home]
    if (agent === null) block.meter(home, count)
    else if (this.#plain[home]) {
      stepPlainBattery(block, home, agent, count, this.#stepHours)
      block.meter(home, count)
    } else for (let row = 0; row < count; row++) this.#stepAny(block.intervals[row], home, agent, at + row)
  }

  #stepAny(flows: IntervalFlows, home: number, agent: BatteryAgent, at: number): void {
    stepHome(flows, home, agent, at, this.#stepHours, this.#parts.temperatureC[home][at])
    this.#parts.programs[home]?.interval(at, flows.discharge[home])
  }

  /** The community's battery in one interval: it charges what the homes before it leave over and serves what they lack. */
  stepShared(flows: IntervalFlows, home: number, at: number): void {
    const agent = this.#parts.batteries[home]
    if (agent === null) return
    let surplus = 0
    let deficit = 0
    for (let other = 0; other < home; other++) {
      surplus += flows.solarExport[other]
      deficit += flows.import[other] - flows.gridCharge[other]
    }
    const celsius = this.#parts.temperatureC[home][at]
    stepHome(flows, home, agent, at, this.#stepHours, celsius, surplus, deficit)
    this.#parts.programs[home]?.interval(at, flows.discharge[home])
  }
}
