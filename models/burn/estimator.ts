import { addPass, type FullEstimate, fullEnergy, newFullEstimate } from './full-estimate.ts'
import { refusalIsPlausible } from './gate.ts'
import { factorPpm, learnLoss, type LossModel, newLossModel } from './loss-model.ts'
import { newPrediction, nextWidth, predict, type Prediction } from './prediction.ts'
import { setAsideMove } from './set-aside.ts'

/** The burn algorithm's parameters (burn.md); a scenario's `burn`. */
export interface EstimatorSettings {
  /** α, share of anchors at which the lower bound may be missed. */
  readonly missRate: number
  readonly hysteresisKwh: number
  /** False: nothing is set aside by prediction, only what an anchor shows. */
  readonly setAside: boolean
  readonly factorStart: number
  readonly refitDays: number
  readonly gateKwh: number
}

/** What telemetry tells of one interval. */
export interface StorageTelemetry {
  /** Registers C and D at its end, kWh. */
  readonly chargeKwh: number
  readonly dischargeKwh: number
  /** Discharge was asked for and not met, below the power limit. */
  readonly refused: boolean
  /** Charge was offered and not taken, below the power limit. */
  readonly full: boolean
}

/** Where an anchor stood: deliverable energy, registers and time. */
interface AnchorPoint {
  readonly energyKwh: number
  readonly chargeKwh: number
  readonly dischargeKwh: number
  readonly hours: number
}

export interface EstimatorState {
  readonly model: LossModel
  readonly prediction: Prediction
  readonly full: FullEstimate
  /** Full anchor that no refusal has followed yet. */
  readonly openPass: AnchorPoint | null
  /** Last anchor that the loss model learnt from. */
  readonly learntAt: AnchorPoint
  /** Kind of the anchor that still stands; a run of refusals is one anchor. */
  readonly standing: 'none' | 'refusal' | 'full'
  readonly releasedDay: number
  readonly refitDay: number
  /** Refusals that were not believed. */
  readonly refusedAnchors: number
}

export interface EstimatorStep {
  readonly state: EstimatorState
  /** E_low as predicted from the anchor before, kWh. */
  readonly lowKwh: number
  /** Tokens to set aside (above zero) or to release (below), milliwatt-hours. */
  readonly moveMilliWh: number
  /** Evidence for the contract. */
  readonly anchor: 'none' | 'refusal' | 'full'
  /** New conversion factor for mints to come, parts per million; null between fits. */
  readonly factorPpm: number | null
}

/** A pair of anchors with less charged between teaches only noise, kWh. */
const LEAST_CHARGE_KWH = 0.5
/** A pass counts when hardly anything was charged on the way, kWh; as in the contract. */
const PASS_CHARGE_KWH = 0.1
/** After so much charge a new refusal is a new anchor, kWh. */
const STANDING_CHARGE_KWH = 0.05

/**
 * An empty battery with registers at zero.
 * @param ratedKwh AC energy that it is registered to deliver when new and full
 */
export const newEstimator = (ratedKwh: number, settings: EstimatorSettings): EstimatorState => ({
  model: newLossModel(settings.factorStart),
  prediction: newPrediction,
  full: newFullEstimate(ratedKwh),
  openPass: null,
  learntAt: { energyKwh: 0, chargeKwh: 0, dischargeKwh: 0, hours: 0 },
  standing: 'none',
  releasedDay: -1,
  refitDay: 0,
  refusedAnchors: 0,
})

/**
 * One battery, the end of one interval: predicts what it can still deliver, says what to set aside or
 * to release, recognises anchors, and learns from them. Nothing here burns: that is the contract's.
 *
 * @param active Sa, milliwatt-hours
 * @param setAside Ss, milliwatt-hours
 * @param hours since the registers were zero
 */
export function stepEstimator(
  settings: EstimatorSettings,
  before: EstimatorState,
  telemetry: StorageTelemetry,
  active: number,
  setAside: number,
  hours: number,
  stepHours: number,
): EstimatorStep {
  const { chargeKwh, dischargeKwh } = telemetry
  const { lowKwh, midKwh, scale } = predict(
    before.prediction,
    before.model,
    chargeKwh,
    dischargeKwh,
    hours,
    stepHours,
  )
  const seen = telemetry.refused ? 'refusal' : telemetry.full ? 'full' : 'none'
  const moved = chargeKwh - before.prediction.chargeKwh > STANDING_CHARGE_KWH
  const standing = seen === 'none' && moved ? 'none' : before.standing
  const point = { energyKwh: 0, chargeKwh, dischargeKwh, hours }
  let state = standing === before.standing ? before : { ...before, standing }
  let anchor: EstimatorStep['anchor'] = 'none'
  let target = lowKwh
  if (seen === 'refusal' && standing !== 'refusal') {
    if (refusalIsPlausible(midKwh, scale, settings.gateKwh)) {
      state = atRefusal(settings, state, point, lowKwh)
      anchor = 'refusal'
    } else state = { ...state, standing: 'none', refusedAnchors: state.refusedAnchors + 1 }
    // What cannot be delivered now is not offered, believed or not.
    target = 0
  } else if (seen === 'full' && standing !== 'full') {
    const { midKwh: fullKwh, widthKwh } = fullEnergy(state.full, hours)
    state = atFull(settings, state, { ...point, energyKwh: fullKwh }, widthKwh, lowKwh)
    anchor = 'full'
    target = fullKwh - widthKwh
  }

  const day = Math.floor(hours / 24)
  let moveMilliWh = 0
  if (seen === 'refusal' && target === 0) moveMilliWh = active
  else if (settings.setAside || anchor !== 'none') {
    moveMilliWh = setAsideMove(active, setAside, target, settings.hysteresisKwh, day !== state.releasedDay)
    if (moveMilliWh < 0) state = { ...state, releasedDay: day }
  }
  const due = day >= state.refitDay + settings.refitDays && state.model.pairs > 0
  if (due) state = { ...state, refitDay: day }
  return { state, lowKwh, moveMilliWh, anchor, factorPpm: due ? factorPpm(state.model) : null }
}

function atRefusal(
  settings: EstimatorSettings,
  before: EstimatorState,
  point: AnchorPoint,
  lowKwh: number,
): EstimatorState {
  const pass = before.openPass
  let full = before.full
  if (pass !== null && point.chargeKwh - pass.chargeKwh <= PASS_CHARGE_KWH) {
    full = addPass(full, point.dischargeKwh - pass.dischargeKwh, point.hours)
  }
  const state: EstimatorState = { ...before, full, openPass: null, standing: 'refusal' }
  return learn(settings, state, point, 0, lowKwh)
}

function atFull(
  settings: EstimatorSettings,
  before: EstimatorState,
  point: AnchorPoint,
  widthKwh: number,
  lowKwh: number,
): EstimatorState {
  return learn(settings, { ...before, openPass: point, standing: 'full' }, point, widthKwh, lowKwh)
}

/** The loss model learns from the pair of anchors, the width from whether the bound held. */
function learn(
  { missRate }: EstimatorSettings,
  before: EstimatorState,
  point: AnchorPoint,
  widthKwh: number,
  lowKwh: number,
): EstimatorState {
  const { energyKwh, chargeKwh, dischargeKwh, hours } = point
  const last = before.learntAt
  const charged = chargeKwh - last.chargeKwh
  const taught = charged > LEAST_CHARGE_KWH
  const gainKwh = energyKwh - last.energyKwh + dischargeKwh - last.dischargeKwh
  return {
    ...before,
    model: taught ? learnLoss(before.model, gainKwh, charged, hours - last.hours) : before.model,
    learntAt: taught ? point : last,
    prediction: {
      anchorLowKwh: energyKwh - widthKwh,
      anchorKwh: energyKwh,
      chargeKwh,
      dischargeKwh,
      hours,
      // Missed when it lay above what the anchor shows; at a refusal that is nothing.
      q: nextWidth(before.prediction.q, lowKwh > energyKwh, missRate),
    },
  }
}
