import { type RandomStream, streamFor } from '../../../data/random.ts'
import { ErrorWindow } from '../error-window.ts'
import { type Features, LOAD_WIDTH, SOLAR_WIDTH } from '../features.ts'
import type { Issue, Target } from '../issue.ts'
import type { Forecaster, SharedModel } from '../model.ts'
import { LEVELS, MEDIAN } from '../quantiles.ts'
import { featuresOf, fromUnits, inUnits, OWN_DAYS, TrainingHomes } from '../training.ts'
import { PlantHistory } from '../plant.ts'

/** One dense layer: `weights` are inputs × outputs, row by row. */
export interface DenseLayer {
  readonly inputs: number
  readonly outputs: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** A multilayer perceptron with rectified hidden layers; one output for each level. */
export interface NetworkWeights {
  readonly layers: readonly DenseLayer[]
}

/** What a trainer gets; the same problem gives the same weights on the same machine. */
export interface TrainingProblem {
  /** Rows × width, each column with mean 0 and deviation 1. */
  readonly inputs: Float32Array
  readonly width: number
  /** What came, less the row's base value. */
  readonly targets: Float32Array
  readonly start: NetworkWeights
  readonly epochs: number
  readonly batch: number
  /** Rows that an epoch draws, in which order: indices of rows, epoch after epoch. */
  readonly order: Int32Array
  readonly learningRate: number
}

/** Lessens the mean pinball loss over `LEVELS`; the library that does it stands outside the models. */
export interface NetworkTrainer {
  train(problem: TrainingProblem): Promise<NetworkWeights>
}

const HIDDEN = [40, 24] as const
const BATCH = 512
const ROWS_PER_EPOCH = 8192
const FIRST_EPOCHS = 30
const LATER_EPOCHS = 8
const FIRST_RATE = 0.004
const LATER_RATE = 0.001
/** A column that hardly moved in the first weeks (heating in summer) is not blown up, and nothing is far from all seen. */
const LEAST_DEVIATION = 0.25
const MOST_DEVIATIONS = 4
/** Column that the network corrects: the mean of like days, or the forecast clear-sky index. */
const BASE_COLUMN = { load: 6, solar: 5 } as const
/** Sine and cosine of the time of day, twice. */
const CLOCK_WIDTH = 4

/** Layers with weights drawn by He's rule (K. He et al., ICCV 2015), the last near zero: it begins as its base. */
export function newNetwork(width: number, stream: RandomStream): NetworkWeights {
  const sizes = [width, ...HIDDEN, LEVELS.length]
  return {
    layers: sizes.slice(1).map((outputs, at) => {
      const inputs = sizes[at]
      const last = at === HIDDEN.length
      const deviation = last ? 0.01 : Math.sqrt(2 / inputs)
      return {
        inputs,
        outputs,
        weights: Float32Array.from({ length: inputs * outputs }, () => deviation * stream.normal()),
        bias: new Float32Array(outputs),
      }
    }),
  }
}

/** Output of a network for the row of `inputs` that begins at `at`. */
export function networkOutput({ layers }: NetworkWeights, inputs: Float32Array, at: number): Float32Array {
  let values = inputs.subarray(at, at + layers[0].inputs)
  layers.forEach(({ outputs, weights, bias }, index) => {
    const next = bias.slice()
    for (let i = 0; i < values.length; i++) {
      const value = values[i]
      if (value === 0) continue
      for (let j = 0; j < outputs; j++) next[j] += value * weights[i * outputs + j]
    }
    if (index < layers.length - 1) for (let j = 0; j < outputs; j++) next[j] = Math.max(0, next[j])
    values = next
  })
  return values
}

interface Standard {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

function standardOf(rows: readonly Float64Array[], width: number): Standard {
  const mean = new Float64Array(width)
  const deviation = new Float64Array(width)
  for (const row of rows) for (let i = 0; i < width; i++) mean[i] += row[i] / rows.length
  for (const row of rows)
    for (let i = 0; i < width; i++) deviation[i] += (row[i] - mean[i]) ** 2 / rows.length
  return { mean, deviation: deviation.map((value) => Math.max(LEAST_DEVIATION, Math.sqrt(value))) }
}

/**
 * A small network over the same features as the ridge, which all slots share with the time of day beside them,
 * trained on the pinball loss of all levels at once (quantile regression network, J. W. Taylor, J. Forecasting 19,
 * 299 (2000)). Later fits go on from the weights before.
 */
class Network implements SharedModel {
  readonly name = 'network'
  readonly #slots: number
  readonly #target: Target
  readonly #trainer: NetworkTrainer
  readonly #stream: RandomStream
  readonly #homes: TrainingHomes
  readonly #width: number
  #standard: Standard | null = null
  #weights: NetworkWeights | null = null

  constructor(slots: number, target: Target, trainer: NetworkTrainer, seed: number) {
    this.#slots = slots
    this.#target = target
    this.#trainer = trainer
    this.#stream = streamFor(seed, 'network', target)
    this.#homes = new TrainingHomes(slots, target)
    this.#width = (target === 'load' ? LOAD_WIDTH : SOLAR_WIDTH) + CLOCK_WIDTH
  }

  add(home: string, issue: Issue, actual: Float64Array): void {
    this.#homes.add(home, issue, actual)
  }

  /** Features of a slot, then the clock. */
  #row({ rows, width }: Features, slot: number): Float64Array {
    const row = new Float64Array(this.#width)
    row.set(rows.subarray(slot * width, (slot + 1) * width))
    const angle = (2 * Math.PI * (slot + 0.5)) / this.#slots
    row.set([Math.sin(angle), Math.cos(angle), Math.sin(2 * angle), Math.cos(2 * angle)], width)
    return row
  }

  async fit(): Promise<void> {
    const rows: Float64Array[] = []
    const targets: number[] = []
    for (const { features, values } of this.#homes.days)
      for (let slot = 0; slot < this.#slots; slot++) {
        if (Number.isNaN(values[slot])) continue
        const row = this.#row(features, slot)
        rows.push(row)
        targets.push(values[slot] - row[BASE_COLUMN[this.#target]])
      }
    if (rows.length < ROWS_PER_EPOCH / 4) return
    // Weights go on from where they were, so what they were learnt for stays: the first fit's standard.
    this.#standard ??= standardOf(rows, this.#width)
    const inputs = new Float32Array(rows.length * this.#width)
    rows.forEach((row, at) => inputs.set(this.#standardized(row), at * this.#width))
    const epochs = this.#weights === null ? FIRST_EPOCHS : LATER_EPOCHS
    this.#weights = await this.#trainer.train({
      inputs,
      width: this.#width,
      targets: Float32Array.from(targets),
      start: this.#weights ?? newNetwork(this.#width, this.#stream),
      epochs,
      batch: BATCH,
      order: Int32Array.from({ length: epochs * Math.min(ROWS_PER_EPOCH, rows.length) }, () =>
        Math.floor(this.#stream.uniform() * rows.length),
      ),
      learningRate: this.#weights === null ? FIRST_RATE : LATER_RATE,
    })
  }

  #standardized(row: Float64Array): Float32Array {
    const { mean, deviation } = this.#standard!
    return Float32Array.from(row, (value, at) =>
      Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, (value - mean[at]) / deviation[at])),
    )
  }

  /** Levels of a slot in units of the home; null: not trained yet. */
  levels(features: Features, slot: number): Float64Array | null {
    if (this.#weights === null) return null
    const row = this.#row(features, slot)
    const base = row[BASE_COLUMN[this.#target]]
    return Float64Array.from(
      networkOutput(this.#weights, this.#standardized(row), 0),
      (value) => base + value,
    ).toSorted()
  }

  forecaster(): Forecaster {
    return new NetworkAtHome(this.#slots, this.#target, this)
  }
}

/** The network's quantiles, of which the home's own late errors (over the network's spread) take over a part. */
class NetworkAtHome implements Forecaster {
  readonly #slots: number
  readonly #target: Target
  readonly #network: Network
  readonly #own: ErrorWindow
  readonly #history: PlantHistory | null
  #last: { issue: Issue; features: Features; levels: (Float64Array | null)[] } | null = null

  constructor(slots: number, target: Target, network: Network) {
    this.#slots = slots
    this.#target = target
    this.#network = network
    this.#own = new ErrorWindow(slots)
    this.#history = target === 'solar' ? new PlantHistory(slots) : null
  }

  #ask(issue: Issue): { features: Features; levels: (Float64Array | null)[] } {
    if (this.#last?.issue === issue) return this.#last
    const features = featuresOf(issue, this.#history)
    const levels = Array.from({ length: this.#slots }, (_, slot) =>
      features.unitKwh[slot] > 0 ? this.#network.levels(features, slot) : null,
    )
    this.#last = { issue, features, levels }
    return this.#last
  }

  forecast(issue: Issue): Float64Array {
    const { features, levels } = this.#ask(issue)
    const { rows, width, unitKwh } = features
    const result = new Float64Array(this.#slots * LEVELS.length)
    for (let slot = 0; slot < this.#slots; slot++) {
      if (unitKwh[slot] <= 0) continue
      const said = levels[slot]
      const middle = said === null ? rows[slot * width + BASE_COLUMN[this.#target]] : said[MEDIAN]
      const spread = spreadOf(said)
      const own = this.#own.quantiles(slot)
      const share =
        own === null ? 0 : said === null ? 1 : (0.5 * this.#own.days) / (this.#own.days + OWN_DAYS)
      for (let level = 0; level < LEVELS.length; level++) {
        const mine = middle + spread * (own?.[level] ?? 0)
        const value = share * mine + (1 - share) * (said?.[level] ?? middle)
        result[slot * LEVELS.length + level] = fromUnits(this.#target, value, unitKwh[slot])
      }
    }
    return result
  }

  observe(issue: Issue, _: Float64Array, actual: Float64Array): void {
    const { features, levels } = this.#ask(issue)
    const { rows, width, unitKwh } = features
    const errors = Float64Array.from({ length: this.#slots }, (__, slot) => {
      const said = levels[slot]
      const middle = said === null ? rows[slot * width + BASE_COLUMN[this.#target]] : said[MEDIAN]
      return (inUnits(this.#target, actual[slot], unitKwh[slot]) - middle) / spreadOf(said)
    })
    this.#own.add(errors)
    this.#history?.observe(issue, actual)
  }
}

/** Half the width of the inner 80 %, not below a hundredth of the unit. */
const spreadOf = (said: Float64Array | null): number =>
  said === null ? 1 : Math.max(0.01, (said[LEVELS.length - 2] - said[1]) / 2)

export const network = (slots: number, target: Target, trainer: NetworkTrainer, seed: number): SharedModel =>
  new Network(slots, target, trainer, seed)
