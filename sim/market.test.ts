import { describe, expect, test } from 'vitest'
import { MECHANISM_NAMES } from '../models/market/registry.ts'
import { MECHANISM_NAMES as LISTED } from '../scenarios/schema-market.ts'
import { strategy as strategySchema } from '../scenarios/schema-battery.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { runGallery, tokensOf } from './testing.ts'

test('the schema lists exactly the mechanisms that there are', () => {
  expect([...LISTED].toSorted()).toEqual([...MECHANISM_NAMES].toSorted())
})

const selling = (scenario: Scenario) => {
  for (const { battery } of scenario.communities[0].homes) {
    if (battery !== undefined)
      battery.strategy = strategySchema.parse({ kind: 'market-aware', lifeEfc: 100_000 })
  }
}

/** Net of all homes, of the operator and of the utility: who pays whom sums to nothing. */
function leftOver({ result }: ReturnType<typeof runGallery>): number {
  const homes = result.homes
    .flatMap(({ months }) => months)
    .reduce((sum, { bills }) => sum + bills.plant.netMicroUsd, 0)
  return homes - result.operatorIncomeMicroUsd - result.utilityRevenueMicroUsd.plant
}

describe.each(MECHANISM_NAMES)('%s, with the ledger', (mechanism) => {
  test('a week with batteries that sell: ledger and meters agree, money is conserved', () => {
    const run = runGallery('first-neighborhood', 7, {
      edit: (scenario) => {
        scenario.market.mechanism = mechanism
        const { homes } = scenario.communities[0]
        homes[0].trading = { ...homes[0].trading, shareLowIncomeFirst: true, minSellUsdPerKwh: 0.1 }
        homes[1].trading = {
          ...homes[1].trading,
          partners: ['home-16'],
          greenPremiumUsdPerKwh: 0.02,
          maxBuyUsdPerKwh: 0.2,
        }
        selling(scenario)
      },
    })
    const { market, ledger } = tokensOf(run.result)
    expect(leftOver(run)).toBe(0)
    expect(ledger.balancesMicroUsd).toBe(ledger.openingMicroUsd)
    if (mechanism === 'none' || mechanism === 'credit-allocation') expect(market.trades).toBe(0)
    else expect(market.tradedMilliWh).toBeGreaterThan(50_000_000)
  })
})

test('a reserve keeps stored energy from being sold, and serves the home', () => {
  const sold = (reserveFraction: number) => {
    const { result } = runGallery('first-neighborhood', 14, {
      edit: (scenario) => {
        selling(scenario)
        for (const home of scenario.communities[0].homes) home.trading = { ...home.trading, reserveFraction }
      },
    })
    const sums = { discharged: 0, exported: 0 }
    for (const { total } of result.homes) {
      sums.discharged += total.dischargeMilliWh
      sums.exported += total.exportMilliWh
    }
    return sums
  }
  const [none, some, all] = [sold(0), sold(0.5), sold(1)]
  expect(some.discharged).toBeLessThan(none.discharged)
  expect(all.discharged).toBeLessThan(some.discharged)
  expect(all.discharged).toBeGreaterThan(0)
})

test('what is cleared beside the ledger is what the ledger settles, to the micro-dollar', () => {
  const run = (mechanism: Scenario['market']['mechanism']) =>
    runGallery('first-neighborhood', 4, { edit: (scenario) => void (scenario.market.mechanism = mechanism) })
      .result
  const [auction, mid, none] = [run('pay-as-bid'), run('mid-market'), run('none')]
  const row = (result: typeof mid, name: string) =>
    result.mechanisms?.find(({ mechanism }) => mechanism === name)
  for (const name of ['mid-market', 'pay-as-bid', 'none']) {
    expect(row(auction, name)).toEqual(row(mid, name))
    expect(row(none, name)).toEqual(row(mid, name))
  }
})

test('Massachusetts: a host with more than it uses assigns credits, and neighbors pay less', () => {
  const { result } = runGallery('massachusetts-credits', 62)
  const { credits } = result.market
  expect(credits?.assignedMicroUsd).toBeGreaterThan(50_000_000)
  const line = (home: number) =>
    result.homes[home].months.reduce((sum, { bills }) => sum + bills.plant.assignedCreditMicroUsd, 0)
  // Eighty cents for each dollar: the host is paid four times what its neighbors keep.
  const paid = Math.round((credits?.assignedMicroUsd ?? 0) * 0.8)
  expect(Math.abs(line(0) + paid)).toBeLessThanOrEqual(8)
  expect(line(1) + line(2)).toBeLessThan(0)
  expect(line(0) + line(1) + line(2) + line(3)).toBe(-(credits?.assignedMicroUsd ?? 0))
})

test('what neighbors pay a host for its credit is no credit, and is not assigned again', () => {
  const { result } = runGallery('massachusetts-credits', 62, {
    edit: (scenario) => void (scenario.market.creditAllocation.priceFraction = 1),
  })
  const { market, homes } = result
  const { credits } = market
  expect(credits).toMatchObject({ hostMonths: 3, assigningMonths: 3 })
  const received = homes[0].months.reduce((sum, { bills }) => sum + bills.plant.assignedCreditMicroUsd, 0)
  expect(received).toBe(-(credits?.assignedMicroUsd ?? 0))
})

test('a host whose excess is paid out keeps it, and the run says why', () => {
  const { result } = runGallery('massachusetts-credits', 31, {
    edit: (scenario) => {
      scenario.tariff.export = { kind: 'net-metering', excessUsdPerKwh: 0.27 }
    },
  })
  expect(result.market.credits).toMatchObject({ assignedMicroUsd: 0, assigningMonths: 0, hostMonths: 1 })
  expect(result.market.credits?.whyNothing).toContain('the host would lose 0.20 USD on every dollar')
})
