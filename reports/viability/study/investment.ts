import { mean } from 'simple-statistics'
import { eligible, INCENTIVES, incentivePays, type Incentive } from '../../../models/finance/incentives.ts'
import type { IncentiveStudy, InvestmentStudy, LevelizedStudy } from '../../../data/viability-files.ts'
import {
  batterySingles,
  dischargedByYear,
  equipmentCost,
  equipmentProject,
  type HomeEquipment,
} from '../../../models/finance/home-equipment.ts'
import { internalRate } from '../../../models/finance/internal-rate.ts'
import { levelizedCost, levelizedStorageCost } from '../../../models/finance/levelized.ts'
import { payback } from '../../../models/finance/payback.ts'
import { netPresentValue } from '../../../models/finance/present-value.ts'
import { projectFlows } from '../../../models/finance/project.ts'
import { intervalOf, intervalOrNull, shareOf, sometimesOf } from './interval.ts'
import { type Draw, ofHome, ofRun, placedHomes, type StudyInput } from './study-input.ts'

export type InvestmentId = InvestmentStudy['id']

const LABELS: Record<InvestmentId, string> = {
  'solar-battery': 'Solar and battery',
  battery: 'Battery alone, beside solar',
}

/** Hours of a ConnectedSolutions event: a battery is counted with the power that it holds so long. */
const EVENT_HOURS = 3

/** Homes that own a battery and solar: what both investments are asked of. */
export const owners = (input: StudyInput) =>
  placedHomes(input).filter(({ home }) => home.batteryKwh > 0 && home.solarKw > 0)

/** What the mean owner could claim, and which of it the scenario counts. */
function claims(input: StudyInput, id: InvestmentId, { values, measures }: Draw) {
  const { viability } = input.report.scenario
  const members = owners(input)
  const mine = (value: (member: (typeof members)[number]) => number) => mean(members.map(value))
  const solarKw = id === 'battery' ? 0 : mine(({ home }) => home.solarKw)
  const batteryKwh = mine(({ home }) => home.batteryKwh)
  const program = mine(({ at }) => ofHome(measures, at, 'program'))
  const claim = {
    day: viability.installedOn,
    costUsd: solarKw * viability.solarDcAcRatio * values.solarCost + batteryKwh * values.batteryCost,
    solarKwhPerYear: id === 'battery' ? 0 : mine(({ at }) => ofHome(measures, at, 'solarKwh')),
    solarKw,
    batteryCalledKw: mine(({ home }) => Math.min(home.batteryKw, home.batteryKwh / EVENT_HOURS)),
    lowIncome: false,
  }
  // Who is paid by a program through the bill is not paid by another for the same events.
  const counts = ({ id: name }: Incentive) =>
    viability.incentives.includes(name) && !(name === 'connected-solutions' && program > 0)
  return INCENTIVES.map((incentive) => ({
    incentive,
    counted: counts(incentive),
    pays: incentivePays(incentive, claim),
  }))
}

/** The mean owner’s equipment with the values of a draw. */
export function equipmentOf(input: StudyInput, id: InvestmentId, draw: Draw): HomeEquipment {
  const { values, measures } = draw
  const { viability } = input.report.scenario
  const members = owners(input)
  const mine = (name: 'batterySaving' | 'allSaving' | 'fade') =>
    mean(members.map(({ at }) => ofHome(measures, at, name)))
  const batterySavingUsd = mine('batterySaving')
  return {
    years: viability.years,
    solarKw: id === 'battery' ? 0 : mean(members.map(({ home }) => home.solarKw)) * viability.solarDcAcRatio,
    solarUsdPerKw: values.solarCost,
    solarUpkeepUsdPerKwYear: viability.solarUpkeepUsdPerKwYear,
    batteryKwh: mean(members.map(({ home }) => home.batteryKwh)),
    batteryUsdPerKwh: values.batteryCost,
    batteryUpkeepFraction: viability.batteryUpkeepFraction,
    batteryLifeYears: Math.max(1, Math.round(values.batteryLife)),
    solarSavingUsd: mine('allSaving') - batterySavingUsd,
    batterySavingUsd,
    priceEscalation: viability.priceEscalationFraction,
    upkeepEscalation: viability.upkeepEscalationFraction,
    solarFade: values.solarDegradation / 100,
    batteryFade: Math.min(0.5, Math.max(0, mine('fade'))),
    incentives: claims(input, id, draw)
      .filter(({ counted }) => counted)
      .map(({ incentive, pays }) => ({ label: incentive.label, ...pays })),
  }
}

const flowsOf = (equipment: HomeEquipment) => projectFlows(equipmentProject(equipment))

/** Net present value of the mean owner’s equipment, USD. */
export const npvOf = (input: StudyInput, id: InvestmentId, draw: Draw): number =>
  netPresentValue(draw.values.discount, flowsOf(equipmentOf(input, id, draw)).totalUsd)

function investment(
  input: StudyInput,
  id: InvestmentId,
  base: Draw,
  draws: readonly Draw[],
): InvestmentStudy {
  const each = draws.map((draw) => {
    const equipment = equipmentOf(input, id, draw)
    const { totalUsd } = flowsOf(equipment)
    const rate = internalRate(totalUsd)
    const back = payback(totalUsd)
    return {
      cost: equipmentCost(equipment),
      saving: equipment.batterySavingUsd + (equipment.solarKw > 0 ? equipment.solarSavingUsd : 0),
      npv: netPresentValue(draw.values.discount, totalUsd),
      irr: rate.kind === 'one' ? rate.rate : rate.kind === 'multiple' ? ('several' as const) : null,
      payback: back.kind === 'years' ? back.years : null,
    }
  })
  const sums = new Map<string, number[]>()
  for (const { label, usd } of flowsOf(equipmentOf(input, id, base)).lines) {
    const sum = sums.get(label) ?? Array.from(usd, () => 0)
    sums.set(
      label,
      sum.map((value, year) => value + usd[year]),
    )
  }
  return {
    id,
    label: LABELS[id],
    homes: owners(input).length,
    years: input.report.scenario.viability.years,
    costUsd: intervalOf(each.map(({ cost }) => cost)),
    savingFirstYearUsd: intervalOf(each.map(({ saving }) => saving)),
    npvUsd: intervalOf(each.map(({ npv }) => npv)),
    paysShare: shareOf(each, ({ npv }) => npv > 0),
    irr: sometimesOf(each.map(({ irr }) => irr)),
    paybackYears: sometimesOf(each.map((one) => one.payback)),
    flows: [...sums].map(([label, usd]) => ({ label, usd })),
  }
}

export const investments = (input: StudyInput, base: Draw, draws: readonly Draw[]): InvestmentStudy[] =>
  owners(input).length === 0
    ? []
    : (['solar-battery', 'battery'] as const).map((id) => investment(input, id, base, draws))

/** Every incentive that is known, whether the scenario counts it, and what it gives the mean owner. */
export const incentiveRows = (input: StudyInput, base: Draw): IncentiveStudy[] =>
  owners(input).length === 0
    ? []
    : claims(input, 'solar-battery', base).map(({ incentive, counted, pays }) => {
        const { id, label, source, grade, from, until } = incentive
        const open = eligible(incentive, input.report.scenario.viability.installedOn)
        return { id, label, source, grade, from, until, eligible: open, counted, ...pays }
      })

/** Levelized costs: of solar over all plants, of storage over all batteries beside solar. */
export function levelized(input: StudyInput, draws: readonly Draw[]): LevelizedStudy {
  const { viability } = input.report.scenario
  const homes = placedHomes(input)
  const plants = homes.filter(({ home }) => home.solarKw > 0)
  const yearly = (first: number, growth: number) =>
    Float64Array.from({ length: viability.years + 1 }, (_, year) =>
      year === 0 ? 0 : first * (1 + growth) ** (year - 1),
    )
  const solar = draws.map(({ values, measures }) => {
    const kw = plants.reduce((sum, { home }) => sum + home.solarKw, 0) * viability.solarDcAcRatio
    const kwh = plants.reduce((sum, { at }) => sum + ofHome(measures, at, 'solarKwh'), 0)
    const costs = yearly(kw * viability.solarUpkeepUsdPerKwYear, viability.upkeepEscalationFraction)
    costs[0] = kw * values.solarCost
    return levelizedCost(costs, yearly(kwh, -values.solarDegradation / 100), values.discount)
  })
  const storage = owners(input).length === 0 ? [] : draws.map((draw) => storageCost(input, draw, yearly))
  return {
    solarUsdPerKwh: intervalOrNull(solar),
    storageWithChargingUsdPerKwh: intervalOrNull(storage.map(({ withCharging }) => withCharging)),
    storageWithoutChargingUsdPerKwh: intervalOrNull(storage.map(({ withoutCharging }) => withoutCharging)),
  }
}

function storageCost(input: StudyInput, draw: Draw, yearly: (first: number, growth: number) => Float64Array) {
  const { measures, values } = draw
  const equipment = equipmentOf(input, 'battery', draw)
  const members = owners(input)
  const each = (name: 'chargeKwh' | 'dischargeKwh') =>
    mean(members.map(({ at }) => ofHome(measures, at, name)))
  const price = equipment.batteryKwh * equipment.batteryUsdPerKwh
  const own = yearly(price * equipment.batteryUpkeepFraction, equipment.upkeepEscalation)
  own[0] += price
  for (const { year, usd } of batterySingles(equipment)) own[year] -= usd
  const charged = dischargedByYear(equipment, each('chargeKwh'))
  const dear = yearly(ofRun(measures, 'chargeUsdPerKwh'), equipment.priceEscalation)
  return levelizedStorageCost(
    {
      ownCosts: own,
      chargingCosts: charged.map((kwh, year) => kwh * dear[year]),
      dischargedKwh: dischargedByYear(equipment, each('dischargeKwh')),
    },
    values.discount,
  )
}
