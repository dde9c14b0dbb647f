import { type Claim, type Incentive, incentivePays } from '../finance/incentives.ts'
import { type InternalRate, internalRate } from '../finance/internal-rate.ts'
import { levelizedCost, levelizedStorageCost } from '../finance/levelized.ts'
import { payback, type Payback } from '../finance/payback.ts'
import { netPresentValue } from '../finance/present-value.ts'
import {
  type Loan,
  type ProjectFlows,
  projectFlows,
  type SingleLine,
  type YearlyLine,
} from '../finance/project.ts'
import { costOf, type Prices, type Size } from './size.ts'

/** What a year with a plant comes to, at prices of the first year; energy in kWh at the AC side, money in USD. */
export interface YearOutcome {
  /** Sum of the year's bills. */
  readonly billUsd: number
  /** The same after the rule for exports has ended; null: not asked for. */
  readonly billAfterUsd: number | null
  readonly solarKwh: number
  readonly importKwh: number
  readonly exportKwh: number
  readonly chargeKwh: number
  readonly dischargeKwh: number
  /** What the charging energy cost from the grid, or would have earned as an export. */
  readonly chargingUsd: number
  /** Mean power given in a program's events. */
  readonly calledKw: number
}

/** Everything that a plan's worth depends on beside the home's own years. */
export interface Terms extends Prices {
  readonly years: number
  /** Nominal, a year. */
  readonly discountFraction: number
  /** Rise of electricity prices, a year: of bills, credits and fixed charges alike. */
  readonly escalationFraction: number
  /** Rise of upkeep, a year. */
  readonly upkeepGrowthFraction: number
  readonly panelsUpkeepUsdPerKwYear: number
  /** Power that panels lose, a year of what they were when new. */
  readonly panelsFadeFraction: number
  readonly batteryUpkeepFraction: number
  readonly batteryLifeYears: number
  /** Price of a new battery when the old one is worn, as a part of today's. */
  readonly batteryReplacementFraction: number
  /** Years for which exports are credited as today; null: as long as the plan. */
  readonly exportRuleYears: number | null
  readonly incentives: readonly Incentive[]
  /** Day of the installation, YYYY-MM-DD. */
  readonly day: string
  readonly lowIncome: boolean
  /** DC over AC rating of the panels. */
  readonly dcAcRatio: number
  readonly loan: Loan | null
}

/** A plan's years: the first, with new panels, and the last, with faded ones; years between lie between. */
export interface PlanYears {
  readonly first: YearOutcome
  readonly last: YearOutcome
}

/** A year's bill without a plant: as today and after the rule for exports, which does not touch it. */
export interface Worth {
  readonly npvUsd: number
  readonly internalRate: InternalRate
  readonly payback: Payback
  readonly discountedPayback: Payback
  readonly flows: ProjectFlows
  readonly incentives: readonly {
    readonly id: string
    readonly onceUsd: number
    readonly yearlyUsd: number
    readonly years: number
  }[]
  /** USD per kWh of solar, before incentives; null: no panels. */
  readonly lcoeUsdPerKwh: number | null
  /** USD per kWh discharged. */
  readonly lcos: { readonly withCharging: number | null; readonly withoutCharging: number | null }
}

/** Part of their power that panels have in a year, 1 the first: linear, in its middle as at its start. */
export const panelsHealth = (fadeFraction: number, year: number): number =>
  Math.max(0, 1 - fadeFraction * (year - 1))

/**
 * What a plan is worth: investment today, savings on the bills year by year, upkeep, a new battery whenever one is worn,
 * what is left of the last one, incentives that the day is eligible for. Incentives given once come with the first year.
 *
 * A year's saving is that between its first and last year's by the panels' power: bills are nearly linear in it.
 *
 * @param nothingUsd year's bills without a plant
 */
export function worthOf(size: Size, nothingUsd: number, { first, last }: PlanYears, terms: Terms): Worth {
  const { years, discountFraction: rate, panelsFadeFraction: fade } = terms
  const { panelsUsd, batteryUsd } = costOf(size, terms)
  const given = incentivesOf(size, first, panelsUsd, terms)
  const flows = projectFlows({
    years,
    investmentUsd: panelsUsd + batteryUsd,
    yearly: [...upkeep(size, batteryUsd, terms), ...yearlyIncentives(given, fade)],
    single: [
      ...replacements(batteryUsd, terms),
      ...given.flatMap(({ label, onceUsd }): SingleLine[] =>
        onceUsd > 0 ? [{ label, year: 1, usd: onceUsd }] : [],
      ),
    ],
    loan: terms.loan,
  })
  const saved = savings(nothingUsd, { first, last }, terms)
  saved.forEach((usd, year) => (flows.totalUsd[year] += usd))
  const all: ProjectFlows = {
    lines: [...flows.lines, { label: 'saved on bills', usd: saved }],
    totalUsd: flows.totalUsd,
  }
  return {
    npvUsd: netPresentValue(rate, all.totalUsd),
    internalRate: internalRate(all.totalUsd),
    payback: payback(all.totalUsd),
    discountedPayback: payback(all.totalUsd, rate),
    flows: all,
    incentives: given.map(({ id, onceUsd, yearlyUsd, years: paid }) => ({
      id,
      onceUsd,
      yearlyUsd,
      years: paid,
    })),
    lcoeUsdPerKwh: costOfSolar(size, panelsUsd, first, terms),
    lcos: costOfStorage(batteryUsd, first, terms),
  }
}

/** Saved in every year, nominal USD; the first place is today's. */
function savings(nothingUsd: number, { first, last }: PlanYears, terms: Terms): Float64Array {
  const { years, panelsFadeFraction: fade, escalationFraction, exportRuleYears } = terms
  const usd = new Float64Array(years + 1)
  for (let year = 1; year <= years; year++) {
    const over = exportRuleYears !== null && year > exportRuleYears
    const bill = ({ billUsd, billAfterUsd }: YearOutcome): number => {
      if (!over) return billUsd
      if (billAfterUsd === null) throw new Error('internal: the bill after the export rule was not made')
      return billAfterUsd
    }
    const span = panelsHealth(fade, 1) - panelsHealth(fade, years)
    const part = span > 0 ? (panelsHealth(fade, year) - panelsHealth(fade, years)) / span : 1
    const paid = bill(last) + part * (bill(first) - bill(last))
    usd[year] = (nothingUsd - paid) * (1 + escalationFraction) ** (year - 1)
  }
  return usd
}

const upkeep = (size: Size, batteryUsd: number, terms: Terms): YearlyLine[] =>
  [
    ['upkeep of panels', size.panelsKw * terms.panelsUpkeepUsdPerKwYear] as const,
    ['upkeep of battery', batteryUsd * terms.batteryUpkeepFraction] as const,
  ]
    .filter(([, usd]) => usd > 0)
    .map(([label, usd]) => ({ label, firstYearUsd: -usd, growthFraction: terms.upkeepGrowthFraction }))

/** A new battery when the old one is worn, and what the last one is still worth at the end, by the years it has left. */
function replacements(
  batteryUsd: number,
  { years, batteryLifeYears, batteryReplacementFraction }: Terms,
): SingleLine[] {
  if (batteryUsd === 0) return []
  const usd = batteryUsd * batteryReplacementFraction
  const lines: SingleLine[] = []
  let bought = 0
  for (let year = batteryLifeYears; year < years; year += batteryLifeYears) {
    lines.push({ label: 'new battery', year, usd: -usd })
    bought = year
  }
  const left = 1 - (years - bought) / batteryLifeYears
  const price = bought === 0 ? batteryUsd : usd
  return left > 0 ? [...lines, { label: 'left of the battery', year: years, usd: price * left }] : lines
}

interface Given {
  readonly id: string
  readonly label: string
  readonly onceUsd: number
  readonly yearlyUsd: number
  readonly years: number
  /** Of solar energy, so that it fades with the panels. */
  readonly fades: boolean
}

function incentivesOf(
  size: Size,
  { solarKwh, calledKw }: YearOutcome,
  panelsUsd: number,
  terms: Terms,
): Given[] {
  const claim: Claim = {
    day: terms.day,
    costUsd: panelsUsd,
    solarKwhPerYear: solarKwh,
    solarKw: size.panelsKw / terms.dcAcRatio,
    batteryCalledKw: calledKw,
    lowIncome: terms.lowIncome,
  }
  return terms.incentives.map((incentive) => ({
    id: incentive.id,
    label: incentive.label,
    ...incentivePays(incentive, claim),
    fades: incentive.amount.kind === 'per-kwh',
  }))
}

const yearlyIncentives = (given: readonly Given[], fade: number): YearlyLine[] =>
  given
    .filter(({ yearlyUsd }) => yearlyUsd > 0)
    .map(({ label, yearlyUsd, years, fades }) => ({
      label,
      firstYearUsd: yearlyUsd,
      growthFraction: fades ? -fade : 0,
      untilYear: years,
    }))

const yearsOf = (terms: Terms, value: (year: number) => number): number[] =>
  Array.from({ length: terms.years + 1 }, (_, year) => value(year))

/** Nominal levelized cost of the panels' energy, before incentives. */
function costOfSolar(size: Size, panelsUsd: number, { solarKwh }: YearOutcome, terms: Terms): number | null {
  const keep = size.panelsKw * terms.panelsUpkeepUsdPerKwYear
  return levelizedCost(
    yearsOf(terms, (year) =>
      year === 0 ? panelsUsd : keep * (1 + terms.upkeepGrowthFraction) ** (year - 1),
    ),
    yearsOf(terms, (year) => (year === 0 ? 0 : solarKwh * panelsHealth(terms.panelsFadeFraction, year))),
    terms.discountFraction,
  )
}

function costOfStorage(
  batteryUsd: number,
  { chargingUsd, dischargeKwh }: YearOutcome,
  terms: Terms,
): Worth['lcos'] {
  if (batteryUsd === 0) return { withCharging: null, withoutCharging: null }
  const ownCosts = yearsOf(terms, (year) =>
    year === 0
      ? batteryUsd
      : batteryUsd * terms.batteryUpkeepFraction * (1 + terms.upkeepGrowthFraction) ** (year - 1),
  )
  for (const { year, usd } of replacements(batteryUsd, terms)) ownCosts[year] -= usd
  return levelizedStorageCost(
    {
      ownCosts,
      chargingCosts: yearsOf(terms, (year) =>
        year === 0 ? 0 : chargingUsd * (1 + terms.escalationFraction) ** (year - 1),
      ),
      dischargedKwh: yearsOf(terms, (year) => (year === 0 ? 0 : dischargeKwh)),
    },
    terms.discountFraction,
  )
}
