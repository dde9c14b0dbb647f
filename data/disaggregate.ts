import type { RandomStream } from './random.ts'

export const DISAGGREGATION_METHODS = ['hold', 'smooth', 'stochastic'] as const
export type DisaggregationMethod = (typeof DISAGGREGATION_METHODS)[number]

export interface DisaggregationOptions {
  /** Multiplies every interval, each rounded to the whole milliwatt-hour; 1 unless told. */
  readonly scale?: number
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
  milliWh: ArrayLike<number>,
  factor: number,
  method: DisaggregationMethod,
  options: DisaggregationOptions = {},
): Int32Array {
  const splitter = new Splitter(milliWh, factor, method, options)
  const steps = new Int32Array(milliWh.length * factor)
  for (let to = 0; to < steps.length; to += factor) splitter.next(steps, to)
  return steps
}

/** `disaggregate`, an interval at a time: what is not needed at once need not be in memory. */
export class Splitter {
  readonly factor: number
  /** The interval that is split next. */
  at = 0
  readonly #milliWh: ArrayLike<number>
  readonly #method: DisaggregationMethod
  readonly #options: DisaggregationOptions
  readonly #scale: number
  readonly #cap: number
  readonly #weights: Float64Array
  #noise = 0

  constructor(
    milliWh: ArrayLike<number>,
    factor: number,
    method: DisaggregationMethod,
    options: DisaggregationOptions,
  ) {
    this.factor = factor
    this.#milliWh = milliWh
    this.#method = method
    this.#options = options
    this.#scale = options.scale ?? 1
    this.#cap = options.capMilliWh ?? Number.POSITIVE_INFINITY
    this.#weights = weightsOf(factor)
  }

  /** Energy of an interval. */
  total(at: number): number {
    const value = this.#milliWh[at]
    return this.#scale === 1 ? value : Math.round(value * this.#scale)
  }

  /** Splits the next interval into `steps` from `to` on. */
  next(steps: Int32Array, to: number): void {
    const at = this.at++
    const { factor } = this
    const total = this.total(at)
    if (factor === 1) {
      steps[to] = total
      return
    }
    const weights = this.#weights
    if (total === 0) {
      steps.fill(0, to, to + factor)
      return
    }
    if (this.#method === 'hold') weights.fill(1)
    else {
      const before = at > 0 ? this.total(at - 1) : total
      const after = at + 1 < this.#milliWh.length ? this.total(at + 1) : total
      smoothWeights(before, total, after, weights)
    }
    if (this.#method === 'stochastic') this.#stray(weights)
    split(total, weights, this.#cap, steps, to)
  }

  #stray(weights: Float64Array): void {
    const { stream, spread = LOAD_SPREAD } = this.#options
    if (stream === undefined) throw new Error('internal: the stochastic method needs a stream')
    for (let step = 0; step < weights.length; step++) {
      this.#noise = MEMORY * this.#noise + Math.sqrt(1 - MEMORY * MEMORY) * stream.normal()
      weights[step] *= Math.exp(spread * this.#noise)
    }
  }
}

/** Scratch by number of steps, for an interval is split at once. */
const scratch = new Map<number, Float64Array>()

function weightsOf(factor: number): Float64Array {
  const weights = scratch.get(factor) ?? new Float64Array(factor)
  scratch.set(factor, weights)
  return weights
}

/** Mean of each step under the two straight lines from border to middle to border. */
function smoothWeights(before: number, here: number, after: number, weights: Float64Array): void {
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
