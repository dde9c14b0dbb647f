import { HIGH_BURDEN, SEVERE_BURDEN } from '../../models/fairness/burden.ts'
import type { CommunityResult } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { burdens, type HomeBurden } from '../kpi/fairness.ts'
import { ROLE_LABELS, roleOf } from '../kpi/roles.ts'
import { monthlyGainUsd, monthsOf } from '../kpi/sums.ts'
import { NOTHING, percent, plural, signedUsd, threeFigures, usd, whole } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'

function measures({ value }: SectionContext): Markup {
  const shown = (figure: number | null, format: (value: number) => string) =>
    figure === null ? 'not defined here' : format(figure)
  const losers = value('trading-losers')
  return markup`<p>Of what trading alone saves, as part of each home’s bill: Gini <strong>${shown(value('saving-gini'), threeFigures)}</strong> (0: all alike), Jain’s index <strong>${shown(value('saving-jain'), threeFigures)}</strong> (1: all alike). Neither is defined where a home loses or none saves. <strong>${losers === null ? NOTHING : percent(losers)}</strong> of the homes lose by trading, at a cent a month or more.</p>`
}

const group = (title: string, rows: readonly HomeBurden[]) => {
  const mean = (of: (row: HomeBurden) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length
  const above = (least: number, when: 'before' | 'after') => rows.filter((row) => row[when] >= least).length
  return [
    `${title} × ${rows.length}`,
    usd(mean(({ usdPerYear }) => usdPerYear)),
    percent(mean(({ before }) => before)),
    percent(mean(({ after }) => after)),
    `${above(HIGH_BURDEN, 'before')} → ${above(HIGH_BURDEN, 'after')}`,
    `${above(SEVERE_BURDEN, 'before')} → ${above(SEVERE_BURDEN, 'after')}`,
  ]
}

function burdenTable({ input }: SectionContext): Markup {
  const all = burdens(input.results, input.scenario)
  if (all.length === 0)
    return markup`<p>Energy burden is not reckoned: the scenario states no home’s income, and none is invented.</p>`
  const [low, other] = [all.filter(({ lowIncome }) => lowIncome), all.filter(({ lowIncome }) => !lowIncome)]
  const sources = [...new Set(all.map(({ source }) => source))]
  return markup`${table(
    [
      { label: 'Income group' },
      { label: 'Income', unit: 'USD/year, mean', number: true },
      { label: 'Burden before', unit: 'without trading', number: true },
      { label: 'Burden after', unit: 'with the plant', number: true },
      { label: 'High', unit: `homes ≥ ${HIGH_BURDEN * 100} %`, number: true },
      { label: 'Severe', unit: `homes ≥ ${SEVERE_BURDEN * 100} %`, number: true },
    ],
    [
      ...(low.length > 0 ? [group('Low-income consumers', low)] : []),
      ...(other.length > 0 ? [group('Other homes', other)] : []),
    ],
    { caption: 'Electric burden: the year’s electricity bill over gross income', id: 'burden' },
  )}
<p>Electricity only, so less than the energy burden. Income: ${sources.map((source, at) => markup`${at > 0 ? '; ' : ''}${named(source)}`)}.</p>`
}

function shapleyTable(input: SectionContext['input'], { homes, pooling, label }: CommunityResult): Markup {
  if (pooling === undefined) return markup``
  const months = monthsOf(input.results)
  const { aloneMicroUsd, shapleyMicroUsd, halfWidthMicroUsd, method, orders } = pooling
  const monthly = (microUsd: number) => microUsd / 1e6 / months
  const rows = homes
    .map((home, at) => ({
      home,
      share: monthly(aloneMicroUsd[at] - shapleyMicroUsd[at]),
      half: method === 'sampled' ? monthly(halfWidthMicroUsd[at]) : null,
      market: monthlyGainUsd(input.results, home, 'own-battery'),
    }))
    .toSorted((a, b) => b.share - a.share)
  const shown = rows.slice(0, 40)
  const how =
    method === 'exact'
      ? `all ${whole(2 ** homes.length)} coalitions counted`
      : `${whole(orders)} sampled orders, ± half of the 95 % interval`
  return markup`${table(
    [
      { label: 'Home' },
      { label: 'Role' },
      { label: 'Fair share of pooling', unit: 'USD/month (Shapley)', number: true },
      { label: 'What trading gave it', unit: 'USD/month', number: true },
    ],
    shown.map(({ home, share, half, market }) => [
      named(home.label),
      ROLE_LABELS[roleOf(home)],
      `${signedUsd(share)}${half === null ? '' : ` ± ${usd(half)}`}`,
      signedUsd(market),
    ]),
    { caption: markup`<bdi>${label}</bdi>: fair shares, ${how}`, id: `shapley-${homes[0].id}` },
  )}${shown.length < rows.length ? markup`<p>The ${plural(shown.length, 'home')} with the greatest shares of ${rows.length}.</p>` : ''}`
}

export const fairness: Section = {
  id: 'fairness',
  title: 'How fairly the gain is divided',
  render: (context) => {
    const { results } = context.input
    return markup`${measures(context)}
${burdenTable(context)}
<p>A home’s fair share is what it adds to the saving of those before it, averaged over all orders of joining (Shapley). The game: all meters pooled, hour by hour, at the retail price and at what a seller forgoes, delivery and fees left out${results.years > 1 ? '; of the first run through the series' : ''}. It is what could be shared, not what the mechanism shared.</p>
${results.communities.map((community) => shapleyTable(context.input, community))}`
  },
}
