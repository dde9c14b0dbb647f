import { ACCOUNT_BALANCE, ACCOUNT_CREDIT } from '../ledger/contract/columns.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadFontanaCommon, loadFontanaHome } from '../data/fontana.ts'
import { SHARED_DATA, testWithSharedData } from '../testing.ts'
import { runGallery, tokensOf } from './testing.ts'

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((all, item) => all + value(item), 0)

describe('pooled: twelve homes, all solar, no batteries', () => {
  const { result } = runGallery('pooled', 365)
  const homes = [1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16].map(loadFontanaHome)
  const hours = Array.from({ length: 8760 }, (_, hour) => hour)
  const net = (hour: number) =>
    homes.map(({ frame }) => frame.columns.solarMilliWh[hour] - frame.columns.loadMilliWh[hour])

  test('import, export and trade are the sums made from the data alone', () => {
    const supply = hours.map((hour) => sum(net(hour), (value) => Math.max(0, value)))
    const demand = hours.map((hour) => sum(net(hour), (value) => Math.max(0, -value)))
    expect(sum(result.homes, (home) => home.total.exportMilliWh)).toBe(sum(supply, (value) => value))
    expect(sum(result.homes, (home) => home.total.importMilliWh)).toBe(sum(demand, (value) => value))
    expect(result.market.tradedMilliWh).toBe(sum(hours, (hour) => Math.min(supply[hour], demand[hour])))
  })

  testWithSharedData('agrees with golden-dispatch/community_shared12.json', () => {
    const golden = JSON.parse(
      readFileSync(join(SHARED_DATA, 'golden-dispatch/community_shared12.json'), 'utf8'),
    ) as {
      traded_kwh: number
      sum_individual_cost: number
      pooled_cost: number
    }
    expect(Math.abs(result.market.tradedMilliWh / 1e6 - golden.traded_kwh)).toBeLessThan(1e-6)
    const cost = (name: 'solar-only' | 'plant') =>
      sum(result.homes, (home) => sum(home.months, (month) => month.bills[name].netMicroUsd)) / 1e6
    // 12 homes × 12 months, each line rounded once to a micro-dollar; the set's last digit differs by row.
    expect(Math.abs(cost('solar-only') - golden.sum_individual_cost)).toBeLessThan(1e-3)
    expect(Math.abs(cost('plant') - golden.pooled_cost)).toBeLessThan(1e-3)
  })

  test('every tariff price is that of its row', () => {
    const price = loadFontanaCommon().frame.columns.price
    expect(Math.min(...price)).toBe(0.21)
    expect(Math.max(...price)).toBe(0.54)
  })
})

describe('first-neighborhood, forty days', () => {
  const { result, engine, series } = runGallery('first-neighborhood', 40)

  test('every home’s meter adds up in every interval', () => {
    for (const [index, home] of series.homes.entries()) {
      for (let step = 0; step < engine.area.axis.count; step++) {
        const standby =
          home.solar_kwh[step] +
          home.discharge_kwh[step] +
          home.import_kwh[step] -
          home.load_kwh[step] -
          home.charge_kwh[step] -
          home.export_kwh[step]
        if (standby !== 0 && engine.batteries[index] === null)
          throw new Error(`home ${index}, step ${step}: ${standby}`)
        expect(standby).toBeGreaterThanOrEqual(0)
        expect(home.import_kwh[step] * home.export_kwh[step]).toBe(0)
      }
    }
  })

  test('what is bought is what is sold, and what leaves the transformer is neither', () => {
    const bought = sum(result.homes, (home) => home.total.peerBoughtMilliWh)
    expect(bought).toBe(sum(result.homes, (home) => home.total.peerSoldMilliWh))
    expect(bought).toBe(result.market.tradedMilliWh)
    expect(bought).toBeGreaterThan(0)
  })

  test('money: what homes pay to neighbors they receive, and fees are the operator’s', () => {
    const line = (name: 'peerPaidMicroUsd' | 'peerReceivedMicroUsd' | 'platformFeeMicroUsd') =>
      sum(result.homes, (home) => sum(home.months, (month) => month.bills.plant[name]))
    expect(line('peerPaidMicroUsd') + line('peerReceivedMicroUsd')).toBe(0)
    expect(line('platformFeeMicroUsd')).toBe(result.operatorIncomeMicroUsd)
    expect(tokensOf(result).ledger.balancesMicroUsd).toBe(tokensOf(result).ledger.openingMicroUsd)
  })

  test('the ledger’s balances are the bills', () => {
    const { view } = engine.ledger
    for (const [index, home] of result.homes.entries()) {
      const account = 10 + index
      const net = sum(home.months, (month) => month.bills.plant.netMicroUsd)
      expect(view.accountAmount(account, ACCOUNT_BALANCE) + view.accountAmount(account, ACCOUNT_CREDIT)).toBe(
        5_000_000_000 - net,
      )
    }
  })

  test('nobody trades at a loss', () => {
    for (const home of result.homes) {
      const cost = (name: 'own-battery' | 'plant') =>
        sum(home.months, (month) => month.bills[name].netMicroUsd)
      expect(cost('plant')).toBeLessThanOrEqual(cost('own-battery'))
    }
  })

  test('tokens: stored less delivered less lost is what is left, and nothing is over-burned', () => {
    for (const battery of tokensOf(result).batteries) {
      const left = battery.mintedMilliWh - battery.deliveredMilliWh - battery.storageLossMilliWh
      expect(left).toBe(battery.activeMilliWh + battery.setAsideMilliWh)
      expect(battery.worstOverBurnMilliWh).toBeLessThanOrEqual(20_000)
      expect(battery.anchors).toBeGreaterThan(10)
    }
  })

  test('without prediction the same is burned, and more is unbacked', () => {
    const blind = runGallery('first-neighborhood', 40, {
      edit: (scenario) => {
        scenario.burn.setAside = false
      },
    }).result
    const unbacked = (of: typeof result) => sum(tokensOf(of).batteries, (battery) => battery.unbackedKwhHours)
    const burned = (of: typeof result) => sum(tokensOf(of).batteries, (battery) => battery.storageLossMilliWh)
    expect(unbacked(blind)).toBeGreaterThan(10 * unbacked(result))
    expect(Math.abs(burned(blind) / burned(result) - 1)).toBeLessThan(0.02)
  })
})

describe('massachusetts: net metering', () => {
  const { result } = runGallery('massachusetts', 30)
  test('nothing is traded, and the reason has the numbers', () => {
    expect(result.market.tradedMilliWh).toBe(0)
    expect(result.market.intervalsWithBothSides).toBeGreaterThan(0)
    expect(result.market.whyNothing).toMatch(/the pair would lose 13\.6 ¢ on every kWh/)
    expect(result.market.jointSurplusMaxUsdPerKwh).toBeLessThan(0)
  })
  test('a battery loses money for its home where exports earn the retail price', () => {
    for (const home of result.homes.filter(({ batteryKwh }) => batteryKwh > 0)) {
      const cost = (name: 'solar-only' | 'own-battery') =>
        sum(home.months, (month) => month.bills[name].netMicroUsd)
      expect(cost('own-battery')).toBeGreaterThan(cost('solar-only'))
    }
  })
})

test('no seed or order of homes changes another home’s load', () => {
  const whole = runGallery('first-neighborhood', 2).series
  const part = runGallery('first-neighborhood', 2, {
    edit: (scenario) => {
      scenario.communities[0].homes.splice(2, 1)
    },
  }).series
  expect(part.homes[5].load_kwh).toEqual(whole.homes[6].load_kwh)
})

test('fifteen minutes settle the same energy', () => {
  const five = runGallery('first-neighborhood', 20).result
  const fifteen = runGallery('first-neighborhood', 20, {
    edit: (scenario) => {
      scenario.settlementMinutes = 15
    },
  }).result
  for (const [index, home] of five.homes.entries()) {
    expect(fifteen.homes[index].total.loadMilliWh).toBe(home.total.loadMilliWh)
    expect(fifteen.homes[index].total.solarMilliWh).toBe(home.total.solarMilliWh)
  }
})
