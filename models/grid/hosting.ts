import { type Binding, LimitWatch, type WireLimits } from './limits.ts'
import type { PowerFlow } from './power-flow.ts'

/** Greatest solar power looked for at one home, kW. */
const MOST_KW = 1000
const RESOLUTION_KW = 0.001

export interface Hosting {
  /** Greatest solar power of each home that is asked about, kW AC; 0: the limits are broken without any. */
  readonly kwPerHome: number
  /** What binds there; null: nothing up to 1,000 kW. */
  readonly binding: Binding | null
}

/**
 * How much solar power at full output a feeder carries beside given loads before an upper limit is reached: the same
 * at every bus of the list, found by halving. The greatest voltage and loading grow with what is fed in.
 *
 * @param buses one entry for each home that gets solar
 * @param loadKw by bus; @param loadKvar by bus
 */
export function hostingCapacity(
  flow: PowerFlow,
  limits: WireLimits,
  buses: readonly number[],
  loadKw: Float64Array,
  loadKvar: Float64Array,
): Hosting {
  const watch = new LimitWatch(flow.network, limits)
  const kw = new Float64Array(loadKw.length)
  const fits = (each: number): boolean => {
    kw.set(loadKw)
    for (const bus of buses) kw[bus] -= each
    return flow.solve(kw, loadKvar) && !watch.exceeded(flow)
  }
  let low = 0
  let high = MOST_KW
  if (buses.length === 0 || fits(high)) return { kwPerHome: high, binding: null }
  if (!fits(low)) return { kwPerHome: 0, binding: watch.binding(flow) }
  // The transformer's reverse flow first relieves it: halving needs only that what lies above the answer does not fit.
  while (high - low > RESOLUTION_KW) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  fits(low)
  return { kwPerHome: low, binding: watch.binding(flow) }
}
