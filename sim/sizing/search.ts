import { panelsHealth, type PlanYears, type Terms, type Worth, worthOf } from '../../models/sizing/plan.ts'
import { candidateSizes, NOTHING_BOUGHT, type Size } from '../../models/sizing/size.ts'
import { battery as batterySchema } from '../../scenarios/schema-home.ts'
import type { SizedStrategy, SizingHome } from './home.ts'
import type { SizingRequest } from './request.ts'
import { simulateYear, type SimulatedYear } from './year.ts'

/** A size run in one way, and what it is worth. */
export interface Plan {
  readonly size: Size
  readonly strategy: SizedStrategy | 'none'
  readonly years: PlanYears
  readonly worth: Worth
}

/** Cycles of a year that a battery's fade is reckoned with: about five in a week. */
const CYCLES = 250

/** Part of its energy that a battery has on average over its life, by the linear fade of scenarios. */
export function meanBatteryHealth(lifeYears: number): number {
  const { calendarFadePercentPerYear: year, cycleFadePercentPerThousandEfc: cycles } = batterySchema.parse({
    capacityKwh: 1,
    powerKw: 1,
  })
  return 1 - ((year + (cycles * CYCLES) / 1000) * lifeYears) / 2 / 100
}

/** What a plan is run under beside its size. */
export interface Circumstances {
  readonly home: SizingHome
  readonly terms: Terms
  readonly sunFactor: number
  readonly loadFactor: number
}

/** First and last year of a plan. */
export function planYears(
  size: Size,
  strategy: SizedStrategy,
  at: Circumstances,
): { first: SimulatedYear; last: SimulatedYear } {
  const { home, terms, sunFactor, loadFactor } = at
  const year = (number: number) =>
    simulateYear(home, {
      size,
      strategy,
      panelsHealth: panelsHealth(terms.panelsFadeFraction, number),
      batteryHealth: meanBatteryHealth(terms.batteryLifeYears),
      sunFactor,
      loadFactor,
      after: terms.exportRuleYears !== null,
    })
  const first = year(1)
  return { first, last: size.panelsKw === 0 ? first : year(terms.years) }
}

/** The bill of a year without anything. */
export const nothingYear = ({
  home,
  loadFactor,
}: Pick<Circumstances, 'home' | 'loadFactor'>): SimulatedYear =>
  simulateYear(home, {
    size: NOTHING_BOUGHT,
    strategy: 'self-consumption',
    panelsHealth: 1,
    batteryHealth: 1,
    sunFactor: 1,
    loadFactor,
    after: false,
  })

/** Every size within roof and budget, each run in the way that is worth most. The first is nothing. */
export function searchSizes(request: SizingRequest, at: Circumstances, nothingUsd: number): Plan[] {
  const { roof, stepKw, batteriesKwh, budgetUsd, fixed } = request
  const limits = { roofKw: roof.kw, stepKw, batteriesKwh, batteryHours: fixed['battery-hours'], budgetUsd }
  return candidateSizes(limits, at.terms).map((size): Plan => {
    const plans = waysOf(size, at.home).map((strategy): Plan => {
      const years = planYears(size, strategy, at)
      // Years keep their columns while they are billed; what is remembered of a thousand sizes is small.
      const slim = { first: outcome(years.first), last: outcome(years.last) }
      return {
        size,
        strategy: size.batteryKwh === 0 ? 'none' : strategy,
        years: slim,
        worth: worthOf(size, nothingUsd, slim, at.terms),
      }
    })
    return bestOf(plans)
  })
}

/** Without sun and a reason by price or program a battery has nothing to do, but it is tried: its losses are its own. */
const waysOf = (size: Size, home: SizingHome): readonly SizedStrategy[] =>
  size.batteryKwh === 0 ? ['self-consumption'] : home.strategies

function outcome(year: SimulatedYear): PlanYears['first'] {
  const { bills: _, importMilliWh: _imported, exportMilliWh: _exported, ...rest } = year
  return rest
}

/** Most worth; of equals the first, which is the smaller one. */
export function bestOf(plans: readonly Plan[]): Plan {
  let [best] = plans
  for (const plan of plans) if (plan.worth.npvUsd > best.worth.npvUsd) best = plan
  return best
}
