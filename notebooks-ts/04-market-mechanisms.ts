// %% [markdown]
// # Market mechanisms
//
// The same homes under every mechanism that the workbench has, held against the first: who trades how much, at what
// price, and whose bill changes. Differences are paired home by home, so that homes being different does not hide them.

// %% Every mechanism, one day
import { choices, compare, plot, type Run, run, show } from 'vpp-workbench'

const runs: Record<string, Run> = {}
for (const mechanism of ['none', ...choices('market.mechanism').filter((name) => name !== 'none')]) {
  runs[mechanism] = await run('first-neighborhood', {
    set: { 'period.days': 1, 'market.mechanism': mechanism },
  })
}
show(
  Object.entries(runs).map(([mechanism, { kpi }]) => ({
    mechanism,
    'traded, kWh': kpi.traded,
    'mean price, USD/kWh': kpi['mean-peer-price'],
    'gain from trading, USD/month': kpi['trading-gain'],
    'operator, USD/month': kpi['operator-income'],
    'utility, USD/month': kpi['utility-revenue-change'],
  })),
)

// %% Paired differences of the bills
const comparison = compare(runs)
const bill = comparison.paired.find(({ id }) => id === 'bill')
show(
  (bill?.others ?? []).map(({ mean, interval, pairs }, at) => ({
    mechanism: comparison.items[at + 1],
    'bill against none, USD/month': mean,
    from: interval?.[0] ?? null,
    to: interval?.[1] ?? null,
    homes: pairs,
  })),
)

// %% Who gets it
const shown = new Set(['mid-market', 'supply-demand-ratio', 'double-auction'])
const others = (bill?.others ?? []).map((other, at) => ({ ...other, mechanism: comparison.items[at + 1] }))
show(
  plot({
    title: 'The same trades, shared out differently: which homes gain depends on the mechanism',
    kind: 'bars',
    x: (others[0]?.differences ?? []).map(([home]) => home.split('/')[1].replace('home-', '')),
    xLabel: 'home',
    yLabel: 'USD/month against no trading',
    series: others
      .filter(({ mechanism }) => shown.has(mechanism))
      .map(({ mechanism, differences }) => ({
        label: mechanism,
        values: differences.map(([, value]) => value),
      })),
  }),
)

// %% [markdown]
// What a pair gains the utility loses a part of, which stands in its revenue above: transfers sum to zero. A single day says
// nothing of a year, and what settles by the month (credit allocation) hardly shows in it: take longer periods.
