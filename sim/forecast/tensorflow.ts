import type * as Tensorflow from '@tensorflow/tfjs-core'
import { VppError } from '../../data/errors.ts'
import type {
  DenseLayer,
  NetworkTrainer,
  NetworkWeights,
  TrainingProblem,
} from '../../models/forecast/models/network.ts'
import { LEVELS } from '../../models/forecast/quantiles.ts'

/** Which of TensorFlow's engines computes. `node` is the native one, used where the user has installed it and it loads. */
export type TensorflowBackend = 'wasm' | 'node' | 'cpu'

type Core = typeof Tensorflow

/** Loaded once: registering an engine twice warns. */
let loaded: Promise<{ core: Core; backend: TensorflowBackend }> | undefined

/**
 * TensorFlow.js, loaded when it is first asked for. The native engine is tried first when asked for, and only
 * then; WebAssembly is the default, plain JavaScript the last resort.
 */
export function loadTensorflow(
  wanted: TensorflowBackend = 'wasm',
): Promise<{ core: Core; backend: TensorflowBackend }> {
  loaded ??= load(wanted)
  return loaded
}

async function load(wanted: TensorflowBackend): Promise<{ core: Core; backend: TensorflowBackend }> {
  let core: Core
  try {
    core = (await importCommon('@tensorflow/tfjs-core')) as Core
  } catch (cause) {
    throw new VppError(
      'failure',
      {
        place: 'forecast model network',
        problem: 'TensorFlow.js cannot be loaded',
        fix: 'install the project again (npm ci), or leave the network out with --models',
      },
      cause,
    )
  }
  // What it says of itself belongs to nobody's result.
  core.env().set('PROD', true)
  const engines: readonly [TensorflowBackend, string, string][] = [
    ['node', '@tensorflow/tfjs-node', 'tensorflow'],
    ['wasm', '@tensorflow/tfjs-backend-wasm', 'wasm'],
    ['cpu', '@tensorflow/tfjs-backend-cpu', 'cpu'],
  ]
  for (const [backend, module, name] of engines.slice(engines.findIndex(([engine]) => engine === wanted))) {
    try {
      await importCommon(module)
      if (await quietly(() => core.setBackend(name))) return { core, backend }
    } catch {
      // The next engine is tried.
    }
  }
  throw new VppError('failure', {
    place: 'forecast model network',
    problem: 'no engine of TensorFlow.js could be started',
    fix: 'leave the network out with --models',
  })
}

/** The WebAssembly module takes the process's uncaught errors to itself: they stay the command line's. */
async function quietly<Result>(start: () => Promise<Result>): Promise<Result> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map((event) => new Set(process.listeners(event as 'uncaughtException')))
  try {
    return await start()
  } finally {
    events.forEach((event, index) => {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[index].has(listener)) process.removeListener(event, listener)
    })
  }
}

/** CommonJS packages: what they export stands under `default`. */
async function importCommon(name: string): Promise<unknown> {
  const module = (await import(name)) as { default?: unknown }
  return module.default ?? module
}

/**
 * Trains with Adam (D. P. Kingma, J. Ba, ICLR 2015) on batches in the problem's order, on one thread, so that the same
 * problem gives the same weights on the same machine and engine.
 */
export function tensorflowTrainer(wanted: TensorflowBackend = 'wasm'): NetworkTrainer {
  return {
    async train(problem) {
      const { core } = await loadTensorflow(wanted)
      return train(core, problem)
    },
  }
}

interface NamedTensor {
  readonly name: string
  readonly tensor: Tensorflow.Tensor
}

interface LayerVariables {
  readonly weights: Tensorflow.Variable<Tensorflow.Rank.R2>
  readonly bias: Tensorflow.Variable<Tensorflow.Rank.R1>
}

/**
 * Gradient of the mean pinball loss by the variables, by their names. Written out, since the core as Node loads it
 * carries no gradients; of max(τe, (τ−1)e) by the output it is 1 − τ where the output is above the target, else −τ.
 */
function gradients(
  core: Core,
  variables: readonly LayerVariables[],
  input: Tensorflow.Tensor2D,
  target: Tensorflow.Tensor2D,
  levels: Tensorflow.Tensor2D,
): NamedTensor[] {
  const values = [input]
  variables.forEach(({ weights, bias }, index) => {
    const next = core.add<Tensorflow.Tensor2D>(core.matMul(values[index], weights), bias)
    values.push(index < variables.length - 1 ? core.relu(next) : next)
  })
  const above = core.cast(core.greater(values[variables.length], target), 'float32')
  const count = input.shape[0] * LEVELS.length
  let back = core.div<Tensorflow.Tensor2D>(core.sub(above, levels), count)
  const result: NamedTensor[] = []
  for (let index = variables.length - 1; index >= 0; index--) {
    const { weights, bias } = variables[index]
    result.push({ name: weights.name, tensor: core.matMul(values[index], back, true, false) })
    result.push({ name: bias.name, tensor: core.sum(back, 0) })
    if (index > 0) {
      const passed = core.cast(core.greater(values[index], 0), 'float32')
      back = core.mul<Tensorflow.Tensor2D>(core.matMul(back, weights, false, true), passed)
    }
  }
  return result
}

async function train(core: Core, problem: TrainingProblem): Promise<NetworkWeights> {
  const { inputs, width, targets, start, batch, order, learningRate, epochs } = problem
  const variables: LayerVariables[] = start.layers.map(({ inputs: rows, outputs, weights, bias }) => ({
    weights: core.variable(core.tensor2d(weights.slice(), [rows, outputs])),
    bias: core.variable(core.tensor1d(bias.slice())),
  }))
  const levels = core.tensor2d(Float32Array.from(LEVELS), [1, LEVELS.length])
  const optimizer = core.train.adam(learningRate)
  const perEpoch = order.length / epochs
  try {
    for (let at = 0; at < order.length; at += batch) {
      const rows = order.subarray(at, Math.min(order.length, at + batch))
      const x = new Float32Array(rows.length * width)
      const y = new Float32Array(rows.length)
      rows.forEach((row, index) => {
        x.set(inputs.subarray(row * width, (row + 1) * width), index * width)
        y[index] = targets[row]
      })
      core.tidy(() => {
        const input = core.tensor2d(x, [rows.length, width])
        optimizer.applyGradients(
          gradients(core, variables, input, core.tensor2d(y, [rows.length, 1]), levels),
        )
      })
      // Lets signals and other work in, once an epoch.
      if (Math.floor(at / perEpoch) !== Math.floor((at + batch) / perEpoch)) await core.nextFrame()
    }
    const layers = await Promise.all(
      variables.map(async ({ weights, bias }, index): Promise<DenseLayer> => ({
        inputs: start.layers[index].inputs,
        outputs: start.layers[index].outputs,
        weights: (await weights.data()) as Float32Array,
        bias: (await bias.data()) as Float32Array,
      })),
    )
    return {
      layers: layers.map((layer) => ({ ...layer, weights: layer.weights.slice(), bias: layer.bias.slice() })),
    }
  } finally {
    for (const { weights, bias } of variables) {
      weights.dispose()
      bias.dispose()
    }
    levels.dispose()
    optimizer.dispose()
  }
}
