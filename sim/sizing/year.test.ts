import { describe, expect, test } from 'vitest'
import { localAxis } from '../../data/local-time.ts'
import { streamFor } from '../../data/random.ts'
import { panelsHealth } from '../../models/sizing/plan.ts'
import { billYear } from '../../models/tariff/rate/year.ts'
import { tariff as tariffSchema } from '../../scenarios/schema-tariff.ts'
import { meteringRule, sellingAt } from '../tariff-rate.ts'
import { sizingHome } from './home.ts'
import { tariffTerms } from './terms.ts'
import { simulateYear } from './year.ts'

/** SAM's year: 365 days from a Monday, without daylight saving. */
const ZONE = '-05:00'
const axis = localAxis('2018-01-01', 365, ZONE, 3600)
const stream = streamFor(4, 'test', 'year')
const loadKwh = Float64Array.from({ length: axis.count }, () => Math.round(2e6 * stream.uniform()) / 1e6)
const sunKwhPerKw = Float64Array.from({ length: axis.count }, (_, at) =>
  at % 24 > 6 && at % 24 < 18 ? Math.round(8e5 * stream.uniform()) / 1e6 : 0,
)
const SIZE = { panelsKw: 4, batteryKwh: 0, batteryKw: 0 }

const RATE = {
  kind: 'rate',
  periods: [
    {
      tiers: [
        { usdPerKwh: 0.11, sellUsdPerKwh: 0.04, upToKwh: 300 },
        { usdPerKwh: 0.17, sellUsdPerKwh: 0.05 },
      ],
    },
    { tiers: [{ usdPerKwh: 0.31, sellUsdPerKwh: 0.09 }] },
  ],
  weekday: ['000000000000000011110000'],
  weekend: ['000000000000000000000000'],
  demand: { periods: [], month: [{ usdPerKw: 4 }], windowMinutes: 60 },
  minimumUsdPerMonth: 12,
}

function homeUnder(exportRule: object) {
  const tariff = tariffSchema.parse({
    label: 'test',
    source: 'test',
    year: 2018,
    import: RATE,
    export: exportRule,
    calendar: 'sam',
    fixedUsdPerMonth: 7,
  })
  const terms = tariffTerms(tariff, '.', new Map())
  const home = sizingHome({
    axis,
    zone: ZONE,
    loadKwh,
    sunKwhPerKw,
    dcAcRatio: 1.2,
    role: 'household',
    terms,
    afterUsdPerKwh: 0.05,
    program: false,
    seed: 1,
  })
  return { home, terms, tariff }
}

const OPTIONS = {
  size: SIZE,
  strategy: 'self-consumption',
  panelsHealth: 1,
  batteryHealth: 1,
  sunFactor: 1,
  loadFactor: 1,
  after: false,
} as const

describe.each([
  [{ kind: 'net-billing' }],
  [{ kind: 'buy-all-sell-all' }],
  [{ kind: 'net-metering', excessUsdPerKwh: 0.06 }],
  [{ kind: 'net-metering-credit', creditUsdPerKwh: 0.06 }],
  [{ kind: 'net-metering-kwh', yearEndUsdPerKwh: 0.03 }],
])('a year under %o', (rule) => {
  test('is billed as models/tariff bills it, to the micro-dollar', () => {
    const { home, terms, tariff } = homeUnder(rule)
    const year = simulateYear(home, OPTIONS)
    const { metering, sellUsdPerKwh } = meteringRule(tariff.export)
    const rate = { ...sellingAt(terms.rate!, sellUsdPerKwh), fixedUsdPerMonth: 7 }
    const limit = SIZE.panelsKw / 1.2
    const made = sunKwhPerKw.map((value) => Math.round(Math.min(limit, value * SIZE.panelsKw) * 1e6))
    const used = loadKwh.map((value) => Math.round(value * 1e6))
    // Less is made than used in every month, so that nothing is carried from year to year.
    const billed = billYear(rate, metering, used, made)
    expect(billed.netMilliWh.every((net) => net < 0)).toBe(true)
    year.bills.forEach((bill, month) => expect(bill.netMicroUsd).toBe(billed.months[month].billMicroUsd))
  })
})

test('energy is kept: what is made and bought is used, stored, lost or sold', () => {
  const { home } = homeUnder({ kind: 'net-billing' })
  const year = simulateYear(home, {
    ...OPTIONS,
    size: { panelsKw: 6, batteryKwh: 10, batteryKw: 4 },
    strategy: 'time-of-use',
  })
  const used = loadKwh.reduce((sum, value) => sum + value, 0)
  const kept = year.solarKwh + year.importKwh - used - year.exportKwh
  // What the battery takes and does not give back: its losses, its own use and what is left in it.
  expect(kept).toBeGreaterThan(0.02 * year.chargeKwh)
  expect(kept).toBeLessThan(year.chargeKwh - year.dischargeKwh + 88)
  expect(year.dischargeKwh).toBeGreaterThan(1000)
})

test('faded panels and a dull year give their part, up to the inverter’s rating', () => {
  const { home } = homeUnder({ kind: 'net-billing' })
  const whole = simulateYear(home, OPTIONS).solarKwh
  expect(simulateYear(home, { ...OPTIONS, panelsHealth: 0.9 }).solarKwh).toBeCloseTo(0.9 * whole, 6)
  expect(simulateYear(home, { ...OPTIONS, sunFactor: 3 }).solarKwh).toBeLessThan(3 * whole)
  const more = simulateYear(home, { ...OPTIONS, loadFactor: 1.2 })
  expect(more.billUsd).toBeGreaterThan(simulateYear(home, OPTIONS).billUsd)
})

test('after the rule for exports has ended only exports earn less', () => {
  const { home } = homeUnder({ kind: 'net-metering', excessUsdPerKwh: 0.06 })
  const { billUsd, billAfterUsd, exportKwh } = simulateYear(home, { ...OPTIONS, after: true })
  expect(billAfterUsd).toBeGreaterThan(billUsd)
  expect(billAfterUsd! - billUsd).toBeLessThan(exportKwh * (0.31 - 0.05))
})

test('a year in the middle is what lies between the first and the last', () => {
  for (const rule of [{ kind: 'net-billing' }, { kind: 'net-metering-credit', creditUsdPerKwh: 0.06 }]) {
    const { home } = homeUnder(rule)
    const none = simulateYear(home, { ...OPTIONS, size: { ...SIZE, panelsKw: 0 } }).billUsd
    const saved = (year: number) =>
      none -
      simulateYear(home, {
        ...OPTIONS,
        size: { ...SIZE, panelsKw: 8 },
        panelsHealth: panelsHealth(0.005, year),
      }).billUsd
    const between = (saved(1) + saved(25)) / 2
    expect(Math.abs(between / saved(13) - 1)).toBeLessThan(0.005)
  }
})
