import { isoMinute } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import type { FeederResult } from '../data/run-feeder.ts'
import type { HomePower } from '../models/grid/curtailment.ts'
import { hostingCapacity } from '../models/grid/hosting.ts'
import { bindingText } from '../models/grid/limits.ts'
import { LossShares } from '../models/grid/loss-shares.ts'
import { PowerFlow } from '../models/grid/power-flow.ts'
import type { FeederInput } from './feeder-input.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { HomeInput, MarketArea } from './market-area.ts'
import { FEEDER_COLUMNS, type FeederColumn, keptSteps } from './series.ts'
import { Wires } from './wires.ts'

const OF_TRANSFORMER: ReadonlySet<FeederColumn> = new Set(['transformer_loading_percent', 'hot_spot_c'])

/**
 * The wires of a community, interval by interval: what they cannot take of the homes' solar is cut before it is offered
 * or counted, so that no token is ever minted for it. Beside the plant run the same wires without solar and with solar
 * only, under the same rule.
 */
export class FeederKeeper {
  readonly #area: MarketArea
  readonly #feeder: FeederInput
  readonly #noSolar: Wires
  readonly #solarOnly: Wires
  readonly #plant: Wires
  readonly #shares: LossShares
  readonly #lossKwh: Float64Array
  readonly #power: HomePower & { readonly kw: Float64Array }
  readonly #exports: Int32Array
  readonly #kvarPerMilliWh: number
  readonly #stepHours: number
  readonly #curtailed: Float64Array
  readonly #curtailedSolarOnly: Float64Array
  readonly #cutHours: Float64Array
  /** Of every interval that series keep, millionths. */
  readonly series: Readonly<Partial<Record<FeederColumn, Float64Array>>>
  #blockedOffers = 0
  #blockedMilliWh = 0

  constructor(area: MarketArea, feeder: FeederInput) {
    const homes = area.homes.length
    this.#area = area
    this.#feeder = feeder
    this.#stepHours = area.axis.stepSeconds / 3600
    const wires = () => new Wires(feeder, homes, this.#stepHours)
    this.#noSolar = wires()
    this.#solarOnly = wires()
    this.#plant = wires()
    this.#shares = new LossShares(this.#plant.flow)
    this.#lossKwh = new Float64Array(homes)
    this.#exports = new Int32Array(homes)
    const kwPerMilliWh = 1 / 1e6 / this.#stepHours
    this.#kvarPerMilliWh = Math.tan(Math.acos(feeder.settings.powerFactor)) * kwPerMilliWh
    this.#power = {
      bus: Int32Array.from(feeder.busOfHome),
      netMilliWh: new Float64Array(homes),
      exportMilliWh: this.#exports,
      kvar: new Float64Array(homes),
      kwPerMilliWh,
      kw: new Float64Array(homes),
    }
    const names = FEEDER_COLUMNS.filter(
      (name) => feeder.network.transformers.length > 0 || !OF_TRANSFORMER.has(name),
    )
    this.series = Object.fromEntries(names.map((name) => [name, new Float64Array(keptSteps(area.axis))]))
    this.#curtailed = new Float64Array(homes)
    this.#curtailedSolarOnly = new Float64Array(homes)
    this.#cutHours = new Float64Array(homes)
  }

  /** Lowers solar, export and offer of the flows to what the wires take, in the plant and in the case with solar only. */
  limit(flows: IntervalFlows, step: number): void {
    const homes = this.#exports.length
    const power = this.#power
    const { count } = this.#area.axis
    const { temperatureC } = this.#area.environment
    const ambientC = temperatureC?.[step % count] ?? this.#feeder.settings.thermal.ambientC
    const carry = (wires: Wires): void => {
      if (!wires.step(power, ambientC)) this.#collapse(wires.flow, step)
    }
    this.#exports.fill(0)
    for (let home = 0; home < homes; home++) {
      power.netMilliWh[home] = flows.referenceLoad[home]
      power.kvar[home] = flows.referenceLoad[home] * this.#kvarPerMilliWh
    }
    carry(this.#noSolar)
    for (let home = 0; home < homes; home++) {
      power.netMilliWh[home] = flows.referenceLoad[home] - flows.referenceSolar[home]
      this.#exports[home] = Math.max(0, -power.netMilliWh[home])
    }
    carry(this.#solarOnly)
    for (let home = 0; home < homes; home++) {
      const cut = this.#exports[home] - this.#solarOnly.curtailment.keptMilliWh[home]
      flows.referenceSolar[home] -= cut
      this.#curtailedSolarOnly[home] += cut
      power.netMilliWh[home] = flows.import[home] - flows.export[home]
      power.kvar[home] = flows.load[home] * this.#kvarPerMilliWh
      this.#exports[home] = flows.solarExport[home]
    }
    carry(this.#plant)
    let cut = 0
    for (let home = 0; home < homes; home++) cut += this.#cut(flows, home)
    if (step < keptSteps(this.#area.axis)) this.#plant.record(this.series, step, cut)
    this.#shares.add(power.bus, power.kw, power.kvar, this.#lossKwh)
  }

  /** @returns what is cut of this home, milliwatt-hours */
  #cut(flows: IntervalFlows, home: number): number {
    const cut = this.#exports[home] - this.#plant.curtailment.keptMilliWh[home]
    if (cut > 0) {
      flows.solar[home] -= cut
      flows.export[home] -= cut
      flows.solarExport[home] -= cut
      flows.offer[home] -= cut
      this.#curtailed[home] += cut
      this.#cutHours[home] += this.#stepHours
      if (this.#feeder.settings.rule === 'block-trades') {
        this.#blockedOffers++
        this.#blockedMilliWh += cut
      }
    }
    this.#power.kw[home] = (flows.import[home] - flows.export[home]) * this.#power.kwPerMilliWh
    return cut
  }

  #collapse(flow: PowerFlow, step: number): never {
    const { id, axis } = this.#area
    const bus = flow.lowestBus()
    const load = this.#power.netMilliWh.reduce((sum, one) => sum + one, 0) * this.#power.kwPerMilliWh
    throw new VppError('invalid', {
      place: `community ${id}  feeder`,
      problem: `carries no load of ${load.toFixed(1)} kW in the interval from ${isoMinute(axis.startSeconds + step * axis.stepSeconds)}: the voltage breaks down at ${flow.network.buses[bus]?.name ?? 'its buses'}`,
      fix: 'give it larger conductors, a larger transformer or fewer homes; are its lengths in metres (a file’s in km)?',
    })
  }

  result(): FeederResult {
    const { network, source, limits, settings, busOfHome } = this.#feeder
    const plant = this.#plant.result()
    const losses = exactParts(this.#lossKwh, this.#stepHours * 1e6, plant.lossMilliWh)
    const stood = new Set(busOfHome)
    return {
      source,
      network: {
        buses: network.buses.length,
        lines: network.lines.length,
        transformers: network.transformers.map(({ name, ratedKva, parallel }) => ({
          name,
          ratedKva: ratedKva * parallel,
        })),
      },
      rule: settings.rule,
      limits,
      cases: { 'no-solar': this.#noSolar.result(), 'solar-only': this.#solarOnly.result(), plant },
      buses: network.buses.flatMap(({ name }, at) =>
        stood.has(at) ? { name, minPu: this.#plant.minPu[at], maxPu: this.#plant.maxPu[at] } : [],
      ),
      homes: this.#area.homes.map(({ id }, home) => ({
        homeId: id,
        bus: network.buses[busOfHome[home]].name,
        curtailedMilliWh: this.#curtailed[home],
        curtailedSolarOnlyMilliWh: this.#curtailedSolarOnly[home],
        cutHours: this.#cutHours[home],
        lossMilliWh: losses[home],
      })),
      blocked: { offers: this.#blockedOffers, milliWh: this.#blockedMilliWh },
      hosting: this.#hosting(),
    }
  }

  /** Hosting capacity beside the loads of the sunlit interval in which the homes use least. */
  #hosting(): FeederResult['hosting'] {
    const { network, limits, busOfHome } = this.#feeder
    const homes = this.#area.homes
      .map((home, at) => ({ home, bus: busOfHome[at] }))
      .filter(({ home }) => !home.shared)
    const sunlit = homes.map(({ home }) => home)
    const at = leastSunlit(sunlit, this.#area.axis.count)
    const kw = new Float64Array(network.buses.length)
    const kvar = new Float64Array(network.buses.length)
    for (const { home, bus } of homes) {
      const load = home.loadMilliWh.whole()[at]
      kw[bus] += load * this.#power.kwPerMilliWh
      kvar[bus] += load * this.#kvarPerMilliWh
    }
    const flow = new PowerFlow(network)
    const capacity = (buses: readonly number[]) => hostingCapacity(flow, limits, buses, kw, kvar)
    const text = (found: ReturnType<typeof hostingCapacity>) =>
      found.binding === null ? '' : bindingText(found.binding, network)
    const uniform = capacity(homes.map(({ bus }) => bus))
    const [worst] = [...new Set(homes.map(({ bus }) => bus))]
      .map((bus) => ({ bus, found: capacity([bus]) }))
      .toSorted((a, b) => a.found.kwPerHome - b.found.kwPerHome)
    const { startSeconds, stepSeconds } = this.#area.axis
    return {
      at: isoMinute(startSeconds + at * stepSeconds),
      loadKw: kw.reduce((sum, one) => sum + one, 0),
      uniformKw: uniform.kwPerHome,
      uniformElement: text(uniform),
      worstKw: worst.found.kwPerHome,
      worstBus: network.buses[worst.bus].name,
      worstElement: text(worst.found),
    }
  }
}

/** The interval of least load in which some panel gives at least half of its best; without solar the least of all. */
function leastSunlit(homes: readonly HomeInput[], length: number): number {
  const load = new Float64Array(length)
  const solar = new Float64Array(length)
  for (const home of homes) {
    const [used, made] = [home.loadMilliWh.whole(), home.solarMilliWh.whole()]
    for (let at = 0; at < length; at++) {
      load[at] += used[at]
      solar[at] += made[at]
    }
  }
  const half = solar.reduce((most, one) => Math.max(most, one), 0) / 2
  let found = -1
  for (let at = 0; at < length; at++)
    if (solar[at] >= half && (found < 0 || load[at] < load[found])) found = at
  return found
}

/** Parts times a factor as whole numbers that sum to a whole: the largest remainders are rounded up. */
function exactParts(parts: Float64Array, factor: number, whole: number): number[] {
  const floors = Array.from(parts, (part) => Math.floor(part * factor))
  let left = whole - floors.reduce((sum, one) => sum + one, 0)
  const order = [...floors.keys()].toSorted(
    (a, b) => parts[b] * factor - floors[b] - (parts[a] * factor - floors[a]) || a - b,
  )
  for (let at = 0; left !== 0; at = (at + 1) % order.length) {
    floors[order[at]] += Math.sign(left)
    left -= Math.sign(left)
  }
  return floors
}
