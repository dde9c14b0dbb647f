import { describe, expect, test } from 'vitest'
import { ACCOUNT_BALANCE, ACCOUNT_CREDIT } from '../../ledger/contract/columns.ts'
import { AGEING_MODELS } from '../../models/battery/ageing/ageing.ts'
import { AGEING_NAMES, strategy as strategySchema } from '../../scenarios/schema-battery.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { highsSolver } from '../highs.ts'
import { runGallery, tokensOf } from '../testing.ts'

const solver = await highsSolver()
type Battery = NonNullable<Scenario['communities'][number]['homes'][number]['battery']>

/** Every battery of a scenario, changed. */
const batteries = (change: (battery: Battery) => object) => (scenario: Scenario) => {
  for (const { homes } of scenario.communities) {
    for (const home of homes) {
      if (home.battery !== undefined) Object.assign(home.battery, change(home.battery))
    }
  }
}
const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((all, item) => all + value(item), 0)

/** A run in which the engine itself held every invariant, every interval; and what is true besides. */
function run(days: number, edit: (scenario: Scenario) => void, name = 'first-neighborhood') {
  const outcome = runGallery(name, days, {
    solver,
    edit: (scenario) => {
      scenario.settlementMinutes = 15
      edit(scenario)
    },
  })
  const { result, engine } = outcome
  expect(tokensOf(result).ledger.balancesMicroUsd).toBe(tokensOf(result).ledger.openingMicroUsd)
  const { view } = engine.ledger
  for (const [index, home] of result.homes.entries()) {
    const net = sum(home.months, ({ bills }) => bills.plant.netMicroUsd)
    const account = 10 + index
    expect(view.accountAmount(account, ACCOUNT_BALANCE) + view.accountAmount(account, ACCOUNT_CREDIT)).toBe(
      5_000_000_000 - net,
    )
    const { total } = home
    expect(total.solarMilliWh + total.dischargeMilliWh + total.importMilliWh).toBe(
      total.loadMilliWh + total.chargeMilliWh + total.standbyMilliWh + total.exportMilliWh,
    )
  }
  expect(sum(result.homes, ({ total }) => total.peerBoughtMilliWh)).toBe(result.market.tradedMilliWh)
  expect(sum(result.homes, ({ total }) => total.peerSoldMilliWh)).toBe(result.market.tradedMilliWh)
  for (const { worstOverBurnMilliWh } of tokensOf(result).batteries)
    expect(worstOverBurnMilliWh).toBeLessThan(20_000)
  return outcome
}

test('the schema’s ageing names are the models’', () => {
  expect([...AGEING_NAMES].toSorted()).toEqual(['linear', ...AGEING_MODELS].toSorted())
})

const KINDS = [
  'self-consumption',
  'time-of-use',
  'peak-shaving',
  'backup-reserve',
  'demand-response',
  'market-aware',
  'model-predictive',
  'optimum',
] as const

describe.each(KINDS)('%s in a neighborhood', (kind) => {
  const { result } = run(
    8,
    batteries(() => ({ strategy: strategySchema.parse({ kind }) })),
  )

  test('moves its batteries, and every home names it', () => {
    const owners = result.homes.filter(({ batteryKwh }) => batteryKwh > 0)
    expect(sum(owners, ({ total }) => total.dischargeMilliWh)).toBeGreaterThan(0)
    for (const home of owners) expect(home).toMatchObject({ strategy: kind, ruledSteps: 0 })
  })

  test('costs no home less than its bound', () => {
    expect(result.dispatch).toHaveLength(6)
    for (const { boundMicroUsd, strategies } of result.dispatch) {
      expect(strategies[0]).toMatchObject({ strategy: kind, chosen: true })
      for (const { energyMicroUsd } of strategies)
        expect(energyMicroUsd).toBeGreaterThanOrEqual(boundMicroUsd - 1)
    }
  })
})

test('what a strategy charges from the grid becomes shadow lots, and they are never sold', () => {
  const { result } = run(
    10,
    batteries(() => ({ strategy: strategySchema.parse({ kind: 'time-of-use' }) })),
  )
  expect(tokensOf(result).shadow.mintedMilliWh).toBeGreaterThan(1e6)
  const none = run(10, () => {})
  expect(tokensOf(none.result).shadow.mintedMilliWh).toBeLessThan(1e6)
})

test('market-aware batteries sell what they stored to neighbors, and export the rest', () => {
  const { result } = run(20, (scenario) => {
    batteries(() => ({ strategy: strategySchema.parse({ kind: 'market-aware', lifeEfc: 100_000 }) }))(
      scenario,
    )
  })
  const { consumedMilliWh, exportedMilliWh } = tokensOf(result).tstorage.burned
  const solarOnly = run(20, () => {}).result
  expect(result.market.tradedMilliWh).toBeGreaterThan(solarOnly.market.tradedMilliWh)
  expect(consumedMilliWh).toBeGreaterThan(0)
  expect(exportedMilliWh).toBeGreaterThan(0)
  expect(tokensOf(solarOnly).tstorage.burned.exportedMilliWh).toBe(0)
})

test('a demand-response program pays once a season, through the utility', () => {
  const { result } = run(
    70,
    batteries(() => ({
      strategy: strategySchema.parse({ kind: 'demand-response', eventsPerSeason: 12 }),
    })),
  )
  const owners = result.homes.filter(({ batteryKwh }) => batteryKwh > 0)
  for (const { months } of owners) {
    const paid = months.map(({ bills }) => -bills.plant.programMicroUsd)
    expect(paid.filter((microUsd) => microUsd > 0)).toHaveLength(1)
    expect(Math.max(...paid)).toBeLessThanOrEqual(275e6 * 5)
    expect(months.every(({ bills }) => bills['solar-only'].programMicroUsd === 0)).toBe(true)
  }
})

test('a failed solver leaves every interval to the rule, and the result says so', () => {
  const { result, steps } = runGallery('one-home', 2, {
    edit: batteries(() => ({ strategy: strategySchema.parse({ kind: 'model-predictive' }) })),
  })
  expect(result.homes[0].ruledSteps).toBe(steps)
})

describe('DC coupling', () => {
  const losses = {
    inverterFixedFraction: 0.005,
    inverterSquareFraction: 0.01,
    cellLossFraction: 0.02,
    resistancePerFade: 1,
    resistanceKelvin: 2000,
    voltageSwingFraction: 0.1,
    heaterWattPerKelvin: 2,
    heaterBelowC: 5,
  }
  const coupled = (coupling: 'ac' | 'dc') =>
    run(
      20,
      batteries(() => ({ coupling, losses, temperatureC: 12, temperatureDaySwingC: 8 })),
    ).result
  test('gives more out of the same solar than AC coupling', () => {
    const [ac, dc] = [coupled('ac'), coupled('dc')].map((result) => ({
      in: sum(result.homes, ({ total }) => total.chargeMilliWh),
      out: sum(result.homes, ({ total }) => total.dischargeMilliWh),
    }))
    expect(dc.out / dc.in).toBeGreaterThan(ac.out / ac.in + 0.02)
    expect(dc.out / dc.in).toBeLessThan(1)
  })
})

test('an ageing model takes over from the linear rates and feeds back', () => {
  const aged = run(
    30,
    batteries(() => ({ ageing: 'Nmc811_GrSi_LGMJ1_4Ah_Battery', temperatureC: 35 })),
  ).result
  for (const { batteryKwh, batterySoh, ageingOutsideDays } of aged.homes) {
    if (batteryKwh === 0) continue
    expect(batterySoh).toBeLessThan(0.99)
    expect(batterySoh).toBeGreaterThan(0.8)
    expect(ageingOutsideDays).toBe(0)
  }
})

describe('a community battery beside those of homes', () => {
  const shared = (scenario: Scenario) => {
    scenario.communities[0].sharedBattery = {
      capacityKwh: 30,
      powerKw: 15,
      standbyW: 20,
      ageing: 'linear',
    }
  }
  const { result } = run(20, shared)
  const alone = run(20, () => {}).result
  const battery = result.homes.at(-1)

  test('buys neighbors’ solar, stores it as its own tokens, and sells them', () => {
    expect(battery).toMatchObject({ id: 'sierra-crest-battery', batteryKwh: 30, solarKw: 0 })
    expect(battery?.total.peerBoughtMilliWh).toBeGreaterThan(10e6)
    expect(battery?.total.peerSoldMilliWh).toBeGreaterThan(10e6)
    expect(tokensOf(result).tgen.burned.exchangedMilliWh).toBeGreaterThan(
      tokensOf(alone).tgen.burned.exchangedMilliWh,
    )
  })

  test('leaves less to export and less to import for all', () => {
    const moved = (of: typeof result, key: 'importMilliWh' | 'exportMilliWh') =>
      sum(of.homes, ({ total }) => total[key]) - of.market.tradedMilliWh
    expect(moved(result, 'importMilliWh')).toBeLessThan(moved(alone, 'importMilliWh'))
    expect(moved(result, 'exportMilliWh')).toBeLessThan(moved(alone, 'exportMilliWh'))
  })
})

describe('years that repeat', () => {
  const years = (count: number) => (scenario: Scenario) => {
    scenario.settlementMinutes = 60
    scenario.period.years = count
    batteries(() => ({ ageing: 'sam-lfp' }))(scenario)
  }
  const { result, series, steps, engine } = run(30, years(4))

  test('run on, the batteries older each time, series kept of the first alone', () => {
    expect(steps).toBe(4 * engine.area.axis.count)
    expect(series.market.supply_kwh).toHaveLength(engine.area.axis.count)
    const first = run(30, years(1))
    expect(series.market.supply_kwh).toEqual(first.series.market.supply_kwh)
    for (const { batteryKwh, batterySohByYear } of result.homes) {
      expect(batterySohByYear).toHaveLength(batteryKwh > 0 ? 4 : 0)
      for (let year = 1; year < batterySohByYear.length; year++)
        expect(batterySohByYear[year]).toBeLessThan(batterySohByYear[year - 1])
    }
  })

  test('every month has its bill, in its year', () => {
    const months = result.homes[0].months.map(({ month }) => month)
    expect(months).toEqual(['2016-08', '2017-08', '2018-08', '2019-08'])
  })
})
