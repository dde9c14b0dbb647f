import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { galleryNames, galleryPath, listGallery } from './gallery.ts'
import { loadScenario } from './load.ts'

const homesOf = (name: string) => loadScenario(name).scenario.communities.flatMap(({ homes }) => homes)

const usd = (...cents: number[]) => cents.reduce((sum, line) => sum + line, 0) / 100

test('the gallery has its scenarios', () => {
  expect(listGallery().map(({ name, homes, communities, days }) => [name, homes, communities, days])).toEqual(
    [
      ['ac-dc', 6, 2, 365],
      ['first-neighborhood', 12, 1, 365],
      ['flexible-loads', 9, 1, 365],
      ['low-income-block', 30, 3, 365],
      ['markets', 12, 1, 365],
      ['massachusetts', 12, 1, 365],
      ['massachusetts-credits', 4, 1, 365],
      ['new-york-value-stack', 5, 1, 365],
      ['one-home', 1, 1, 2],
      ['pooled', 12, 1, 365],
      ['weak-feeder', 12, 1, 365],
    ],
  )
})

describe.each(galleryNames())('%s', (name) => {
  const folder = dirname(galleryPath(name))

  test('has the name of its folder, a README and the editor schema', () => {
    const { scenario, text } = loadScenario(name)
    expect(scenario.name).toBe(basename(folder))
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/Californian/)
    const schema = /^# yaml-language-server: \$schema=(.+)$/m.exec(text)?.[1] ?? ''
    expect(existsSync(join(folder, schema))).toBe(true)
  })

  test('uses the twelve homes that may be used, each with its own solar', () => {
    const allowed = [1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16].map((home) => `fontana-2016/${home}`)
    for (const home of homesOf(name)) {
      if ('commercial' in home.load) continue
      const profile = 'profile' in home.load ? home.load.profile : 'file'
      expect(allowed).toContain(profile)
      if (home.solar !== undefined) expect(home.solar).toHaveProperty('profile', profile)
    }
  })
})

test('first-neighborhood: ten homes with solar, six batteries of several sizes, two consumers', () => {
  const homes = homesOf('first-neighborhood')
  expect(homes.filter(({ solar }) => solar !== undefined)).toHaveLength(10)
  expect(homes.filter(({ role }) => role === 'consumer').map(({ id }) => id)).toEqual(['home-02', 'home-09'])
  const sizes = homes.flatMap(({ battery }) => battery?.capacityKwh ?? [])
  expect(sizes).toHaveLength(6)
  expect(new Set(sizes).size).toBe(5)
})

describe('massachusetts', () => {
  test('has the homes and batteries of first-neighborhood', () => {
    expect(homesOf('massachusetts')).toEqual(homesOf('first-neighborhood'))
  })

  test('its prices are the sums of the lines of the sheet', () => {
    const { tariff } = loadScenario('massachusetts').scenario
    const delivery = usd(8.549, 4.1, -0.05, 3.025, 0.05, 1.767, 0.681, 0.038)
    expect(tariff.peerDeliveryUsdPerKwh).toBeCloseTo(delivery, 12)
    expect(tariff.import).toEqual({ kind: 'flat', usdPerKwh: expect.closeTo(0.14672 + delivery, 12) })
    expect(tariff.export).toEqual({
      kind: 'net-metering',
      excessUsdPerKwh: expect.closeTo(usd(14.672, 8.549, 4.1, -0.05), 12),
    })
    expect(tariff.fixedUsdPerMonth).toBe(10)
    expect(tariff.lowIncomeDiscountFraction).toBe(0.32)
  })
})

test('pooled: all with solar at the nameplate of the data, no batteries, no fee, hours as they are', () => {
  const { scenario } = loadScenario('pooled')
  expect(scenario.settlementMinutes).toBe(60)
  expect(scenario.disaggregation).toEqual({ solar: 'hold', load: 'hold' })
  expect(scenario.market.platformFeeUsdPerKwh).toBe(0)
  const homes = homesOf('pooled')
  expect(homes.map(({ solar }) => (solar !== undefined && 'kw' in solar ? solar.kw : null))).toEqual([
    4, 4, 5, 4, 4, 4, 4, 5, 5, 5, 5, 5,
  ])
  expect(homes.filter(({ battery }) => battery !== undefined)).toEqual([])
})

test('weak-feeder: the homes and batteries of first-neighborhood with twice the solar, each at its own service', () => {
  const homes = homesOf('weak-feeder')
  const double = homesOf('first-neighborhood').map(({ solar, ...home }) =>
    solar !== undefined && 'kw' in solar && solar.kw !== undefined
      ? { ...home, solar: { ...solar, kw: 2 * solar.kw } }
      : home,
  )
  expect(homes).toEqual(double)
  const { feeder } = loadScenario('weak-feeder').scenario.communities[0]
  expect(new Set(feeder?.homes.map(({ bus }) => bus)).size).toBe(12)
})

test('low-income-block: three areas of 8 to 12 homes, few generators, many consumers', () => {
  const { communities } = loadScenario('low-income-block').scenario
  expect(communities.map(({ homes }) => homes.length)).toEqual([8, 10, 12])
  expect(communities.map(({ homes }) => homes.filter(({ role }) => role === 'consumer').length)).toEqual([
    7, 8, 9,
  ])
})

test('names that are no folder of the gallery never become a path', () => {
  for (const name of ['../gallery/one-home', 'one-home/../pooled', '.', '', '/etc', 'one-home/'])
    expect(() => galleryPath(name), name).toThrow(/is no scenario of the gallery/)
})
