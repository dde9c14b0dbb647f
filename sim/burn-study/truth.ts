import type { RandomStream } from '../../data/random.ts'
import { type Ageing, newAgeing } from '../../models/battery/ageing/ageing.ts'
import {
  type BatteryParameters,
  type BatteryState,
  newBattery,
  stepBattery,
  withHealth,
} from '../../models/battery/battery.ts'
import { type BatteryDetail, conversionOf } from '../../models/battery/conversion.ts'
import { FULL, REFUSED } from '../../models/burn/fleet.ts'
import { type Demand, drawDemand, STEP_HOURS, STEPS_PER_DAY, STEPS_PER_YEAR } from './demand.ts'

/** D empties most days; R keeps a reserve of about 20 % that drifts; L rarely empties. */
export const GROUPS = ['D', 'R', 'L'] as const
export type Group = (typeof GROUPS)[number]
export const CHEMISTRIES = ['LFP', 'NMC'] as const
export type Chemistry = (typeof CHEMISTRIES)[number]

const AGEING: Record<Chemistry, string> = {
  LFP: 'Lfp_Gr_250AhPrismatic',
  NMC: 'Nmc111_Gr_Kokam75Ah_Battery',
}

/** Range and daily step (SD) of a reserve that drifts, and of a battery management's floor; of capacity. */
const RESERVE = { low: 0.17, high: 0.23, start: 0.2, sd: 0.003 } as const
const FLOOR = { low: 0, high: 0.01, start: 0.005, sd: 0.0004 } as const

type Changeable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * The simulated truth of one battery and its home. It is another model than the estimator's on purpose:
 * conversion by power, charge, temperature and age; a floor that drifts; standby that may step; ageing of
 * the cells by BLAST-Lite.
 */
export interface Truth {
  readonly group: Group
  readonly chemistry: Chemistry
  readonly demand: Demand
  readonly parameters: Changeable<BatteryParameters>
  readonly registeredKwh: number
  readonly ageing: Ageing
  readonly stream: RandomStream
  readonly indoorC: number
  /** Charges from the grid at night up to this state of charge; 0: never. */
  readonly gridSoc: number
  /** Step from which standby is higher, and by how much, W; infinity: never. */
  readonly standbyStep: number
  readonly standbyRiseW: number
  state: BatteryState
  /** Power at which deliverable energy is said: the home's own mean while it asks, kW. */
  readonly referenceKw: number
  /** Deliverable for each kWh above the floor, at the reference power. */
  referenceEfficiency: number
  temperatureC: number
  /** True running sums at the AC side, kWh. */
  chargedKwh: number
  dischargedKwh: number
  /**
   * Sums at the store for the true conversion, kWh. What an inverter takes while it runs, whatever the power,
   * is lost by time and not counted.
   */
  intoKwh: number
  drawnKwh: number
  /** What was left out of each. */
  ranIntoKwh: number
  ranDrawnKwh: number
  flags: number
  /** Discharge that was asked for and not met, kWh. */
  unmetKwh: number
  /** Discharge is refused, whatever is stored. */
  locked: boolean
}

export function drawTruth(stream: RandomStream, group: Group, chemistry: Chemistry): Truth {
  const within = (low: number, high: number) => low + (high - low) * stream.uniform()
  const rare = group === 'L'
  const demand = drawDemand(
    stream,
    rare ? within(0.15, 0.3) : within(0.8, 1.3),
    rare ? within(0.9, 1.3) : within(0.9, 1.5),
  )
  const capacityKwh = demand.dailyLoadKwh * (rare ? within(2, 3) : within(0.3, 0.5))
  const powerKw = capacityKwh * within(0.35, 0.6)
  const detail: BatteryDetail = {
    coupling: 'ac',
    inverterFixedFraction: within(0.002, 0.006),
    inverterSquareFraction: within(0.01, 0.03),
    cellLossFraction: within(0.01, 0.03),
    resistancePerFade: 2,
    resistanceKelvin: 1800,
    voltageSwingFraction: chemistry === 'LFP' ? 0.08 : 0.25,
    heaterWattPerKelvin: stream.uniform() < 0.3 ? 2 : 0,
    heaterBelowC: 8,
    solarInverterEfficiency: 1,
    sharedInverterKw: powerKw,
  }
  const parameters: Changeable<BatteryParameters> = {
    capacityKwh,
    powerKw,
    chargeEfficiency: within(0.955, 0.985),
    dischargeEfficiency: within(0.955, 0.985),
    standbyW: within(3, 20),
    selfDischargePercentPerMonth: within(0.4, 3),
    minSocFraction: group === 'R' ? RESERVE.start : FLOOR.start,
    maxSocFraction: 1,
    calendarFadePercentPerYear: 0,
    cycleFadePercentPerThousandEfc: 0,
    detail,
  }
  const referenceKw = meanAsked(demand.surplusKwh, powerKw)
  const efficiency = efficiencyAt(parameters, 1, referenceKw)
  const gridSoc = stream.uniform() < 0.25 ? within(0.3, 0.6) : 0
  const steps = stream.uniform() < 0.1
  const standbyStep = steps ? Math.floor(within(0.3, 0.7) * STEPS_PER_YEAR) : Number.POSITIVE_INFINITY
  return {
    group,
    chemistry,
    demand,
    parameters,
    // As it is registered: measured once, to 3 %, with the lowest reserve that may be set.
    registeredKwh: capacityKwh * (group === 'R' ? 1 - RESERVE.low : 1) * efficiency * within(0.97, 1.03),
    referenceKw,
    ageing: shelved(AGEING[chemistry]),
    stream,
    indoorC: within(-2, 4),
    gridSoc,
    standbyStep,
    standbyRiseW: within(10, 20),
    state: newBattery(parameters, parameters.minSocFraction),
    referenceEfficiency: efficiency,
    temperatureC: 20,
    chargedKwh: 0,
    dischargedKwh: 0,
    intoKwh: 0,
    drawnKwh: 0,
    ranIntoKwh: 0,
    ranDrawnKwh: 0,
    flags: 0,
    unmetKwh: 0,
    locked: false,
  }
}

/** What the discharge register would advance until the battery next refuses, kWh at its true side. */
export const trueDeliverableKwh = ({ parameters, state, referenceEfficiency }: Truth): number =>
  Math.max(0, state.energyKwh - parameters.capacityKwh * state.sohFraction * parameters.minSocFraction) *
  referenceEfficiency

/** State of charge as the cells have it. */
export const trueSoc = ({ parameters, state }: Truth): number =>
  state.energyKwh / (parameters.capacityKwh * state.sohFraction)

const conditions = { temperatureC: 20, solarKw: 0 }

/** One quarter of an hour. */
export function stepTruth(truth: Truth, step: number): void {
  const { parameters, demand } = truth
  const at = step % STEPS_PER_YEAR
  if (at % STEPS_PER_DAY === 0) startDay(truth)
  if (at % 4 === 0) {
    // Cells in a garage: half of the outside's swing.
    const outsideC = demand.outsideC[(at / 4) % demand.outsideC.length]
    truth.temperatureC += 0.2 * (10 + 0.55 * outsideC + truth.indoorC - truth.temperatureC)
  }
  if (step === truth.standbyStep) parameters.standbyW += truth.standbyRiseW
  const surplusKwh = demand.surplusKwh[at]
  let powerKw = -surplusKwh / STEP_HOURS
  const night = at % STEPS_PER_DAY
  // 01:00 to 04:00 on the home's clock; the data begin at 07:00 UTC, which is midnight there.
  if (truth.gridSoc > 0 && night >= 4 && night < 16 && trueSoc(truth) < truth.gridSoc) {
    powerKw = -0.4 * parameters.powerKw
  }
  const asked = powerKw > 0.02
  if (truth.locked && powerKw > 0) powerKw = 0
  conditions.temperatureC = truth.temperatureC
  const soc = trueSoc(truth)
  const before = truth.state
  const moved = stepBattery(parameters, before, powerKw, STEP_HOURS, conditions)
  truth.state = moved.state
  truth.chargedKwh += moved.chargedKwh
  truth.dischargedKwh += moved.dischargedKwh
  const runKwh = (parameters.detail?.inverterFixedFraction ?? 0) * parameters.powerKw * STEP_HOURS
  if (moved.dischargedKwh > 0) {
    const drawn = moved.state.throughputKwh - before.throughputKwh
    const ran = runKwh / parameters.dischargeEfficiency
    truth.drawnKwh += drawn - ran
    truth.ranDrawnKwh += ran
  }
  if (moved.chargedKwh > 0) {
    const own = (parameters.standbyW * STEP_HOURS) / 1000
    const into = moved.state.energyKwh - before.energyKwh + own
    const gross = Math.max(0, into + runKwh * parameters.chargeEfficiency)
    truth.intoKwh += gross
    truth.ranIntoKwh += gross - Math.max(0, into)
  }
  truth.ageing.step(soc, Math.min(1, trueSoc(truth)), truth.temperatureC, STEP_HOURS)
  const wantedKwh = asked ? Math.min(-surplusKwh, parameters.powerKw * STEP_HOURS) : 0
  const refused = asked && (truth.locked || moved.atLimit)
  truth.unmetKwh = refused ? Math.max(0, wantedKwh - moved.dischargedKwh) : 0
  truth.flags = refused ? REFUSED : powerKw < 0 && moved.atLimit ? FULL : 0
}

/** Once a day: what drifts, what has aged, and how well it converts now. */
function startDay(truth: Truth): void {
  const { parameters, group, stream } = truth
  const drift = group === 'R' ? RESERVE : FLOOR
  const floor = parameters.minSocFraction + drift.sd * stream.normal()
  parameters.minSocFraction = Math.min(drift.high, Math.max(drift.low, floor))
  truth.state = withHealth(parameters, truth.state, truth.ageing.healthFraction).state
  truth.referenceEfficiency = efficiencyAt(
    parameters,
    truth.state.sohFraction,
    truth.referenceKw,
    truth.temperatureC,
  )
}

/**
 * Cells that stood half charged for a week before they were installed. From nothing at all the published
 * laws, a rate of what was lost so far, jump once a battery that stood empty is first charged.
 */
function shelved(model: string): Ageing {
  const ageing = newAgeing(model)
  if (ageing === null) throw new Error(`internal: no ageing model ${model}`)
  for (let step = 0; step < 7 * STEPS_PER_DAY; step++) ageing.step(0.5, 0.5, 20, STEP_HOURS)
  return ageing
}

/** Energy-weighted mean power that the home asks of its battery, kW. */
function meanAsked(surplusKwh: Float64Array, mostKw: number): number {
  let energy = 0
  let weighted = 0
  for (const surplus of surplusKwh) {
    if (surplus >= 0) continue
    const kw = Math.min(mostKw, -surplus / STEP_HOURS)
    energy += kw
    weighted += kw * kw
  }
  return energy > 0 ? weighted / energy : mostKw
}

/** AC energy given for each unit drawn. */
function efficiencyAt(
  parameters: BatteryParameters,
  sohFraction: number,
  acKw: number,
  temperatureC = 20,
): number {
  if (parameters.detail === undefined) return parameters.dischargeEfficiency
  conditions.temperatureC = temperatureC
  // Its own use goes on while it delivers.
  const ownKw = parameters.standbyW / 1000
  const conversion = conversionOf(parameters, parameters.detail, sohFraction, 0.5, conditions)
  return acKw / (conversion.drawn(acKw) + ownKw)
}
