import { VppError } from '../../data/errors.ts'
import { streamFor } from '../../data/random.ts'
import { latinHypercube } from './latin-hypercube.ts'
import { type Design, type FieldValue, MAX_POINTS, type ParameterSpec } from './schema.ts'
import { sobol } from './sobol.ts'

/** One varied field: its values, or a range. */
export interface Axis extends ParameterSpec {
  /** The field holds whole numbers. */
  readonly whole: boolean
  /** Where it stands, for messages. */
  readonly place: string
}

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('invalid', { place, problem, fix })
}

/** A value of the range at a fraction of it; every whole number of a whole range is as likely as another. */
function inRange({ from = 0, to = 0, scale, whole }: Axis, fraction: number): number {
  if (whole) return Math.min(to, Math.floor(from + fraction * (to - from + 1)))
  if (scale === 'log') return Number((from * (to / from) ** fraction).toPrecision(12))
  return Number((from + fraction * (to - from)).toPrecision(12))
}

/** Values of a grid along one axis: those given, or even steps from the first to the last of the range. */
function gridValues(axis: Axis): readonly FieldValue[] {
  if (axis.values !== undefined) return axis.values
  const { steps, from = 0, to = 0, scale, whole, place, path } = axis
  if (steps === undefined)
    return refuse(place, `${path} has no steps; a grid needs them`, 'add `steps`, or give `values`')
  const values = Array.from({ length: steps }, (_, step) => {
    const fraction = steps === 1 ? 0 : step / (steps - 1)
    const value = scale === 'log' ? from * (to / from) ** fraction : from + fraction * (to - from)
    return whole ? Math.round(value) : Number(value.toPrecision(12))
  })
  return [...new Set(values)]
}

const sampled = (axis: Axis, fraction: number): FieldValue =>
  axis.values === undefined ? inRange(axis, fraction) : axis.values[Math.floor(fraction * axis.values.length)]

/** A range must have both ends in order; a logarithmic one must be above zero. */
export function checkAxis({ values, from, to, scale, whole, steps, place, path }: Axis): void {
  if (values !== undefined) {
    if (from !== undefined || to !== undefined || steps !== undefined)
      refuse(place, `${path} has values and a range`, 'keep one of them')
    return
  }
  if (from === undefined || to === undefined)
    return refuse(place, `${path} has no values`, 'give `values`, or `from` and `to`')
  if (!(from <= to)) refuse(place, `${path} goes from ${from} to ${to}; must not go down`, 'swap them')
  if (scale === 'log' && !(from > 0))
    refuse(place, `${path} starts at ${from}; a log scale must start above 0`, 'use scale: linear')
  if (whole && !(Number.isInteger(from) && Number.isInteger(to)))
    refuse(place, `${path} goes from ${from} to ${to}; the field holds whole numbers`, 'round both ends')
}

/**
 * The points of a design, each a value for every axis in their order. A grid changes its last axis fastest; a list
 * takes the values of all axes row by row; the others draw `samples` points with a seed.
 */
export function designPoints(
  design: Design,
  axes: readonly Axis[],
  options: { samples: number | undefined; seed: number; shift: boolean; place: string },
): FieldValue[][] {
  const { samples, seed, shift, place } = options
  axes.forEach(checkAxis)
  if (design === 'grid') {
    const values = axes.map(gridValues)
    const count = values.reduce((product, { length }) => product * length, 1)
    if (count > MAX_POINTS)
      refuse(
        place,
        `the grid has ${count} points; must be at most ${MAX_POINTS}`,
        'use fewer steps, latin-hypercube or sobol',
      )
    return values.reduce<FieldValue[][]>(
      (points, along) => points.flatMap((point) => along.map((value) => [...point, value])),
      [[]],
    )
  }
  if (design === 'list') {
    const columns = axes.map((axis) => gridValues(axis))
    const odd = columns.findIndex(({ length }) => length !== columns[0].length)
    if (odd >= 0)
      refuse(
        axes[odd].place,
        `${axes[odd].path} has ${columns[odd].length} values; must have ${columns[0].length} as ${axes[0].path}`,
        'a list takes one of each, row by row',
      )
    return (columns[0] ?? []).map((_, row) => columns.map((column) => column[row]))
  }
  if (samples === undefined)
    return refuse(place, `the design ${design} has no number of samples`, 'add `samples`')
  const names = axes.map(({ path }) => path)
  const fractions =
    design === 'sobol'
      ? sobol(
          samples,
          axes.length,
          names.map((name) => (shift ? streamFor(seed, 'sobol', name).uint32() : 0)),
        )
      : latinHypercube(samples, names, seed)
  return fractions.map((point) => axes.map((axis, at) => sampled(axis, point[at])))
}
