import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NetworkTrainer, NetworkWeights, TrainingProblem } from '../../models/forecast/models/network.ts'

const bytesOf = (values: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** SHA-256 over all that the weights follow from. */
export function problemHash(problem: TrainingProblem): string {
  const { inputs, targets, order, start, width, epochs, batch, learningRate } = problem
  const digest = createHash('sha256').update(
    JSON.stringify({ format: 1, width, epochs, batch, learningRate }),
  )
  for (const column of [inputs, targets, order]) digest.update(bytesOf(column))
  for (const { weights, bias } of start.layers) digest.update(bytesOf(weights)).update(bytesOf(bias))
  return digest.digest('hex')
}

const encode = (values: Float32Array): string => Buffer.from(bytesOf(values)).toString('base64')
const decode = (text: string): Float32Array =>
  new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer)

interface StoredLayer {
  readonly inputs: number
  readonly outputs: number
  readonly weights: string
  readonly bias: string
}

/** Weights of a file; null where there is none, or none that is whole. */
function read(path: string): NetworkWeights | null {
  if (!existsSync(path)) return null
  try {
    const { layers } = JSON.parse(readFileSync(path, 'utf8')) as { layers: StoredLayer[] }
    const decoded = layers.map((layer) => ({
      ...layer,
      weights: decode(layer.weights),
      bias: decode(layer.bias),
    }))
    const whole = decoded.every(
      ({ inputs, outputs, weights, bias }) => weights.length === inputs * outputs && bias.length === outputs,
    )
    return whole ? { layers: decoded } : null
  } catch {
    return null
  }
}

/**
 * A trainer that keeps what it has learnt in a folder, by the hash of the problem: the same problem is not trained
 * twice, and with all weights there TensorFlow is not even loaded.
 */
export function cachedTrainer(trainer: NetworkTrainer, dir: string): NetworkTrainer {
  return {
    async train(problem) {
      const path = join(dir, `${problemHash(problem)}.json`)
      const kept = read(path)
      if (kept !== null) return kept
      const weights = await trainer.train(problem)
      mkdirSync(dir, { recursive: true })
      const layers = weights.layers.map((layer) => ({
        ...layer,
        weights: encode(layer.weights),
        bias: encode(layer.bias),
      }))
      writeFileSync(`${path}.${process.pid}.tmp`, JSON.stringify({ layers }))
      renameSync(`${path}.${process.pid}.tmp`, path)
      return weights
    },
  }
}
