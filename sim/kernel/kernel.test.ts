import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { type BatteryParameters, newBattery, stepBattery } from '../../models/battery/battery.ts'
import { selfConsumption } from '../../models/battery/self-consumption.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { runGallery } from '../testing.ts'
import { homesBetween, type KernelHome, kernelHomes } from './homes.ts'
import { evenBlocks, type KernelInput, type KernelState, newKernelState, runKernel, SUMS } from './kernel.ts'
import { beyondKernel, plainArea } from './plain-area.ts'

/** The kernel's sums of one home. */
const sumsOf = ({ sums }: KernelState, home: number) =>
  Object.fromEntries(SUMS.map((name) => [name, sums[name][home]])) as Record<(typeof SUMS)[number], number>

const plain = (scenario: Scenario) => {
  scenario.comparison.strategies = []
}

describe.each([
  ['first-neighborhood', 40],
  ['pooled', 365],
  ['one-home', 2],
])('%s, %i days: the kernel and the engine', (name, days) => {
  const { engine, result } = runGallery(name, days, { edit: plain })
  const input = plainArea(engine.area, engine.scenario)
  const state = newKernelState(input.homes)
  let traded = 0
  runKernel(input, state, ({ count, supplyKwh, soldShare }) => {
    for (let step = 0; step < count; step++) traded += supplyKwh[step] * soldShare[step]
  })
  const steps = engine.area.axis.count
  // The engine's flows are whole milliwatt-hours, at most one off in an interval and nothing in the long run.
  const NEAR_KWH = 2e-5
  const ANY_KWH = steps * 1e-6

  test('move the same energy through every battery, and leave it in the same state', () => {
    for (const [home, { total }] of result.homes.entries()) {
      const ours = sumsOf(state, home)
      expect(Math.abs(ours.chargedKwh - total.chargeMilliWh / 1e6)).toBeLessThan(NEAR_KWH)
      expect(Math.abs(ours.dischargedKwh - total.dischargeMilliWh / 1e6)).toBeLessThan(NEAR_KWH)
      expect(Math.abs(ours.standbyKwh - total.standbyMilliWh / 1e6)).toBeLessThan(NEAR_KWH)
      const battery = engine.batteries[home]
      if (battery === null) continue
      expect(state.energyKwh[home]).toBeCloseTo(battery.state.energyKwh, 9)
      expect(state.sohFraction[home]).toBeCloseTo(battery.state.sohFraction, 12)
    }
  })

  test('meter and trade the same', () => {
    const moved = result.homes.map(({ total }) => total.importMilliWh + total.exportMilliWh)
    expect(Math.min(...moved)).toBeGreaterThan(0)
    for (const [home, { total }] of result.homes.entries()) {
      const ours = sumsOf(state, home)
      expect(Math.abs(ours.importKwh - total.importMilliWh / 1e6)).toBeLessThan(ANY_KWH)
      expect(Math.abs(ours.exportKwh - total.exportMilliWh / 1e6)).toBeLessThan(ANY_KWH)
      expect(Math.abs(ours.boughtKwh - total.peerBoughtMilliWh / 1e6)).toBeLessThan(ANY_KWH)
      expect(Math.abs(ours.soldKwh - total.peerSoldMilliWh / 1e6)).toBeLessThan(ANY_KWH)
    }
    expect(Math.abs(traded - result.market.tradedMilliWh / 1e6)).toBeLessThan(ANY_KWH * result.homes.length)
  })

  test('bill the same in every case', () => {
    const bill = (
      home: number,
      billCase: 'no-solar' | 'solar-only' | 'own-battery' | 'plant',
      line: 'energyMicroUsd' | 'exportCreditMicroUsd' | 'peerPaidMicroUsd' | 'peerReceivedMicroUsd',
    ) => result.homes[home].months.reduce((sum, { bills }) => sum + bills[billCase][line], 0) / 1e6
    // A milliwatt-hour an interval at most, at 0.54 USD/kWh; each trade is rounded up to a micro-dollar, for each partner.
    const near = ANY_KWH * 0.54 + steps * 1e-6 * result.homes.length
    for (let home = 0; home < result.homes.length; home++) {
      const ours = sumsOf(state, home)
      const pairs: [number, number][] = [
        [ours.loadUsd, bill(home, 'no-solar', 'energyMicroUsd')],
        [ours.lackUsd, bill(home, 'solar-only', 'energyMicroUsd')],
        [-ours.spareUsd, bill(home, 'solar-only', 'exportCreditMicroUsd')],
        [ours.importUsd, bill(home, 'own-battery', 'energyMicroUsd')],
        [-ours.exportUsd, bill(home, 'own-battery', 'exportCreditMicroUsd')],
        [ours.importUsd - ours.avoidedUsd, bill(home, 'plant', 'energyMicroUsd')],
        [ours.forgoneUsd - ours.exportUsd, bill(home, 'plant', 'exportCreditMicroUsd')],
        [ours.boughtUsd, bill(home, 'plant', 'peerPaidMicroUsd')],
        [-ours.soldUsd, bill(home, 'plant', 'peerReceivedMicroUsd')],
      ]
      for (const [mine, theirs] of pairs) expect(Math.abs(mine - theirs)).toBeLessThan(near)
      // What does not pass a battery or a trade is the same but for the rounding of a month's line.
      for (const [mine, theirs] of pairs.slice(0, 3)) expect(mine).toBeCloseTo(theirs, 4)
    }
  })
})

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const battery: fc.Arbitrary<BatteryParameters> = fc.record({
  capacityKwh: number(0, 20),
  powerKw: number(0, 8),
  chargeEfficiency: number(0.7, 1),
  dischargeEfficiency: number(0.7, 1),
  standbyW: number(0, 60),
  selfDischargePercentPerMonth: number(0, 10),
  minSocFraction: number(0, 0.3),
  maxSocFraction: number(0.6, 1),
  calendarFadePercentPerYear: number(0, 40),
  cycleFadePercentPerThousandEfc: number(0, 40),
})
const STEPS = 60
const series = fc.array(number(0, 3), { minLength: STEPS, maxLength: STEPS })

/** Any homes with profiles of their own, cleared together at any prices. */
const community = fc
  .array(fc.tuple(battery, number(0, 1), series, series), { minLength: 1, maxLength: 5 })
  .map((drawn) => ({
    batteries: drawn.map(([parameters]) => parameters),
    starts: drawn.map(([, start]) => start),
    load: drawn.map(([, , load]) => Float64Array.from(load)),
    solar: drawn.map(([, , , solar]) => Float64Array.from(solar, (kwh) => Math.max(0, kwh - 1))),
  }))
type Drawn = typeof community extends fc.Arbitrary<infer T> ? T : never

const STEP_HOURS = 0.25
function inputOf({ batteries, starts, load, solar }: Drawn, blockSteps: number): KernelInput {
  const homes = batteries.map((parameters, at): KernelHome => ({
    profile: at,
    loadScale: 1,
    solarScale: 1,
    battery: parameters,
    startSocFraction: starts[at],
  }))
  return {
    homes: kernelHomes(homes, STEP_HOURS),
    profiles: { loadKwh: load, solarKwh: solar },
    prices: {
      importUsdPerKwh: new Float64Array(STEPS).fill(0.3),
      exportUsdPerKwh: new Float64Array(STEPS).fill(0.05),
      peerUsdPerKwh: new Float64Array(STEPS).fill(0.17),
      open: Uint8Array.from({ length: STEPS }, (_, step) => (step % 7 === 3 ? 0 : 1)),
    },
    blocks: evenBlocks(STEPS, blockSteps),
  }
}

function ran(input: KernelInput): KernelState {
  const state = newKernelState(input.homes)
  runKernel(input, state)
  return state
}

describe('any community', () => {
  test('its batteries move as stepBattery says', () => {
    fc.assert(
      fc.property(community, (drawn) => {
        const state = ran(inputOf(drawn, 24))
        drawn.batteries.forEach((parameters, home) => {
          let theirs = newBattery(parameters, drawn.starts[home])
          const sums = { charged: 0, discharged: 0, standby: 0 }
          for (let step = 0; step < STEPS; step++) {
            const powerKw = selfConsumption(drawn.solar[home][step], drawn.load[home][step], STEP_HOURS)
            const moved = stepBattery(parameters, theirs, powerKw, STEP_HOURS)
            theirs = moved.state
            sums.charged += moved.chargedKwh
            sums.discharged += moved.dischargedKwh
            sums.standby += moved.standbyImportKwh
          }
          const ours = sumsOf(state, home)
          expect(state.energyKwh[home]).toBeCloseTo(theirs.energyKwh, 9)
          expect(state.sohFraction[home]).toBeCloseTo(theirs.sohFraction, 9)
          expect(ours.chargedKwh).toBeCloseTo(sums.charged, 9)
          expect(ours.dischargedKwh).toBeCloseTo(sums.discharged, 9)
          expect(ours.standbyKwh).toBeCloseTo(sums.standby, 9)
        })
      }),
      { seed: 10, numRuns: 200 },
    )
  })

  test('energy and money between neighbors add up, and nobody trades more than it has', () => {
    fc.assert(
      fc.property(community, (drawn) => {
        const { sums } = ran(inputOf(drawn, 24))
        const total = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0)
        expect(total(sums.boughtKwh)).toBeCloseTo(total(sums.soldKwh), 9)
        expect(total(sums.boughtUsd)).toBeCloseTo(total(sums.soldUsd), 9)
        drawn.batteries.forEach((_, home) => {
          expect(sums.boughtKwh[home]).toBeLessThanOrEqual(sums.importKwh[home] + 1e-12)
          expect(sums.soldKwh[home]).toBeLessThanOrEqual(sums.exportKwh[home] + 1e-12)
          const made = total(drawn.solar[home]) + sums.dischargedKwh[home] + sums.importKwh[home]
          const used = total(drawn.load[home]) + sums.chargedKwh[home] + sums.standbyKwh[home]
          expect(made).toBeCloseTo(used + sums.exportKwh[home], 9)
        })
      }),
      { seed: 11, numRuns: 100 },
    )
  })

  test('the length of the blocks changes sums in their last bits only, and the state not at all', () => {
    fc.assert(
      fc.property(community, fc.integer({ min: 1, max: 70 }), (drawn, blockSteps) => {
        const one = ran(inputOf(drawn, STEPS))
        const other = ran(inputOf(drawn, blockSteps))
        expect(other.energyKwh).toEqual(one.energyKwh)
        expect(other.sohFraction).toEqual(one.sohFraction)
        for (const name of SUMS)
          one.sums[name].forEach((value, home) => expect(other.sums[name][home]).toBeCloseTo(value, 10))
      }),
      { seed: 12, numRuns: 50 },
    )
  })
})

test('homes between two places are views of the same memory', () => {
  const homes = kernelHomes(
    [1, 2, 3].map((loadScale) => ({
      profile: 0,
      loadScale,
      solarScale: 1,
      battery: null,
      startSocFraction: 0,
    })),
    1,
  )
  const last = homesBetween(homes, 1, 3)
  expect([...last.loadScale]).toEqual([2, 3])
  expect(last.loadScale.buffer).toBe(homes.loadScale.buffer)
})

test('says what is beyond it', () => {
  const beyond = (edit: (scenario: Scenario) => void) => {
    const { engine } = runGallery('first-neighborhood', 1, { edit })
    return beyondKernel(engine.area, engine.scenario)
  }
  expect(beyond(() => {})).toBeNull()
  expect(beyond(({ market }) => void (market.mechanism = 'double-auction'))).toContain('double-auction')
  expect(
    beyond(({ communities: [{ homes }] }) => {
      for (const { battery: one } of homes) if (one !== undefined) one.ageing = 'sam-lfp'
    }),
  ).toContain('ageing by sam-lfp (home-01)')
  expect(beyond(({ communities: [{ homes }] }) => void (homes[3].trading.minSellUsdPerKwh = 0.1))).toContain(
    'home-05',
  )
})
