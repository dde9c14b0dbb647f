import type { RunResults } from '../../data/run-files.ts'
import { streamFor } from '../../data/random.ts'
import { KPIS } from '../kpi/registry.ts'
import { HOME_FIGURES, type HomeFigure, homeMonths } from './home-figures.ts'
import { meanInterval, type MeanInterval } from './interval.ts'

type Better = 'higher' | 'lower' | 'neutral'

/** One of the things compared: a run, or the rows of a sweep. */
export interface RunItem {
  readonly name: string
  readonly figures: Readonly<Record<string, number | null>>
  readonly results: RunResults
}
export interface RowsItem {
  readonly name: string
  /** Key figures of each row, by what pairs it with rows of other items. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, number | null>>>
}

export interface FigureRow {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly better: Better
  readonly formula: string
  /** One for each item: of a sweep, the mean over its rows. */
  readonly values: readonly (number | null)[]
  /** Against the first item; null for it and where one of them is not defined. */
  readonly differences: readonly (number | null)[]
}

export interface PairedRow {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly better: Better
  readonly formula: string
  /** One for each item but the first. */
  readonly others: readonly (MeanInterval & {
    readonly differences: readonly (readonly [string, number])[]
  })[]
}

export interface Comparison {
  readonly format: 1
  readonly items: readonly string[]
  /** What a pair is: `homes`, `months`, `rows`. */
  readonly over: 'homes' | 'months' | 'rows'
  /** Seed of the resampling. */
  readonly seed: number
  readonly kpis: readonly FigureRow[]
  readonly paired: readonly PairedRow[]
  /** What could not be paired, a sentence each. */
  readonly notes: readonly string[]
}

const difference = (value: number | null, first: number | null): number | null =>
  value === null || first === null ? null : value - first

function figureRows(values: (id: string) => (number | null)[]): FigureRow[] {
  return KPIS.map(({ id, label, unit, better, formula }) => {
    const found = values(id)
    const differences = found.map((value, at) => (at === 0 ? null : difference(value, found[0])))
    return { id, label, unit, better, formula, values: found, differences }
  })
}

/** Compares units (homes, months, rows) that two items have in common. */
function pairedRow(
  figure: { id: string; label: string; unit: string; better: Better; formula: string },
  items: readonly ReadonlyMap<string, number | null>[],
  seed: number,
): PairedRow {
  const [first, ...others] = items
  return {
    ...figure,
    others: others.map((other, at) => {
      const differences = [...first].flatMap(([unit, value]): [string, number][] => {
        const change = difference(other.get(unit) ?? null, value)
        return change === null ? [] : [[unit, change]]
      })
      const stream = streamFor(seed, 'bootstrap', figure.id, at)
      return {
        ...meanInterval(
          differences.map(([, value]) => value),
          stream,
        ),
        differences,
      }
    }),
  }
}

const compared = ({ others }: PairedRow): boolean =>
  others.some(({ pairs, differences }) => pairs > 0 && differences.some(([, value]) => value !== 0))

/** Runs side by side, paired over their homes or over the months of all homes together. */
export function compareRuns(items: readonly RunItem[], over: 'homes' | 'months', seed: number): Comparison {
  const months = items.map(({ results }) => homeMonths(results))
  const common = [...months[0].keys()].filter((home) => months.every((one) => one.has(home)))
  const monthsOf = (homes: ReadonlyMap<string, readonly { month: string }[]>) =>
    new Set([...homes.values()].flatMap((list) => list.map(({ month }) => month)))
  const shared = [...monthsOf(months[0])].filter((month) => months.every((one) => monthsOf(one).has(month)))
  // As the key figures count: months of 365 / 12 days, where all that was simulated is compared.
  const whole = months.every((one) => monthsOf(one).size === shared.length)
  const days = items.map(({ results }) => results.simulatedDays)
  const valuesOf = (figure: HomeFigure) =>
    months.map((homes, at) => {
      const of = (home: string) => (homes.get(home) ?? []).filter(({ month }) => shared.includes(month))
      if (over === 'homes') {
        const count = whole ? (days[at] * 12) / 365 : shared.length
        return new Map(common.map((home) => [home, figure.of(of(home), count)]))
      }
      return new Map(
        shared.map((month) => {
          const all = common.flatMap((home) => of(home).filter((one) => one.month === month))
          return [month, figure.of(all, common.length)]
        }),
      )
    })
  const notes = items.flatMap(({ name }, at) => {
    const alone = months[at].size - common.length
    const other = monthsOf(months[at]).size - shared.length
    return [
      ...(alone > 0
        ? [`${alone} of the homes of ${name} are not in all of the runs and are not paired.`]
        : []),
      ...(other > 0
        ? [`${other} of the months of ${name} are not in all of the runs and are not paired.`]
        : []),
    ]
  })
  const paired =
    common.length === 0 || shared.length === 0
      ? []
      : HOME_FIGURES.map((figure) => {
          const { of: _, ...named } = figure
          return pairedRow(named, valuesOf(figure), seed)
        })
  return {
    format: 1,
    items: items.map(({ name }) => name),
    over,
    seed,
    kpis: figureRows((id) => items.map(({ figures }) => figures[id] ?? null)),
    paired: paired.filter(compared),
    notes,
  }
}

/** Sweeps (or groups of one sweep's rows) side by side, paired row by row where their fields are alike. */
export function compareRows(items: readonly RowsItem[], seed: number): Comparison {
  const [first] = items
  const common = [...first.rows.keys()].filter((key) => items.every(({ rows }) => rows.has(key)))
  const notes = items.flatMap(({ name, rows }) => {
    const alone = rows.size - common.length
    return alone === 0 ? [] : [`${alone} of the rows of ${name} have no match in all of the others.`]
  })
  const mean = (values: (number | null)[]): number | null => {
    const defined = values.filter((value) => value !== null)
    return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length
  }
  const valuesOf = ({ rows }: RowsItem, id: string) =>
    new Map(common.map((key) => [key, rows.get(key)?.[id] ?? null]))
  return {
    format: 1,
    items: items.map(({ name }) => name),
    over: 'rows',
    seed,
    kpis: figureRows((id) => items.map((item) => mean([...valuesOf(item, id).values()]))),
    paired: KPIS.map(({ id, label, unit, better, formula }) =>
      pairedRow(
        { id, label, unit, better, formula },
        items.map((item) => valuesOf(item, id)),
        seed,
      ),
    ).filter(compared),
    notes,
  }
}
