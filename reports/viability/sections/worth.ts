import type { InvestmentStudy, LevelizedStudy, ViabilityStudy } from '../../../data/viability-files.ts'
import { intervals } from '../../charts/intervals.ts'
import { xyChart } from '../../charts/xy.ts'
import { type Markup, markup } from '../../html/markup.ts'
import { table } from '../../html/table.ts'
import {
  centsPerKwh,
  NOTHING,
  percent,
  plural,
  signedUsd,
  threeFigures,
  usd,
  whole,
} from '../../number-format.ts'
import { shareText } from '../conditions.ts'
import { cell, ends, sometimes } from '../interval-text.ts'
import type { ViabilityContext, ViabilitySection } from '../section.ts'
import { studyOf } from '../study-of.ts'

const yearsText = (years: number): string => `${threeFigures(years)} years`

function investmentTable(all: readonly InvestmentStudy[]): Markup {
  const [first] = all
  const row = (label: string, value: (one: InvestmentStudy) => Markup) => [label, ...all.map(value)]
  return table(
    [{ label: 'Mean owner' }, ...all.map(({ label }) => ({ label, number: true }))],
    [
      row('Cost today, before incentives', ({ costUsd }) => cell(costUsd, usd)),
      row('Bills of the first year fall by', ({ savingFirstYearUsd }) => cell(savingFirstYearUsd, usd)),
      row(`Net present value over ${first.years} years`, ({ npvUsd }) => cell(npvUsd, signedUsd)),
      row('Worth it (net present value above zero)', ({ paysShare }) => markup`${shareText(paysShare)}`),
      row('Internal rate of return', ({ irr }) => sometimes(irr, percent)),
      row('Simple payback that lasts', ({ paybackYears }) => sometimes(paybackYears, yearsText)),
    ],
    {
      caption: markup`What solar and a battery are worth to ${plural(first.homes, 'home')} that own both <span class="interval">P50, P10 to P90 over draws; replacement, upkeep, fading and incentives by their dates are in it</span>`,
      id: 'investments',
    },
  )
}

/** Sum of the flows so far, year by year, with the values of this run. */
function cumulative({ flows, years }: InvestmentStudy): number[] {
  let sum = 0
  return Array.from(
    { length: years + 1 },
    (_, year) => (sum += flows.reduce((all, { usd: by }) => all + by[year], 0)),
  )
}

function flowFigure(context: ViabilityContext, all: readonly InvestmentStudy[]): Markup {
  const sums = all.map(cumulative)
  const [first] = all
  const years = sums[0].map((_, year) => year)
  const last = (at: number) => sums[at][first.years]
  return context.figure({
    id: 'fig-cash-flow',
    title: `After ${first.years} years ${all.map((one, at) => `${one.label.toLowerCase()} ${last(at) < 0 ? `still lacks ${usd(-last(at))}` : `has brought ${usd(last(at))}`}`).join('; ')}`,
    draw: (width) =>
      xyChart(
        all.map(({ label }, at) => ({ label, values: sums[at] })),
        {
          width,
          kind: 'line',
          x: years,
          xLabel: 'years after installation',
          yLabel: 'sum of flows so far, USD, not discounted',
          alternative: `Cumulative cash flow of the mean owner: ${all.map(({ label }, at) => `${label} from ${signedUsd(sums[at][0])} to ${signedUsd(last(at))}`).join('; ')}.`,
        },
      ),
    note: `Values of this run, mean owner, not discounted. The steps are batteries that are replaced; the last year has what the battery is still worth.`,
    data: table(
      [
        { label: 'Year', number: true },
        ...all.map(({ label }) => ({ label, unit: 'USD so far', number: true })),
      ],
      years.map((year) => [whole(year), ...sums.map((by) => signedUsd(by[year]))]),
      { caption: 'Cumulative flows' },
    ),
  })
}

function incentiveTable({ incentives }: ViabilityStudy): Markup | null {
  if (incentives.length === 0) return null
  return table(
    [
      { label: 'Incentive' },
      { label: 'From' },
      { label: 'Until' },
      { label: 'Counted' },
      { label: 'Once', unit: 'USD', number: true },
      { label: 'By the year', unit: 'USD', number: true },
      { label: 'Years', number: true },
      { label: 'Source' },
    ],
    incentives.map((one) => [
      one.label,
      one.from ?? NOTHING,
      one.until ?? NOTHING,
      one.counted
        ? one.eligible
          ? 'yes'
          : 'asked for, but its dates have passed: nothing'
        : 'no, not asked for here',
      usd(one.onceUsd),
      usd(one.yearlyUsd),
      one.years === 0 ? NOTHING : whole(one.years),
      `${one.source} (${one.grade})`,
    ]),
    { caption: 'Incentives by their dates; amounts for the mean owner, if claimed', id: 'incentives' },
  )
}

function levelizedTable({
  solarUsdPerKwh: solar,
  storageWithChargingUsdPerKwh: withCharging,
  storageWithoutChargingUsdPerKwh: without,
}: LevelizedStudy): Markup {
  const rows = [
    ['Solar, each kWh generated (LCOE)', solar],
    ['Storage, each kWh discharged, charging in (LCOS)', withCharging],
    ['Storage, each kWh discharged, charging left out', without],
  ] as const
  return table(
    [
      { label: 'Levelized cost' },
      { label: 'P10', unit: '¢/kWh', number: true },
      { label: 'P50', number: true },
      { label: 'P90', number: true },
    ],
    rows.map(([label, one]) =>
      one === null
        ? [label, 'none', 'none', 'none']
        : [label, centsPerKwh(one.p10), centsPerKwh(one.p50), centsPerKwh(one.p90)],
    ),
    {
      caption: markup`Levelized costs <span class="interval">nominal; a kWh that is charged is priced at what its export would have earned; under net metering at the mean retail price</span>`,
      id: 'levelized',
    },
  )
}

function testsFigure(context: ViabilityContext, { costTests: tests, draws }: ViabilityStudy): Markup {
  const passing = tests.filter(({ netUsdPerYear }) => netUsdPerYear.p10 >= 0)
  const failing = tests.filter(({ netUsdPerYear }) => netUsdPerYear.p90 < 0)
  const named = (some: typeof tests) => some.map(({ name }) => name).join(', ') || 'none'
  return context.figure({
    id: 'fig-cost-tests',
    title: `Cost tests that pass from P10 to P90: ${named(passing)}; that fail: ${named(failing)}`,
    draw: (width) =>
      intervals(
        tests.map(({ name, label, netUsdPerYear: { p10, p50, p90 } }) => ({
          label: width < 500 ? name : `${label} (${name})`,
          className: 'grid',
          value: p50,
          low: p10,
          high: p90,
        })),
        {
          width,
          unit: 'net benefit, USD a year',
          alternative: `Net benefit by cost test, P10 to P90: ${tests.map(({ name, netUsdPerYear }) => `${name} ${ends(netUsdPerYear, signedUsd)}`).join('; ')}.`,
        },
      ),
    note: `Batteries and trading against solar only, a year of all homes; P10 to P90 over ${plural(draws, 'draw')}. Payments between neighbors are transfers: they matter to participants and other ratepayers, and cancel in the last two.`,
    data: table(
      [
        { label: 'Test' },
        { label: 'Formula' },
        { label: 'Net benefit', unit: 'USD/year', number: true },
        { label: 'Benefit over cost', number: true },
        { label: 'Passes', number: true },
      ],
      tests.map(({ name, label, formula, netUsdPerYear, ratio, passesShare }) => [
        `${label} (${name})`,
        formula,
        cell(netUsdPerYear, signedUsd),
        ratio === null ? 'no cost' : cell(ratio, threeFigures),
        shareText(passesShare),
      ]),
      { caption: 'Cost tests of the California Standard Practice Manual', id: 'cost-tests' },
    ),
  })
}

export const worth: ViabilitySection = {
  id: 'worth',
  title: (context) => {
    const battery = studyOf(context).investments.find(({ id }) => id === 'battery')
    if (battery === undefined) return 'What it is worth'
    return `What it is worth: a battery ${ends(battery.npvUsd, signedUsd)}`
  },
  applies: ({ study }) => study !== null,
  render: (context) => {
    const study = studyOf(context)
    const { investments: all } = study
    return markup`${
      all.length === 0
        ? markup`<p>No home here owns both solar and a battery: there is no investment to reckon.</p>`
        : markup`<p>The first column replaces everything by the utility with solar and a battery; the second adds the battery to solar that is there. Savings are those of the homes’ own bills without trading.</p>
${investmentTable(all)}
${flowFigure(context, all)}
${incentiveTable(study)}`
    }
${levelizedTable(study.levelized)}
${testsFigure(context, study)}`
  },
}
