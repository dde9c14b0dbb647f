// %% [markdown]
// # Tokens and burn
//
// Every generated kilowatt-hour mints a token (Tgen). What a battery stores for others is exchanged for Tstorage; as the
// battery loses energy, tokens must be burned, or claims stand without energy behind them. The algorithm predicts what is
// still there and sets tokens aside before the loss is measured.

// %% Four days, with and without set-aside
import { plot, query, run, series, show, withTokens } from 'vpp-workbench'

const days = { 'period.days': 4 }
const runs = {
  predicted: await run('first-neighborhood', { set: days }),
  'without set-aside': await run('first-neighborhood', { set: { ...days, 'burn.setAside': false } }),
}

// %% Where the tokens went
const [community] = withTokens(runs.predicted.results.communities)
show(
  (['tgen', 'tstorage'] as const).map((kind) => {
    const { mintedMilliWh, activeMilliWh, setAsideMilliWh, burned } = community[kind]
    const sum = Object.values(burned).reduce((total, one) => total + one, 0)
    return {
      token: kind,
      'minted, kWh': mintedMilliWh / 1e6,
      'active, kWh': activeMilliWh / 1e6,
      'set aside, kWh': setAsideMilliWh / 1e6,
      'burned, kWh': sum / 1e6,
      'left over, kWh': (mintedMilliWh - activeMilliWh - setAsideMilliWh - sum) / 1e6,
    }
  }),
)

// %% What set-aside does
show(
  Object.entries(runs).map(([name, { kpi }]) => ({
    run: name,
    'unbacked, kWh·h': kpi.unbacked,
    'burned as loss, kWh': kpi['storage-loss-burned'],
    'against the true loss': kpi['burn-error'],
    'batteries over-burned': kpi['over-burned'],
  })),
)

// %% Claims and the energy behind them
const columns = ['tstorage_active_kwh', 'tstorage_set_aside_kwh', 'true_deliverable_kwh']
const market = await series(runs.predicted, 'market', { columns })
const thinned = market.filter((_, at) => at % 6 === 0)
show(
  plot({
    title: 'Active tokens stay below the energy that the batteries can deliver',
    x: thinned.map(({ interval_start_utc: start }) => start),
    yLabel: 'kWh',
    series: [
      { label: 'active tokens', values: thinned.map((row) => Number(row.tstorage_active_kwh)) },
      { label: 'set aside', values: thinned.map((row) => Number(row.tstorage_set_aside_kwh)) },
      { label: 'deliverable energy', values: thinned.map((row) => Number(row.true_deliverable_kwh)) },
    ],
  }),
)

// %% The same in SQL
show(
  await query(
    `select date_trunc('day', interval_start_utc) as day,
            max(tstorage_active_kwh)::double as most_active_kwh,
            max(tstorage_set_aside_kwh)::double as most_set_aside_kwh
     from tokens_market group by day order by day`,
    { tokens: runs.predicted },
  ),
)

// %% [markdown]
// The chain of blocks in `ledger/` of the run's folder can be checked by code that shares nothing with the simulator:
// `vpp ledger verify FOLDER`, and one token followed through it: `vpp ledger trace`.
