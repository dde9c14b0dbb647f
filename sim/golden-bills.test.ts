import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { scenarioSchema, type ScenarioInput } from '../scenarios/schema.ts'
import { SHARED_DATA, testWithSharedData } from '../testing.ts'
import { marketArea } from './area.ts'
import { CommunityEngine } from './engine.ts'
import { prepare } from './prepare.ts'
import { temporaryFolder } from './testing.ts'

interface Golden {
  tariff: {
    fixed_usd_per_month: number
    weekday_12x24: number[][]
    weekend_12x24: number[][]
    rates: object[][]
    sell_usd_per_kwh_by_period: number[]
  }
  monthly_bill_with_system: number[]
  monthly_bill_without_system: number[]
}

/** SAM's metering options as export rules. */
const EXPORTS: Record<string, ScenarioInput['tariff']['export']> = {
  m0: { kind: 'net-metering-kwh', yearEndUsdPerKwh: 0, trueUpMonth: 12 },
  m1: { kind: 'net-metering-credit', trueUpMonth: 12 },
  m2: { kind: 'net-billing' },
  m4: { kind: 'buy-all-sell-all' },
}

/** The home's record from 1 January, as a scenario's CSV of a year whose 1 January is a Monday. */
function turnedCsv(number: string): string {
  const [, ...rows] = readFileSync(join(SHARED_DATA, `homes-fontana-2016/home_${number}.csv`), 'utf8')
    .trimEnd()
    .split('\n')
  const first = rows.findIndex((row) => row.startsWith('2017-01-01 00:00'))
  return [
    'time,load,solar',
    ...[...rows.slice(first), ...rows.slice(0, first)].map((row, hour) => {
      const [, load, , solar] = row.split(',')
      return `${new Date(Date.UTC(2018, 0, 1, hour)).toISOString().slice(0, 16)}Z,${load},${solar}`
    }),
    '',
  ].join('\n')
}

/** The tariff of a reference as a file of the URDB. */
function urdb({ tariff }: Golden): string {
  const energyratestructure = tariff.rates.map((tiers, period) =>
    tiers.map((tier) => ({ sell: tariff.sell_usd_per_kwh_by_period[period], ...tier })),
  )
  return JSON.stringify({
    energyratestructure,
    energyweekdayschedule: tariff.weekday_12x24,
    energyweekendschedule: tariff.weekend_12x24,
    fixedchargefirstmeter: tariff.fixed_usd_per_month,
    fixedchargeunits: '$/month',
  })
}

const file = (column: string) => ({ file: 'home.csv', column, unit: 'kWh' as const, timeColumn: 'time' })

describe('a run under a URDB file on SAM’s calendar bills every month as PySAM does, to the cent', () => {
  const dir = temporaryFolder()
  testWithSharedData.for([
    'home01_nimo_m1',
    'home01_tier_m0',
    'home10_tier_m2',
    'home10_tou2_m4',
    'home01_tou_nimo_m2',
  ])('%s', (name) => {
    const golden = JSON.parse(readFileSync(join(SHARED_DATA, `golden-bills/${name}.json`), 'utf8')) as Golden
    const option = name.slice(-2)
    writeFileSync(join(dir, 'home.csv'), turnedCsv(name.slice(4, 6)))
    writeFileSync(join(dir, 'rate.json'), urdb(golden))
    const scenario = scenarioSchema.parse({
      schema: 1,
      name: 'golden',
      title: 'one home of the references',
      period: { start: '2018-01-01', days: 365 },
      timeZone: 'UTC',
      settlementMinutes: 60,
      disaggregation: { solar: 'hold', load: 'hold' },
      tariff: {
        label: name,
        source: 'golden-bills',
        year: 2018,
        calendar: 'sam',
        import: { kind: 'urdb', file: 'rate.json' },
        export: EXPORTS[option],
      },
      market: { mechanism: 'none' },
      comparison: { strategies: [] },
      communities: [
        { id: 'one', homes: [{ id: 'home', load: file('load'), solar: { ...file('solar'), kw: 20 } }] },
      ],
    } satisfies ScenarioInput)
    const prepared = prepare(scenario, dir)
    const { result } = new CommunityEngine(
      marketArea(scenario, prepared.communities[0], prepared.axis),
      scenario,
    ).run()
    const { months } = result.homes[0]
    expect(months).toHaveLength(12)
    for (const [at, { bills }] of months.entries()) {
      expect(
        Math.abs(bills.plant.netMicroUsd / 1e6 - golden.monthly_bill_with_system[at]),
        `month ${at + 1}`,
      ).toBeLessThan(0.005)
      expect(
        Math.abs(bills['no-solar'].netMicroUsd / 1e6 - golden.monthly_bill_without_system[at]),
      ).toBeLessThan(0.005)
    }
  })
})
