import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PUBLISHED_NAMES, publishedTariff } from '../../../data/tariffs/registry.ts'
import { basicServiceUsdPerKwh } from '../../../data/tariffs/massachusetts-electric.ts'
import { SHARED_DATA, testWithSharedData } from '../../../testing.ts'
import { publishedRate } from './published-rate.ts'
import { parseUrdb } from './urdb.ts'

const grid = (value = 0) => Array.from({ length: 12 }, () => Array.from({ length: 24 }, () => value))

const item = (more: object = {}) => ({
  label: 'made-up',
  energyratestructure: [
    [{ rate: 0.1, adj: 0.02, max: 300, unit: 'kWh', sell: 0.03 }, { rate: 0.2 }],
    [{ rate: 0.3 }, { rate: 0.4 }],
  ],
  energyweekdayschedule: grid(1),
  energyweekendschedule: grid(0),
  ...more,
})

const parse = (more: object = {}) => parseUrdb(JSON.stringify({ items: [item(more)] }), 'rate.json')

describe('a URDB answer', () => {
  test('periods, tiers, rate + adj, sell, schedules', () => {
    const { rate, label } = parse()
    expect(label).toBe('made-up')
    expect(rate.energy[0]).toEqual([
      { max: 300, unit: 'kWh', buyUsdPerKwh: 0.12000000000000001, sellUsdPerKwh: 0.03 },
      { max: null, unit: 'kWh', buyUsdPerKwh: 0.2, sellUsdPerKwh: 0 },
    ])
    expect(rate.schedule.weekday[3][4]).toBe(1)
    expect(rate.schedule.weekend[11][23]).toBe(0)
    expect(rate).toMatchObject({ demand: null, flatDemand: null, demandWindowMinutes: 15 })
  })

  test.each([
    [{ fixedchargefirstmeter: 17.89, fixedchargeunits: '$/month' }, { fixedUsdPerMonth: 17.89 }],
    [{ fixedchargefirstmeter: 0.6, fixedchargeunits: '$/day' }, { fixedUsdPerMonth: 18.25 }],
    [{ fixedmonthlycharge: 8 }, { fixedUsdPerMonth: 8 }],
    [{ mincharge: 10 }, { minimumUsdPerMonth: 10, minimumUsdPerYear: 0 }],
    [
      { mincharge: 90, minchargeunits: '$/year' },
      { minimumUsdPerMonth: 0, minimumUsdPerYear: 90 },
    ],
    [
      { minmonthlycharge: 4, annualmincharge: 60 },
      { minimumUsdPerMonth: 4, minimumUsdPerYear: 60 },
    ],
  ])('charges of both generations: %j', (given, expected) => {
    expect(parse(given).rate).toMatchObject(expected)
  })

  test('demand by period and by month', () => {
    const { rate } = parse({
      demandratestructure: [[{ rate: 5 }], [{ rate: 9, adj: 1, max: 2 }, { rate: 12 }]],
      demandweekdayschedule: grid(1),
      demandwindow: 30,
      flatdemandstructure: [[{ rate: 1 }], [{ rate: 2 }]],
      flatdemandmonths: [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0],
    })
    expect(rate.demand?.periods[1]).toEqual([
      { maxKw: 2, usdPerKw: 10 },
      { maxKw: null, usdPerKw: 12 },
    ])
    expect(rate.demand?.schedule.weekend[0][0]).toBe(1)
    expect(rate.flatDemand?.map(([tier]) => tier.usdPerKw)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1])
    expect(rate.demandWindowMinutes).toBe(30)
  })

  test.each([
    ['{', /is no JSON/],
    ['{"items": []}', /holds no energyratestructure/],
    [
      JSON.stringify({ items: [item(), { ...item(), label: 'other' }] }),
      /holds 2 rates; name one with item: made-up, other/,
    ],
    [JSON.stringify(item({ energyweekdayschedule: grid(2) })), /energyweekdayschedule {2}is no 12 months/],
    [JSON.stringify(item({ energyratestructure: [[]] })), /has no tier/],
    [
      JSON.stringify(
        item({
          energyratestructure: [[{ rate: 'x' }]],
          energyweekdayschedule: grid(),
          energyweekendschedule: grid(),
        }),
      ),
      /rate {2}is "x"/,
    ],
    [JSON.stringify(item({ energyratestructure: [[{ rate: 1, unit: 'therm' }]] })), /unit {2}is "therm"/],
    [
      JSON.stringify(item({ fixedchargefirstmeter: 1, fixedchargeunits: '$/week' })),
      /fixedchargeunits {2}is \$\/week/,
    ],
    [JSON.stringify(item({ lookbackPercent: [50] })), /demand of earlier months is not built/],
    [JSON.stringify(item({ coincidentratestructure: [[{ rate: 1 }]] })), /coincidentratestructure/],
    [JSON.stringify(item({ demandratestructure: [[{ rate: 1 }]], demandrateunit: 'hp' })), /must be kW/],
  ])('what cannot be billed is refused with its field (%#)', (text, words) => {
    expect(() => parseUrdb(text, 'rate.json')).toThrow(words)
  })

  test('one of several is taken by its label', () => {
    const text = JSON.stringify({ items: [item(), item({ label: 'other', fixedmonthlycharge: 3 })] })
    expect(parseUrdb(text, 'rate.json', 'other').rate.fixedUsdPerMonth).toBe(3)
  })
})

describe('published rates', () => {
  test('every price is a number, every line is graded and sourced', () => {
    for (const name of PUBLISHED_NAMES) {
      const published = publishedTariff(name)
      expect(published.source).toMatch(/\.(?:com|org)/)
      for (const [tier] of publishedRate(published).energy) {
        expect(tier.buyUsdPerKwh).toBeGreaterThan(0.05)
        expect(tier.buyUsdPerKwh).toBeLessThan(0.6)
      }
    }
  })

  test('R-1: 14.672 of supply and 18.16 of delivery', () => {
    expect(publishedRate(publishedTariff('ma-r1')).energy[0][0].buyUsdPerKwh).toBe(0.32832)
    expect(basicServiceUsdPerKwh('2022-12', 'fixed')).toBe(0.33891)
    expect(basicServiceUsdPerKwh('2023-01', 'variable')).toBe(0.405)
    expect(basicServiceUsdPerKwh('2026-01', 'fixed')).toBeNaN()
  })

  testWithSharedData('the lines of SC-1 sum to the URDB file of the same source, month by month', () => {
    const file = 'tariffs-national-grid/nimo_sc1_default_supply_2025_urdb.json'
    const { rate } = parseUrdb(readFileSync(join(SHARED_DATA, file), 'utf8'), file)
    const ours = publishedRate(publishedTariff('ny-sc1'))
    expect(ours.energy.map(([tier]) => tier.buyUsdPerKwh)).toEqual(
      rate.schedule.weekday.map((row) => rate.energy[row[0]][0].buyUsdPerKwh),
    )
    expect(rate.fixedUsdPerMonth).toBe(17.89)
  })

  testWithSharedData(
    'the study’s seasons and hours are those of its file; basic service is that of its table',
    () => {
      const file = 'tariffs-national-grid/nimo_seasonal_tou_supply_study_urdb.json'
      const { rate } = parseUrdb(readFileSync(join(SHARED_DATA, file), 'utf8'), file)
      const ours = publishedRate(publishedTariff('ny-seasonal-tou-study'))
      expect(ours.schedule).toEqual(rate.schedule)
      expect(ours.energy.map(([tier]) => tier.buyUsdPerKwh)).toEqual(
        rate.energy.map(([tier]) => tier.buyUsdPerKwh),
      )
      const table = JSON.parse(
        readFileSync(join(SHARED_DATA, 'tariffs-national-grid/meco_basic_service_2021_2025.json'), 'utf8'),
      ) as {
        variable_price_option_by_month: Record<string, number>
        fixed_price_option: { start: string; rate: number }[]
      }
      for (const [month, cents] of Object.entries(table.variable_price_option_by_month))
        expect(basicServiceUsdPerKwh(month, 'variable')).toBeCloseTo(cents / 100, 12)
      for (const { start, rate: cents } of table.fixed_price_option)
        expect(basicServiceUsdPerKwh(start.slice(0, 7), 'fixed')).toBeCloseTo(cents / 100, 12)
    },
  )
})
