import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { microUsdOf } from './exact.ts'
import type { Metering } from './metering.ts'
import { flatRate } from './rate.ts'
import { monthRegisters, registerInterval, registerLayout } from './registers.ts'
import { billFlows, DAY_AND_NIGHT, type Flow, TIERED } from './testing-rate.ts'

const usd = (microUsd: number) => microUsd / 1e6
const bills = (...args: Parameters<typeof billFlows>) =>
  billFlows(...args).map(({ lines }) => usd(lines.billMicroUsd))

const KWH: Metering = { kind: 'net-metering-kwh', yearEndUsdPerKwh: 0.03, trueUpMonth: 12, rollOver: false }
const CREDIT: Metering = { kind: 'net-metering-usd', trueUpMonth: null }

describe('by hand', () => {
  test('m0: night surplus rolls into the next month, and the year’s end pays for the rest', () => {
    const months: Flow[][] = [
      [
        [0, 10, 50],
        [1, 20, 0],
      ],
      [
        [0, 30, 0],
        [1, 5, 0],
      ],
    ]
    // November: 40 kWh left at night, 20 bought by day. December: the 40 cover the night's 30, the day's 5 are bought.
    // Paid for: net of November 20, less 35: nothing.
    expect(bills(DAY_AND_NIGHT, KWH, months, 10)).toEqual([6, 1.5])
    const kept = billFlows(DAY_AND_NIGHT, KWH, [[[0, 0, 100]]], 11)
    expect(usd(kept[0].lines.trueUpMicroUsd)).toBe(-3)
    expect(kept[0].account).toMatchObject({ excessMilliWh: 0, creditMicroUsd: 0 })
    expect(kept[0].account.surplusMilliWh).toEqual(new Float64Array(2))
  })

  test('m1: what a month has left becomes dollars at the sell rate and goes on without end', () => {
    const months: Flow[][] = [
      [
        [0, 0, 100],
        [1, 10, 0],
      ],
      [[1, 10, 0]],
      [[1, 10, 0]],
    ]
    // 100 kWh at 4 ¢ are 4 USD; the first month's 10 kWh by day cost 3 of it, the next 1.
    expect(bills(DAY_AND_NIGHT, CREDIT, months, 10)).toEqual([0, 2, 3])
    expect(billFlows(DAY_AND_NIGHT, { ...CREDIT, trueUpMonth: 11 }, months, 10)[0].lines).toMatchObject({
      exportCreditMicroUsd: -3_000_000,
      trueUpMicroUsd: -1_000_000,
    })
  })

  test('m2: each tier at its price, in the order of the hours, both ways', () => {
    // Import 60 + 60: 100 at 10 ¢, 20 at 20 ¢. Export 150: 100 at 2 ¢, 50 at 5 ¢.
    const flows: Flow[] = [
      [0, 60, 0],
      [0, 0, 150],
      [0, 60, 0],
    ]
    expect(bills(TIERED, { kind: 'net-billing' }, [flows])).toEqual([14 - 4.5])
  })

  test('m3: credits offset the months after, or their own; they expire or are paid', () => {
    const carry = { kind: 'net-billing-carry', trueUpMonth: 2, expires: false, sameMonth: false } as const
    const months: Flow[][] = [[[0, 50, 200]], [[0, 50, 0]]]
    // January's 200 kWh earn 2 + 5 = 7 USD; February uses 5 of them, and the rest is paid.
    expect(bills(TIERED, carry, months)).toEqual([5, -2])
    expect(bills(TIERED, { ...carry, expires: true }, months)).toEqual([5, 0])
    expect(bills(TIERED, { ...carry, sameMonth: true, trueUpMonth: null }, months)).toEqual([0, 3])
  })

  test('tiers of a netted month are filled by all periods in proportion', () => {
    const rate = {
      ...TIERED,
      energy: [
        TIERED.energy[0],
        TIERED.energy[0].map((tier) => ({ ...tier, buyUsdPerKwh: tier.buyUsdPerKwh * 2 })),
      ],
    }
    // 150 and 50 kWh: three quarters of both tiers in the first period, a quarter in the second.
    expect(
      bills(rate, CREDIT, [
        [
          [0, 150, 0],
          [1, 50, 0],
        ],
      ]),
    ).toEqual([0.75 * 30 + 0.25 * 60])
  })

  test('Massachusetts: offset within the month is worth retail, what is left the credit rate', () => {
    const rate = flatRate(0.32832, 0.27271)
    const [first, second] = billFlows(rate, CREDIT, [[[0, 100, 300]], [[0, 400, 0]]])
    expect(first.lines.billMicroUsd).toBe(0)
    expect(first.account.creditMicroUsd).toBe(200 * 272_710)
    expect(second.lines.billMicroUsd).toBe(400 * 328_320 - 200 * 272_710)
  })
})

describe('least charges', () => {
  const rate = { ...flatRate(0.2), fixedUsdPerMonth: 5, minimumUsdPerMonth: 9, minimumUsdPerYear: 30 }

  test('of the month, after the fixed charge; of the year in December, before them', () => {
    const months: Flow[][] = [[[0, 10, 0]], [[0, 100, 0]]]
    const [november, december] = billFlows(rate, { kind: 'net-billing' }, months, 10)
    expect(november.lines).toMatchObject({ minimumMicroUsd: 2_000_000, billMicroUsd: 9_000_000 })
    // Two of twelve months: 5 USD of 30, and 7 + 25 were billed.
    expect(december.lines.minimumMicroUsd).toBe(0)
    const dear = { ...rate, minimumUsdPerYear: 300 }
    expect(billFlows(dear, { kind: 'net-billing' }, months, 10)[1].lines.minimumMicroUsd).toBe(18_000_000)
  })

  test('over two meters sales do not count against it', () => {
    const flows: Flow[][] = [[[0, 1, 500]]]
    const selling = { ...flatRate(0.2, 0.1), minimumUsdPerMonth: 9 }
    const [two] = billFlows(selling, { kind: 'buy-all-sell-all' }, flows)
    expect(two.lines).toMatchObject({ minimumMicroUsd: 8_800_000, billMicroUsd: 9_000_000 - 50_000_000 })
  })
})

const flow = fc.tuple(
  fc.integer({ min: 0, max: 1 }),
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 3000 }),
)
const months = fc.array(fc.array(flow, { maxLength: 8 }), { minLength: 1, maxLength: 14 })
const SEED = { seed: 707, numRuns: 300 }

test('dollar credits: earned = applied + paid + left, to the micro-dollar', () => {
  const rules = fc.constantFrom<Metering>(
    CREDIT,
    { kind: 'net-metering-usd', trueUpMonth: 3 },
    { kind: 'net-billing-carry', trueUpMonth: 6, expires: false, sameMonth: true },
    { kind: 'net-billing-carry', trueUpMonth: null, expires: false, sameMonth: false },
  )
  fc.assert(
    fc.property(months, rules, (year, metering) => {
      const billed = billFlows(DAY_AND_NIGHT, metering, year)
      // What each month earns, alone and with nothing to offset, beside what it charges.
      const earned = year.map((flows) => {
        const net = metering.kind === 'net-metering-usd'
        const [one] = billFlows(
          DAY_AND_NIGHT,
          {
            ...metering,
            ...(net ? { trueUpMonth: null } : { trueUpMonth: null, sameMonth: false }),
          } as Metering,
          [flows],
        )
        return one.account.creditMicroUsd - one.lines.exportCreditMicroUsd
      })
      const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
      const spent = sum(billed.map(({ lines }) => -lines.exportCreditMicroUsd - lines.trueUpMicroUsd))
      expect(spent + (billed.at(-1)?.account.creditMicroUsd ?? 0)).toBe(sum(earned))
      for (const { lines, account } of billed) {
        expect(account.creditMicroUsd).toBeGreaterThanOrEqual(0)
        expect(lines.energyMicroUsd + lines.exportCreditMicroUsd).toBeGreaterThanOrEqual(0)
      }
    }),
    SEED,
  )
})

test('registers hold every milliwatt-hour, no tier more than its width', () => {
  fc.assert(
    fc.property(fc.array(flow, { maxLength: 40 }), (flows) => {
      const rate = { ...TIERED, energy: [TIERED.energy[0], TIERED.energy[0]] }
      const registers = monthRegisters(registerLayout(rate, 30))
      for (const [period, imported, exported] of flows)
        registerInterval(registers, period, imported * 12_345, exported * 6_789)
      const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
      expect(total(registers.imported)).toBe(flows.reduce((sum, [, one]) => sum + one * 12_345, 0))
      expect(total(registers.exported)).toBe(flows.reduce((sum, [, , one]) => sum + one * 6_789, 0))
      expect(registers.imported[0] + registers.imported[2]).toBeLessThanOrEqual(100e6)
      expect(total(registers.net)).toBe(registers.exportMilliWh - registers.importMilliWh)
    }),
    SEED,
  )
})

test('under one price every way of netting costs the same where nothing is left', () => {
  fc.assert(
    fc.property(fc.array(flow, { minLength: 1, maxLength: 10 }), (flows) => {
      const rate = flatRate(0.25, 0.25)
      const used = flows.map(([, imported, exported]): Flow => [0, imported + exported, exported])
      const ways: Metering[] = [
        KWH,
        CREDIT,
        { kind: 'net-billing' },
        { kind: 'net-metering-value', excessUsdPerKwh: 0.1 },
      ]
      const costs = ways.map((way) => billFlows(rate, way, [used])[0].lines.billMicroUsd)
      expect(new Set(costs).size).toBe(1)
    }),
    SEED,
  )
})

test('half a micro-dollar is rounded up, above and below zero', () => {
  expect(
    [1_499_999_999n, 1_500_000_000n, -500_000_000n, -500_000_001n, -1_500_000_000n].map((one) =>
      microUsdOf(one),
    ),
  ).toEqual([1, 2, 0, -1, -1])
  expect(microUsdOf(10_000_000_000n, 3n)).toBe(3)
})
