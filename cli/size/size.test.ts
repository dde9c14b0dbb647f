import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { SizingResult } from '../../data/sizing-result.ts'
import { sizeHome } from '../../sim/sizing/size-home.ts'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { SIZE_DEFAULTS, type SizeArguments } from './options.ts'
import { sizingRequest } from './request.ts'
import { sizeText } from './text.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-size-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** Small: coarse steps, few draws. */
const BASE: SizeArguments = {
  weatherFormat: 'epw',
  home: 'fontana-2016/1',
  tariff: 'ma-r1',
  lowIncome: false,
  roofKw: 8,
  tilt: 30,
  step: 2,
  batteries: [10],
  plainRoofCost: 0,
  neighborKw: 8,
  loanRate: 0.08,
  loanYears: 15,
  draws: 10,
  seed: 1,
  json: false,
  quiet: true,
  date: '2027-01-01',
}
const size = (more: Partial<SizeArguments> = {}): SizingResult =>
  sizeHome(sizingRequest({ ...BASE, ...more }, 'vpp size', '2027-01-01'))
const FLAT: Partial<SizeArguments> = {
  tariff: '0.3',
  export: 'net-metering',
  exportUsd: 0.3,
  incentives: ['none'],
}

const usual = size()

describe('what cannot be otherwise', () => {
  test('without a budget there is nothing, and it is said', () => {
    const none = size({ budget: 0 })
    expect(none.answer).toMatchObject({
      panelsKw: 0,
      batteryKwh: 0,
      costUsd: 0,
      npvUsd: 0,
      savingUsdPerMonth: 0,
    })
    expect(none.map).toHaveLength(1)
    expect(sizeText(none)).toContain('Nothing: no size is within roof and budget')
  })

  test('at one price with exports worth as much, a battery earns nothing: it is never bought', () => {
    const flat = size({ ...FLAT, batteryCost: 1 })
    const worth = (kwh: number, panels: number) =>
      flat.map.find(({ batteryKwh, panelsKw }) => batteryKwh === kwh && panelsKw === panels)!.npvUsd
    expect(flat.answer.batteryKwh).toBe(0)
    for (const { panelsKw } of flat.map) expect(worth(10, panelsKw)).toBeLessThan(worth(0, panelsKw))
  })

  test('where nothing is worth its price, what comes nearest is told in full', () => {
    const dear = size({ panelsCost: 12, roofKw: 6 })
    expect(dear.answer.costUsd).toBe(0)
    expect(dear.looked.panelsKw).toBeGreaterThan(0)
    expect(dear.looked.npvUsd).toBeLessThan(0)
    expect(dear.uncertainty.gainShare).toBe(0)
    expect(sizeText(dear)).toMatch(/What\s+comes nearest is [\d.]+ kW/)
    expect(dear.detail.solarKwhPerYear).toBeGreaterThan(1000)
  })

  test('a battery is bought where exports earn nothing and it is cheap', () => {
    const dear = size({
      tariff: '0.4',
      export: 'net-billing',
      exportUsd: 0,
      incentives: ['none'],
      batteryCost: 100,
    })
    expect(dear.answer.batteryKwh).toBe(10)
    expect(dear.detail.lcosUsdPerKwh).toBeGreaterThan(dear.detail.lcosWithoutChargingUsdPerKwh! - 1e-12)
  })

  test('a larger roof is never worth less, nor a larger budget', () => {
    const roofs = [0, 2.5, 5, 8].map((roofKw) => size({ roofKw, incentives: ['none'] }).answer.npvUsd)
    const budgets = [3000, 9000, 20_000].map((budget) => size({ budget }).answer.npvUsd)
    for (const list of [roofs, budgets])
      for (let at = 1; at < list.length; at++) expect(list[at]).toBeGreaterThanOrEqual(list[at - 1])
    expect(roofs[0]).toBe(0)
  })

  test('under one price the saving is what the sun would have cost, while it makes less than is used', () => {
    const small = size({ ...FLAT, roofKw: 2, batteries: [] })
    expect(small.answer.panelsKw).toBe(2)
    expect(small.answer.savingUsdPerMonth * 12).toBeCloseTo(small.detail.solarKwhPerYear * 0.3, 2)
    expect(small.detail.carbonMarginalKgPerYear).toBeNull()
  })
})

describe('the usual home', () => {
  test('weather is made to the stated yield, and the bill to the stated use', () => {
    expect(usual.home.yieldKwhPerKw).toBeCloseTo(1100, -1)
    expect(usual.home.kwhPerYear).toBeCloseTo(602 * 12, 0)
    const dollars = size({ tariff: '0.3', export: 'net-billing', exportUsd: 0.1, billUsd: [180], budget: 0 })
    expect(dollars.answer.chargeUsdPerMonth).toBeCloseTo(180, 2)
  })

  test('months sum to the year, before and after', () => {
    const sum = (key: 'beforeUsd' | 'afterUsd') => usual.months.reduce((all, month) => all + month[key], 0)
    const { chargeUsdPerMonth, savingUsdPerMonth } = usual.answer
    expect(sum('afterUsd')).toBeCloseTo(chargeUsdPerMonth * 12, 6)
    expect(sum('beforeUsd')).toBeCloseTo((chargeUsdPerMonth + savingUsdPerMonth) * 12, 6)
    // R-1 of 2025: 32.832 ¢ and 10 USD a month.
    expect(sum('beforeUsd')).toBeCloseTo(602 * 12 * 0.32832 + 120, 1)
  })

  test('flows sum to what it is worth, its interval is in order, and the answer is the best of the map', () => {
    const { detail, answer, uncertainty, map, discountFraction } = usual
    const npv = detail.totalUsd.reduce((sum, usd, year) => sum + usd / (1 + discountFraction) ** year, 0)
    expect(npv).toBeCloseTo(answer.npvUsd, 6)
    expect(detail.cumulativeDiscountedUsd.at(-1)).toBeCloseTo(answer.npvUsd, 6)
    const { p10, p50, p90 } = uncertainty.npvUsd
    expect(p10).toBeLessThan(p50)
    expect(p50).toBeLessThan(p90)
    expect(Math.max(...map.map(({ npvUsd }) => npvUsd))).toBe(answer.npvUsd)
  })

  test('neighbors: no price in Massachusetts, and why; the law is told', () => {
    expect(usual.neighbors.surplusMaxUsdPerKwh).toBeCloseTo(0.32832 - 0.1816 - 0.01 - 0.27271, 5)
    expect(usual.neighbors.whyNothing).toContain('13.7 ¢')
    expect(usual.options.find(({ id }) => id === 'neighbors')).toMatchObject({
      savingUsdPerMonth: 0,
      npvUsd: 0,
    })
    expect(usual.neighbors.legal).toContain('§ 139')
  })

  test('where exports earn little and delivery is free a neighbor’s energy saves half the difference', () => {
    const open = size({ tariff: '0.3', export: 'net-billing', exportUsd: 0.1, peerFee: 0 })
    const { boughtKwhPerYear, meanPriceUsdPerKwh } = open.neighbors
    expect(meanPriceUsdPerKwh).toBeCloseTo(0.2, 9)
    expect(open.options.find(({ id }) => id === 'neighbors')!.savingUsdPerMonth * 12).toBeCloseTo(
      boughtKwhPerYear * 0.1,
      2,
    )
  })

  test('the federal credit is named and gives nothing; marginal and average carbon stand apart', () => {
    const federal = usual.detail.incentives.find(({ id }) => id === 'federal-25d')
    expect(federal).toMatchObject({ eligible: false, onceUsd: 0 })
    const { carbonMarginalKgPerYear: marginal, carbonAverageKgPerYear: average } = usual.detail
    expect(marginal! / average!).toBeCloseTo(1066 / 543.2, 9)
  })

  test('a solar roof is as good as panels at their price; one given is marked', () => {
    expect(usual.solarRoof.asPanelsUsdPerW).toBeCloseTo(3, 6)
    expect(usual.solarRoof.roofUsdPerW).toBeNull()
    const saved = size({ plainRoofCost: 10_000, solarRoofCost: 5 }).solarRoof
    expect(saved.breakEvenUsdPerW! - usual.solarRoof.breakEvenUsdPerW!).toBeCloseTo(
      10_000 / (usual.solarRoof.panelsKw * 1000),
      6,
    )
    expect(saved.npvUsd).not.toBeNull()
  })

  test('today’s rule for exports that ends is worth less than one that does not', () => {
    const ends = size({ exportEnds: 5 })
    const never = usual.map.find(({ panelsKw, batteryKwh }) => panelsKw === 6 && batteryKwh === 0)!
    const soon = ends.map.find(({ panelsKw, batteryKwh }) => panelsKw === 6 && batteryKwh === 0)!
    expect(soon.npvUsd).toBeLessThan(never.npvUsd)
  })

  test('the same request gives the same bytes', () => {
    expect(JSON.stringify(size())).toBe(JSON.stringify(usual))
  })

  test('the terminal’s lines stay within 80 columns', () => {
    expect(
      sizeText(usual)
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([])
  })
})

test('the README’s answer: 6.5 kW of panels and no battery', () => {
  const request = sizingRequest({ ...SIZE_DEFAULTS, draws: 10, date: '2027-01-01' }, 'vpp size', '2027-01-01')
  const { answer } = sizeHome(request)
  expect(answer).toMatchObject({ panelsKw: 6.5, batteryKwh: 0 })
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(`told to buy ${answer.panelsKw} kW of panels and no battery`)
})

describe('what a user gives', () => {
  test('a meter file of less than a year, of a home with panels, of another kind', () => {
    const rows = (count: number, head: string, row: string) =>
      [
        head,
        ...Array.from(
          { length: count },
          (_, at) => `${new Date(Date.UTC(2023, 0, 1, at + 5)).toISOString().slice(0, 16)}Z,${row}`,
        ),
      ].join('\n')
    const write = (name: string, text: string) => {
      const path = join(dir, name)
      writeFileSync(path, `${text}\n`)
      return path
    }
    const short = write('short.csv', rows(100, 'start_utc,load_kwh', '0.5'))
    expect(() => size({ meter: short })).toThrow(/365 whole days are needed/)
    const owner = write('owner.csv', rows(100, 'start_utc,import_kwh,export_kwh', '0.5,0.1'))
    expect(() => size({ meter: owner })).toThrow(/has panels already/)
    expect(() => size({ meter: write('other.csv', 'when;kW\n1;2') })).toThrow(
      /neither Green Button nor a table/,
    )
    const year = write('year.csv', rows(8760, 'start_utc,load_kwh', '0.5'))
    const measured = size({ meter: year, draws: 10, step: 4 })
    expect(measured.home.kwhPerYear).toBeCloseTo(4380, 6)
    expect(measured.home.load).toBe('year.csv')
  })

  test('a place without a yield, a yield that no sky gives, a tariff without a rule for exports', () => {
    expect(() => size({ place: '10,10' })).toThrow(/has no stated yield/)
    expect(() => size({ place: '42.36,-71.06', yield: 2900 })).toThrow(/if it is always clear/)
    expect(() => size({ tariff: '0.2' })).toThrow(/does not say what exports earn/)
    expect(() => size({ tariff: 'ma-r2' })).toThrow(/did you mean ma-r1/)
    expect(() => size({ incentives: ['smart'] })).toThrow(/is not known/)
    expect(() => size({ billKwh: [1, 2] })).toThrow(/twelve, January first/)
    expect(() => size({ billUsd: [3] })).toThrow(/below its fixed charge/)
  })

  testWithSharedData('a weather file, a Green Button rate file and the low-income rate', () => {
    const weather = join(SHARED_DATA, 'weather-boston-tmy3/USA_MA_Boston-Logan.Intl.AP.725090_TMY3.epw')
    const boston = size({ weather })
    expect(boston.home.yieldKwhPerKw).toBeGreaterThan(1100)
    expect(boston.home.yieldKwhPerKw).toBeLessThan(1400)
    const urdb = join(SHARED_DATA, 'tariffs-national-grid/nimo_seasonal_tou_supply_study_urdb.json')
    const time = size({
      weather,
      tariff: urdb,
      zone: 'America/New_York',
      export: 'net-billing',
      exportUsd: 0.03,
    })
    expect(time.map.some(({ strategy }) => strategy === 'time-of-use')).toBe(true)
    const poor = size({ weather, lowIncome: true })
    expect(poor.answer.npvUsd).toBeLessThan(boston.answer.npvUsd)
  })
})
