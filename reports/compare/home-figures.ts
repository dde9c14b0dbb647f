import type { HomeEnergy, MonthResult, RunResults } from '../../data/run-files.ts'

/** A figure of one home over some of its months. */
export interface HomeFigure {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly better: 'higher' | 'lower' | 'neutral'
  readonly formula: string
  /** Over some months' results that count as so many months of a home; null: not defined (no load). */
  readonly of: (results: readonly MonthResult[], months: number) => number | null
}

const energy = (months: readonly MonthResult[], part: keyof HomeEnergy): number =>
  months.reduce((sum, month) => sum + month.energy[part], 0) / 1e6

const energyFigure = (
  id: string,
  label: string,
  part: keyof HomeEnergy,
  better: HomeFigure['better'],
): HomeFigure => ({
  id,
  label,
  unit: 'kWh/month',
  better,
  formula: `${part} / months`,
  of: (results, months) => energy(results, part) / months,
})

/** What is compared home by home or month by month, in the order of the page. */
export const HOME_FIGURES: readonly HomeFigure[] = [
  {
    id: 'bill',
    label: 'Bill of a home',
    unit: 'USD/month',
    better: 'lower',
    formula: 'net of all lines of the bill as run / months',
    of: (results, months) =>
      results.reduce((sum, { bills }) => sum + bills.plant.netMicroUsd, 0) / 1e6 / months,
  },
  energyFigure('import', 'Import of a home', 'importMilliWh', 'lower'),
  energyFigure('export', 'Export of a home', 'exportMilliWh', 'neutral'),
  energyFigure('peer-bought', 'Bought from neighbors', 'peerBoughtMilliWh', 'neutral'),
  energyFigure('peer-sold', 'Sold to neighbors', 'peerSoldMilliWh', 'neutral'),
  {
    id: 'self-sufficiency',
    label: 'Self-sufficiency of a home',
    unit: 'fraction',
    better: 'higher',
    formula: '1 − import / load (AC, at the home)',
    of: (results) => {
      const load = energy(results, 'loadMilliWh')
      return load === 0 ? null : 1 - energy(results, 'importMilliWh') / load
    },
  },
]

/** Months of every home, by `community/home`. */
export function homeMonths({ communities }: RunResults): Map<string, readonly MonthResult[]> {
  return new Map(
    communities.flatMap(({ id, homes }) => homes.map((home) => [`${id}/${home.id}`, home.months] as const)),
  )
}
