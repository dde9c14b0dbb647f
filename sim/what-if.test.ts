import { describe, expect, test } from 'vitest'
import type { BillCase, CommunityResult } from '../data/run-files.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { runGallery } from './testing.ts'

const run = (edit: (scenario: Scenario) => void, name = 'first-neighborhood'): CommunityResult =>
  runGallery(name, 5, {
    edit: (scenario) => {
      scenario.settlementMinutes = 60
      scenario.comparison.strategies = []
      scenario.market.compareMechanisms = false
      edit(scenario)
    },
  }).result

const sum = (result: CommunityResult, value: (home: CommunityResult['homes'][number]) => number): number =>
  result.homes.reduce((all, home) => all + value(home), 0)
const bill = (result: CommunityResult, name: BillCase) =>
  sum(result, ({ months }) => months.reduce((all, { bills }) => all + bills[name].energyMicroUsd, 0))

/** Of the run; each is rounded to a milliwatt-hour. */
const HOURS = 5 * 24
const plain = run(() => {})

describe('what if', () => {
  test('loads and solar are multiplied to the milliwatt-hour, solar up to the nameplate', () => {
    const other = run(({ whatIf }) => {
      whatIf.loadFactor = 1.5
      whatIf.solarFactor = 0.5
    })
    for (const [at, { total }] of plain.homes.entries()) {
      const { loadMilliWh, solarMilliWh } = other.homes[at].total
      expect(Math.abs(loadMilliWh - 1.5 * total.loadMilliWh)).toBeLessThanOrEqual(HOURS / 2)
      expect(Math.abs(solarMilliWh - 0.5 * total.solarMilliWh)).toBeLessThanOrEqual(HOURS / 2)
    }
    const ten = run(({ whatIf }) => {
      whatIf.solarFactor = 10
    })
    const most = ({ solarKw }: CommunityResult['homes'][number]) => solarKw * 5 * 24 * 1e6
    for (const home of ten.homes) expect(home.total.solarMilliWh).toBeLessThanOrEqual(most(home))
    expect(sum(ten, ({ total }) => total.solarMilliWh)).toBeGreaterThan(
      2 * sum(plain, ({ total }) => total.solarMilliWh),
    )
  })

  test('the utility’s prices are multiplied; exports by their own factor', () => {
    const other = run(({ whatIf }) => {
      whatIf.retailFactor = 2
      whatIf.exportFactor = 3
    })
    expect(bill(other, 'no-solar') / bill(plain, 'no-solar')).toBeCloseTo(2, 5)
    expect(other.exportValue.mostUsdPerKwh).toBeCloseTo(3 * plain.exportValue.mostUsdPerKwh, 9)
  })

  test('net metering’s rest goes with the retail price where a tariff says it', () => {
    const other = run(({ whatIf }) => {
      whatIf.retailFactor = 2
      whatIf.exportFactor = 3
    }, 'massachusetts')
    expect(other.exportValue).toMatchObject({ netting: true, leastUsdPerKwh: 0.54542 })
  })

  test('an export value of its own replaces the tariff’s rule, but not that of the baselines', () => {
    const other = run(({ whatIf }) => {
      whatIf.exportUsdPerKwh = 0.02
      whatIf.peerDeliveryUsdPerKwh = 0
    }, 'massachusetts')
    expect(other.exportValue).toEqual({ netting: false, leastUsdPerKwh: 0.02, mostUsdPerKwh: 0.02 })
    expect(other.market.tradedMilliWh).toBeGreaterThan(0)
    const before = run(() => {}, 'massachusetts')
    expect(other.homes[0].months[0].baselines).toEqual(before.homes[0].months[0].baselines)
  })

  test('homes that are not drawn to trade do not; nobody left, nothing traded', () => {
    const half = run(({ whatIf }) => {
      whatIf.tradingFraction = 0.5
    })
    const traders = (of: CommunityResult) =>
      of.homes.filter(({ total }) => total.peerBoughtMilliWh + total.peerSoldMilliWh > 0).length
    expect(traders(half)).toBeGreaterThan(0)
    expect(traders(half)).toBeLessThan(traders(plain))
    const none = run(({ whatIf }) => {
      whatIf.tradingFraction = 0
    })
    expect(none.market.tradedMilliWh).toBe(0)
  })
})
