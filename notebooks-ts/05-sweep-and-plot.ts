// %% [markdown]
// # Sweep and plot
//
// A sweep runs one scenario many times with other values of any fields. Here: how large should the battery be, under which fee?
// The points are a Sobol sequence; `grid`, `list` and `latin-hypercube` are the others. On the command line the same is `vpp sweep`,
// which also spreads over machines.

// %% Sixteen runs
import { plot, query, show, sweep } from 'vpp-workbench'

const capacity = 'communities[].homes[].battery.capacityKwh'
const fee = 'market.platformFeeUsdPerKwh'
const study = await sweep({
  name: 'battery-and-fee',
  scenario: 'one-home',
  design: 'sobol',
  samples: 16,
  set: { 'period.days': 1 },
  parameters: [
    { path: capacity, from: 2, to: 14 },
    { path: fee, from: 0, to: 0.05 },
  ],
})
show(`${study.rows.length} runs, ${study.failures.length} failures`)
show(study.rows.slice(0, 4).map(({ runId, fields, kpi }) => ({ runId, ...fields, gain: kpi['plant-gain'] })))

// %% Larger is better, up to the day’s surplus
const sorted = study.rows.toSorted((a, b) => Number(a.fields[capacity]) - Number(b.fields[capacity]))
show(
  plot({
    title: 'Self-sufficiency grows with the battery until the day’s surplus fits in',
    kind: 'points',
    x: sorted.map(({ fields }) => Number(fields[capacity])),
    xLabel: 'battery, kWh',
    yLabel: 'self-sufficiency',
    series: [{ label: 'one home, one day', values: sorted.map(({ kpi }) => kpi['self-sufficiency']) }],
  }),
)

// %% The table in SQL
show(
  await query(
    `select round("${capacity}" / 4) * 4 as about_kwh, count(*) as runs,
            avg("self-sufficiency") as self_sufficiency, avg("plant-gain") as gain_usd_per_month
     from study group by about_kwh order by about_kwh`,
    { study },
  ),
)

// %% [markdown]
// Nothing is computed twice: the same points, in this sweep or another, are taken from where they are.

// %% Again, at once
const again = await sweep({
  scenario: 'one-home',
  design: 'list',
  set: { 'period.days': 1 },
  points: study.rows.slice(0, 3).map(({ fields }) => fields as Record<string, number>),
})
show(again.rows.map(({ runId }, at) => ({ runId, same: runId === study.rows[at].runId })))
