import type { SizingDetail, SizingOption, SizingResult, SizingSolarRoof } from '../../data/sizing-result.ts'
import type { InputRecord } from '../../data/profile.ts'
import { eligible } from '../../models/finance/incentives.ts'
import { netPresentValue } from '../../models/finance/present-value.ts'
import { type PlanYears, type Terms, worthOf } from '../../models/sizing/plan.ts'
import { costUsd, NOTHING_BOUGHT } from '../../models/sizing/size.ts'
import { sizingAssumptions } from './assumptions.ts'
import { sizingHome } from './home.ts'
import { type NeighborYear, neighborYear } from './neighbors.ts'
import { readSizing } from './read.ts'
import type { SizingRequest } from './request.ts'
import { bestOf, nothingYear, type Plan, planYears, searchSizes } from './search.ts'
import { likely, tariffTerms, termsOf } from './terms.ts'
import { uncertaintyOf, yearsOf } from './uncertainty.ts'
import type { SimulatedYear } from './year.ts'

/** Discount rates that the answer is looked at with. */
const RATES = [0.03, 0.06, 0.09]

/** How much solar a home should invest in: every size within roof and budget, the best of them in detail. */
export function sizeHome(request: SizingRequest): SizingResult {
  const inputs = new Map<string, InputRecord>()
  const tariff = tariffTerms(request.tariff, request.baseDir, inputs)
  const read = readSizing(request, () => tariff)
  for (const input of read.inputs) inputs.set(input.name, input)
  const home = sizingHome({
    axis: read.axis,
    zone: request.zone,
    loadKwh: read.loadKwh,
    sunKwhPerKw: read.sunKwhPerKw,
    dcAcRatio: request.fixed['dc-ac'],
    role: request.lowIncome ? 'consumer' : 'household',
    terms: tariff,
    afterUsdPerKwh: request.afterUsdPerKwh,
    program: request.incentives.some(({ amount }) => amount.kind === 'per-kw-year'),
    seed: request.seed,
  })
  const terms = termsOf(request, likely(request))
  const at = { home, terms, sunFactor: 1, loadFactor: 1 }
  const nothing = nothingYear(at)
  const plans = searchSizes(request, at, nothing.billUsd)
  const best = bestOf(plans)
  const bought = plans.filter(({ size }) => size.panelsKw > 0 || size.batteryKwh > 0)
  // Where nothing pays, how sure that is is told of what comes nearest.
  const looked = bought.length === 0 ? best : foremost(bought, terms)
  const neighbors = neighborYear(home, request.neighbors)
  const lived = (plan: Plan) =>
    planYears(plan.size, plan.strategy === 'none' ? 'self-consumption' : plan.strategy, at)
  const answerYears = lived(best)
  const option = optionOf(request, nothing)
  const answer = option(best, 'recommended', 'Recommended')
  return {
    format: 1,
    version: request.version,
    command: request.command,
    question: 'How much solar should this home invest in?',
    home: {
      place: read.placeLabel,
      load: request.load.label,
      kwhPerYear: total(home.loadKwh),
      yieldKwhPerKw: total(home.sunKwhPerKw),
      roofKw: request.roof.kw,
      tiltDeg: request.roof.tiltDeg,
      azimuthDeg: request.roof.azimuthDeg,
      budgetUsd: request.budgetUsd,
    },
    tariff: { label: request.tariff.label, source: request.tariff.source, exports: request.exportText },
    years: terms.years,
    discountFraction: terms.discountFraction,
    options: [
      option(plans[0], 'nothing', 'Do nothing'),
      neighborOption(request, neighbors, nothing),
      answer,
      ...others(plans, best, terms).map(([id, label, plan]) => option(plan, id, label)),
    ],
    answer,
    detail: detailOf(request, looked, looked === best ? answerYears : lived(looked), nothing),
    months: home.months.names.map((month, index) => ({
      month,
      beforeUsd: nothing.bills[index].netMicroUsd / 1e6,
      afterUsd: answerYears.first.bills[index].netMicroUsd / 1e6,
    })),
    map: plans.map(({ size, worth, strategy }) => ({
      panelsKw: size.panelsKw,
      batteryKwh: size.batteryKwh,
      npvUsd: worth.npvUsd,
      costUsd: costUsd(size, terms),
      strategy,
    })),
    looked: option(looked, 'looked', 'Best plant'),
    uncertainty: uncertaintyOf(home, request, looked),
    discounting: RATES.map((rate) => ({
      rate,
      npvUsd: netPresentValue(rate, looked.worth.flows.totalUsd),
    })),
    neighbors: neighbors.facts,
    solarRoof: solarRoof(request, nothing, plans),
    assumptions: sizingAssumptions(request),
    notes: [...request.notes, ...read.notes],
    inputs: [...inputs.values()].map(({ name, sha256, source, licence }) => ({
      name,
      sha256,
      source,
      licence,
    })),
  }
}

/** The most worth; where none is worth its price, what comes nearest to it: the most worth for a dollar. */
function foremost(plans: readonly Plan[], terms: Terms): Plan {
  const best = bestOf(plans)
  if (best.worth.npvUsd > 0) return best
  const perUsd = ({ size, worth }: Plan): number => worth.npvUsd / costUsd(size, terms)
  let [nearest] = plans
  for (const plan of plans) if (perUsd(plan) > perUsd(nearest)) nearest = plan
  return nearest
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

/** A plan as a way to go. */
const optionOf =
  (request: SizingRequest, nothing: SimulatedYear) =>
  ({ size, strategy, years, worth }: Plan, id: SizingOption['id'], label: string): SizingOption => ({
    id,
    label,
    ...size,
    strategy,
    costUsd: costUsd(size, termsOf(request, likely(request))),
    chargeUsdPerMonth: years.first.billUsd / 12,
    savingUsdPerMonth: (nothing.billUsd - years.first.billUsd) / 12,
    npvUsd: worth.npvUsd,
    paybackYears: yearsOf(worth.payback)[0] ?? null,
    discountedPaybackYears: yearsOf(worth.discountedPayback)[0] ?? null,
    internalRate: worth.internalRate,
  })

/** No investment: the same saving every year, at rising prices. */
function neighborOption(
  request: SizingRequest,
  { billUsd }: NeighborYear,
  nothing: SimulatedYear,
): SizingOption {
  const { escalationFraction, discountFraction, years } = termsOf(request, likely(request))
  const saved = nothing.billUsd - billUsd
  const flows = Float64Array.from({ length: years + 1 }, (_, year) =>
    year === 0 ? 0 : saved * (1 + escalationFraction) ** (year - 1),
  )
  return {
    id: 'neighbors',
    label: 'Buy from neighbors',
    ...NOTHING_BOUGHT,
    strategy: 'none',
    costUsd: 0,
    chargeUsdPerMonth: billUsd / 12,
    savingUsdPerMonth: saved / 12,
    npvUsd: netPresentValue(discountFraction, flows),
    paybackYears: 0,
    discountedPaybackYears: 0,
    internalRate: { kind: 'none' },
  }
}

/** Other sizes that a reader asks for: the best without and with a battery, the whole roof; what is the answer itself is left out. */
function others(plans: readonly Plan[], best: Plan, terms: Terms): [SizingOption['id'], string, Plan][] {
  const panels = plans.filter(({ size }) => size.batteryKwh === 0 && size.panelsKw > 0)
  const stored = plans.filter(({ size }) => size.batteryKwh > 0)
  const list: [SizingOption['id'], string, Plan][] = []
  if (panels.length > 0) {
    list.push(['panels', 'Panels alone', foremost(panels, terms)])
    list.push(['largest', 'All of the roof', panels[panels.length - 1]])
  }
  if (stored.length > 0) list.push(['battery', 'With a battery', foremost(stored, terms)])
  return list.filter(([, , plan], at) => plan !== best && list.findIndex(([, , one]) => one === plan) === at)
}

function detailOf(
  request: SizingRequest,
  plan: Plan,
  years: PlanYears,
  nothing: SimulatedYear,
): SizingDetail {
  const { worth } = plan
  const { first } = years
  const { carbon, incentives, day, fixed } = request
  const lessKwh = nothing.importKwh - nothing.exportKwh - (first.importKwh - first.exportKwh)
  const carbonKg = (kgPerKwh: number | null): number | null => (kgPerKwh === null ? null : lessKwh * kgPerKwh)
  const running = (rate: number): number[] => {
    let sum = 0
    return [...worth.flows.totalUsd].map((usd, year) => (sum += usd / (1 + rate) ** year))
  }
  return {
    solarKwhPerYear: first.solarKwh,
    importKwhPerYear: first.importKwh,
    exportKwhPerYear: first.exportKwh,
    batteryDischargeKwhPerYear: first.dischargeKwh,
    incentives: incentives.map((one) => ({
      id: one.id,
      label: one.label,
      source: one.source,
      grade: one.grade,
      from: one.from,
      until: one.until,
      eligible: eligible(one, day),
      ...(worth.incentives.find(({ id }) => id === one.id) ?? { onceUsd: 0, yearlyUsd: 0, years: 0 }),
    })),
    lcoeUsdPerKwh: worth.lcoeUsdPerKwh,
    lcosUsdPerKwh: worth.lcos.withCharging,
    lcosWithoutChargingUsdPerKwh: worth.lcos.withoutCharging,
    carbonMarginalKgPerYear: carbonKg(carbon.marginalKgPerKwh),
    carbonAverageKgPerYear: carbonKg(carbon.averageKgPerKwh),
    flows: worth.flows.lines.map(({ label, usd }) => ({ label, usd: [...usd] })),
    totalUsd: [...worth.flows.totalUsd],
    cumulativeUsd: running(0),
    cumulativeDiscountedUsd: running(fixed.discount),
  }
}

/**
 * The best panels' energy from a solar roof. The price at which it is worth as much as doing nothing follows from the panels'
 * worth: every dollar a watt more is a dollar less, but for credits on the cost, which are counted again.
 */
function solarRoof(request: SizingRequest, nothing: SimulatedYear, plans: readonly Plan[]): SizingSolarRoof {
  const panels = plans.filter(({ size }) => size.batteryKwh === 0 && size.panelsKw > 0)
  const terms = termsOf(request, likely(request))
  const { solarRoofUsdPerW: roofUsdPerW, plainRoofUsd } = request
  const none = { panelsKw: 0, panelsUsdPerW: terms.panelsUsdPerW, roofUsdPerW, plainRoofUsd }
  if (panels.length === 0) return { ...none, npvUsd: null, breakEvenUsdPerW: null, asPanelsUsdPerW: null }
  const { size, years, worth } = foremost(panels, terms)
  // A plain roof that need not be built is money that stays, today.
  const npvAt = (panelsUsdPerW: number): number =>
    worthOf(size, nothing.billUsd, years, { ...terms, panelsUsdPerW }).npvUsd + plainRoofUsd
  return {
    ...none,
    panelsKw: size.panelsKw,
    npvUsd: roofUsdPerW === null ? null : npvAt(roofUsdPerW),
    breakEvenUsdPerW: priceWhere(npvAt, 0),
    asPanelsUsdPerW: priceWhere(npvAt, worth.npvUsd),
  }
}

/** Price per watt at which a worth that falls with it comes to a value; null: not between 0 and 100. */
function priceWhere(npvAt: (usdPerW: number) => number, value: number): number | null {
  let [low, high] = [0, 100]
  if (npvAt(low) < value || npvAt(high) > value) return null
  for (let turn = 0; turn < 60; turn++) {
    const middle = (low + high) / 2
    if (npvAt(middle) > value) low = middle
    else high = middle
  }
  return (low + high) / 2
}
