import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { FULL, REFUSED, SILENT } from './fleet.ts'
import { newTelemetry, observe, PERFECT, reportedSoc, type TelemetryQuality } from './telemetry.ts'

/** A year of a battery that charges and discharges by turns; true sums by the interval. */
function watch(quality: TelemetryQuality, steps: number, seed = 1) {
  const telemetry = newTelemetry(quality, streamFor(seed, 'telemetry'))
  let [c0, c1, c2] = [0, 0, 0.5]
  let [d0, d1, d2] = [0, 0, 0]
  const seen: {
    charge: number
    discharge: number
    flags: number
    trueCharge: number
    trueDischarge: number
  }[] = []
  for (let step = 0; step < steps; step++) {
    const charging = Math.floor(step / 20) % 2 === 0
    ;[c0, c1, c2] = [c1, c2, c2 + (charging ? 0.4 : 0)]
    ;[d0, d1, d2] = [d1, d2, d2 + (charging ? 0 : 0.35)]
    observe(telemetry, [c0, c1, c2], [d0, d1, d2], step % 20 === 19 ? FULL : 0, (step + 1) / 4, 0.25)
    const { charge, discharge, flags } = telemetry
    seen.push({ charge, discharge, flags, trueCharge: c1, trueDischarge: d1 })
  }
  return { telemetry, seen }
}

test('a perfect meter shows what is', () => {
  for (const one of watch(PERFECT, 200).seen) {
    expect(one.charge).toBe(Math.floor(one.trueCharge * 1e6))
    expect(one.discharge).toBe(Math.floor(one.trueDischarge * 1e6))
  }
})

test('registers only go forward, and survive gaps, late points and wrong clocks', () => {
  const quality = {
    ...PERFECT,
    quantumMilliWh: 10_000,
    latestMinutes: 5,
    dropOutFraction: 0.1,
    gapsPerYear: 50,
    gapHours: 10,
    clockSeconds: 60,
  }
  const { seen } = watch(quality, 8000)
  let silent = 0
  seen.forEach((one, at) => {
    if (one.flags === SILENT) silent++
    if (at > 0) expect(one.charge).toBeGreaterThanOrEqual(seen[at - 1].charge)
    // A point lies at most five minutes off, and a minute by its clock: 0.16 kWh, and a step of the register.
    else expect(one.charge).toBeLessThan(1e6)
    if (one.flags !== SILENT) expect(Math.abs(one.charge / 1e6 - one.trueCharge)).toBeLessThan(0.2)
  })
  expect(silent / seen.length).toBeGreaterThan(0.1)
  expect(silent / seen.length).toBeLessThan(0.3)
})

test('each register is biased within its class, once', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { telemetry, seen } = watch({ ...PERFECT, meterClassPercent: 1 }, 400, seed)
    const last = seen.at(-1)
    if (last === undefined) throw new Error('nothing was seen')
    expect(last.charge / 1e6 / last.trueCharge).toBeCloseTo(telemetry.chargeGain, 6)
    expect(Math.abs(telemetry.chargeGain - 1)).toBeLessThanOrEqual(0.01)
    expect(Math.abs(telemetry.dischargeGain - 1)).toBeLessThanOrEqual(0.01)
  }
})

test('refusals are flagged that are none, as often as asked', () => {
  const { seen } = watch({ ...PERFECT, falseRefusalsPerYear: 100 }, 35_040)
  const starts = seen.filter(
    ({ flags }, at) => (flags & REFUSED) !== 0 && (seen[at - 1]?.flags & REFUSED) === 0,
  )
  expect(starts.length).toBeGreaterThan(70)
  expect(starts.length).toBeLessThan(130)
})

test('a reported charge is biased on the plateau, and in steps', () => {
  const quality = { ...PERFECT, socPlateauFraction: 0.15, socStepFraction: 0.05 }
  const telemetry = newTelemetry(quality, streamFor(4, 'telemetry'))
  expect(reportedSoc(telemetry, 1, true)).toBe(1)
  const shown = reportedSoc(telemetry, 0.5, true)
  expect((shown / 0.05) % 1).toBeCloseTo(0, 9)
  expect(Math.abs(shown - 0.5)).toBeLessThanOrEqual(0.18)
  expect(reportedSoc(telemetry, 0.5, false)).toBeCloseTo(0.5, 12)
})
