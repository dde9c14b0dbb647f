import { deliverableKwh, ratedDeliverableKwh } from '../../models/battery/battery.ts'
import { addPass, type FullEstimate, fullEnergy, newFullEstimate } from '../../models/burn/full-estimate.ts'
import { refusalIsPlausible } from '../../models/burn/gate.ts'
import { factorPpm, learnLoss, type LossModel, newLossModel } from '../../models/burn/loss-model.ts'
import { newPrediction, nextWidth, predict, type Prediction } from '../../models/burn/prediction.ts'
import { setAsideMove } from '../../models/burn/set-aside.ts'
import type { BurnParameters } from '../../scenarios/schema.ts'
import type { BatteryAgent } from './battery-agent.ts'

/** What the keeper asks for at the end of an interval. */
export interface KeeperDecision {
  /** Tokens to set aside (above zero) or to release (below), milliwatt-hours. */
  readonly moveMilliWh: number
  /** Evidence for the contract: 0 none, 1 refusal, 2 full. */
  readonly anchor: 0 | 1 | 2
}

/** A pass counts when hardly anything was charged on the way, kWh; as in the contract. */
const PASS_CHARGE_LIMIT_KWH = 0.1

/**
 * Keeps one battery's tokens honest: predicts from its registers what it can still deliver, sets
 * aside what is not backed, and reports an anchor when the battery was seen full or empty. It reads
 * only telemetry; the true state serves the judge (`StorageJudge`).
 */
export class StorageKeeper {
  readonly #burn: BurnParameters
  readonly #nameplateKwh: number
  readonly #standbyKw: number
  #model: LossModel
  #prediction: Prediction = newPrediction
  #full: FullEstimate
  #openPass: { hours: number; chargeKwh: number; dischargeKwh: number } | null = null
  #learntAt: { energyKwh: number; chargeKwh: number; dischargeKwh: number; hours: number } = {
    energyKwh: 0,
    chargeKwh: 0,
    dischargeKwh: 0,
    hours: 0,
  }
  #lastKind: 0 | 1 | 2 = 0
  #releasedDay = -1
  #refitDay = 0
  refusedAnchors = 0

  constructor(battery: BatteryAgent, burn: BurnParameters) {
    const { capacityKwh, standbyW } = battery.parameters
    this.#burn = burn
    this.#nameplateKwh = capacityKwh
    this.#standbyKw = standbyW / 1000
    this.#model = newLossModel(burn.factorStart)
    this.#full = newFullEstimate(ratedDeliverableKwh(battery.parameters))
  }

  /**
   * The end of one interval.
   * @param hours since the start of the run
   * @param active tokens that are active, milliwatt-hours
   * @param setAside tokens that are set aside, milliwatt-hours
   */
  step(
    battery: BatteryAgent,
    hours: number,
    stepHours: number,
    active: number,
    setAside: number,
  ): KeeperDecision {
    const chargeKwh = battery.meter.chargeMilliWh / 1e6
    const dischargeKwh = battery.meter.dischargeMilliWh / 1e6
    const { lowKwh, midKwh, scale } = predict(
      this.#prediction,
      this.#model,
      chargeKwh,
      dischargeKwh,
      hours,
      stepHours,
    )
    const seen = battery.refused ? 1 : battery.full ? 2 : 0
    // One anchor for each run of refusals or of being full: the first interval of it tells all.
    const fresh = seen !== 0 && seen !== this.#lastKind
    if (seen !== 0) this.#lastKind = seen
    else if (!battery.refused && chargeKwh - this.#prediction.chargeKwh > 0.05) this.#lastKind = 0
    if (fresh && seen === 1) {
      if (!refusalIsPlausible(midKwh, scale, this.#burn.gateKwh)) {
        this.refusedAnchors++
        this.#lastKind = 0
        return { moveMilliWh: 0, anchor: 0 }
      }
      this.#anchorAt(0, 0, this.#nameplateKwh / 100, lowKwh, chargeKwh, dischargeKwh, hours)
      this.#endPass(chargeKwh, dischargeKwh, hours)
      return { moveMilliWh: active, anchor: 1 }
    }
    if (fresh && seen === 2) {
      const { midKwh: full, widthKwh } = fullEnergy(this.#full, hours)
      this.#anchorAt(full - widthKwh, full, full + widthKwh, lowKwh, chargeKwh, dischargeKwh, hours)
      this.#openPass = { hours, chargeKwh, dischargeKwh }
      const move = this.#move(active, setAside, full - widthKwh, hours)
      return { moveMilliWh: move, anchor: 2 }
    }
    return { moveMilliWh: this.#move(active, setAside, lowKwh, hours), anchor: 0 }
  }

  #move(active: number, setAside: number, lowKwh: number, hours: number): number {
    if (!this.#burn.setAside) return 0
    const day = Math.floor(hours / 24)
    const move = setAsideMove(active, setAside, lowKwh, this.#burn.hysteresisKwh, day !== this.#releasedDay)
    if (move < 0) this.#releasedDay = day
    return move
  }

  #anchorAt(
    lowKwh: number,
    midKwh: number,
    highKwh: number,
    predictedLowKwh: number,
    chargeKwh: number,
    dischargeKwh: number,
    hours: number,
  ): void {
    const last = this.#learntAt
    const charged = chargeKwh - last.chargeKwh
    // Pairs with little between them teach only noise.
    if (charged > 0.5) {
      const gain = midKwh - last.energyKwh + (dischargeKwh - last.dischargeKwh)
      this.#model = learnLoss(this.#model, gain, charged, hours - last.hours)
      this.#learntAt = { energyKwh: midKwh, chargeKwh, dischargeKwh, hours }
    }
    this.#prediction = {
      anchorLowKwh: lowKwh,
      anchorKwh: midKwh,
      chargeKwh,
      dischargeKwh,
      hours,
      q: nextWidth(this.#prediction.q, predictedLowKwh > highKwh, this.#burn.missRate),
    }
  }

  #endPass(chargeKwh: number, dischargeKwh: number, hours: number): void {
    const pass = this.#openPass
    this.#openPass = null
    if (pass === null || chargeKwh - pass.chargeKwh > PASS_CHARGE_LIMIT_KWH) return
    const delivered = dischargeKwh - pass.dischargeKwh
    const passKwh = delivered + this.#standbyKw * (hours - pass.hours) + this.#nameplateKwh / 100
    this.#full = addPass(this.#full, passKwh, hours)
  }

  /** A new conversion factor when one is due, parts per million; null between fits. */
  factor(hours: number): number | null {
    const day = Math.floor(hours / 24)
    if (day < this.#refitDay + this.#burn.refitDays || this.#model.pairs === 0) return null
    this.#refitDay = day
    return factorPpm(this.#model)
  }
}

/**
 * Judges the keeper against the truth, which it never sees: what a reference that knows the energy
 * burns at the same anchors, and how much of the time tokens were not backed.
 */
export class StorageJudge {
  /** L, milliwatt-hours. */
  trueLossMilliWh = 0
  worstOverBurnMilliWh = 0
  unbackedKwhHours = 0
  anchors = 0
  lastAnchorHours: number | null = null

  /** At an anchor: minted − delivered is what the tokens claim before any loss. */
  anchor(battery: BatteryAgent, claimedMilliWh: number, burnedMilliWh: number, hours: number): void {
    const truth = Math.round(
      deliverableKwh(battery.parameters, battery.state) * battery.meter.dischargeGain * 1e6,
    )
    this.trueLossMilliWh += Math.max(0, claimedMilliWh - this.trueLossMilliWh - truth)
    this.worstOverBurnMilliWh = Math.max(this.worstOverBurnMilliWh, burnedMilliWh - this.trueLossMilliWh)
    this.anchors++
    this.lastAnchorHours = hours
  }

  /** At the end of every interval. */
  interval(battery: BatteryAgent, activeMilliWh: number, stepHours: number): void {
    const truth = deliverableKwh(battery.parameters, battery.state) * battery.meter.dischargeGain
    this.unbackedKwhHours += Math.max(0, activeMilliWh / 1e6 - truth) * stepHours
  }
}
