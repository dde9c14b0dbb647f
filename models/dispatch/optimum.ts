import type { BatteryParameters } from '../battery/battery.ts'
import { type DispatchSeries, stepsOf } from './series.ts'

/** The battery as the optimum sees it: constant efficiencies, the best it ever is. */
export interface OptimumBattery {
  readonly powerKw: number
  readonly minKwh: number
  readonly maxKwh: number
  readonly startKwh: number
  readonly chargeEfficiency: number
  readonly dischargeEfficiency: number
  /** Own use; the optimum may take it from the store without conversion, or from the AC side. */
  readonly standbyKw: number
}

export interface Optimum {
  /** Least cost of energy over the series, USD. */
  readonly usd: number
  /** Energy in the store at the end of each interval, kWh; empty unless asked for. */
  readonly energyKwh: Float64Array
}

/**
 * The perfect-foresight optimum of one battery: the linear program over the whole series, solved exactly.
 * The value of stored energy is convex and piecewise linear; going backward, each interval's cost, another
 * such function of the change of energy, is added by infimal convolution: its pieces are sorted in by
 * slope and the ends cut at the limits. Same program as `planProgram` over every interval, no horizon.
 *
 * A bound for every strategy: later energy is free to stay in the store, power and losses are the best.
 * An export that pays more than import costs is not had twice in one interval: its cost is bounded by a
 * straight line over what the battery can do.
 */
export function perfectForesight(
  series: DispatchSeries,
  battery: OptimumBattery,
  { schedule = false, endUsdPerKwh = 0 }: { schedule?: boolean; endUsdPerKwh?: number } = {},
): Optimum {
  const steps = stepsOf(series)
  const low = Math.min(battery.minKwh, battery.startKwh)
  const high = Math.max(battery.maxKwh, battery.startKwh)
  const value = new ConvexPieces(low, high, endUsdPerKwh)
  const kept: Pieces[] = []
  for (let step = steps - 1; step >= 0; step--) {
    if (schedule) kept.push(value.copy())
    const cost = stepCost(series, step, battery)
    value.addReflected(cost)
  }
  const usd = value.at(battery.startKwh)
  if (!schedule) return { usd, energyKwh: new Float64Array(0) }
  const energyKwh = new Float64Array(steps)
  let energy = battery.startKwh
  for (let step = 0; step < steps; step++) {
    energy = bestNext(energy, kept[steps - 1 - step], stepCost(series, step, battery))
    energyKwh[step] = energy
  }
  return { usd, energyKwh }
}

/** A convex function by its pieces: from `start`, where it is `value`, lengths and slopes ascending. */
interface Pieces {
  readonly start: number
  readonly value: number
  readonly lengths: ArrayLike<number>
  readonly slopes: ArrayLike<number>
}

/**
 * Cost of one interval by the change of stored energy, from the fastest discharge to the fastest charge.
 * @returns pieces over the change, kWh; `value` is the cost at the lowest change
 */
function stepCost(series: DispatchSeries, step: number, battery: OptimumBattery): Pieces {
  const net = series.loadKwh[step] - series.solarKwh[step]
  const most = battery.powerKw * series.stepHours
  const own = battery.standbyKw * series.stepHours
  const { chargeEfficiency, dischargeEfficiency } = battery
  const buy = series.importUsdPerKwh[step]
  const sell = series.exportUsdPerKwh[step]
  // AC energy taken from outside as a function of the change: slopes η_d, 1 (standby), 1/η_c.
  const grid: Pieces = {
    start: -most / dischargeEfficiency - own,
    value: net - most,
    lengths: [most / dischargeEfficiency, own, most * chargeEfficiency],
    slopes: [dischargeEfficiency, 1, 1 / chargeEfficiency],
  }
  const top = net + most + own
  const [buyRate, sellRate, offset] = envelope(buy, sell, net - most, top)
  const lengths: number[] = []
  const slopes: number[] = []
  let taken = grid.value
  for (let piece = 0; piece < 3; piece++) {
    const length = grid.lengths[piece]
    const slope = grid.slopes[piece]
    if (length <= 0) continue
    const after = taken + length * slope
    const sold = after <= 0 ? length : taken >= 0 ? 0 : -taken / slope
    if (sold > 0) {
      lengths.push(sold)
      slopes.push(slope * sellRate)
    }
    if (sold < length) {
      lengths.push(length - sold)
      slopes.push(slope * buyRate)
    }
    taken = after
  }
  const first = grid.value
  return {
    start: grid.start,
    value: offset + (first < 0 ? first * sellRate : first * buyRate),
    lengths,
    slopes,
  }
}

/** Rates of import and export, made convex: where export pays more, the chord over what can be. */
function envelope(buy: number, sell: number, from: number, to: number): [number, number, number] {
  if (sell <= buy) return [buy, sell, 0]
  if (from >= 0) return [buy, buy, 0]
  if (to <= 0) return [sell, sell, 0]
  const slope = (buy * to - sell * from) / (to - from)
  return [slope, slope, sell * from - slope * from]
}

/** Value of energy in the store: convex pieces between two limits, changed in place. */
class ConvexPieces {
  readonly #low: number
  readonly #high: number
  #lengths: Float64Array
  #slopes: Float64Array
  #count = 0
  /** Where the next function is written; the two change places. */
  #nextLengths: Float64Array
  #nextSlopes: Float64Array
  #value: number

  constructor(low: number, high: number, endUsdPerKwh: number) {
    this.#low = low
    this.#high = high
    this.#lengths = new Float64Array(64)
    this.#slopes = new Float64Array(64)
    this.#nextLengths = new Float64Array(64)
    this.#nextSlopes = new Float64Array(64)
    if (high > low) {
      this.#lengths[0] = high - low
      this.#slopes[0] = -endUsdPerKwh
      this.#count = 1
    }
    this.#value = -endUsdPerKwh * low
  }

  copy(): Pieces {
    return {
      start: this.#low,
      value: this.#value,
      lengths: this.#lengths.slice(0, this.#count),
      slopes: this.#slopes.slice(0, this.#count),
    }
  }

  at(energy: number): number {
    return pieceValue(this.copy(), energy)
  }

  /** V(e) ← least over changes d of cost(d) + V(e + d). */
  addReflected(cost: Pieces): void {
    const pieces = cost.lengths.length
    let width = 0
    let value = this.#value + cost.value
    for (let at = 0; at < pieces; at++) {
      width += cost.lengths[at]
      value += cost.lengths[at] * cost.slopes[at]
    }
    this.#room(this.#count + pieces)
    const lengths = this.#nextLengths
    const slopes = this.#nextSlopes
    // Reflected, the cost begins at minus its greatest change; what lies below the limit is cut off.
    let cut = cost.start + width
    let left = this.#high - this.#low
    let count = 0
    let own = 0
    let other = pieces - 1
    while ((cut > 0 || left > 0) && (own < this.#count || other >= 0)) {
      const takeOwn = other < 0 || (own < this.#count && this.#slopes[own] <= -cost.slopes[other])
      const slope = takeOwn ? this.#slopes[own] : -cost.slopes[other]
      let length = takeOwn ? this.#lengths[own++] : cost.lengths[other--]
      if (cut > 0) {
        const part = Math.min(length, cut)
        value += part * slope
        cut -= part
        length -= part
      }
      if (length > left) length = left
      if (length <= 0) continue
      left -= length
      // Pieces of one slope are one.
      if (count > 0 && slopes[count - 1] === slope) lengths[count - 1] += length
      else {
        lengths[count] = length
        slopes[count] = slope
        count++
      }
    }
    this.#value = value
    this.#nextLengths = this.#lengths
    this.#nextSlopes = this.#slopes
    this.#lengths = lengths
    this.#slopes = slopes
    this.#count = count
  }

  #room(count: number): void {
    if (this.#nextLengths.length >= count) return
    this.#nextLengths = new Float64Array(2 * count)
    this.#nextSlopes = new Float64Array(2 * count)
  }
}

function pieceValue({ start, value, lengths, slopes }: Pieces, x: number): number {
  let left = x - start
  let sum = value
  for (let at = 0; at < lengths.length && left > 0; at++) {
    const part = Math.min(left, lengths[at])
    sum += part * slopes[at]
    left -= part
  }
  return sum
}

/** The end energy that costs least: slopes of the interval's cost against those of what comes after. */
function bestNext(energy: number, after: Pieces, cost: Pieces): number {
  let ends = after.start
  for (let at = 0; at < after.lengths.length; at++) ends += after.lengths[at]
  let next = Math.max(after.start, energy + cost.start)
  let costAt = 0
  let costUsed = next - (energy + cost.start)
  while (costAt < cost.lengths.length && costUsed >= cost.lengths[costAt]) costUsed -= cost.lengths[costAt++]
  let afterAt = 0
  let afterUsed = next - after.start
  while (afterAt < after.lengths.length && afterUsed >= after.lengths[afterAt]) {
    afterUsed -= after.lengths[afterAt++]
  }
  while (costAt < cost.lengths.length && afterAt < after.lengths.length && next < ends) {
    if (cost.slopes[costAt] + after.slopes[afterAt] > 0) break
    const move = Math.min(cost.lengths[costAt] - costUsed, after.lengths[afterAt] - afterUsed)
    next += move
    costUsed += move
    afterUsed += move
    if (costUsed >= cost.lengths[costAt]) {
      costAt++
      costUsed = 0
    }
    if (afterUsed >= after.lengths[afterAt]) {
      afterAt++
      afterUsed = 0
    }
  }
  return next
}

/** A battery at its best: without the losses of its detail, with its capacity when new. */
export function optimumBattery(params: BatteryParameters, startKwh: number): OptimumBattery {
  const { detail } = params
  const solarGain = detail?.coupling === 'dc' ? 1 / detail.solarInverterEfficiency : 1
  return {
    powerKw: params.powerKw,
    minKwh: params.capacityKwh * params.minSocFraction,
    maxKwh: params.capacityKwh * params.maxSocFraction,
    startKwh,
    chargeEfficiency: params.chargeEfficiency * solarGain,
    dischargeEfficiency: params.dischargeEfficiency,
    standbyKw: params.standbyW / 1000,
  }
}
