// %% [markdown]
// # Bring your meter data
//
// A home is a CSV file of its meter: a column of times, a column of energy. Here the file is made first, so that
// the notebook runs as it is; put your own in its place. Other formats (Green Button, Ausgrid, ResStock, SimBench, …) become
// such files by `vpp data import`.

// %% A meter file
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { plot, query, run, series, show, VppError } from 'vpp-workbench'

const folder = mkdtempSync(join(tmpdir(), 'vpp-meter-'))
const rows = Array.from({ length: 7 * 24 }, (_, hour) => {
  const time = new Date(Date.UTC(2024, 5, 3, 4 + hour)).toISOString().slice(0, 16)
  const ofDay = hour % 24
  const load = 0.35 + (ofDay >= 17 && ofDay < 22 ? 1.4 : 0) + (ofDay === 7 ? 0.6 : 0)
  const solar = Math.max(0, 3.1 * Math.sin(((ofDay - 5.5) / 15) * Math.PI))
  return `${time}Z,${load.toFixed(3)},${solar.toFixed(3)}`
})
writeFileSync(join(folder, 'meter.csv'), `time,use_kwh,solar_kwh\n${rows.join('\n')}\n`)

// %% [markdown]
// Look at it before it is used: DuckDB reads the file as it is.

// %% What is in it
const file = join(folder, 'meter.csv')
show(
  await query(
    'select count(*) as hours, min(time) as first, max(time) as last, sum(use_kwh) as use, sum(solar_kwh) as solar from meter',
    { meter: file },
  ),
)

// %% Two homes: one with the solar and a battery, a neighbor without
const column = { file: 'meter.csv', unit: 'kWh', timeColumn: 'time' } as const
const mine = await run(
  {
    schema: 1,
    name: 'my-meter',
    title: 'My home and a neighbor',
    period: { start: '2024-06-03', days: 7 },
    timeZone: 'America/New_York',
    settlementMinutes: 15,
    tariff: {
      label: 'Flat price, an assumption',
      source: 'none',
      year: 2024,
      import: { kind: 'flat', usdPerKwh: 0.28 },
      export: { kind: 'flat', usdPerKwh: 0.06 },
    },
    communities: [
      {
        id: 'street',
        homes: [
          {
            id: 'mine',
            load: { ...column, column: 'use_kwh' },
            solar: { ...column, column: 'solar_kwh', kw: 5 },
            battery: { capacityKwh: 10, powerKw: 5 },
          },
          { id: 'neighbor', role: 'consumer', load: { ...column, column: 'use_kwh', scale: 0.8 } },
        ],
      },
    ],
  },
  { baseDir: folder },
)
show({
  'self-sufficiency': mine.kpi['self-sufficiency'],
  'traded, kWh': mine.kpi.traded,
  'a home gains, USD/month': mine.kpi['plant-gain'],
})

// %% The battery through the week
const battery = (await series(mine, 'homes', { columns: ['home', 'battery_energy_kwh'] })).filter(
  ({ home }) => home === 'mine',
)
show(
  plot({
    title: 'The battery fills before noon and is empty before midnight',
    x: battery.map(({ interval_start_utc: start }) => start),
    yLabel: 'energy in the battery, kWh',
    series: [{ label: 'mine', values: battery.map((row) => Number(row.battery_energy_kwh)) }],
  }),
)

// %% [markdown]
// What does not fit is told with its place: here, a run longer than the file.

// %% A mistake
try {
  await run(mine.scenario, { baseDir: folder, set: { 'period.days': 8 } })
} catch (error) {
  if (!(error instanceof VppError)) throw error
  show(error.message)
}
