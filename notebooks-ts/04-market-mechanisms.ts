// %% [markdown]
// # Market mechanisms
//
// The same homes under every mechanism that the workbench has, held against the first: who trades how much, at what
// price, and whose bill changes. Differences are paired home by home, so that homes being different does not hide them.

// %% Every mechanism, three days
import { choices, compare, plot, type Run, run, show } from 'vpp-workbench'

const runs: Record<string, Run> = {}
for (const mechanism of ['none', ...choices('market.mechanism').filter((name) => name !== 'none')]) {
  runs[mechanism] = await run('first-neighborhood', {
    set: { 'period.days': 3, 'market.mechanism': mechanism },
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

// %% Home by home
const homes = bill?.others[0]?.differences.map(([home]) => home) ?? []
show(
  plot({
    title: 'What trading does to each home’s bill',
    kind: 'bars',
    x: homes.map((home) => home.split('/')[1].replace('home-', '')),
    xLabel: 'home',
    yLabel: 'USD/month against no trading',
    series: (bill?.others ?? []).map(({ differences }, at) => ({
      label: comparison.items[at + 1],
      values: differences.map(([, value]) => value),
    })),
  }),
)

// %% [markdown]
// What a pair gains the utility loses a part of, which stands in its revenue above: transfers sum to zero.
