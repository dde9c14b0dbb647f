import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import { SHARED_DATA, testWithSharedData } from '../testing.ts'
import { FONTANA_HOMES, loadFontanaCommon, loadFontanaHome } from './fontana.ts'

const shared = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(SHARED_DATA, 'homes-fontana-2016', name)), { columns: true })

testWithSharedData('the embedded homes are those of ../shared/data, to the last digit or one', () => {
  for (const home of FONTANA_HOMES) {
    const { rows } = loadFontanaHome(home)
    const other = shared(`home_${String(home).padStart(2, '0')}.csv`)
    expect(other).toHaveLength(8760)
    let worst = 0
    other.forEach((row, at) => {
      // That folder was rounded from another copy of the set: its sixth decimal differs by one now and then.
      worst = Math.max(worst, Math.abs(rows.loadMilliWh[at] - Math.round(Number(row.load_kwh) * 1e6)))
      worst = Math.max(worst, Math.abs(rows.solarMilliWh[at] - Math.round(Number(row.pv_kwh) * 1e6)))
    })
    expect(worst).toBeLessThanOrEqual(1)
  }
})

testWithSharedData('so are price and temperature', () => {
  const { price, temperature } = loadFontanaCommon().frame.columns
  const rows = shared('common.csv')
  const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0)
  expect(sum(price)).toBeCloseTo(sum(rows.map((row) => Number(row.price_usd_per_kwh))), 9)
  expect(sum(temperature)).toBeCloseTo(sum(rows.map((row) => Number(row.temp_c))), 6)
})
