import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Curtailment, CURTAILMENT_RULES, type CurtailmentRule, type HomePower } from './curtailment.ts'
import { hostingCapacity } from './hosting.ts'
import { bindingText, LimitWatch } from './limits.ts'
import { PowerFlow } from './power-flow.ts'
import { networkOf } from './testing-network.ts'

const LIMITS = { minPu: 0.95, maxPu: 1.05, transformerPercent: 100, linePercent: 100 }
/** Four homes along one cable behind a transformer. */
const STREET = networkOf(
  6,
  [
    [1, 2, 0.15],
    [2, 3, 0.15],
    [3, 4, 0.15],
    [4, 5, 0.15],
  ],
  { trafo: true },
)
const BUSES = Int32Array.of(2, 3, 4, 5)

/** A quarter hour of the homes: what each draws (W) and how much of it is solar that it feeds in. */
function quarter(netWatts: readonly number[], exportWatts: readonly number[]): HomePower {
  const milliWh = (watts: number) => Math.round(watts * 250)
  return {
    bus: BUSES,
    netMilliWh: Float64Array.from(netWatts, milliWh),
    exportMilliWh: Int32Array.from(exportWatts, milliWh),
    kvar: new Float64Array(4),
    kwPerMilliWh: 4 / 1e6,
  }
}

function limited(rule: CurtailmentRule, netWatts: readonly number[], exportWatts: readonly number[]) {
  const flow = new PowerFlow(STREET)
  const watch = new LimitWatch(STREET, LIMITS)
  const curtailment = new Curtailment(flow, watch, rule, 4)
  const power = quarter(netWatts, exportWatts)
  const cut = curtailment.limit(power)
  return { cut, kept: [...curtailment.keptMilliWh], asked: [...power.exportMilliWh], flow, watch }
}

describe('who is cut', () => {
  const exports = [20_000, 20_000, 20_000, 20_000]
  const net = exports.map((watts) => -watts)

  test('nobody where all fits', () => {
    for (const rule of CURTAILMENT_RULES) {
      const { cut, kept, asked } = limited(rule, [-1000, -1000, 500, 0], [1000, 1000, 0, 0])
      expect(cut).toBe(false)
      expect(kept).toEqual(asked)
    }
  })

  test('pro-rata: everyone by the same fraction, down to the limit and no further', () => {
    const { cut, kept, flow, watch } = limited('pro-rata', net, exports)
    expect(cut).toBe(true)
    expect(Math.max(...kept) - Math.min(...kept)).toBeLessThanOrEqual(1)
    expect(watch.exceeded(flow)).toBe(false)
    expect(Math.max(...flow.voltagePu)).toBeGreaterThan(1.05 - 1e-6)
  })

  test('last-in-first-out: the last first, and only one in part', () => {
    const { kept, asked, flow } = limited('last-in-first-out', net, exports)
    const whole = kept.filter((value, home) => value === asked[home]).length
    expect(kept.slice(0, whole)).toEqual(asked.slice(0, whole))
    expect(kept.slice(whole + 1)).toEqual(asked.slice(whole + 1).map(() => 0))
    expect(Math.max(...flow.voltagePu)).toBeGreaterThan(1.05 - 1e-6)
  })

  test('block-trades: each home has all or nothing', () => {
    const { kept, asked, watch, flow } = limited('block-trades', net, exports)
    expect(kept.every((value, home) => value === 0 || value === asked[home])).toBe(true)
    expect(kept).toContain(0)
    expect(watch.exceeded(flow)).toBe(false)
  })

  test('a limit that loads alone break is no reason to cut', () => {
    // 200 kW of load overload the transformer; 5 kW of export relieve it.
    const { cut, kept, asked } = limited('pro-rata', [100_000, 100_000, -5000, 0], [0, 0, 5000, 0])
    expect(cut).toBe(false)
    expect(kept).toEqual(asked)
  })

  test('loads that no voltage carries are told', () => {
    expect(limited('pro-rata', [0, 0, 0, 3_000_000], [0, 0, 0, 0]).cut).toBeNull()
  })
})

test('any exports: what is kept fits, and is never more than was asked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CURTAILMENT_RULES),
      fc.array(fc.integer({ min: -40_000, max: 10_000 }), { minLength: 4, maxLength: 4 }),
      (rule, net) => {
        const { kept, asked, flow, watch } = limited(
          rule,
          net,
          net.map((watts) => Math.max(0, -watts)),
        )
        for (let home = 0; home < 4; home++) {
          expect(kept[home]).toBeGreaterThanOrEqual(0)
          expect(kept[home]).toBeLessThanOrEqual(asked[home])
        }
        expect(watch.exceeded(flow)).toBe(false)
      },
    ),
    { numRuns: 150, seed: 1 },
  )
})

describe('hosting capacity', () => {
  const none = new Float64Array(6)
  const capacity = (buses: readonly number[], limits = LIMITS) =>
    hostingCapacity(new PowerFlow(STREET), limits, buses, none, none)

  test('what it says fits, and a little more does not', () => {
    const { kwPerHome, binding } = capacity([...BUSES])
    expect(binding).toEqual({ kind: 'voltage-high', at: 5 })
    const flow = new PowerFlow(STREET)
    const watch = new LimitWatch(STREET, LIMITS)
    const exceeded = (kw: number) => {
      flow.solve(Float64Array.of(0, 0, -kw, -kw, -kw, -kw), none)
      return watch.exceeded(flow)
    }
    expect(exceeded(kwPerHome)).toBe(false)
    expect(exceeded(kwPerHome + 0.002)).toBe(true)
  })

  test('is less at the end of the street, and names what binds', () => {
    expect(capacity([5]).kwPerHome).toBeLessThan(capacity([2]).kwPerHome)
    const { binding } = capacity([5], { ...LIMITS, maxPu: 1.5 })
    if (binding === null) throw new Error('nothing binds')
    expect(bindingText(binding, STREET)).toMatch(/^line line \d$/)
    const wide = capacity([2], { ...LIMITS, maxPu: 1.5, linePercent: 500 })
    if (wide.binding === null) throw new Error('nothing binds')
    expect(bindingText(wide.binding, STREET)).toBe('transformer T')
    expect(wide.kwPerHome).toBeGreaterThan(155)
  })
})
