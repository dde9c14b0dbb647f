import type { SizingSwing, SizingUncertainty } from '../../data/sizing-result.ts'
import type { Payback } from '../../models/finance/payback.ts'
import { DRAWN, DRAWN_DEFAULTS, type Drawn } from '../../models/sizing/defaults.ts'
import { type Worth, worthOf } from '../../models/sizing/plan.ts'
import { intervalOf, triangular } from '../../models/sizing/uncertain.ts'
import { latinHypercube } from '../../scenarios/sweep/latin-hypercube.ts'
import type { SizingHome } from './home.ts'
import type { SizingRequest } from './request.ts'
import { nothingYear, type Plan, planYears } from './search.ts'
import { type Drawing, likely, termsOf } from './terms.ts'

/** One drawing lived through with one plan. */
export interface Outcome {
  readonly worth: Worth
  readonly savingUsdPerMonth: number
}

/** A plan under other circumstances, all its years lived and billed again. */
export function underDrawing(home: SizingHome, request: SizingRequest, plan: Plan, values: Drawing): Outcome {
  const terms = termsOf(request, values)
  const loadFactor = values.load
  const at = { home, terms, sunFactor: values.sun, loadFactor }
  const nothingUsd = nothingYear(at).billUsd
  const strategy = plan.strategy === 'none' ? 'self-consumption' : plan.strategy
  const years = planYears(plan.size, strategy, at)
  return {
    worth: worthOf(plan.size, nothingUsd, years, terms),
    savingUsdPerMonth: (nothingUsd - years.first.billUsd) / 12,
  }
}

/** Draws all that is not known together, by Latin hypercube, and moves each by itself from its least to its greatest value. */
export function uncertaintyOf(home: SizingHome, request: SizingRequest, plan: Plan): SizingUncertainty {
  const { draws, seed, drawn } = request
  const points = latinHypercube(draws, DRAWN, seed)
  const outcomes = points.map((point) =>
    underDrawing(
      home,
      request,
      plan,
      Object.fromEntries(DRAWN.map((name, at) => [name, triangular(drawn[name], point[at])])) as Record<
        Drawn,
        number
      >,
    ),
  )
  const npv = outcomes.map(({ worth }) => worth.npvUsd)
  const reached = outcomes.flatMap(({ worth }) => yearsOf(worth.payback))
  const rates = outcomes.flatMap(({ worth: { internalRate: one } }) => (one.kind === 'one' ? [one.rate] : []))
  const kinds = (kind: Worth['internalRate']['kind']) =>
    outcomes.filter(({ worth }) => worth.internalRate.kind === kind).length
  return {
    draws,
    seed,
    npvUsd: intervalOf(npv),
    savingUsdPerMonth: intervalOf(outcomes.map(({ savingUsdPerMonth }) => savingUsdPerMonth)),
    paybackYears: reached.length > 0 ? intervalOf(reached) : null,
    reachedShare: reached.length / draws,
    internalRate: rates.length > 0 ? intervalOf(rates) : null,
    internalRateKinds: { one: kinds('one'), none: kinds('none'), multiple: kinds('multiple') },
    gainShare: npv.filter((value) => value > 0).length / draws,
    swings: swings(home, request, plan),
  }
}

export const yearsOf = (one: Payback): number[] => (one.kind === 'years' ? [one.years] : [])

/** One thing at a time, the widest first. */
function swings(home: SizingHome, request: SizingRequest, plan: Plan): SizingSwing[] {
  const middle = likely(request)
  return DRAWN.filter((name) => plan.size.batteryKwh > 0 || name !== 'battery-price')
    .filter(
      (name) => plan.size.panelsKw > 0 || !['panels-price', 'fade', 'sun', 'export-rule'].includes(name),
    )
    .map((name): SizingSwing => {
      const { low, high } = request.drawn[name]
      const npvAt = (value: number) =>
        underDrawing(home, request, plan, { ...middle, [name]: value }).worth.npvUsd
      const { label, unit } = DRAWN_DEFAULTS[name]
      return { id: name, label, unit, low, high, npvLowUsd: npvAt(low), npvHighUsd: npvAt(high) }
    })
    .toSorted((one, other) => span(other) - span(one))
}

const span = ({ npvLowUsd, npvHighUsd }: SizingSwing): number => Math.abs(npvHighUsd - npvLowUsd)
