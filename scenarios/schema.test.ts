import { describe, expect, test } from 'vitest'
import { allFields } from './fields.ts'
import { scenarioSchema, type ScenarioInput } from './schema.ts'

const minimal = (): ScenarioInput => ({
  schema: 1,
  name: 'minimal',
  title: 'One home',
  period: { start: '2016-08-01' },
  timeZone: 'America/Los_Angeles',
  tariff: {
    label: 'flat',
    source: 'assumed',
    year: 2016,
    import: { kind: 'flat', usdPerKwh: 0.3 },
    export: { kind: 'flat', usdPerKwh: 0.05 },
  },
  communities: [{ id: 'here', homes: [{ id: 'home', load: { profile: 'fontana-2016/1' } }] }],
})

const home = (more: object) => ({ id: 'home', load: { profile: 'fontana-2016/1' }, ...more })

/** Dotted paths of what is refused when the only home is `home`. */
const refusedPaths = (oneHome: unknown): string[] =>
  (
    scenarioSchema.safeParse({ ...minimal(), communities: [{ id: 'here', homes: [oneHome] }] }).error
      ?.issues ?? []
  ).map((issue) => issue.path.slice(4).join('.'))

const community = (id: string) => ({ id, homes: [home({})] })

describe('defaults', () => {
  test('are filled in at every depth', () => {
    const scenario = scenarioSchema.parse(minimal())
    expect(scenario).toMatchObject({
      seed: 1,
      period: { days: 365 },
      settlementMinutes: 5,
      disaggregation: { solar: 'smooth', load: 'stochastic' },
      market: { mechanism: 'mid-market', platformFeeUsdPerKwh: 0.01 },
      ledger: { openingBalanceUsd: 5000, creditLimitUsd: 0 },
      burn: {
        missRate: 0.05,
        hysteresisKwh: 0.3,
        setAside: true,
        factorStart: 0.9,
        refitDays: 7,
        gateKwh: 0.6,
      },
      telemetry: { meterClassPercent: 1 },
      economics: { avoidedSupplyUsdPerKwh: 0.05, batteryUsdPerKwh: 1100 },
      communities: [{ label: 'here', homes: [{ label: 'home', role: 'household', load: { scale: 1 } }] }],
    })
  })

  test('a battery starts at its reserve', () => {
    const battery = { capacityKwh: 10, powerKw: 5, minSocFraction: 0.2 }
    const scenario = scenarioSchema.parse({
      ...minimal(),
      communities: [{ id: 'here', homes: [home({ battery })] }],
    })
    expect(scenario.communities[0].homes[0].battery?.initialSocFraction).toBe(0.2)
  })

  test('a resolved scenario resolves to itself', () => {
    const once = scenarioSchema.parse(minimal())
    expect(scenarioSchema.parse(once)).toEqual(once)
  })
})

describe('limits', () => {
  const battery = { capacityKwh: 10, powerKw: 5 }

  test.each([
    ['no capacity', { capacityKwh: 0 }, 'battery.capacityKwh'],
    ['negative capacity', { capacityKwh: -5 }, 'battery.capacityKwh'],
    ['NaN', { capacityKwh: Number.NaN }, 'battery.capacityKwh'],
    ['infinite power', { powerKw: Infinity }, 'battery.powerKw'],
    ['watt-hours for kilowatt-hours', { capacityKwh: 13_500 }, 'battery.capacityKwh'],
    ['percent for a fraction', { chargeEfficiency: 95 }, 'battery.chargeEfficiency'],
    ['no efficiency', { dischargeEfficiency: 0 }, 'battery.dischargeEfficiency'],
    ['crossed limits', { minSocFraction: 0.9, maxSocFraction: 0.2 }, 'battery.minSocFraction'],
    ['equal limits', { minSocFraction: 0.5, maxSocFraction: 0.5 }, 'battery.minSocFraction'],
    [
      'start below the reserve',
      { minSocFraction: 0.2, initialSocFraction: 0.1 },
      'battery.initialSocFraction',
    ],
    [
      'start above the ceiling',
      { maxSocFraction: 0.8, initialSocFraction: 0.9 },
      'battery.initialSocFraction',
    ],
  ])('%s is refused', (_, wrong, path) => {
    expect(refusedPaths(home({ battery: { ...battery, ...wrong } }))).toEqual([path])
  })

  test('a good battery is accepted', () => {
    expect(refusedPaths(home({ battery }))).toEqual([])
  })

  test('a consumer has neither solar nor battery', () => {
    const solar = { profile: 'fontana-2016/1' }
    expect(refusedPaths(home({ role: 'consumer', solar, battery }))).toEqual(['solar', 'battery'])
    expect(refusedPaths(home({ role: 'consumer' }))).toEqual([])
  })

  test('ids that are paths or markup are refused, labels are any line of text', () => {
    for (const id of ['../x', 'a/b', '<b>', '', '-a', 'A', 'a'.repeat(65), 'ä', 'a b', 'a\n'])
      expect(refusedPaths(home({ id })), id).toEqual(['id'])
    expect(refusedPaths(home({ label: '<script>alert("../x")</script>' }))).toEqual([])
    expect(refusedPaths(home({ label: 'bell\u0007' }))).toEqual(['label'])
    expect(refusedPaths(home({ label: 'x'.repeat(121) }))).toEqual(['label'])
  })

  test('ids of homes are unique across communities', () => {
    const result = scenarioSchema.safeParse({ ...minimal(), communities: [community('a'), community('b')] })
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['communities.1.homes.0.id'])
  })

  test.each([
    ['days', { period: { start: '2016-08-01', days: 0 } }],
    ['a fraction of a day', { period: { start: '2016-08-01', days: 1.5 } }],
    ['too many days', { period: { start: '2016-08-01', days: 366 * 25 + 1 } }],
    ['a day that is not in the calendar', { period: { start: '2017-02-29' } }],
    ['a seed beyond 32 bits', { seed: 2 ** 32 }],
    ['a negative seed', { seed: -1 }],
    ['a settlement of 10 minutes', { settlementMinutes: 10 }],
    ['an unknown time zone', { timeZone: 'America/Fontana' }],
    ['no community', { communities: [] }],
    ['another version', { schema: 2 }],
    ['an unknown key', { sed: 1 }],
  ])('%s is refused', (_, wrong) => {
    expect(scenarioSchema.safeParse({ ...minimal(), ...wrong }).success).toBe(false)
  })
})

describe('every field', () => {
  test('has a description', () => {
    expect(allFields().length).toBeGreaterThan(60)
    expect(allFields().filter((field) => field.description === '')).toEqual([])
  })

  test('that is a number has a unit', () => {
    const numbers = allFields().filter((field) => field.type.endsWith('number'))
    expect(numbers.length).toBeGreaterThan(25)
    expect(numbers.filter((field) => field.unit === '')).toEqual([])
  })
})
