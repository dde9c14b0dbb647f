import type { BatteryStory } from '../../data/burn-study.ts'
import { streamFor } from '../../data/random.ts'
import { SILENT } from '../../models/burn/fleet.ts'
import { startAtRest } from '../../models/burn/rested.ts'
import { newTelemetry, observe, reportedSoc, type Telemetry } from '../../models/burn/telemetry.ts'
import { type BaselineName, newBaseline, type Seen } from './baselines.ts'
import { newClosure, stepClosure, type Variant } from './closure.ts'
import { STEP_HOURS, STEPS_PER_YEAR } from './demand.ts'
import { type FaultName, limitGains, strikeSoc, strikeTelemetry, strikeTruth } from './faults.ts'
import { endsHalf, type LearntFigures, LearntTally } from './learnt.ts'
import { type QualityName, TELEMETRY } from './qualities.ts'
import { newStory, tell } from './story.ts'
import { type MethodFigures, Tally } from './tally.ts'
import { judge } from './tokens.ts'
import {
  type Chemistry,
  drawTruth,
  type Group,
  stepTruth,
  trueDeliverableKwh,
  trueSoc,
  type Truth,
} from './truth.ts'

/** Batteries that are simulated together; the unit of parallel work. */
export interface CohortTask {
  readonly seed: number
  readonly purpose: 'study' | 'tuning'
  readonly group: Group
  readonly chemistry: Chemistry
  readonly quality: QualityName
  readonly fault: FaultName | null
  readonly years: number
  /** Number of the first battery, and how many. */
  readonly first: number
  readonly count: number
  readonly variants: readonly Variant[]
  readonly baselines: readonly (readonly [BaselineName, number])[]
  /** Tell the story of the first battery. */
  readonly story: boolean
}

export interface BatteryFigures {
  readonly group: Group
  readonly chemistry: Chemistry
  readonly quality: QualityName
  readonly fault: FaultName | null
  readonly years: number
  readonly home: number
  readonly capacityKwh: number
  readonly soh: number
  readonly standbyStep: boolean
  readonly dischargedKwh: number
  /** Days with a true refusal, part of all. */
  readonly emptyDays: number
  /** L when the reference burns at every interval instead, kWh: another oracle. */
  readonly everyTickLossKwh: number
  readonly methods: readonly MethodFigures[]
  readonly learnt: LearntFigures
}

export interface CohortDone {
  readonly batteries: readonly BatteryFigures[]
  readonly story: BatteryStory | null
}

/** Reads the charge off the voltage of a battery at rest: standard deviation, of its energy. */
const OCV_SD = 0.02
const REST_STEPS = 4

/** One battery's truth and what was seen of it, on the way through the intervals. */
interface Pair {
  readonly truth: Truth
  readonly telemetry: Telemetry
  readonly stuck: { charge: number; discharge: number }
  readonly charged: [number, number, number]
  readonly discharged: [number, number, number]
  lastCharge: number
  lastDischarge: number
  restSteps: number
  empty: number
  emptyToday: boolean
  everyTick: number
}

/**
 * Simulates a cohort: the truth an interval ahead of what telemetry tells of it, then every method on the
 * same telemetry. Every variant is judged at the anchors of the first.
 */
export function runCohort(task: CohortTask): CohortDone {
  const pairs = Array.from({ length: task.count }, (_, at) => drawPair(task, task.first + at))
  const truths = pairs.map(({ truth }) => truth)
  const closures = task.variants.map((variant) => newClosure(truths, variant))
  const [main] = closures
  const { nameplateMilliWh } = main.fleet
  const baselines = task.baselines.map(([name, parameter]) => newBaseline(name, parameter, nameplateMilliWh))
  const tallies = [
    ...closures.map(({ variant, stocks }) => new Tally(variant, stocks, task.count)),
    ...baselines.map(({ name, parameter, stocks }) => {
      const label = task.purpose === 'tuning' ? `${name} ${parameter}` : name
      return new Tally(label, stocks, task.count)
    }),
  ]
  const stocks = [...closures, ...baselines].map((method) => method.stocks)
  const learnt = new LearntTally(main, task.count)
  const story = task.story ? newStory(truths[0]) : null
  const seen: Seen = { charged: 0, discharged: 0, charge: 0, discharge: 0, flags: 0, soc: 0, step: 0 }
  const steps = task.years * STEPS_PER_YEAR
  for (const pair of pairs) advance(task, pair, 0)

  for (let step = 0; step < steps; step++) {
    for (let battery = 0; battery < task.count; battery++) {
      const pair = pairs[battery]
      const { truth, telemetry } = pair
      const energy = Math.round(trueDeliverableKwh(truth) * telemetry.dischargeGain * 1e6)
      const unmet = Math.round(truth.unmetKwh * 1e6)
      const soc = Math.min(1, trueSoc(truth))
      const sums = {
        energy,
        into: truth.intoKwh,
        drawn: truth.drawnKwh,
        ranInto: truth.ranIntoKwh,
        ranDrawn: truth.ranDrawnKwh,
        chargeGain: telemetry.chargeGain,
        dischargeGain: telemetry.dischargeGain,
        chargedKwh: truth.chargedKwh,
        dischargedKwh: truth.dischargedKwh,
      }
      const { flags } = truth
      advance(task, pair, step + 1)
      const charging = pair.charged[1] > pair.charged[0]
      observe(telemetry, pair.charged, pair.discharged, flags, (step + 1) * STEP_HOURS, STEP_HOURS)
      strikeTelemetry(task.fault, telemetry, pair.stuck, step)
      seen.charge = telemetry.charge
      seen.discharge = telemetry.discharge
      seen.charged = telemetry.charge - pair.lastCharge
      seen.discharged = telemetry.discharge - pair.lastDischarge
      seen.flags = telemetry.flags
      seen.soc = strikeSoc(task.fault, reportedSoc(telemetry, soc, task.chemistry === 'LFP'))
      seen.step = step
      pair.lastCharge = telemetry.charge
      pair.lastDischarge = telemetry.discharge
      const still = pair.charged[1] === pair.charged[0] && pair.discharged[1] === pair.discharged[0]
      pair.restSteps = still ? pair.restSteps + 1 : 0
      for (const closure of closures) {
        if (closure.variant === 'rested-ocv' && pair.restSteps >= REST_STEPS) {
          rest(task, pair, closure.fleet, battery, seen, soc, energy)
        }
        stepClosure(closure, battery, seen)
      }
      for (const baseline of baselines) baseline.step(battery, seen)
      if (seen.flags !== SILENT) {
        everyTick(pair, main.stocks.minted[battery] - main.stocks.delivered[battery], energy)
      }
      if (main.fleet.anchor[battery] !== 0) for (const one of stocks) judge(one, battery, energy)
      for (const tally of tallies) tally.interval(battery, energy, unmet, charging)
      learnt.interval(battery, step, telemetry.charge, telemetry.discharge, energy)
      if (endsHalf(step)) learnt.endHalf(battery, step, telemetry.charge, telemetry.discharge, sums)
      if ((step + 1) % STEPS_PER_YEAR === 0) for (const tally of tallies) tally.endYear(battery)
      countEmpty(pair, flags, step)
      if (story !== null && battery === 0) tell(story, main, seen, energy, step)
    }
  }
  const batteries = pairs.map((pair, battery): BatteryFigures => {
    const { truth } = pair
    return {
      group: task.group,
      chemistry: task.chemistry,
      quality: task.quality,
      fault: task.fault,
      years: task.years,
      home: truth.demand.home,
      capacityKwh: truth.parameters.capacityKwh,
      soh: truth.state.sohFraction,
      standbyStep: Number.isFinite(truth.standbyStep),
      dischargedKwh: pair.lastDischarge / 1e6,
      emptyDays: pair.empty / (task.years * 365),
      everyTickLossKwh: pair.everyTick / 1e6,
      methods: tallies.map((tally) => tally.figures(battery, steps)),
      learnt: learnt.figures(battery, steps),
    }
  })
  return { batteries, story }
}

function drawPair(task: CohortTask, number: number): Pair {
  const { seed, purpose, group, chemistry, quality, fault } = task
  const truth = drawTruth(streamFor(seed, purpose, group, chemistry, number), group, chemistry)
  const stream = streamFor(seed, purpose, 'telemetry', group, chemistry, number)
  const drawn = newTelemetry(TELEMETRY[quality], stream)
  const gains = limitGains(fault, TELEMETRY[quality].meterClassPercent)
  const telemetry = gains === null ? drawn : { ...drawn, chargeGain: gains[0], dischargeGain: gains[1] }
  return {
    truth,
    telemetry,
    stuck: { charge: 0, discharge: 0 },
    charged: [0, 0, 0],
    discharged: [0, 0, 0],
    lastCharge: 0,
    lastDischarge: 0,
    restSteps: 0,
    empty: 0,
    emptyToday: false,
    everyTick: 0,
  }
}

/** The truth goes one interval on; true sums at the start, the end and the next end. */
function advance({ fault }: CohortTask, { truth, charged, discharged }: Pair, step: number): void {
  strikeTruth(fault, truth, step)
  stepTruth(truth, step)
  charged[0] = charged[1]
  charged[1] = charged[2]
  charged[2] = truth.chargedKwh
  discharged[0] = discharged[1]
  discharged[1] = discharged[2]
  discharged[2] = truth.dischargedKwh
}

/** The other oracle: the same mints and deliveries, burned to the true energy at every interval. */
function everyTick(pair: Pair, claimed: number, energy: number): void {
  pair.everyTick += Math.max(0, claimed - pair.everyTick - energy)
}

/** Off the plateau of its voltage (LFP), a battery at rest shows its energy. */
function rest(
  task: CohortTask,
  pair: Pair,
  fleet: Parameters<typeof startAtRest>[0],
  battery: number,
  seen: Seen,
  soc: number,
  energy: number,
): void {
  if (task.chemistry === 'LFP' && soc > 0.15 && soc < 0.95) return
  if (seen.flags === SILENT || pair.restSteps % REST_STEPS !== 0) return
  const sdKwh = OCV_SD * pair.truth.parameters.capacityKwh
  const shown = energy / 1e6 + sdKwh * pair.telemetry.stream.normal()
  startAtRest(fleet, battery, shown, sdKwh, seen.charge, seen.discharge, (seen.step + 1) * STEP_HOURS)
}

function countEmpty(pair: Pair, flags: number, step: number): void {
  if ((flags & 1) !== 0) pair.emptyToday = true
  if ((step + 1) % 96 !== 0) return
  if (pair.emptyToday) pair.empty++
  pair.emptyToday = false
}
