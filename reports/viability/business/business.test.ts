import { describe, expect, test } from 'vitest'
import { MA_R1 } from '../../../data/tariffs/massachusetts-electric.ts'
import { NY_SC1, NY_SEASONAL_TOU_STUDY } from '../../../data/tariffs/niagara-mohawk.ts'
import { sampleRun, type SampleOptions } from '../../testing/sample-run.ts'
import { businessOf } from './business.ts'
import { meanPrice } from './published-price.ts'

const business = (options: SampleOptions) => businessOf(sampleRun(options), null, () => false)
const cents = (usdPerKwh: number | null) => (usdPerKwh === null ? null : usdPerKwh * 100)

test('R-1 is 32.83 ¢, of which delivery is 18.16 ¢', () => {
  const price = meanPrice(MA_R1)
  expect(cents(price.usdPerKwh)).toBeCloseTo(32.83, 2)
  expect(cents(price.supplyUsdPerKwh)).toBeCloseTo(14.672, 3)
  expect(cents(price.deliveryUsdPerKwh)).toBeCloseTo(18.16, 2)
})

test('supply and delivery are the whole price, and a schedule weighs its hours', () => {
  const { usdPerKwh, supplyUsdPerKwh, deliveryUsdPerKwh } = meanPrice(NY_SC1)
  expect((supplyUsdPerKwh ?? 0) + (deliveryUsdPerKwh ?? 0)).toBeCloseTo(usdPerKwh, 12)
  const study = meanPrice(NY_SEASONAL_TOU_STUDY)
  expect(study.supplyUsdPerKwh).toBeNull()
  if (!('periods' in NY_SEASONAL_TOU_STUDY.price)) throw new Error('has no periods')
  const prices = NY_SEASONAL_TOU_STUDY.price.periods.map((period) => period.usdPerKwh)
  expect(study.usdPerKwh).toBeGreaterThan(Math.min(...prices))
  expect(study.usdPerKwh).toBeLessThan(Math.max(...prices))
})

describe('low-income customers of Massachusetts', () => {
  test('pay 22.3 to 9.5 ¢, and under net metering a neighbor never costs less', () => {
    const { rows, netMeteringCreditUsdPerKwh } = business({ homes: 6 }).lowIncome
    expect(rows.map(({ utilityUsdPerKwh }) => Number((utilityUsdPerKwh * 100).toFixed(1)))).toEqual([
      32.8, 22.3, 9.5,
    ])
    // 220 CMR 18.04(1): basic service, distribution, transmission, transition.
    expect(cents(netMeteringCreditUsdPerKwh)).toBeCloseTo(27.27, 2)
    for (const row of rows) expect(row.savedUnderNetMeteringUsdPerKwh).toBeLessThan(0)
  })

  test('the greatest discount at which it pays is where the saving is nothing', () => {
    const { mostDiscountFraction, peerUsdPerKwh } = business({ homes: 6 }).lowIncome
    const atThat = meanPrice(MA_R1).usdPerKwh * (1 - (mostDiscountFraction ?? Number.NaN))
    expect(atThat).toBeCloseTo(peerUsdPerKwh ?? Number.NaN, 12)
  })

  test('without trades there is no peer price', () => {
    const { peerUsdPerKwh, mostDiscountFraction } = business({ homes: 6, tariff: 'net-metering' }).lowIncome
    expect(peerUsdPerKwh).toBeNull()
    expect(mostDiscountFraction).toBeNull()
  })
})

test('under net metering no published rate pays a pair: it loses delivery and fee', () => {
  const { rows, payingUnderNetMetering, platformFeeUsdPerKwh } = business({ homes: 6 }).otherUtilities
  expect(payingUnderNetMetering).toBe(0)
  for (const { deliveryUsdPerKwh, underNetMeteringUsdPerKwh } of rows)
    if (deliveryUsdPerKwh !== null)
      expect(underNetMeteringUsdPerKwh).toBeCloseTo(-deliveryUsdPerKwh - platformFeeUsdPerKwh, 12)
})

test('the utility’s lines add up', () => {
  const { utility } = business({ homes: 6 })
  expect(utility.plantUsd).toBeCloseTo(utility.avoidedUsd - utility.lostRevenueUsd - utility.incentiveUsd, 9)
  expect(utility.netWithoutMetersUsd).toBeCloseTo(utility.plantUsd + utility.serviceWithoutMetersUsd, 9)
  expect(utility.netWithoutMetersUsd - utility.netWithMetersUsd).toBeCloseTo(utility.smartMeterUsd, 9)
})

describe('the risk register', () => {
  test('says no-go where the figure is on the wrong side of its threshold, and only there', () => {
    for (const options of [
      { homes: 6 },
      { homes: 6, tariff: 'net-metering' } as const,
      { homes: 4, batteries: false },
    ]) {
      for (const { state, value, must, threshold } of business(options).risks) {
        if (value === null) continue
        const keeps = must === 'at least' ? value >= threshold - 1e-6 : value <= threshold + 1e-6
        expect(state).toBe(keeps ? 'go' : 'no-go')
      }
    }
  })

  test('takes its figures from the run', () => {
    const run = sampleRun({ homes: 6 })
    const risks = businessOf(run, null, () => false).risks.filter(({ kpi }) => kpi !== null)
    expect(risks.length).toBeGreaterThan(6)
    for (const { kpi, value, id } of risks) {
      const entry = run.kpis.kpis.find((one) => one.id === kpi)
      const scale = id === 'losers-on-today' ? 6 : 1
      expect((value ?? Number.NaN) * scale, id).toBeCloseTo(entry?.value ?? Number.NaN, 9)
    }
  })

  test('a grant that does not suffice is a no-go, and an unreachable break-even too', () => {
    const run = sampleRun({ homes: 6 })
    const pilot = {
      ...run.scenario.pilot,
      grantUsd: 100_000,
      priceUsdPerHomeMonth: 0,
      utilityFeeUsdPerHomeMonth: 0,
      programShareFraction: 0,
    }
    const { risks } = businessOf({ ...run, scenario: { ...run.scenario, pilot } }, null, () => false)
    const of = (id: string) => risks.find((risk) => risk.id === id)?.state
    expect(of('budget')).toBe('no-go')
    expect(of('break-even')).toBe('no-go')
  })
})

test('an input that the scenario changes loses the source of the default', () => {
  const run = sampleRun({ homes: 2 })
  const pilot = { ...run.scenario.pilot, hostingUsdPerMonth: 2000 }
  const { inputs } = businessOf({ ...run, scenario: { ...run.scenario, pilot } }, null, () => false).pilot
  const changed = inputs.filter(({ source }) => source === 'the scenario')
  expect(changed.map(({ value, grade }) => [value, grade])).toEqual([[2000, 'assumed']])
})
