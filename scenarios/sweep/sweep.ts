import { VppError, type Problem } from '../../data/errors.ts'
import { canonicalHash } from '../canonical.ts'
import { type Path, pathText } from '../path.ts'
import { problemsFrom } from '../problems.ts'
import { scenarioSchema, type Scenario } from '../schema.ts'
import { type Axis, designPoints } from './design.ts'
import type { FieldValue, SweepFile } from './schema.ts'
import { type Selector, select, selector, withValues } from './select.ts'

/** The scenario that a sweep varies, and where its data files are. */
export interface SweepBase {
  readonly scenario: Scenario
  readonly baseDir: string
  /** How messages call it. */
  readonly shown: string
}

export interface Sweep {
  readonly name: string
  readonly spec: SweepFile
  readonly base: SweepBase
  /** Paths of the fields that vary, in the order of the table's columns. */
  readonly columns: readonly string[]
  /** A value for each column; undefined: as in the scenario. */
  readonly points: readonly (readonly (FieldValue | undefined)[])[]
  /** The resolved scenario of a point. @throws VppError('invalid') at the place of the value that is wrong */
  readonly scenarioAt: (index: number) => Scenario
  /** `<name>-<hash>`, equal exactly when design, scenario and version are. */
  readonly idOf: (version: string) => string
}

/** Where a value of the sweep stands in its file or on the command line. */
export type PlaceOf = (path: Path, part?: 'key' | 'value') => string

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('invalid', { place, problem, fix })
}

/**
 * The points of a sweep over a scenario; every path is found in the schema and in the scenario.
 * @throws VppError('invalid')
 */
export function buildSweep(spec: SweepFile, base: SweepBase, placeOf: PlaceOf): Sweep {
  const found = (text: string, place: string): Selector => {
    const one = selector(text, place)
    if (select(base.scenario, one).length === 0)
      refuse(
        place,
        `${text} is nowhere in ${base.shown}`,
        'set the part that holds it, or name another field',
      )
    return one
  }
  const fixed = Object.entries(spec.set).map(
    ([text, value]) => [found(text, placeOf(['set', text], 'key')), value, ['set', text]] as const,
  )
  const listed = spec.points !== undefined
  if (listed && (spec.design !== 'list' || spec.parameters.length > 0))
    refuse(
      placeOf(['points']),
      'points belong to a list without parameters',
      'write `design: list` and leave parameters out',
    )
  const axes: Axis[] = spec.parameters.map((parameter, at) => {
    const place = placeOf(['parameters', at, 'path'])
    const { field } = found(parameter.path, place)
    if (parameter.values === undefined && !field.type.endsWith('number'))
      refuse(place, `${parameter.path} is no number; it has no range`, 'give `values`')
    return { ...parameter, whole: field.type === 'whole number', place }
  })
  const columns = listed
    ? [...new Set((spec.points ?? []).flatMap((point) => Object.keys(point)))]
    : axes.map(({ path }) => path)
  if (columns.length === 0)
    refuse(placeOf([]), 'nothing varies', 'add `parameters` or `points` (or --vary PATH=VALUES)')
  const twice = columns.find((path, at) => columns.indexOf(path) !== at)
  if (twice !== undefined) refuse(placeOf(['parameters']), `${twice} is there twice`, 'keep one of them')
  const place = placeOf([spec.samples === undefined ? 'design' : 'samples'])
  const { samples, seed, shift } = spec
  const points: (FieldValue | undefined)[][] = listed
    ? (spec.points ?? []).map((point) => columns.map((path) => point[path]))
    : designPoints(spec.design, axes, { samples, seed, shift, place })
  const selectors = columns.map((path, at) =>
    found(
      path,
      listed
        ? placeOf(['points', (spec.points ?? []).findIndex((point) => path in point), path], 'key')
        : axes[at].place,
    ),
  )
  const sourceOf = (row: number, column: number): Path => {
    if (listed) return ['points', row, columns[column]]
    const { values } = spec.parameters[column]
    if (values === undefined) return ['parameters', column]
    const value = points[row][column]
    return ['parameters', column, 'values', values.findIndex((one) => one === value)]
  }
  const scenarioAt = (row: number): Scenario => {
    const changes: [Path, FieldValue, Path][] = []
    let value: unknown = base.scenario
    const apply = (one: Selector, to: FieldValue, source: Path) => {
      const places = select(value, one)
      if (places.length === 0)
        refuse(
          placeOf(source),
          `${one.text} is nowhere in the scenario of point ${row}`,
          'another value of the point removes it',
        )
      for (const path of places) changes.push([path, to, source])
      value = withValues(
        value,
        places.map((path) => [path, to]),
      )
    }
    for (const [one, to, source] of fixed) apply(one, to, source)
    points[row].forEach((to, column) => {
      if (to !== undefined) apply(selectors[column], to, sourceOf(row, column))
    })
    const result = scenarioSchema.safeParse(value)
    if (result.success) return result.data
    throw new VppError(
      'invalid',
      problemsFrom(result.error.issues, value, (path) => {
        // The last change wins where two meet.
        const change = changes.findLast(([changed]) => overlap(changed, path))
        return change === undefined ? `${base.shown}  ${pathText(path)}` : placeOf(change[2])
      }),
    )
  }
  const name = spec.name ?? `${base.scenario.name}-sweep`
  const idOf = (version: string) =>
    `${name}-${canonicalHash([spec.set, columns, points.map((row) => row.map((one) => one ?? [])), base.scenario, version]).slice(0, 12)}`
  return { name, spec, base, columns, points, scenarioAt, idOf }
}

/** One path is the other, or a part of it. */
const overlap = (a: Path, b: Path): boolean =>
  a.slice(0, Math.min(a.length, b.length)).every((step, at) => step === b[at])

/** More problems than anyone reads at once. */
const MAX_PROBLEMS = 20

/**
 * Checks the scenarios of some points, one after the other: all of a large sweep would fill the memory.
 * @param onScenario called with each that is sound
 * @throws VppError('invalid') with each problem once, however many points have it
 */
export function checkPoints(
  sweep: Sweep,
  indices: readonly number[],
  onScenario: (scenario: Scenario, index: number) => void,
): void {
  const problems = new Map<string, Problem>()
  for (const index of indices) {
    let scenario: Scenario | undefined
    try {
      scenario = sweep.scenarioAt(index)
    } catch (error) {
      if (!(error instanceof VppError)) throw error
      for (const problem of error.problems) problems.set(`${problem.place} ${problem.problem}`, problem)
      if (problems.size >= MAX_PROBLEMS) break
    }
    if (scenario !== undefined && problems.size === 0) onScenario(scenario, index)
  }
  if (problems.size > 0) throw new VppError('invalid', [...problems.values()])
}
