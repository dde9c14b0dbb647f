import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RUN_FILES } from '../data/run-files.ts'
import { runInto, temporaryFolder } from '../sim/testing.ts'
import { computeKpis, kpiJson } from './kpi/compute.ts'
import { readRun } from './read-run.ts'
import { renderReport } from './render.ts'

test('what is read of a real run is in kWh and USD, and so is its report', async () => {
  const { dir } = await runInto(temporaryFolder(), 'first-neighborhood', 5, {
    derive: (folder, results, scenario) =>
      writeFileSync(join(folder, RUN_FILES.kpi), kpiJson(computeKpis(results, scenario))),
  })
  const input = await readRun(dir)
  expect(input.retail).toMatchObject({ least: expect.closeTo(0.22, 12), greatest: expect.closeTo(0.54, 12) })

  // Five days are the first window whole: its sums are the run's.
  const [week] = input.windows
  const [{ homes, market }] = input.results.communities
  const drawn = (column: 'solarKwh' | 'loadKwh' | 'dischargeKwh' | 'tradedKwh') =>
    week.columns[column].reduce((all, kwh) => all + kwh, 0)
  const total = (of: 'solarMilliWh' | 'loadMilliWh' | 'dischargeMilliWh') =>
    homes.reduce((all, home) => all + home.total[of], 0) / 1e6
  expect(drawn('solarKwh')).toBeCloseTo(total('solarMilliWh'), 6)
  expect(drawn('loadKwh')).toBeCloseTo(total('loadMilliWh'), 6)
  expect(drawn('dischargeKwh')).toBeCloseTo(total('dischargeMilliWh'), 6)
  expect(drawn('tradedKwh')).toBeCloseTo(market.tradedMilliWh / 1e6, 6)
  const price = week.columns.peerPriceUsdPerKwh.filter((value) => !Number.isNaN(value))
  expect(Math.min(...price)).toBeGreaterThan(0.05)
  expect(Math.max(...price)).toBeLessThan(0.54)

  const [, avoided] = /buys avoids (.{1,40}), by the hour/.exec(renderReport(input)) ?? []
  expect(avoided).toBe('22\u00a0¢ to 54\u00a0¢')
})
