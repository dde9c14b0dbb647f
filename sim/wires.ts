import { Curtailment, type CurtailmentRule, type HomePower } from '../models/grid/curtailment.ts'
import {
  ageingRate,
  hotSpotC,
  type Paper,
  settled,
  stepThermal,
  type ThermalParameters,
  type ThermalState,
} from '../models/grid/hot-spot.ts'
import { LimitWatch, type WireLimits } from '../models/grid/limits.ts'
import { PowerFlow } from '../models/grid/power-flow.ts'
import type { WireCase } from '../data/run-feeder.ts'
import type { FeederInput } from './feeder-input.ts'
import type { FeederColumn } from './series.ts'

/** The wires in one case (without solar, with solar only, as run): their state, and what was seen of it. */
export class Wires {
  readonly flow: PowerFlow
  readonly curtailment: Curtailment
  readonly #watch: LimitWatch
  readonly #curtails: boolean
  readonly #thermal: readonly ThermalParameters[]
  readonly #paper: Paper
  readonly #states: (ThermalState | null)[]
  readonly #ageingDays: Float64Array
  /** By bus: lowest and highest voltage of the run. */
  readonly minPu: Float64Array
  readonly maxPu: Float64Array
  readonly #line: Float64Array
  readonly #transformer: Float64Array
  #hotSpotC = -Infinity
  #lossKwh = 0
  #curtailedIntervals = 0
  #curtailedMilliWh = 0
  readonly #breached = new Float64Array(4)
  readonly #stepHours: number

  constructor({ network, limits, settings }: FeederInput, homes: number, stepHours: number) {
    this.flow = new PowerFlow(network)
    this.#watch = new LimitWatch(network, limits)
    this.#curtails = settings.rule !== 'none'
    const watch = this.#curtails ? this.#watch : new LimitWatch(network, UNLIMITED)
    const rule: CurtailmentRule = settings.rule === 'none' ? 'pro-rata' : settings.rule
    this.curtailment = new Curtailment(this.flow, watch, rule, homes)
    this.#thermal = network.transformers.map((one) => ({
      kind: 'distribution',
      noLoadLossW: one.ironLossKw * 1000,
      loadLossW: one.shortCircuitRealPercent * one.ratedKva * 10,
      surchargeK: 0,
      topOilRiseK: settings.thermal.topOilRiseK,
      windingGradientK: settings.thermal.windingGradientK,
      hotSpotFactor: settings.thermal.hotSpotFactor,
      oilMinutes: settings.thermal.oilMinutes,
      windingMinutes: settings.thermal.windingMinutes,
      oilExponent: 0.8,
      windingExponent: 1.6,
      k11: 1,
      k21: 1,
      k22: 2,
    }))
    this.#paper = settings.thermal.paper
    this.#states = network.transformers.map(() => null)
    this.#ageingDays = new Float64Array(network.transformers.length)
    this.minPu = new Float64Array(network.buses.length).fill(Infinity)
    this.maxPu = new Float64Array(network.buses.length).fill(-Infinity)
    this.#line = new Float64Array(network.lines.length)
    this.#transformer = new Float64Array(network.transformers.length)
    this.#stepHours = stepHours
  }

  /** One interval: cuts what must be cut and looks at what remains. False: no voltages carry the loads. */
  step(power: HomePower, ambientC: number): boolean {
    const cut = this.curtailment.limit(power)
    if (cut === null) return false
    if (cut) {
      this.#curtailedIntervals++
      const { exportMilliWh } = power
      for (let home = 0; home < exportMilliWh.length; home++)
        this.#curtailedMilliWh += exportMilliWh[home] - this.curtailment.keptMilliWh[home]
    }
    const { flow } = this
    lower(this.minPu, flow.voltagePu)
    higher(this.maxPu, flow.voltagePu)
    higher(this.#line, flow.lineLoadingPercent)
    higher(this.#transformer, flow.transformerLoadingPercent)
    this.#lossKwh += flow.lossKw() * this.#stepHours
    const bits = this.#watch.breaches(flow)
    for (let bit = 0; bit < 4; bit++) if ((bits & (1 << bit)) !== 0) this.#breached[bit] += this.#stepHours
    for (let at = 0; at < this.#thermal.length; at++) this.#warm(at, ambientC)
    return true
  }

  #warm(at: number, ambientC: number): void {
    const parameters = this.#thermal[at]
    const load = (flowLoading(this.flow, at) * this.flow.network.transformers[at].ratingFactor) / 100
    const before = this.#states[at]
    const state =
      before === null
        ? settled(parameters, load, ambientC)
        : stepThermal(parameters, before, load, ambientC, this.#stepHours * 60)
    this.#states[at] = state
    const hot = hotSpotC(state)
    if (hot > this.#hotSpotC) this.#hotSpotC = hot
    this.#ageingDays[at] += (ageingRate(this.#paper, hot) * this.#stepHours) / 24
  }

  /** Writes the state of the interval into the series, millionths. */
  record(
    series: Readonly<Partial<Record<FeederColumn, Float64Array>>>,
    step: number,
    cutMilliWh: number,
  ): void {
    const { flow } = this
    let low = Infinity
    let high = -Infinity
    for (let bus = 0; bus < flow.voltagePu.length; bus++) {
      if (!this.#watch.isWatched(bus)) continue
      if (flow.voltagePu[bus] < low) low = flow.voltagePu[bus]
      if (flow.voltagePu[bus] > high) high = flow.voltagePu[bus]
    }
    let hot = -Infinity
    for (const state of this.#states) if (state !== null) hot = Math.max(hot, hotSpotC(state))
    const put = (name: FeederColumn, value: number): void => {
      const column = series[name]
      if (column !== undefined) column[step] = Math.round(value * 1e6)
    }
    put('voltage_min_pu', low)
    put('voltage_max_pu', high)
    put('line_loading_percent', greatestOf(flow.lineLoadingPercent))
    put('loss_kwh', flow.lossKw() * this.#stepHours)
    put('curtailed_kwh', cutMilliWh / 1e6)
    put('transformer_loading_percent', greatestOf(flow.transformerLoadingPercent))
    put('hot_spot_c', hot)
  }

  result(): WireCase {
    const { network } = this.flow
    const watched = network.buses.map((_, at) => at).filter((at) => this.#watch.isWatched(at))
    const best = (list: readonly number[], better: (a: number, b: number) => boolean) =>
      list.reduce((found, at) => (better(at, found) ? at : found), list[0])
    const low = best(watched, (a, b) => this.minPu[a] < this.minPu[b])
    const high = best(watched, (a, b) => this.maxPu[a] > this.maxPu[b])
    const line = this.#line.indexOf(Math.max(...this.#line))
    const transformer = this.#thermal.length > 0
    return {
      voltageMinPu: rounded(this.minPu[low]),
      voltageMinBus: network.buses[low].name,
      voltageMaxPu: rounded(this.maxPu[high]),
      voltageMaxBus: network.buses[high].name,
      linePercent: line < 0 ? 0 : rounded(this.#line[line]),
      line: line < 0 ? '' : network.lines[line].name,
      transformerPercent: transformer ? rounded(Math.max(...this.#transformer)) : null,
      hotSpotC: transformer ? rounded(this.#hotSpotC) : null,
      ageingDays: transformer ? rounded(Math.max(...this.#ageingDays)) : null,
      lossMilliWh: Math.round(this.#lossKwh * 1e6),
      highVoltageHours: rounded(this.#breached[0]),
      lowVoltageHours: rounded(this.#breached[1]),
      lineHours: rounded(this.#breached[2]),
      transformerHours: rounded(this.#breached[3]),
      curtailedMilliWh: this.#curtailedMilliWh,
      curtailedHours: rounded(this.#curtailedIntervals * this.#stepHours),
    }
  }
}

const UNLIMITED: WireLimits = {
  minPu: 0,
  maxPu: Infinity,
  transformerPercent: Infinity,
  linePercent: Infinity,
}

const greatestOf = (values: Float64Array): number => {
  let most = 0
  for (const value of values) if (value > most) most = value
  return most
}

const flowLoading = (flow: PowerFlow, at: number): number => flow.transformerLoadingPercent[at]

/** Nine decimals: what a result keeps of a voltage or temperature. */
const rounded = (value: number): number => Number(value.toFixed(9))

function lower(least: Float64Array, values: Float64Array): void {
  for (let at = 0; at < least.length; at++) if (values[at] < least[at]) least[at] = values[at]
}

function higher(most: Float64Array, values: Float64Array): void {
  for (let at = 0; at < most.length; at++) if (values[at] > most[at]) most[at] = values[at]
}
