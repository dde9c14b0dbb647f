import { type EstimatorSettings, newEstimator, stepEstimator } from './estimator.ts'
import { judgeAnchor, newReferenceLoss } from './reference-loss.ts'
import { drawBattery, type Group, newTestingState, stepTesting, trueDeliverable } from './testing-battery.ts'

/** Figures of burn.md for one simulated battery; energies in kWh. */
export interface YearFigures {
  /** Greatest B − L at any anchor. */
  readonly overBurn: number
  readonly burned: number
  /** L. */
  readonly trueLoss: number
  readonly minted: number
  readonly delivered: number
  readonly active: number
  readonly setAside: number
  /** Mean of max(0, Sa − E). */
  readonly unbacked: number
  /** Share of steps in which E_low was not above E. */
  readonly coverage: number
  readonly discharged: number
  readonly unclaimed: number
  /** Registered at the end, and the true conversion in units of the registers. */
  readonly factor: number
  readonly trueFactor: number
  readonly anchors: number
  readonly refusedAnchors: number
  /** Greatest S − E_hi right after a refusal's burn. */
  readonly stockBeyondHigh: number
}

/** Faults that a test asks for: steps in which a lock-out refuses to discharge. */
export type LockOut = (step: number) => boolean

export interface YearOptions {
  readonly days?: number
  readonly lockOut?: LockOut
  /** Least standard deviation of full passes that the evidence assumes, part of the rated energy. */
  readonly leastDeviation?: number
}

const MINUTES_PER_YEAR = 525_600
const PASSES_KEPT = 32

/** E_hi as a contract derives it, in whole milliwatt-hours: tokens.md's evidence, errs high. */
class Evidence {
  readonly #refusalHigh: number
  readonly #ratedMilliWh: number
  readonly #standbyW: number
  readonly #passesWh: number[] = []
  #ended = 0
  #open: { minute: number; charge: number; discharge: number } | null = null

  readonly #leastDeviationWh: number

  constructor(capacityKwh: number, ratedKwh: number, standbyW: number, leastDeviation: number) {
    this.#refusalHigh = Math.ceil(capacityKwh * 10_000)
    this.#ratedMilliWh = Math.ceil(ratedKwh * 1e6)
    this.#standbyW = standbyW
    this.#leastDeviationWh = Math.ceil(ratedKwh * 1000 * leastDeviation)
  }

  refusal(minute: number, charge: number, discharge: number): number {
    const open = this.#open
    this.#open = null
    if (open !== null && charge - open.charge <= 100_000) {
      const standby = Math.ceil((this.#standbyW * (minute - open.minute) * 1000) / 60)
      this.#passesWh.push(Math.ceil((discharge - open.discharge + standby + this.#refusalHigh) / 1000))
      if (this.#passesWh.length > PASSES_KEPT) this.#passesWh.shift()
      this.#ended = minute
    }
    return this.#refusalHigh
  }

  full(minute: number, charge: number, discharge: number): number {
    this.#open = { minute, charge, discharge }
    const age = minute - this.#ended
    const margin = 50_000 + Math.ceil((100_000 * age) / MINUTES_PER_YEAR)
    const passes = this.#passesWh
    if (passes.length === 0) return Math.ceil(this.#ratedMilliWh * 1.06) + margin
    const mean = Math.ceil(passes.reduce((sum, pass) => sum + pass, 0) / passes.length)
    const squares = passes.reduce((sum, pass) => sum + (pass - mean) ** 2, 0)
    const measured = Math.floor(Math.sqrt(squares / Math.max(1, passes.length - 1))) + 1
    const deviation = Math.max(measured, this.#leastDeviationWh)
    const faded = mean - Math.floor((mean * 24 * age) / (1000 * MINUTES_PER_YEAR))
    return (faded + 3 * deviation) * 1000 + margin
  }
}

/** A year of one battery: registers, mints, deliveries, estimator, evidence and burn. */
export function batteryYear(
  seed: number,
  group: Group,
  settings: EstimatorSettings,
  { days = 365, lockOut = () => false, leastDeviation = 0 }: YearOptions = {},
): YearFigures {
  const stepHours = 0.25
  const battery = drawBattery(seed, group)
  const truth = newTestingState()
  const standbyW = 10
  // Registered with the lowest reserve that its owner may set.
  const ratedKwh = battery.capacityKwh * 0.955 * (group === 'drifting-reserve' ? 0.83 : 1)
  const evidence = new Evidence(battery.capacityKwh, ratedKwh, standbyW, leastDeviation)
  let estimator = newEstimator(ratedKwh, settings)
  let reference = newReferenceLoss
  let factorPpm = Math.round(settings.factorStart * 1e6)
  let [charge, discharge, minted, delivered, burned, unclaimed, active, setAside] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [anchors, covered, unbackedHours] = [0, 0, 0]
  let stockBeyondHigh = Number.NEGATIVE_INFINITY
  const steps = days * 96
  for (let step = 0; step < steps; step++) {
    const locked = lockOut(step)
    const seen = locked
      ? { refused: true, full: false }
      : stepTesting(battery, truth, step * stepHours, stepHours)
    const chargeBefore = charge
    const dischargeBefore = discharge
    charge = Math.round(truth.chargedKwh * battery.chargeGain * 1e6)
    discharge = Math.round(truth.dischargedKwh * battery.dischargeGain * 1e6)
    const energy = Math.round(trueDeliverable(battery, truth) * 1e6)

    const room = Math.max(0, Math.floor(battery.capacityKwh * 1e6) - active - setAside)
    const mint = Math.min(Math.floor(((charge - chargeBefore) * factorPpm) / 1e6), room)
    minted += mint
    active += mint
    const asked = discharge - dischargeBefore
    const fromActive = Math.min(active, asked)
    const fromSetAside = Math.min(setAside, asked - fromActive)
    active -= fromActive
    setAside -= fromSetAside
    delivered += fromActive + fromSetAside
    unclaimed += asked - fromActive - fromSetAside

    const hours = (step + 1) * stepHours
    const telemetry = { chargeKwh: charge / 1e6, dischargeKwh: discharge / 1e6, ...seen }
    const decision = stepEstimator(settings, estimator, telemetry, active, setAside, hours, stepHours)
    estimator = decision.state
    active -= decision.moveMilliWh
    setAside += decision.moveMilliWh
    if (decision.factorPpm !== null) factorPpm = decision.factorPpm
    if (Math.max(0, decision.lowKwh) * 1e6 <= energy + 1) covered++
    if (decision.anchor !== 'none') {
      const high = evidence[decision.anchor](hours * 60, charge, discharge)
      const burn = Math.min(setAside, Math.max(0, active + setAside - high))
      setAside -= burn
      burned += burn
      anchors++
      reference = judgeAnchor(reference, minted - delivered, burned, energy)
      if (decision.anchor === 'refusal') stockBeyondHigh = Math.max(stockBeyondHigh, active + setAside - high)
    }
    unbackedHours += Math.max(0, active - energy) * stepHours
  }
  return {
    overBurn: reference.worstOverBurnMilliWh / 1e6,
    burned: burned / 1e6,
    trueLoss: reference.lossMilliWh / 1e6,
    minted: minted / 1e6,
    delivered: delivered / 1e6,
    active: active / 1e6,
    setAside: setAside / 1e6,
    unbacked: unbackedHours / 1e6 / (days * 24),
    coverage: covered / steps,
    discharged: discharge / 1e6,
    unclaimed: unclaimed / 1e6,
    factor: factorPpm / 1e6,
    trueFactor: ((truth.intoKwh / charge) * discharge) / truth.drawnKwh,
    anchors,
    refusedAnchors: estimator.refusedAnchors,
    stockBeyondHigh: stockBeyondHigh / 1e6,
  }
}
