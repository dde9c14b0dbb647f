import type { Network } from '../../data/grid/network.ts'
import type { PowerFlow } from './power-flow.ts'

/** What a feeder must keep to. */
export interface WireLimits {
  readonly minPu: number
  readonly maxPu: number
  readonly transformerPercent: number
  readonly linePercent: number
}

/** Voltage bands: ANSI C84.1-2020 range A, service voltage; EN 50160:2010, 10-minute mean at the supply terminals. */
export const VOLTAGE_BANDS = {
  'ansi-c84.1-a': { minPu: 0.95, maxPu: 1.05 },
  'en-50160': { minPu: 0.9, maxPu: 1.1 },
} as const

export type BreachKind = 'voltage-high' | 'voltage-low' | 'line' | 'transformer'

/** The element that binds: which limit, at which element. */
export interface Binding {
  readonly kind: BreachKind
  /** Place of the bus, line or transformer in the network. */
  readonly at: number
}

/** An excess below this is no breach: voltages are solved to 1e-12. */
const MARGIN = 1e-9

/**
 * The limits of one network, watched step by step. Buses that a source holds are not watched: the feeder cannot
 * change them.
 */
export class LimitWatch {
  readonly limits: WireLimits
  /** Upper limits by bus, line and transformer; a relaxed copy for what cannot be helped. */
  readonly maxPu: Float64Array
  readonly linePercent: Float64Array
  readonly transformerPercent: Float64Array
  readonly #watched: Uint8Array

  constructor(network: Network, limits: WireLimits) {
    this.limits = limits
    this.#watched = new Uint8Array(network.buses.length).fill(1)
    for (const { bus } of network.sources) this.#watched[bus] = 0
    this.maxPu = new Float64Array(network.buses.length)
    this.linePercent = new Float64Array(network.lines.length)
    this.transformerPercent = new Float64Array(network.transformers.length)
    this.reset()
  }

  reset(): void {
    this.maxPu.fill(this.limits.maxPu)
    this.linePercent.fill(this.limits.linePercent)
    this.transformerPercent.fill(this.limits.transformerPercent)
  }

  /** What is exceeded in this state without any export is no reason to cut more than back to it. */
  relax(flow: PowerFlow): void {
    this.reset()
    raise(this.maxPu, flow.voltagePu)
    raise(this.linePercent, flow.lineLoadingPercent)
    raise(this.transformerPercent, flow.transformerLoadingPercent)
  }

  /** Is an upper limit broken? Low voltage is not looked at: feeding in raises it. */
  exceeded(flow: PowerFlow): boolean {
    const { voltagePu, lineLoadingPercent, transformerLoadingPercent } = flow
    for (let at = 0; at < this.maxPu.length; at++)
      if (this.#watched[at] === 1 && voltagePu[at] > this.maxPu[at]) return true
    for (let at = 0; at < this.linePercent.length; at++)
      if (lineLoadingPercent[at] > this.linePercent[at]) return true
    for (let at = 0; at < this.transformerPercent.length; at++)
      if (transformerLoadingPercent[at] > this.transformerPercent[at]) return true
    return false
  }

  /** The element nearest to its upper limit, or furthest beyond it: by its share of the room from 1 p.u., or of its rating. */
  binding(flow: PowerFlow): Binding {
    let found: Binding = { kind: 'voltage-high', at: -1 }
    let most = -Infinity
    const see = (kind: BreachKind, at: number, share: number): void => {
      if (!(share > most)) return
      most = share
      found = { kind, at }
    }
    for (const [at, voltage] of flow.voltagePu.entries())
      if (this.#watched[at] === 1) see('voltage-high', at, (voltage - 1) / (this.limits.maxPu - 1))
    for (const [at, loading] of flow.lineLoadingPercent.entries())
      see('line', at, loading / this.limits.linePercent)
    for (const [at, loading] of flow.transformerLoadingPercent.entries())
      see('transformer', at, loading / this.limits.transformerPercent)
    return found
  }

  /** Which limits this state breaks, as bits: 1 high voltage, 2 low voltage, 4 line, 8 transformer. */
  breaches(flow: PowerFlow): number {
    let bits = 0
    const { maxPu, minPu, linePercent, transformerPercent } = this.limits
    for (let at = 0; at < this.#watched.length; at++) {
      if (this.#watched[at] === 0) continue
      if (flow.voltagePu[at] > maxPu + MARGIN) bits |= 1
      if (flow.voltagePu[at] < minPu - MARGIN) bits |= 2
    }
    for (let at = 0; at < flow.lineLoadingPercent.length; at++)
      if (flow.lineLoadingPercent[at] > linePercent + MARGIN) bits |= 4
    for (let at = 0; at < flow.transformerLoadingPercent.length; at++)
      if (flow.transformerLoadingPercent[at] > transformerPercent + MARGIN) bits |= 8
    return bits
  }

  isWatched(bus: number): boolean {
    return this.#watched[bus] === 1
  }
}

function raise(limits: Float64Array, values: Float64Array): void {
  for (let at = 0; at < limits.length; at++) if (values[at] > limits[at]) limits[at] = values[at] + MARGIN
}

/** `the voltage at LV 4`, `line Service 3`, `transformer T1`. */
export function bindingText({ kind, at }: Binding, network: Network): string {
  if (kind === 'line') return `line ${network.lines[at].name}`
  if (kind === 'transformer') return `transformer ${network.transformers[at].name}`
  return `the voltage at ${network.buses[at].name}`
}
