import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { VppError } from '../data/errors.ts'
import { loadScenario } from '../scenarios/load.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { scenarioSchema } from '../scenarios/schema.ts'
import { prepare } from './prepare.ts'
import { runGallery, temporaryFolder, tokensOf } from './testing.ts'

const homesOf = (scenario: Scenario) => scenario.communities[0].homes
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, value) => all + value, 0)
const run = (days = 30, edit?: (scenario: Scenario) => void) =>
  runGallery('flexible-loads', days, edit === undefined ? {} : { edit })

describe('flexible loads in the engine', () => {
  // Every interval's ledger, money and token invariants are checked by the engine itself.
  const { result, series, engine } = run()
  const device = (homeId: string, name: string) =>
    result.flexibility?.find((home) => home.homeId === homeId)?.devices.find((one) => one.device === name)
  const response = (homeId: string) => result.demandResponse?.find((one) => one.homeId === homeId)

  test('energy of every home adds up to the milliwatt-hour, devices included', () => {
    result.homes.forEach(({ total }, home) => {
      expect(total.solarMilliWh + total.dischargeMilliWh + total.importMilliWh).toBe(
        total.loadMilliWh + total.chargeMilliWh + total.standbyMilliWh + total.exportMilliWh,
      )
      expect(sum(series.homes[home].load_kwh)).toBe(total.loadMilliWh)
      const devices =
        result.flexibility?.find(({ homeId }) => homeId === result.homes[home].id)?.devices ?? []
      const used = devices.reduce((all, one) => all + one.energyMilliWh, 0)
      expect(total.loadMilliWh).toBeGreaterThanOrEqual(used - 5)
    })
  })
  test('who cares about the price meets a lower one; comfort 1 moves nothing', () => {
    const price = device('home-01', 'vehicle')
    const comfort = device('home-04', 'vehicle')
    if (price === undefined || comfort === undefined) throw new Error('no vehicle')
    expect(price.retailMicroUsd / price.energyMilliWh).toBeLessThan(
      0.7 * (price.referenceRetailMicroUsd / price.referenceMilliWh),
    )
    expect(comfort.retailMicroUsd).toBe(comfort.referenceRetailMicroUsd)
    expect(comfort.energyMilliWh).toBe(comfort.referenceMilliWh)
  })
  test('comfort limits hold and vehicles have their charge', () => {
    for (const { devices } of result.flexibility ?? [])
      for (const { discomfortHours, elsewhereMilliWh } of devices) {
        expect(discomfortHours).toBe(0)
        expect(elsewhereMilliWh).toBe(0)
      }
  })
  test('the cases without the plant use the loads as they come; all transfers still cancel', () => {
    const peak = result.peakImportW
    expect(peak.plant).not.toBe(peak['solar-only'])
    const supply = result.utilitySupplyMilliWh
    const references = (result.flexibility ?? [])
      .flatMap(({ devices }) => devices)
      .reduce((all, one) => all + one.referenceMilliWh, 0)
    const base = engine.area.homes.reduce((all, home) => all + sum(home.loadMilliWh.whole()), 0)
    expect(Math.abs(supply['no-solar'] - base - references)).toBeLessThan(20)
    const all = (name: 'plant' | 'solar-only') =>
      result.homes.reduce(
        (money, home) => money + home.months.reduce((net, { bills }) => net + bills[name].netMicroUsd, 0),
        0,
      )
    expect(all('plant') - all('solar-only')).toBe(
      result.operatorIncomeMicroUsd +
        result.utilityRevenueMicroUsd.plant -
        result.utilityRevenueMicroUsd['solar-only'],
    )
  })
  test('events are answered from the payment that covers the cost', () => {
    expect(response('home-01')).toMatchObject({ called: 9, answered: 9 })
    expect(response('home-04')).toMatchObject({ answered: 0, reducedMilliWh: 0, paidMicroUsd: 0 })
    const shop = response('shop')
    expect(shop).toMatchObject({ site: 'commercial', called: 9, answered: 6 })
    // 12 kW · ¼ · 3 h in each of six events, all while the shop is open.
    expect(shop?.reducedMilliWh).toBe(6 * 9_000_000)
    // 17:00 to 20:00 at 1.50 three times, 14:00 to 17:00 at 2.00 three times.
    expect(shop?.paidMicroUsd).toBe((3 * 9 * 1.5 + 3 * 9 * 2) * 1e6)
    expect(response('home-09')).toBeUndefined()
  })
  test('a home scaled to its bills uses what they say, beside its devices', () => {
    const home = result.homes.findIndex(({ id }) => id === 'home-02')
    const tank = device('home-02', 'water-heater')?.energyMilliWh ?? Number.NaN
    const event = response('home-02')?.reducedMilliWh
    expect(event).toBeGreaterThan(0)
    // August's 860 kWh, of which 30 of 31 days.
    expect((result.homes[home].total.loadMilliWh - tank) / 1e6).toBeCloseTo((860 * 30) / 31, 3)
  })
  test('the same run gives the same head', () => {
    expect(tokensOf(run().result).ledger.head).toBe(tokensOf(result).ledger.head)
  })
})

test('a bill in dollars is met under the tariff, without solar', () => {
  const { result } = run(31, (scenario) => {
    const home = homesOf(scenario).find(({ id }) => id === 'home-02')
    if (home === undefined) throw new Error('no home-02')
    home.devices = undefined
    home.demandResponse = undefined
    home.load = {
      profile: 'fontana-2016/2',
      scale: 1,
      bill: { usdPerMonth: Array.from({ length: 12 }, () => 123.45) },
    }
  })
  const home = result.homes.find(({ id }) => id === 'home-02')
  expect((home?.months[0].bills['no-solar'].netMicroUsd ?? 0) / 1e6).toBeCloseTo(123.45, 2)
})

test('local preference follows the neighbors’ surplus', () => {
  const shares = [0, 1].map((local) => {
    const { series, engine } = run(14, (scenario) => {
      for (const home of homesOf(scenario))
        if (home.id === 'home-13') home.preferences = { comfort: 0, green: 0, local, price: 1 - local }
    })
    const at = engine.area.homes.findIndex(({ id }) => id === 'home-13')
    const loads = engine.area.homes.map(({ loadMilliWh }) => loadMilliWh.whole())
    const solars = engine.area.homes.map(({ solarMilliWh }) => solarMilliWh.whole())
    let inside = 0
    let all = 0
    for (let step = 0; step < engine.area.axis.count; step++) {
      const devices = series.homes[at].load_kwh[step] - loads[at][step]
      const net = loads.reduce((total, load, home) => total + solars[home][step] - load[step], 0)
      all += devices
      if (net > 0) inside += devices
    }
    return inside / all
  })
  expect(shares[1]).toBeGreaterThan(shares[0])
})

describe('what cannot be', () => {
  const { scenario } = loadScenario('flexible-loads')
  const issues = (edit: (scenario: Scenario) => void): string[] => {
    const copy = structuredClone(scenario)
    edit(copy)
    return (scenarioSchema.safeParse(copy).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')} ${message}`,
    )
  }
  test('a heat pump without temperature, a return before the departure, events that overlap', () => {
    expect(
      issues((copy) => delete (copy.environment as { temperature?: unknown }).temperature),
    ).toContainEqual(expect.stringMatching(/heatPump must have environment\.temperature/))
    expect(
      issues((copy) => {
        const vehicle = homesOf(copy)[0].devices?.vehicle
        if (vehicle !== undefined) vehicle.leaveHour = 19
      }),
    ).toEqual([expect.stringMatching(/leaveHour must be below returnHour/)])
    expect(
      issues((copy) => {
        const events = copy.demandResponse?.events ?? []
        events[1].start = events[0].start
      }),
    ).toEqual([expect.stringMatching(/must not overlap demandResponse\.events\[0\]/)])
  })
  test('a bill for a month without energy, and a weather file of another year', () => {
    const dir = temporaryFolder()
    const copy = structuredClone(loadScenario('flexible-loads', { days: 2 }).scenario)
    copy.environment.temperature = { epw: 'w.epw' }
    writeFileSync(join(dir, 'w.epw'), 'LOCATION,x,MA,USA,T,0,42,-71,-5,1\n')
    expect(() => prepare(copy, dir)).toThrow(VppError)
    expect(() =>
      run(
        2,
        (changed) =>
          (homesOf(changed)[6].load = {
            commercial: {
              peakKw: 1,
              baseFraction: 0,
              openHour: 0,
              closeHour: 0.01,
              rampHours: 0,
              saturdayFraction: 0,
              sundayFraction: 0,
            },
            bill: { kwhPerMonth: Array.from({ length: 12 }, () => 5) },
          }),
      ),
    ).toThrow(/home home-02\.load\.bill \(2016-08\) {2}the shape has no energy/)
  })
})
