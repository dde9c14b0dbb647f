import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import {
  newNetwork,
  networkOutput,
  type NetworkTrainer,
  type NetworkWeights,
  type TrainingProblem,
} from '../../models/forecast/models/network.ts'
import { LEVELS, MEDIAN, pinball } from '../../models/forecast/quantiles.ts'
import { temporaryFolder } from '../testing.ts'
import { loadTensorflow, tensorflowTrainer } from './tensorflow.ts'
import { cachedTrainer, problemHash } from './weights-cache.ts'

const WIDTH = 3
const ROWS = 600

/** y = x₁ + (0.2 + |x₂|)·noise: a spread that must be learnt. */
function problemOf(epochs: number, seed = 1): TrainingProblem {
  const stream = streamFor(seed, 'problem')
  const inputs = Float32Array.from({ length: ROWS * WIDTH }, () => stream.normal())
  const targets = Float32Array.from(
    { length: ROWS },
    (_, row) => inputs[row * WIDTH] + (0.2 + Math.abs(inputs[row * WIDTH + 1])) * stream.normal(),
  )
  return {
    inputs,
    width: WIDTH,
    targets,
    start: newNetwork(WIDTH, stream),
    epochs,
    batch: 100,
    order: Int32Array.from({ length: epochs * ROWS }, () => stream.uint32() % ROWS),
    learningRate: 0.01,
  }
}

function lossOf(weights: NetworkWeights, { inputs, targets }: TrainingProblem, rows = ROWS): number {
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const said = networkOutput(weights, inputs, row * WIDTH)
    LEVELS.forEach((level, at) => (sum += pinball(level, said[at], targets[row])))
  }
  return sum / rows / LEVELS.length
}

describe('a network trained by TensorFlow.js', () => {
  test('learns the middle and the spread, the same way twice', async () => {
    const problem = problemOf(30)
    const trainer = tensorflowTrainer()
    const weights = await trainer.train(problem)
    expect((await loadTensorflow()).backend).toBe('wasm')
    expect(lossOf(weights, problem)).toBeLessThan(0.62 * lossOf(problem.start, problem))
    const at = (x1: number, x2: number) => networkOutput(weights, Float32Array.of(x1, x2, 0), 0)
    expect(at(1, 0)[MEDIAN] - at(-1, 0)[MEDIAN]).toBeCloseTo(2, 0)
    const spread = (x2: number) => at(0, x2)[LEVELS.length - 2] - at(0, x2)[1]
    expect(spread(1.5)).toBeGreaterThan(2 * spread(0))
    expect(await trainer.train(problem)).toEqual(weights)
  })

  test('goes down the slope that differences show', async () => {
    // Adam's first step is the learning rate against the sign of the gradient.
    const whole = problemOf(1)
    const problem = { ...whole, order: whole.order.slice(0, 100), batch: 100, learningRate: 1e-4 }
    const batch = {
      ...problem,
      inputs: gather(problem.inputs, problem.order, WIDTH),
      targets: gather(problem.targets, problem.order, 1),
    }
    const stepped = await tensorflowTrainer().train(problem)
    const step = 1e-3
    let compared = 0
    problem.start.layers.forEach((layer, index) => {
      for (let at = 0; at < layer.weights.length; at += 7) {
        const moved = (by: number): number => {
          const layers = problem.start.layers.map((one) => ({ ...one, weights: one.weights.slice() }))
          layers[index].weights[at] += by
          return lossOf({ layers }, batch, 100)
        }
        const slope = (moved(step) - moved(-step)) / (2 * step)
        if (Math.abs(slope) < 1e-3) continue
        compared++
        expect(stepped.layers[index].weights[at] - layer.weights[at]).toBeCloseTo(-1e-4 * Math.sign(slope), 5)
      }
    })
    expect(compared).toBeGreaterThan(20)
  })

  test('leaves the process’s own handlers of errors as they were', async () => {
    const before = process.listenerCount('uncaughtException')
    await loadTensorflow()
    expect(process.listenerCount('uncaughtException')).toBe(before)
  })
})

function gather(values: Float32Array, order: Int32Array, width: number): Float32Array {
  const result = new Float32Array(order.length * width)
  order.forEach((row, at) => result.set(values.subarray(row * width, (row + 1) * width), at * width))
  return result
}

describe('kept weights', () => {
  /** Counts what it is asked for. */
  function counting(): NetworkTrainer & { times: number } {
    return {
      times: 0,
      async train({ start }) {
        this.times++
        return {
          layers: start.layers.map((layer) => ({ ...layer, bias: layer.bias.map((value) => value + 1) })),
        }
      },
    }
  }

  test('are trained once, and read again to the bit', async () => {
    const dir = join(temporaryFolder(), 'weights')
    const trainer = counting()
    const cached = cachedTrainer(trainer, dir)
    const first = await cached.train(problemOf(1))
    expect(existsSync(join(dir, `${problemHash(problemOf(1))}.json`))).toBe(true)
    expect(await cached.train(problemOf(1))).toEqual(first)
    expect(trainer.times).toBe(1)
    await cached.train(problemOf(1, 2))
    expect(trainer.times).toBe(2)
  })

  test('that are damaged are trained again', async () => {
    const dir = join(temporaryFolder(), 'weights')
    const trainer = counting()
    const cached = cachedTrainer(trainer, dir)
    const first = await cached.train(problemOf(1))
    for (const name of readdirSync(dir))
      writeFileSync(join(dir, name), '{"layers":[{"inputs":3,"outputs":40,"weights":"AAAA","bias":""}]}')
    expect(await cached.train(problemOf(1))).toEqual(first)
    expect(trainer.times).toBe(2)
  })
})
