import { sankey, type SankeyLink, type SankeyNode } from '../charts/sankey.ts'
import { stackedColumns } from '../charts/stacked-columns.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { fromUtility, homesOf } from '../kpi/sums.ts'
import { kwh, kwhExact, percent, threeFigures } from '../number-format.ts'
import { flowsOf } from './energy-flows.ts'
import type { Section, SectionContext } from './section.ts'
import { dayFigure, weekFigures } from './week-figures.ts'

function flowFigure({ input, figure, value }: SectionContext): Markup {
  const flows = flowsOf(homesOf(input.results))
  const share = (part: number, all: number) => (all > 0 ? percent(part / all) : '0 %')
  const solar = flows.solarToLoad + flows.solarToBattery + flows.solarToNeighbors + flows.solarToUtility
  const bought = flows.utilityToLoad + flows.utilityToBattery + flows.utilityToStandby
  const load = flows.solarToLoad + flows.batteryToLoad + flows.neighborsToLoad + flows.utilityToLoad
  const losses = flows.batteryToLosses + flows.utilityToStandby
  const node = (
    id: string,
    label: string,
    amount: number,
    className: string,
    column: 0 | 1 | 2,
  ): SankeyNode => ({
    id,
    label,
    value: `${kwh(amount)} kWh`,
    className,
    column,
  })
  const pass = (id: string): SankeyNode => ({ id, label: '', value: '', className: 'none', column: 1 })
  const nodes = [
    node('solar', 'Solar', solar, 'solar', 0),
    node('bought', 'Bought from the utility', bought, 'grid', 0),
    pass('export'),
    node('battery', 'Battery', flows.solarToBattery + flows.utilityToBattery, 'battery', 1),
    pass('direct'),
    node('neighbors', 'Neighbors', flows.solarToNeighbors, 'trade', 1),
    pass('supply'),
    pass('standby'),
    node('sold', 'Sold to the utility', flows.solarToUtility, 'grid', 2),
    node('kept', 'Left in batteries', Math.max(0, flows.batteryKept), 'battery', 2),
    node('load', 'Load', load, 'load', 2),
    node('losses', 'Losses', losses, 'loss', 2),
  ]
  const link = (from: string, to: string, amount: number, className: string): SankeyLink => ({
    from,
    to,
    amount,
    className,
  })
  const links = [
    link('solar', 'export', flows.solarToUtility, 'solar'),
    link('export', 'sold', flows.solarToUtility, 'solar'),
    link('solar', 'battery', flows.solarToBattery, 'solar'),
    link('solar', 'direct', flows.solarToLoad, 'solar'),
    link('direct', 'load', flows.solarToLoad, 'solar'),
    link('solar', 'neighbors', flows.solarToNeighbors, 'solar'),
    link('bought', 'battery', flows.utilityToBattery, 'grid'),
    link('bought', 'supply', flows.utilityToLoad, 'grid'),
    link('supply', 'load', flows.utilityToLoad, 'grid'),
    link('bought', 'standby', flows.utilityToStandby, 'grid'),
    link('standby', 'losses', flows.utilityToStandby, 'grid'),
    link('battery', 'load', flows.batteryToLoad, 'battery'),
    link('battery', 'losses', flows.batteryToLosses, 'loss'),
    link('battery', 'kept', Math.max(0, flows.batteryKept), 'battery'),
    link('neighbors', 'load', flows.neighborsToLoad, 'trade'),
  ]
  const rows: [string, number][] = [
    ['Solar → load', flows.solarToLoad],
    ['Solar → battery', flows.solarToBattery],
    ['Solar → neighbors', flows.solarToNeighbors],
    ['Solar → utility', flows.solarToUtility],
    ['Utility → load', flows.utilityToLoad],
    ['Utility → battery', flows.utilityToBattery],
    ['Utility → standby', flows.utilityToStandby],
    ['Battery → load', flows.batteryToLoad],
    ['Battery → losses', flows.batteryToLosses],
    ['Change of stored energy', flows.batteryKept],
    ['Neighbors → load', flows.neighborsToLoad],
  ]
  const title =
    solar === 0
      ? 'There is no solar: all energy is bought from the utility'
      : `Of ${kwh(solar)} kWh of solar, ${[
          `${share(flows.solarToLoad, solar)} is used at once`,
          ...(flows.solarToBattery > 0
            ? [`${share(flows.solarToBattery, solar)} goes through batteries`]
            : []),
          ...(flows.solarToNeighbors > 0
            ? [`${share(flows.solarToNeighbors, solar)} goes to neighbors`]
            : []),
          `${share(flows.solarToUtility, solar)} to the utility`,
        ].join(', ')}`
  return figure({
    id: 'fig-flows',
    title,
    draw: (width) =>
      sankey(nodes, links, {
        width,
        alternative: `Energy flows. ${rows.map(([name, amount]) => `${name}: ${kwh(amount)} kWh`).join('; ')}.`,
      }),
    note: `All at the homes’ AC side, whole run. Losses: conversion and self-discharge of the batteries, and their standby when empty. What the flows leave over: ${threeFigures(value('energy-residual') ?? 0)} kWh.`,
    data: table(
      [{ label: 'Flow' }, { label: 'Energy', unit: 'kWh', number: true }],
      rows.map(([name, amount]) => [name, kwhExact(amount)]),
      { caption: 'Energy flows' },
    ),
  })
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const monthName = (month: string): string => MONTHS[Number(month.slice(5)) - 1]

/** How each month's load was met. */
function monthsFigure({ input, figure }: SectionContext): Markup {
  const homes = homesOf(input.results)
  const months = homes[0].months.map(({ month }) => month)
  const sum = (at: number, value: (energy: (typeof homes)[number]['total']) => number) =>
    homes.reduce((all, home) => all + value(home.months[at].energy), 0) / 1e6
  const parts = months.map((_, at) => {
    const load = sum(at, (energy) => energy.loadMilliWh)
    const utility = Math.min(load, sum(at, fromUtility))
    const neighbors = sum(at, (energy) => energy.peerBoughtMilliWh)
    const battery = Math.min(
      sum(at, (energy) => energy.dischargeMilliWh),
      load - utility - neighbors,
    )
    return { load, utility, neighbors, battery, direct: load - utility - neighbors - battery }
  })
  const sufficiency = parts.map(({ load, utility }) => (load > 0 ? 1 - utility / load : 0))
  const best = sufficiency.indexOf(Math.max(...sufficiency))
  const worst = sufficiency.indexOf(Math.min(...sufficiency))
  const title =
    months.length === 1
      ? `In ${monthName(months[0])} the neighborhood meets ${percent(sufficiency[0])} of its load`
      : `The neighborhood meets ${percent(sufficiency[best])} of its load in ${monthName(months[best])} and ${percent(sufficiency[worst])} in ${monthName(months[worst])}`
  const series = [
    { label: 'solar, at once', className: 'solar', key: 'direct' },
    { label: 'battery', className: 'battery', key: 'battery' },
    { label: 'neighbors', className: 'trade', key: 'neighbors' },
    { label: 'utility', className: 'grid', key: 'utility' },
  ] as const
  return figure({
    id: 'fig-months',
    title,
    draw: (width) =>
      stackedColumns(
        series.map(({ label, className, key }) => ({
          label,
          className,
          values: parts.map((part) => part[key]),
        })),
        {
          width,
          alternative: `Stacked columns: how each month’s load was met. ${months.map((month, at) => `${month}: ${percent(sufficiency[at])} local`).join(', ')}.`,
          unit: 'kWh per month',
          columns: months.map(monthName),
          shortColumns: months.map((month) => (months.length > 8 ? monthName(month)[0] : monthName(month))),
        },
      ),
    note: 'From below: solar used at once, own battery, neighbors, utility. First and last month may be part of a month.',
    data: table(
      [
        { label: 'Month' },
        ...series.map(({ label }) => ({ label, unit: 'kWh', number: true })),
        { label: 'load', unit: 'kWh', number: true },
      ],
      months.map((month, at) => [
        month,
        ...series.map(({ key }) => threeFigures(parts[at][key])),
        threeFigures(parts[at].load),
      ]),
      { caption: 'How the load was met' },
    ),
  })
}

export const energy: Section = {
  id: 'energy',
  title: 'Energy',
  render: (context) => {
    const { results } = context.input
    const first = results.communities[0]
    return markup`${flowFigure(context)}${monthsFigure(context)}
${results.communities.length > 1 ? markup`<p>The weeks and the day that follow show the first community, ${named(first.label)}.</p>` : ''}
${weekFigures(context)}${dayFigure(context)}`
  },
}
