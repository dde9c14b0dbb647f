import type { Stressors } from './stressors.ts'

/** Parameters of a cell by their published names. */
export type CellParameters = Readonly<Record<string, number>>

/**
 * One cell model of BLAST-Lite 1.1.1. Its states are losses and gains of capacity; a step reads the
 * stressors of a window and changes the states.
 */
export interface BlastCell {
  /** Name of the model in BLAST-Lite. */
  readonly id: string
  readonly chemistry: 'LFP' | 'LMO' | 'LTO' | 'NCA' | 'NMC'
  /** What the model was fitted to. */
  readonly source: string
  readonly capacityAh: number
  readonly parameters: CellParameters
  /** Cell temperatures of the cycling tests that it was fitted to, °C. */
  readonly testedC: readonly [number, number]
  /** Initial values of the states. */
  readonly start: readonly number[]
  /** Adds the window's changes to the states. */
  advance(parameters: CellParameters, stressors: Stressors, state: Float64Array, scale: number): void
  /** Relative capacity; 1 when new. */
  health(state: Float64Array): number
}

/** The usual health: 1 less all losses. */
export const lessAllLosses = (state: Float64Array): number => state.reduce((left, loss) => left - loss, 1)
