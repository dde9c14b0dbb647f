import type { DispatchComparison, RunResults } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { homesOf } from '../kpi/sums.ts'
import { centsExact, threeFigures } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'

const LABELS: Readonly<Record<string, string>> = {
  'self-consumption': 'Self-consumption',
  'time-of-use': 'Time of use',
  'peak-shaving': 'Peak shaving',
  'backup-reserve': 'Backup reserve',
  'demand-response': 'Demand response',
  'market-aware': 'Market-aware',
  'model-predictive': 'Model-predictive',
  optimum: 'Optimum followed',
}
const labelOf = (strategy: string): string => LABELS[strategy] ?? strategy

type Compared = DispatchComparison['strategies'][number]

/** Part of what the optimum would save that a strategy saves; null where there is nothing to save. */
function partOfSaving(home: DispatchComparison, { energyMicroUsd }: Compared): number | null {
  const most = home.noBatteryMicroUsd - home.boundMicroUsd
  return most < 1e4 ? null : (home.noBatteryMicroUsd - energyMicroUsd) / most
}

const percent = (part: number | null): string => (part === null ? '–' : `${threeFigures(part * 100)} %`)

const comparisons = (results: RunResults): DispatchComparison[] =>
  results.communities.flatMap(({ dispatch }) => dispatch)

/** Sums over homes, a row a strategy that every home was compared under. */
function summary(homes: readonly DispatchComparison[]): Markup {
  const sum = (value: (home: DispatchComparison) => number): number =>
    homes.reduce((all, home) => all + value(home), 0)
  const none = sum(({ noBatteryMicroUsd }) => noBatteryMicroUsd)
  const bound = sum(({ boundMicroUsd }) => boundMicroUsd)
  const names = [...new Set(homes.flatMap(({ strategies }) => strategies.map(({ strategy }) => strategy)))]
  const ofAll = names.filter((name) =>
    homes.every(({ strategies }) => strategies.some(({ strategy }) => strategy === name)),
  )
  const found = (home: DispatchComparison, name: string): Compared =>
    home.strategies.find(({ strategy }) => strategy === name) as Compared
  const rows = ofAll.map((name) => {
    const usd = sum((home) => found(home, name).energyMicroUsd)
    const paid = sum((home) => found(home, name).programMicroUsd)
    const efc = sum((home) => found(home, name).efc) / homes.length
    return [
      labelOf(name),
      centsExact(usd),
      percent(none - bound < 1e4 ? null : (none - usd) / (none - bound)),
      paid === 0 ? '–' : centsExact(paid),
      threeFigures(efc),
    ]
  })
  return table(
    [
      { label: 'Strategy' },
      { label: 'Energy', unit: 'USD', number: true },
      { label: 'Of the greatest saving', unit: '%', number: true },
      { label: 'Paid by a program', unit: 'USD', number: true },
      { label: 'Full cycles', unit: 'mean', number: true },
    ],
    [
      ['No battery', centsExact(none), percent(0), '–', '–'],
      ...rows,
      ['Bound (perfect foresight)', centsExact(bound), percent(1), '–', '–'],
    ],
    { caption: `${homes.length} homes with a battery, each by itself`, id: 'dispatch-strategies' },
  )
}

/** How each home's chosen strategy did. */
function chosen(homes: readonly DispatchComparison[], labels: ReadonlyMap<string, string>): Markup {
  return table(
    [
      { label: 'Home' },
      { label: 'Strategy' },
      { label: 'No battery', unit: 'USD', number: true },
      { label: 'Chosen', unit: 'USD', number: true },
      { label: 'Bound', unit: 'USD', number: true },
      { label: 'Of the greatest saving', unit: '%', number: true },
    ],
    homes.map((home) => {
      const own = home.strategies.find((compared) => compared.chosen) as Compared
      return [
        named(labels.get(home.homeId) ?? home.homeId),
        labelOf(own.strategy),
        centsExact(home.noBatteryMicroUsd),
        centsExact(own.energyMicroUsd),
        centsExact(home.boundMicroUsd),
        percent(partOfSaving(home, own)),
      ]
    }),
    { caption: 'Every home, its own strategy', id: 'dispatch-homes' },
  )
}

/** State of health at the end of every year that was run. */
function health(results: RunResults): Markup | null {
  const owners = homesOf(results).filter(({ batterySohByYear }) => batterySohByYear.length > 1)
  if (owners.length === 0) return null
  const years = owners[0].batterySohByYear.length
  return table(
    [{ label: 'Year' }, ...owners.map(({ label }) => ({ label, unit: '%', number: true }))],
    Array.from({ length: years }, (_, year) => [
      String(year + 1),
      ...owners.map(({ batterySohByYear }) => threeFigures(batterySohByYear[year] * 100)),
    ]),
    { caption: 'Usable energy left, of new, at the end of each year', id: 'dispatch-health' },
  )
}

export const dispatch: Section = {
  id: 'dispatch',
  title: 'What the batteries could save',
  render: ({ input }: SectionContext) => {
    const { results } = input
    const homes = comparisons(results)
    const labels = new Map(homesOf(results).map(({ id, label }) => [id, label]))
    const owners = homesOf(results).filter(({ batteryKwh }) => batteryKwh > 0)
    if (owners.length === 0) return markup`<p>No home has a battery.</p>`
    const ruled = owners.reduce((sum, { ruledSteps }) => sum + ruledSteps, 0)
    const outside = owners.reduce((sum, { ageingOutsideDays }) => sum + ageingOutsideDays, 0)
    return markup`${
      homes.length === 0
        ? null
        : markup`<p>Each home by itself, without neighbors or fixed charges, over its first year: what its energy costs under each strategy with its defaults, between no battery and the least that perfect foresight allows. The bound is the linear program over the whole series, with the battery at its best and as large as when new: no strategy can cost less. Under net metering an export counts at the retail price of its interval.</p>
${summary(homes)}
${chosen(homes, labels)}`
    }
${health(results)}
${ruled > 0 ? markup`<p><strong>${ruled} intervals were decided by rule because a plan could not be had.</strong></p>` : null}
${outside > 0 ? markup`<p>On ${outside} battery-days an ageing model was asked beyond what it can answer; nothing was taken off on them.</p>` : null}`
  },
}
