/**
 * Makes the files of this folder from the CityLearn 2.1.2 wheel, unpacked:
 * `node data/embedded/fontana-2016/convert.ts WHEEL_FOLDER`. Reads the twelve homes that this project
 * uses and no other.
 */
import { hash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

const HOMES = [1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16]
const SET = 'citylearn/data/citylearn_challenge_2022_phase_all'

const wheel = process.argv[2]
if (wheel === undefined) {
  console.error('usage: node data/embedded/fontana-2016/convert.ts WHEEL_FOLDER')
  process.exit(2)
}
const read = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(wheel, SET, name)), { columns: true, bom: true })
const milli = (text: string, factor: number): number => Math.round(Number(text) * factor)

const checksums: Record<string, string> = {}
function save(name: string, lines: string[]): void {
  const text = `${lines.join('\n')}\n`
  writeFileSync(join(import.meta.dirname, name), text)
  checksums[name] = hash('sha256', text, 'hex')
}

const schema = JSON.parse(readFileSync(join(wheel, SET, 'schema.json'), 'utf8')) as {
  buildings: Record<string, { pv: { attributes: { nominal_power: number } } }>
}
const nameplates: Record<string, number> = {}
for (const home of HOMES) {
  const rows = read(`Building_${home}.csv`)
  nameplates[home] = schema.buildings[`Building_${home}`].pv.attributes.nominal_power
  save(`home-${String(home).padStart(2, '0')}.csv`, [
    'load_milliwh,solar_milliwh',
    ...rows.map(
      (row) =>
        `${milli(row['Equipment Electric Power [kWh]'], 1e6)},` +
        `${milli(row['Solar Generation [W/kW]'], nameplates[home] * 1e3)}`,
    ),
  ])
}
const prices = read('pricing.csv')
const carbon = read('carbon_intensity.csv')
const weather = read('weather.csv')
save('common.csv', [
  'price_usd_per_kwh,carbon_kg_per_kwh,temp_c',
  ...prices.map((row, at) =>
    [
      Number(row['Electricity Pricing [$/kWh]']),
      Math.round(Number(carbon[at]['kg_CO2/kWh']) * 1e8) / 1e8,
      Number(weather[at]['Outdoor Drybulb Temperature [C]']),
    ].join(','),
  ),
])
save('nameplates.json', [JSON.stringify({ solar_kw: nameplates }, null, 2)])
writeFileSync(join(import.meta.dirname, 'checksums.json'), `${JSON.stringify(checksums, null, 2)}\n`)
