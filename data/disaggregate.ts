import type { RandomStream } from './random.ts'

export const DISAGGREGATION_METHODS = ['hold', 'smooth', 'stochastic'] as const
export type DisaggregationMethod = (typeof DISAGGREGATION_METHODS)[number]

export interface DisaggregationOptions {
  /** Draws of the stochastic method. */
  readonly stream?: RandomStream
  /** Most energy that one step may hold: nameplate × step; absent: no limit. */
  readonly capMilliWh?: number
  /** How far a stochastic step strays from the smooth one: SD of the logarithm. */
  readonly spread?: number
}

/** SD of the logarithm and memory of the fluctuation; loads stray further than clouds do. */
export const LOAD_SPREAD = 0.6
export const SOLAR_SPREAD = 0.35
const MEMORY = 0.7

/**
 * Splits coarse intervals into `factor` equal steps; every interval keeps its energy to the
 * milliwatt-hour.
 *
 * `hold`: equal parts. `smooth`: straight lines through the averages of neighboring intervals at the
 * borders and a value in the middle that keeps the energy (a mean-preserving spline of degree one);
 * where the middle would be negative the borders are pulled down, and zero stays zero. `stochastic`:
 * the smooth shape times exp(AR(1) noise), rescaled to the interval's energy. What passes the cap is
 * spread over the other steps of its interval.
 */
export function disaggregate(
  milliWh: Float64Array,
  factor: number,
  method: DisaggregationMethod,
  { stream, capMilliWh = Number.POSITIVE_INFINITY, spread = LOAD_SPREAD }: DisaggregationOptions = {},
): Int32Array {
  if (factor === 1) return Int32Array.from(milliWh)
  const steps = new Int32Array(milliWh.length * factor)
  const weights = new Float64Array(factor)
  let noise = 0
  for (let at = 0; at < milliWh.length; at++) {
    const total = milliWh[at]
    if (total === 0) continue
    if (method === 'hold') weights.fill(1)
    else smoothWeights(milliWh, at, weights)
    if (method === 'stochastic') {
      if (stream === undefined) throw new Error('internal: the stochastic method needs a stream')
      for (let step = 0; step < factor; step++) {
        noise = MEMORY * noise + Math.sqrt(1 - MEMORY * MEMORY) * stream.normal()
        weights[step] *= Math.exp(spread * noise)
      }
    }
    split(total, weights, capMilliWh, steps, at * factor)
  }
  return steps
}

/** Mean of each step under the two straight lines from border to middle to border. */
function smoothWeights(milliWh: Float64Array, at: number, weights: Float64Array): void {
  const here = milliWh[at]
  const before = at > 0 ? milliWh[at - 1] : here
  const after = at + 1 < milliWh.length ? milliWh[at + 1] : here
  // A border to an interval without energy is zero: the sun is down, nothing runs.
  let left = before === 0 ? 0 : (before + here) / 2
  let right = after === 0 ? 0 : (here + after) / 2
  // Area under the lines is (left + 2·middle + right) / 4 = here.
  const sum = left + right
  if (sum > 4 * here) {
    left *= (4 * here) / sum
    right *= (4 * here) / sum
  }
  const middle = (4 * here - left - right) / 2
  const count = weights.length
  for (let step = 0; step < count; step++) {
    const x = (step + 0.5) / count
    const value = x < 0.5 ? left + (middle - left) * 2 * x : middle + (right - middle) * (2 * x - 1)
    weights[step] = Math.max(value, 0)
  }
}

/** Whole parts of a total by weight, none above the cap unless the total leaves no other way. */
function split(total: number, weights: Float64Array, cap: number, steps: Int32Array, at: number): void {
  const count = weights.length
  // No cap can hold more than its steps together: then all get the same.
  if (total >= cap * count) weights.fill(1)
  else if (cap < total) limit(total, weights, cap)
  let sum = 0
  for (let step = 0; step < count; step++) sum += weights[step]
  if (sum === 0) {
    weights.fill(1)
    sum = count
  }
  let running = 0
  let given = 0
  for (let step = 0; step < count; step++) {
    running += weights[step]
    const upTo = step === count - 1 ? total : Math.min(total, Math.round((running / sum) * total))
    steps[at + step] = upTo - given
    given = upTo
  }
}

/** Scales weights to energies and moves what passes the cap to the steps that have room. */
function limit(total: number, weights: Float64Array, cap: number): void {
  // One below the cap, so that rounding a running sum cannot pass it.
  const most = cap - 1
  let sum = 0
  for (const weight of weights) sum += weight
  if (sum === 0) return
  for (let step = 0; step < weights.length; step++) weights[step] *= total / sum
  for (let round = 0; round < weights.length; round++) {
    let free = 0
    let held = 0
    for (const weight of weights) {
      if (weight >= most) held += most
      else free += weight
    }
    const left = total - held
    const scale = free > 0 ? left / free : 0
    let passed = false
    for (let step = 0; step < weights.length; step++) {
      if (weights[step] >= most) weights[step] = most
      else {
        weights[step] *= scale
        if (weights[step] > most) passed = true
      }
    }
    if (!passed) return
  }
}
