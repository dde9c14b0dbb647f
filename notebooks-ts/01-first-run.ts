// %% [markdown]
// # First run
//
// A neighborhood of measured homes, simulated for three days: what it generates and uses, what neighbors trade, who
// gains. Run it with `vpp notebook run 01-first-run`, or render it to a page with `vpp notebook render 01-first-run`.

// %% Run a scenario of the gallery
import { plot, run, series, show } from 'vpp-workbench'

const neighborhood = await run('first-neighborhood', { set: { 'period.days': 3 } })
show(
  neighborhood.kpis
    .filter(({ value }) => value !== null)
    .slice(0, 12)
    .map(({ label, value, unit }) => ({ figure: label, value, unit })),
)

// %% [markdown]
// Each figure has its formula; three days of August say nothing of a year (`period.days` is 365 in the scenario). Energy
// is whole milliwatt-hours inside, kWh in the tables.

// %% Formulas
show(neighborhood.kpis.slice(0, 3).map(({ id, formula }) => ({ id, formula })))

// %% A look at the intervals
const market = await series(neighborhood, 'market', { columns: ['import_kwh', 'export_kwh', 'traded_kwh'] })
const hours = market.filter((_, at) => at % 12 === 0).map(({ interval_start_utc: start }) => start)
const hourly = (column: string) =>
  hours.map((_, hour) =>
    market.slice(hour * 12, hour * 12 + 12).reduce((sum, row) => sum + Number(row[column]), 0),
  )

show(
  plot({
    title: 'The neighborhood buys most in the evening, and trades while the sun shines',
    x: hours,
    yLabel: 'kWh in an hour',
    series: [
      { label: 'bought from the utility', values: hourly('import_kwh') },
      { label: 'sold to the utility', values: hourly('export_kwh') },
      { label: 'traded among neighbors', values: hourly('traded_kwh') },
    ],
  }),
)

// %% Home by home
const [community] = neighborhood.results.communities
show(
  community.homes.map(({ id, role, total }) => ({
    home: id,
    role,
    'solar, kWh': total.solarMilliWh / 1e6,
    'load, kWh': total.loadMilliWh / 1e6,
    'sold to neighbors, kWh': total.peerSoldMilliWh / 1e6,
    'bought from neighbors, kWh': total.peerBoughtMilliWh / 1e6,
  })),
)
