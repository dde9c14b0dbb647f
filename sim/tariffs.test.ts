import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { localClock } from '../data/local-clock.ts'
import { loadScenario } from '../scenarios/load.ts'
import { type Scenario, scenarioSchema, type Tariff } from '../scenarios/schema.ts'
import { ruleBaselines } from '../reports/kpi/rule-baselines.ts'
import { prepare } from './prepare.ts'
import { tariffClock } from './tariff-plan.ts'
import { runGallery, temporaryFolder } from './testing.ts'

const PEAK = '000000000000000011111000'
const NIGHT = '000000000000000000000000'

type Rules = { import?: object; export?: object; more?: object }

/** First-neighborhood for some days under another tariff. */
const runUnder = (
  start: string,
  days: number,
  { import: buy, export: sell, more }: Rules,
  edit?: (scenario: Scenario) => void,
) =>
  runGallery('first-neighborhood', days, {
    edit: (scenario) => {
      const given = {
        ...scenario,
        period: { ...scenario.period, start },
        settlementMinutes: 60,
        tariff: {
          ...scenario.tariff,
          ...more,
          ...(buy ? { import: buy } : {}),
          ...(sell ? { export: sell } : {}),
        },
      }
      Object.assign(scenario, scenarioSchema.parse(given))
      edit?.(scenario)
    },
  })

const TIME_OF_USE = {
  kind: 'rate',
  periods: [
    { tiers: [{ usdPerKwh: 0.1, sellUsdPerKwh: 0.03 }] },
    { tiers: [{ usdPerKwh: 0.4, sellUsdPerKwh: 0.09 }] },
  ],
  weekday: [PEAK],
  weekend: [NIGHT],
}

describe('a time-of-use rate', () => {
  // Clocks go back on 6 November 2016 (25 hours) and forward on 12 March 2017 (23 hours), both Sundays.
  test.each(['2016-11-04', '2017-03-10'])(
    'prices every interval by the wall clock of its place, from %s',
    (start) => {
      const { engine, series, result } = runUnder(start, 5, {
        import: TIME_OF_USE,
        export: { kind: 'net-billing' },
      })
      const { axis } = engine.area
      expect(axis.count).toBe(start === '2016-11-04' ? 121 : 119)
      const peak = Array.from({ length: axis.count }, (_, step) => {
        const at = Temporal.Instant.fromEpochMilliseconds((axis.startSeconds + step * 3600) * 1000)
        const { hour, dayOfWeek } = at.toZonedDateTimeISO('America/Los_Angeles')
        return dayOfWeek <= 5 && hour >= 16 && hour < 21
      })
      expect(peak.filter(Boolean)).toHaveLength(15)
      for (const [home, { months }] of result.homes.entries()) {
        const column = series.homes[home]
        const sum = (values: Int32Array, minus: Int32Array, atPeak: boolean) =>
          values.reduce((all, value, step) => all + (peak[step] === atPeak ? value - minus[step] : 0), 0)
        const bought = (at: boolean) => BigInt(sum(column.import_kwh, column.peer_bought_kwh, at))
        const sold = (at: boolean) => BigInt(sum(column.export_kwh, column.peer_sold_kwh, at))
        const round = (microUsdTimesMillion: bigint) => Number((microUsdTimesMillion + 500_000n) / 1_000_000n)
        expect(months).toHaveLength(1)
        expect(months[0].bills.plant.energyMicroUsd).toBe(
          round(bought(false) * 100_000n + bought(true) * 400_000n),
        )
        expect(months[0].bills.plant.exportCreditMicroUsd).toBe(
          0 - round(sold(false) * 30_000n + sold(true) * 90_000n),
        )
      }
    },
  )

  test('with one price throughout is the flat tariff', () => {
    const same = { tiers: [{ usdPerKwh: 0.3 }] }
    const rate = { ...TIME_OF_USE, periods: [same, same] }
    const bills = (rules: Rules) =>
      runUnder('2016-08-01', 3, rules).result.homes.map(({ months }) => months.map((month) => month.bills))
    const sell = { kind: 'flat', usdPerKwh: 0.05 }
    expect(bills({ import: rate, export: sell })).toEqual(
      bills({ import: { kind: 'flat', usdPerKwh: 0.3 }, export: sell }),
    )
    const netting = { kind: 'net-metering', excessUsdPerKwh: 0.04 }
    expect(bills({ import: rate, export: netting })).toEqual(
      bills({ import: { kind: 'flat', usdPerKwh: 0.3 }, export: netting }),
    )
  })

  test('under SAM’s calendar 1 January is a Monday', () => {
    const { scenario } = loadScenario('first-neighborhood', { days: 8 })
    scenario.period.start = '2017-01-01' // a Sunday
    const { axis } = prepare(scenario, '.')
    const clock = localClock(axis, scenario.timeZone)
    const weekend = (calendar: Tariff['calendar']) =>
      Array.from({ length: 8 }, (_, day) => tariffClock(clock, calendar).weekend[day * 288])
    expect(weekend('civil')).toEqual([1, 0, 0, 0, 0, 0, 1, 1])
    expect(weekend('sam')).toEqual([0, 0, 0, 0, 0, 1, 1, 0])
  })
})

const RULES: [string, Rules][] = [
  [
    'tiers and kWh rollover',
    {
      import: {
        kind: 'rate',
        periods: [{ tiers: [{ usdPerKwh: 0.1, upToKwh: 3, perDay: true }, { usdPerKwh: 0.3 }] }],
        minimumUsdPerMonth: 8,
      },
      export: { kind: 'net-metering-kwh', yearEndUsdPerKwh: 0.03, trueUpMonth: 8 },
    },
  ],
  [
    'dollar credits and a charge on solar',
    {
      import: { kind: 'published', name: 'ma-r1' },
      export: { kind: 'net-metering-credit', creditUsdPerKwh: 0.27271 },
      more: {
        solarChargeUsdPerKwMonth: 0.97,
        lowIncomeDiscountFraction: 0.32,
        lowIncomeCreditUsdPerMonth: 5,
      },
    },
  ],
  [
    'buy all, sell all, demand',
    {
      import: {
        ...TIME_OF_USE,
        demand: { periods: [[{ usdPerKw: 2 }]], month: [{ usdPerKw: 1, upToKw: 2 }, { usdPerKw: 3 }] },
      },
      export: { kind: 'buy-all-sell-all', sellUsdPerKwh: 0.08 },
    },
  ],
  [
    'a value stack',
    {
      import: { kind: 'published', name: 'ny-sc1' },
      export: { kind: 'value-stack', components: [{ label: 'energy', usdPerKwh: 0.0744, source: 'NYISO' }] },
    },
  ],
  [
    'hourly export prices',
    { import: { kind: 'flat', usdPerKwh: 0.3 }, export: { kind: 'series', column: 'fontana-2016/price' } },
  ],
]

describe.each(RULES)('%s', (_, rules) => {
  const { result } = runUnder('2016-08-20', 20, rules)

  test('every bill is the sum of its lines', () => {
    for (const { months } of result.homes)
      for (const { bills, baselines } of months)
        for (const { netMicroUsd, ...lines } of [...Object.values(bills), ...Object.values(baselines)])
          expect(Object.values(lines).reduce((sum, line) => sum + line, 0)).toBe(netMicroUsd)
  })

  test('what homes, operator and utility gain on each set of rules sums to zero', () => {
    const { scenario } = loadScenario('first-neighborhood')
    const results = { communities: [result], simulatedDays: 20 } as Parameters<typeof ruleBaselines>[0]
    const compared = ruleBaselines(results, scenario)
    expect(compared.map(({ transfersMicroUsd }) => transfersMicroUsd)).toEqual([0, 0, 0])
    for (const { homes, losers } of compared) {
      const named = homes.filter(({ usdPerMonth }) => usdPerMonth <= -0.01).map(({ label }) => label)
      expect(losers.filter((label) => label.startsWith('Home '))).toEqual(named)
    }
  })
})

test('today’s rules without trading are the run itself: nobody gains or loses', () => {
  const rules = {
    import: { kind: 'published', name: 'ma-r1' },
    export: { kind: 'net-metering-credit', creditUsdPerKwh: 0.27 },
  }
  const { result } = runUnder('2016-08-01', 10, rules, (scenario) => (scenario.market.mechanism = 'none'))
  for (const { months } of result.homes)
    for (const { bills, baselines } of months) expect(baselines.today).toEqual(bills.plant)
})

test('the charge on solar falls on homes that have it, in every case where they have', () => {
  const { result } = runUnder('2016-08-01', 31, { more: { solarChargeUsdPerKwMonth: 1 } })
  const [solar, consumer] = [result.homes[0], result.homes[1]]
  expect(solar.months[0].bills.plant.solarChargeMicroUsd).toBe(4_000_000)
  expect(solar.months[0].bills['no-solar'].solarChargeMicroUsd).toBe(0)
  expect(consumer.months[0].bills.plant.solarChargeMicroUsd).toBe(0)
})

describe('files', () => {
  const dir = temporaryFolder()
  mkdirSync(dir, { recursive: true })
  const scenario = () => loadScenario('first-neighborhood', { days: 2 }).scenario

  test('wholesale prices of a file pay exports by the hour; a file that is too short is refused', () => {
    const prices = (hours: number) =>
      [
        'utc_start,usd_per_mwh',
        ...Array.from(
          { length: hours },
          (_, hour) =>
            `${new Date(Date.UTC(2016, 7, 1, hour)).toISOString().slice(0, 16)}Z,${hour % 24 === 20 ? -10 : 40}`,
        ),
      ].join('\n')
    writeFileSync(join(dir, 'prices.csv'), `${prices(72)}\n`)
    const given = scenario()
    given.baselines.wholesale = { ...given.baselines.wholesale, file: 'prices.csv' }
    const { tariffs } = prepare(given, dir).communities[0]
    const { exportUsdPerKwh } = tariffs.baselines.wholesale
    expect(exportUsdPerKwh).toHaveLength(576)
    // The run begins at 07:00 UTC; 20:00 UTC is 13 hours later.
    expect([exportUsdPerKwh?.[0], exportUsdPerKwh?.[13 * 12]]).toEqual([0.04, -0.01])
    writeFileSync(join(dir, 'prices.csv'), `${prices(20)}\n`)
    expect(() => prepare(given, dir)).toThrow(
      /baselines.wholesale.file \(prices.csv\) {2}covers .* the run needs/,
    )
  })

  test('a URDB file is read from the scenario’s folder, and stands among the inputs', () => {
    const grid = Array.from({ length: 12 }, () => Array.from({ length: 24 }, () => 0))
    const text = JSON.stringify({
      items: [
        {
          label: 'x',
          energyratestructure: [[{ rate: 0.2 }]],
          energyweekdayschedule: grid,
          energyweekendschedule: grid,
          fixedmonthlycharge: 9,
        },
      ],
    })
    writeFileSync(join(dir, 'rate.json'), text)
    const given = scenario()
    given.tariff.import = { kind: 'urdb', file: 'rate.json' }
    const prepared = prepare(given, dir)
    expect(prepared.communities[0].tariffs.own.rate?.fixedUsdPerMonth).toBe(9)
    expect(prepared.inputs.map(({ name }) => name)).toContain('rate.json')
    given.tariff.import.file = 'none.json'
    expect(() => prepare(given, dir)).toThrow(/none.json/)
    const tiers = '[{"rate":0.2,"max":100,"unit":"kWh/kW"},{"rate":0.3}]'
    writeFileSync(join(dir, 'by-demand.json'), text.replace('[{"rate":0.2}]', tiers))
    given.tariff.import.file = 'by-demand.json'
    expect(() => prepare(given, dir)).toThrow(/by-demand.json .*tiers by kWh\/kW/)
  })
})

test.each([
  [{ export: { kind: 'net-metering-kwh' } }, 'tariff.export.kind'],
  [{ import: { ...TIME_OF_USE, weekday: [PEAK.replace('1', '2')] } }, 'tariff.import.weekday.0'],
  [{ import: { ...TIME_OF_USE, weekday: [PEAK, PEAK] } }, 'tariff.import.weekday'],
  [{ import: { ...TIME_OF_USE, weekday: ['0101'] } }, 'tariff.import.weekday.0'],
  [
    { import: { kind: 'rate', periods: [{ tiers: [{ usdPerKwh: 1, upToKwh: 9 }] }] } },
    'tariff.import.periods.0.tiers.0.upToKwh',
  ],
  [
    { import: { kind: 'rate', periods: [{ tiers: [{ usdPerKwh: 1 }, { usdPerKwh: 2 }] }] } },
    'tariff.import.periods.0.tiers.0',
  ],
  [{ import: { kind: 'published', name: 'ny-sc2' } }, 'tariff.import.name'],
])('%j is refused at %s', (rules, place) => {
  const { scenario } = loadScenario('first-neighborhood')
  const { error } = scenarioSchema.safeParse({ ...scenario, tariff: { ...scenario.tariff, ...rules } })
  expect(error?.issues.map(({ path }) => path.join('.'))).toContain(place)
})
