import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Incentive } from '../finance/incentives.ts'
import { INCENTIVES } from '../finance/incentives.ts'
import { type PlanYears, type Terms, worthOf, type YearOutcome } from './plan.ts'

interface Golden {
  readonly inputs: Readonly<Record<string, number>> & {
    readonly rule: number | null
    readonly after_first: number | null
    readonly after_last: number | null
    readonly yearly_fades: boolean
  }
  readonly outputs: {
    readonly flows: readonly number[]
    readonly npv: number
    readonly irr: number | null
    readonly payback: number | null
    readonly discounted_payback: number | null
    readonly lcoe: number | null
    readonly lcos_with: number | null
    readonly lcos_without: number | null
  }
}

const golden = (name: string): Golden =>
  JSON.parse(
    readFileSync(new URL(`../../cli/references/own/golden-sizing/${name}.json`, import.meta.url), 'utf8'),
  ) as Golden

const always = { label: 'test', source: '', grade: 'primary', from: null, until: null } as const

/** The reference's amounts as incentives that give them. */
function incentivesOf({ once, yearly, paid, solar, yearly_fades }: Golden['inputs']): Incentive[] {
  const list: Incentive[] = []
  if (once > 0)
    list.push({ ...always, id: 'once', amount: { kind: 'fraction-of-cost', fraction: 1, atMostUsd: once } })
  if (yearly > 0 && yearly_fades)
    list.push({
      ...always,
      id: 'kwh',
      amount: {
        kind: 'per-kwh',
        usdPerKwh: yearly / solar,
        lowIncomeUsdPerKwh: 9,
        years: paid,
        atMostKw: 25,
      },
    })
  if (yearly > 0 && !yearly_fades)
    list.push({
      ...always,
      id: 'kw',
      amount: { kind: 'per-kw-year', usdPerKw: yearly / 3, atMostKw: 5, years: paid },
    })
  return list
}

function worthLike({ inputs: c }: Golden) {
  const year = (billUsd: number, billAfterUsd: number | null): YearOutcome => ({
    billUsd,
    billAfterUsd,
    solarKwh: c.solar,
    importKwh: 0,
    exportKwh: 0,
    chargeKwh: 0,
    dischargeKwh: c.discharge,
    chargingUsd: c.charging,
    calledKw: 3,
  })
  const years: PlanYears = { first: year(c.first, c.after_first), last: year(c.last, c.after_last) }
  return worthOf({ panelsKw: c.kw, batteryKwh: c.kwh, batteryKw: 3 }, c.nothing, years, {
    ...TERMS,
    years: c.years,
    discountFraction: c.rate,
    escalationFraction: c.esc,
    upkeepGrowthFraction: c.growth,
    panelsUsdPerW: c.pv,
    batteryUsdPerKwh: c.batt,
    panelsUpkeepUsdPerKwYear: c.keep,
    batteryUpkeepFraction: c.keep_batt,
    panelsFadeFraction: c.fade,
    batteryLifeYears: c.life,
    batteryReplacementFraction: c.again,
    exportRuleYears: c.rule,
    incentives: incentivesOf(c),
  })
}

const TERMS: Terms = {
  years: 25,
  discountFraction: 0.06,
  escalationFraction: 0,
  upkeepGrowthFraction: 0,
  panelsUsdPerW: 3,
  batteryUsdPerKwh: 1100,
  panelsUpkeepUsdPerKwYear: 0,
  batteryUpkeepFraction: 0,
  panelsFadeFraction: 0,
  batteryLifeYears: 12,
  batteryReplacementFraction: 1,
  exportRuleYears: null,
  incentives: [],
  day: '2027-01-01',
  lowIncome: false,
  dcAcRatio: 1.2,
  loan: null,
}

const close = (value: number | null, reference: number | null): void => {
  if (reference === null) expect(value).toBeNull()
  else expect(Math.abs((value ?? Number.NaN) / reference - 1)).toBeLessThan(1e-9)
}

describe.each(['panels', 'rule-ends', 'never'])('numpy-financial, %s', (name) => {
  const reference = golden(name)
  const worth = worthLike(reference)
  const { outputs } = reference

  test('money of every year', () => {
    outputs.flows.forEach((usd, year) => expect(worth.flows.totalUsd[year]).toBeCloseTo(usd, 8))
  })

  test('present value, internal rate, paybacks, levelized costs', () => {
    const years = (one: typeof worth.payback) => (one.kind === 'years' ? one.years : null)
    close(worth.npvUsd, outputs.npv)
    close(years(worth.payback), outputs.payback)
    close(years(worth.discountedPayback), outputs.discounted_payback)
    close(worth.lcoeUsdPerKwh, outputs.lcoe)
    close(worth.lcos.withCharging, outputs.lcos_with)
    close(worth.lcos.withoutCharging, outputs.lcos_without)
    // Where money changes its direction more than once, every rate that was found makes the reference's flows nothing.
    const rates =
      worth.internalRate.kind === 'multiple'
        ? worth.internalRate.rates
        : worth.internalRate.kind === 'one'
          ? [worth.internalRate.rate]
          : []
    for (const rate of rates)
      expect(
        Math.abs(outputs.flows.reduce((sum, usd, year) => sum + usd / (1 + rate) ** year, 0)),
      ).toBeLessThan(
        1e-6 * outputs.flows.reduce((sum, usd, year) => sum + Math.abs(usd) / (1 + rate) ** year, 0),
      )
    if (outputs.irr !== null)
      expect(worth.internalRate).toMatchObject({
        kind: 'one',
        rate: expect.closeTo(outputs.irr, 9) as number,
      })
  })
})

test('nothing costs nothing, saves nothing and has no rate', () => {
  const year: YearOutcome = {
    billUsd: 1000,
    billAfterUsd: null,
    solarKwh: 0,
    importKwh: 0,
    exportKwh: 0,
    chargeKwh: 0,
    dischargeKwh: 0,
    chargingUsd: 0,
    calledKw: 0,
  }
  const worth = worthOf(
    { panelsKw: 0, batteryKwh: 0, batteryKw: 0 },
    1000,
    { first: year, last: year },
    TERMS,
  )
  expect(worth).toMatchObject({ npvUsd: 0, lcoeUsdPerKwh: null, internalRate: { kind: 'none' } })
})

test('the federal credit is given until the end of 2025 and not after', () => {
  const federal = INCENTIVES.filter(({ id }) => id === 'federal-25d')
  const year = (billUsd: number): YearOutcome => ({
    billUsd,
    billAfterUsd: null,
    solarKwh: 5000,
    importKwh: 0,
    exportKwh: 0,
    chargeKwh: 0,
    dischargeKwh: 0,
    chargingUsd: 0,
    calledKw: 0,
  })
  const on = (day: string) =>
    worthOf(
      { panelsKw: 5, batteryKwh: 0, batteryKw: 0 },
      1500,
      { first: year(200), last: year(200) },
      {
        ...TERMS,
        incentives: federal,
        day,
      },
    )
  const [before, after] = [on('2025-12-31'), on('2026-01-01')]
  expect(before.incentives[0].onceUsd).toBe(4500)
  expect(after.incentives[0].onceUsd).toBe(0)
  expect(before.npvUsd - after.npvUsd).toBeCloseTo(4500 / 1.06, 6)
})
