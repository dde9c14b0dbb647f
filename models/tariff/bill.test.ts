import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BillRules, meterInterval, monthBill, monthMeter, utilityPart } from './bill.ts'

const KWH = 1_000_000
const flat: BillRules = {
  exportKind: 'flat',
  exportMicroUsdPerKwh: 50_000,
  peerDeliveryMicroUsdPerKwh: 0,
  fixedMicroUsdPerMonth: 0,
  discountFraction: 0,
}
const netMetering: BillRules = { ...flat, exportKind: 'net-metering', exportMicroUsdPerKwh: 272_700 }
const interval = fc.tuple(
  fc.integer({ min: 0, max: 5 * KWH }),
  fc.integer({ min: 0, max: 5 * KWH }),
  fc.constantFrom(210_000, 220_000, 400_000, 540_000),
)
const month = fc.array(interval, { maxLength: 100 })
const metered = (rows: readonly (readonly [number, number, number])[]) => {
  const meter = monthMeter()
  for (const [imported, exported, price] of rows) meterInterval(meter, imported, exported, price)
  return meter
}

test('a month by hand: 600 kWh at 32.83 cents and 10 dollars fixed is 206.98', () => {
  const rows = Array.from({ length: 600 }, () => [KWH, 0, 328_300] as const)
  const bill = monthBill(metered(rows), { ...flat, fixedMicroUsdPerMonth: 10_000_000 }, 1)
  expect(bill.energyMicroUsd).toBe(196_980_000)
  expect(bill.netMicroUsd).toBe(206_980_000)
})

test('a flat export earns its rate, whatever the price was', () => {
  const bill = monthBill(
    metered([
      [0, 3 * KWH, 540_000],
      [KWH, 0, 210_000],
    ]),
    flat,
    1,
  )
  expect(bill.exportCreditMicroUsd).toBe(-150_000)
  expect(bill.netMicroUsd).toBe(60_000)
})

describe('net metering', () => {
  test('what is exported within the month offsets at the full retail price', () => {
    const bill = monthBill(
      metered([
        [5 * KWH, 0, 328_300],
        [0, 3 * KWH, 328_300],
      ]),
      netMetering,
      1,
    )
    expect(bill.exportCreditMicroUsd).toBe(-3 * 328_300)
    expect(bill.netMicroUsd).toBe(2 * 328_300)
  })

  test('the net excess earns the excess rate', () => {
    const bill = monthBill(
      metered([
        [3 * KWH, 0, 328_300],
        [0, 5 * KWH, 328_300],
      ]),
      netMetering,
      1,
    )
    expect(bill.exportCreditMicroUsd).toBe(-(3 * 328_300 + 2 * 272_700))
    expect(bill.netMicroUsd).toBe(-2 * 272_700)
  })

  test('with time of use the offset is in dollars: 2 kWh exported at 54 cents offset 5 kWh at 21', () => {
    const bill = monthBill(
      metered([
        [5 * KWH, 0, 210_000],
        [0, 2 * KWH, 540_000],
      ]),
      netMetering,
      1,
    )
    // V_e = 1.08, V_i = 1.05: the energy line is offset to zero; 3/108 of 2 kWh earn 27.27 cents.
    expect(bill.energyMicroUsd).toBe(1_050_000)
    expect(bill.exportCreditMicroUsd).toBe(-(1_050_000 + Math.round((2 * 272_700 * 3) / 108)))
  })

  test('under one price it is netting by the kilowatt-hour', () => {
    const kwh = fc.integer({ min: 0, max: 900 * KWH })
    fc.assert(
      fc.property(kwh, kwh, (imported, exported) => {
        const bill = monthBill(
          metered([
            [imported, 0, 328_300],
            [0, exported, 328_300],
          ]),
          netMetering,
          1,
        )
        const offset = Math.min(imported, exported)
        const excess = exported - offset
        const exact = (offset * 328_300 + excess * 272_700) / KWH
        expect(Math.abs(bill.exportCreditMicroUsd + exact)).toBeLessThan(0.51)
      }),
    )
  })

  test('exporting more never costs, and offsets no more than the energy line when excess earns nothing', () => {
    fc.assert(
      fc.property(month, interval, (rows, more) => {
        const before = monthBill(metered(rows), netMetering, 1)
        const after = monthBill(metered([...rows, [0, more[1], more[2]]]), netMetering, 1)
        expect(after.netMicroUsd).toBeLessThanOrEqual(before.netMicroUsd)
        const nothing = monthBill(metered(rows), { ...netMetering, exportMicroUsdPerKwh: 0 }, 1)
        expect(nothing.netMicroUsd).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

test('the discount is off the utility, not off neighbors and operator, and never a charge', () => {
  const meter = metered([[10 * KWH, 0, 300_000]])
  meter.peerBoughtMilliWh = 4 * KWH
  meter.peerPaidMicroUsd = 500_000
  meter.platformFeeMicroUsd = 40_000
  const rules = {
    ...flat,
    peerDeliveryMicroUsdPerKwh: 100_000,
    fixedMicroUsdPerMonth: 600_000,
    discountFraction: 0.25,
  }
  const bill = monthBill(meter, rules, 1)
  expect(bill.discountMicroUsd).toBe(-0.25 * (3_000_000 + 400_000 + 600_000))
  expect(bill.netMicroUsd).toBe(3_000_000 + 500_000 + 40_000)
  const paid = monthBill(metered([[0, 10 * KWH, 300_000]]), { ...flat, discountFraction: 0.25 }, 1)
  expect(paid.discountMicroUsd).toBe(0)
})

test('half a month owes half of the fixed charge', () => {
  expect(monthBill(monthMeter(), { ...flat, fixedMicroUsdPerMonth: 7_000_001 }, 0.5).fixedMicroUsd).toBe(
    3_500_001,
  )
})

test('the lines sum to the net, and those of the utility to its part', () => {
  fc.assert(
    fc.property(
      month,
      fc.constantFrom(flat, netMetering),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, kind, part) => {
        const meter = metered(rows)
        meter.peerPaidMicroUsd = 1234
        meter.peerReceivedMicroUsd = 777
        meter.platformFeeMicroUsd = 11
        const bill = monthBill(meter, { ...kind, discountFraction: part, fixedMicroUsdPerMonth: 999 }, part)
        const { netMicroUsd, ...lines } = bill
        expect(Object.values(lines).reduce((sum, line) => sum + line, 0)).toBe(netMicroUsd)
        expect(utilityPart(bill)).toBe(netMicroUsd - 1234 + 777 - 11)
        expect(Object.values(bill).every((line) => Number.isSafeInteger(line) && !Object.is(line, -0))).toBe(
          true,
        )
      },
    ),
  )
})
