import type { HomeResult, MonthResult } from '../../data/run-files.ts'
import { markup, named } from '../html/markup.ts'
import { homesOf } from '../kpi/sums.ts'
import { sheet } from '../statement/sheet.ts'
import { lastWholeMonth, statementOf } from '../statement/statement.ts'
import { exportText, todaysExport } from '../tariff-text.ts'
import type { Section } from './section.ts'

/** Net against today's rules, µ$; below zero it loses. */
const gain = ({ baselines, bills }: MonthResult): number =>
  baselines.today.netMicroUsd - bills.plant.netMicroUsd

/** The home in the middle of those that have solar (of all where none has): neither the best nor the worst case. */
function middleHome(homes: readonly HomeResult[], monthOf: (home: HomeResult) => MonthResult): HomeResult {
  const owners = homes.filter(({ solarKw }) => solarKw > 0)
  const ranked = (owners.length > 0 ? owners : homes).toSorted(
    (one, other) => gain(monthOf(one)) - gain(monthOf(other)),
  )
  return ranked[Math.floor((ranked.length - 1) / 2)]
}

export const statement: Section = {
  id: 'statement',
  title: 'A household’s month',
  applies: ({ results }) => homesOf(results).some(({ months }) => months.length > 0),
  render: ({ input }) => {
    const { results, scenario } = input
    const monthOf = (home: HomeResult) => lastWholeMonth(results, home)
    const home = middleHome(homesOf(results), monthOf)
    const sample = statementOf(results, scenario, home, monthOf(home))
    return markup`<p>What a household would get, on one sheet. The sample is the home in the middle, ${named(home.label)}, ranked by what it saves or loses against today’s rules, in the last month that was simulated (the last whole one, where there is one). Every other home and month: <code>vpp statement ${results.runId} --home ${home.id} --month ${sample.month}</code>.</p>
${sheet(sample, exportText(todaysExport(scenario)), 'h3')}`
  },
}
