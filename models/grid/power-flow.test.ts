import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LossShares } from './loss-shares.ts'
import { PowerFlow } from './power-flow.ts'
import { CABLE, networkOf } from './testing-network.ts'

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0)
/** Kilowatts by bus. */
const kw = (...values: number[]) => Float64Array.from(values)

test('one line and one load: the voltage is that of the quadratic equation', () => {
  const flow = new PowerFlow(networkOf(2, [[0, 1, 0.2, { c_nf_per_km: 0 }]]))
  const [p, q] = [30, 12]
  expect(flow.solve(kw(0, p), kw(0, q))).toBe(true)
  // |V|⁴ + (2(RP + XQ) − V₀²)|V|² + (R² + X²)(P² + Q²) = 0, in per unit of 0.4 kV and 1 MVA.
  const [r, x] = [(0.32 * 0.2) / 0.16, (0.083 * 0.2) / 0.16]
  const [pu, qu] = [p / 1000, q / 1000]
  const b = 2 * (r * pu + x * qu) - 1
  const c = (r ** 2 + x ** 2) * (pu ** 2 + qu ** 2)
  const voltage = Math.sqrt((-b + Math.sqrt(b ** 2 - 4 * c)) / 2)
  expect(flow.voltagePu[1]).toBeCloseTo(voltage, 12)
  const current = Math.hypot(p, q) / (voltage * 0.4 * Math.sqrt(3))
  expect(flow.lineLoadingPercent[0]).toBeCloseTo((current / 179) * 100, 9)
  expect(flow.lineLossKw[0]).toBeCloseTo((3 * current ** 2 * 0.32 * 0.2) / 1000, 9)
})

test('without load a transformer draws its iron losses and no more', () => {
  const flow = new PowerFlow(networkOf(2, [], { trafo: true }))
  flow.solve(kw(0, 0), kw(0, 0))
  // The iron stands behind half of the leakage: a little less than its rated loss.
  expect(flow.hvKw[0]).toBeLessThan(0.4)
  expect(flow.hvKw[0]).toBeCloseTo(0.4, 3)
  expect(flow.lvKw[0]).toBeCloseTo(0, 12)
  // i0 of 0.8 % of 160 kVA is 1.28 kVA in all.
  expect(Math.hypot(flow.hvKw[0], flow.hvKvar[0])).toBeCloseTo(1.28, 2)
})

/** A random tree behind a transformer: each bus from 2 on hangs on an earlier one. */
const trees = fc
  .array(fc.record({ on: fc.nat(), km: fc.double({ min: 0.005, max: 0.12, noNaN: true }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((branches) =>
    networkOf(
      branches.length + 2,
      branches.map(({ on, km }, at) => [1 + (on % (at + 1)), at + 2, km] as const),
      { trafo: true },
    ),
  )
const withLoads = (least: number, most: number) =>
  trees.chain((network) =>
    fc.record({
      network: fc.constant(network),
      loads: fc.array(fc.double({ min: least, max: most, noNaN: true }), {
        minLength: network.buses.length,
        maxLength: network.buses.length,
      }),
    }),
  )

describe('any radial feeder', () => {
  test('balances to 1e-9 kW, loses something and never nothing', () => {
    fc.assert(
      fc.property(withLoads(-6, 6), ({ network, loads }) => {
        const flow = new PowerFlow(network)
        expect(flow.nodes.loops).toBe(0)
        const p = kw(...loads)
        expect(
          flow.solve(
            p,
            p.map((one) => one / 3),
          ),
        ).toBe(true)
        expect(Math.abs(flow.sourceKw - sum(p) - flow.lossKw())).toBeLessThan(1e-9)
        for (const loss of [...flow.lineLossKw, ...flow.transformerLossKw])
          expect(loss).toBeGreaterThan(-1e-10)
        expect(flow.lossKw()).toBeGreaterThan(0.3)
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  test('the voltage falls along every line that feeds loads', () => {
    fc.assert(
      fc.property(withLoads(0.1, 4), ({ network, loads }) => {
        const flow = new PowerFlow(network)
        flow.solve(kw(...loads), new Float64Array(loads.length))
        for (const { from, to } of network.lines)
          expect(flow.voltagePu[to]).toBeLessThan(flow.voltagePu[from])
      }),
      { numRuns: 100, seed: 2 },
    )
  })

  test('light loads superpose: drops of two loads are the sum of the drops of each', () => {
    fc.assert(
      fc.property(withLoads(0, 0.01), ({ network, loads }) => {
        const drop = (part: (at: number) => number) => {
          const flow = new PowerFlow(network)
          flow.solve(
            Float64Array.from(loads, (one, at) => one * part(at)),
            new Float64Array(loads.length),
          )
          return flow.voltagePu.slice()
        }
        const none = drop(() => 0)
        const [even, odd, all] = [drop((at) => (at + 1) % 2), drop((at) => at % 2), drop(() => 1)]
        for (const [bus, voltage] of all.entries())
          expect(Math.abs(none[bus] - voltage - (2 * none[bus] - even[bus] - odd[bus]))).toBeLessThan(1e-7)
      }),
      { numRuns: 50, seed: 3 },
    )
  })

  test('loss shares sum to the losses', () => {
    fc.assert(
      fc.property(withLoads(-5, 5), ({ network, loads }) => {
        const flow = new PowerFlow(network)
        const homes = Int32Array.from(loads.slice(1), (_, at) => at + 1)
        const p = kw(...loads.slice(1))
        const q = p.map((one) => one / 4)
        flow.solve(kw(0, ...p), kw(0, ...q))
        const shares = new Float64Array(homes.length)
        new LossShares(flow).add(homes, p, q, shares)
        expect(Math.abs(sum(shares) - flow.lossKw())).toBeLessThan(1e-10)
      }),
      { numRuns: 100, seed: 4 },
    )
  })
})

test('loss shares: the further home bears more, one that runs against the flow relieves', () => {
  const flow = new PowerFlow(
    networkOf(3, [
      [0, 1, 0.2],
      [1, 2, 0.2],
    ]),
  )
  const shares = (near: number, far: number) => {
    flow.solve(kw(0, near, far), kw(0, 0, 0))
    const parts = new Float64Array(2)
    new LossShares(flow).add(Int32Array.of(1, 2), kw(near, far), kw(0, 0), parts)
    return parts
  }
  const [near, far] = shares(10, 10)
  expect(far).toBeGreaterThan(near * 1.4)
  expect(shares(20, -5)[1]).toBeLessThan(0)
})

describe('other than a tree', () => {
  test('two equal lines side by side are one of half the impedance', () => {
    const two = new PowerFlow(
      networkOf(2, [
        [0, 1, 0.2],
        [0, 1, 0.2],
      ]),
    )
    const one = new PowerFlow(networkOf(2, [[0, 1, 0.2, { parallel: 2 }]]))
    for (const flow of [two, one]) expect(flow.solve(kw(0, 40), kw(0, 9))).toBe(true)
    expect(two.nodes.loops).toBe(1)
    expect(two.voltagePu[1]).toBeCloseTo(one.voltagePu[1], 12)
    expect(two.lineLoadingPercent[0]).toBeCloseTo(one.lineLoadingPercent[0], 9)
  })

  test('a ring balances, and its losses are below those of the ring cut open', () => {
    const ring = (closed: boolean) =>
      networkOf(
        4,
        [
          [0, 1, 0.1],
          [1, 2, 0.1],
          [2, 3, 0.1],
          [3, 0, 0.1],
        ],
        { more: { switches: [{ bus: 2, element: 2, et: 'l', closed }] } },
      )
    const [closed, open] = [new PowerFlow(ring(true)), new PowerFlow(ring(false))]
    const p = kw(0, 5, 20, 3)
    for (const flow of [closed, open]) {
      expect(flow.solve(p, kw(0, 0, 0, 0))).toBe(true)
      expect(Math.abs(flow.sourceKw - 28 - flow.lossKw())).toBeLessThan(1e-9)
    }
    expect(closed.lossKw()).toBeLessThan(open.lossKw())
    const shares = new Float64Array(3)
    new LossShares(closed).add(Int32Array.of(1, 2, 3), kw(5, 20, 3), kw(0, 0, 0), shares)
    expect(sum(shares)).toBeCloseTo(closed.lossKw(), 12)
  })

  test('what no source supplies has no voltage, and its load counts for nothing', () => {
    const flow = new PowerFlow(
      networkOf(
        3,
        [
          [0, 1, 0.1],
          [1, 2, 0.1],
        ],
        {
          more: {
            switches: [
              { bus: 1, element: 1, et: 'l', closed: false },
              { bus: 2, element: 1, et: 'l', closed: false },
            ],
          },
        },
      ),
    )
    flow.solve(kw(0, 5, 7), kw(0, 0, 0))
    expect(flow.voltagePu[2]).toBeNaN()
    expect(flow.sourceKw).toBeCloseTo(5 + flow.lossKw(), 9)
  })

  test('a closed coupler makes two buses one', () => {
    const flow = new PowerFlow(
      networkOf(3, [[0, 1, 0.1]], { more: { switches: [{ bus: 1, element: 2, et: 'b', closed: true }] } }),
    )
    flow.solve(kw(0, 0, 10), kw(0, 0, 0))
    expect(flow.voltagePu[2]).toBe(flow.voltagePu[1])
    expect(flow.voltagePu[1]).toBeLessThan(1)
  })
})

test('beyond what a line can carry there is no solution; the next step starts afresh', () => {
  const flow = new PowerFlow(networkOf(2, [[0, 1, 1, CABLE]]))
  // Greatest power over R alone is near V²/4R = 125 kW.
  expect(flow.solve(kw(0, 150), kw(0, 0))).toBe(false)
  expect(flow.lowestBus()).toBe(1)
  expect(flow.solve(kw(0, 30), kw(0, 0))).toBe(true)
  const fresh = new PowerFlow(networkOf(2, [[0, 1, 1, CABLE]]))
  fresh.solve(kw(0, 30), kw(0, 0))
  expect(flow.voltagePu[1]).toBe(fresh.voltagePu[1])
})
