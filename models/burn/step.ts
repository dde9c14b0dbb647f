import { sumResidual } from './alarm.ts'
import { type Evidence, endPass, fullHigh, openPass, verifiedLoss } from './evidence.ts'
import { doubtLoss, factorPpmOf, learnLoss } from './factor.ts'
import { ANCHOR_FULL, ANCHOR_REFUSAL, type BurnFleet, FULL, REFUSED, SILENT } from './fleet.ts'
import {
  addPass,
  believedDeviation,
  ENOUGH_PASSES,
  fadeFull,
  fullHalfWidth,
  fullMiddle,
} from './full-charge.ts'
import { doubtRefusal, endDoubt, refusalIsPlausible } from './gate.ts'
import { widthOf, learnWidth, lowNow, middleNow, scaleNow } from './predict.ts'
import { setAsideMove } from './set-aside.ts'

/** A pair of anchors with less charged between teaches only noise, milliwatt-hours. */
const LEAST_CHARGE = 500_000
/** Part of the half-width by which a foretold bound stays below the full battery's middle. */
const TRUST = 0.3
/** Part of it that is allowed a miss at a full battery whose energy was never measured. */
const UNKNOWN_PART = 0.25
/** There what goes aside and comes back is at least this part of its energy; more where it rarely empties. */
const UNKNOWN_HYSTERESIS = 0.05
const RARE_HYSTERESIS = 0.07
/**
 * Past so much of its nameplate charged since the anchor such a part of the rest is uncertain: none of it before so many
 * hours, all of it after twice as many.
 */
const FAR_FROM = 0.5
const FAR_PART = 0.08
const FAR_HOURS = 12
/** A battery rarely empties when at most such a part of its anchors are refusals. */
const RARE_PART = 0.25
/** A pass counts when hardly anything was charged on the way, milliwatt-hours; as in the contract. */
const PASS_CHARGE = 100_000
/** After so much charge a new refusal is a new anchor, milliwatt-hours. */
const STANDING_CHARGE = 50_000

/**
 * One battery, the end of one interval: predicts what it can still deliver, says what to set aside or
 * to release, recognises anchors, and learns from them. Nothing here burns: that is the contract's, after
 * `moveMilliWh` and before `afterMilliWh`. Results stand in the columns `lowKwh`, `moveMilliWh` (above zero:
 * set aside; below: release), `anchor`, `afterMilliWh` and `factorPpm` (0: no new one).
 *
 * @param evidence what the contract knows, for what it would burn
 * @param charge register C at the interval's end, milliwatt-hours; as last known when silent
 * @param discharge register D
 * @param flags REFUSED, FULL, SILENT
 * @param active Sa, milliwatt-hours
 * @param setAside Ss, milliwatt-hours
 * @param hours since the registers were zero
 * @param minute the same time as the contract counts it
 */
export function stepBurn(
  fleet: BurnFleet,
  evidence: Evidence,
  battery: number,
  charge: number,
  discharge: number,
  flags: number,
  active: number,
  setAside: number,
  hours: number,
  stepHours: number,
  minute: number,
): void {
  fleet.anchor[battery] = 0
  fleet.afterMilliWh[battery] = 0
  fleet.factorPpm[battery] = 0
  if ((flags & SILENT) !== 0) {
    stepSilent(fleet, battery, active, setAside, stepHours)
    return
  }
  const gap = fleet.silentHours[battery] > 0
  followPower(fleet, battery, charge, discharge, stepHours)
  const middle = middleNow(fleet, battery, charge, discharge, hours)
  const scale = scaleNow(fleet, battery, charge, discharge, hours)
  const low = lowNow(fleet, battery, middle, scale, stepHours) - farKwh(fleet, battery, charge, hours)
  fleet.lowKwh[battery] = low
  let seen = (flags & REFUSED) !== 0 ? ANCHOR_REFUSAL : (flags & FULL) !== 0 ? ANCHOR_FULL : 0
  if (seen === 0) {
    if (charge - fleet.anchorCharge[battery] > STANDING_CHARGE) fleet.standing[battery] = 0
  } else if (seen === fleet.standing[battery]) seen = 0

  let target = low
  const refusing = stillRefusing(fleet, battery, charge, discharge, flags, hours)
  if (refusing) {
    // What cannot be delivered now is not offered, believed or not.
    target = 0
    const stood = hours - fleet.refusedHours[battery] >= fleet.confirmHours[battery]
    if (
      seen === ANCHOR_REFUSAL &&
      stood &&
      believe(fleet, battery, charge, discharge, hours, middle, scale)
    ) {
      atRefusal(fleet, battery, charge, discharge, hours, low)
      endPass(evidence, battery, minute, charge, discharge)
      fleet.anchor[battery] = ANCHOR_REFUSAL
    }
  } else if (seen === ANCHOR_FULL) {
    target = atFull(fleet, battery, charge, discharge, hours, low)
    fleet.anchor[battery] = ANCHOR_FULL
  }

  const day = Math.floor(hours / 24)
  let move = 0
  if (refusing) move = active
  else if (fleet.predicts[battery] === 1 || fleet.anchor[battery] !== 0) {
    const mayRelease = setAside > 0 && (gap || day !== fleet.releasedDay[battery])
    const hysteresisKwh = mayRelease ? hysteresisOf(fleet, battery) : 0
    move = setAsideMove(active, setAside, target, hysteresisKwh, mayRelease)
    if (move < 0 && !gap) fleet.releasedDay[battery] = day
  }
  fleet.moveMilliWh[battery] = move
  if (fleet.anchor[battery] === ANCHOR_FULL) {
    shieldFull(fleet, evidence, battery, active, setAside, minute)
    openPass(evidence, battery, minute, charge, discharge)
  }
  if (day >= fleet.refitDay[battery] + fleet.refitDays[battery] && fleet.pairs[battery] > 0) {
    fleet.refitDay[battery] = day
    fleet.factorPpm[battery] = factorPpmOf(fleet, battery)
  }
}

/** Its full charge was never measured, and nearly all that its width was learnt from lies between full charges. */
const rarelyEmpties = (fleet: BurnFleet, battery: number): boolean =>
  fleet.fullPasses[battery] < ENOUGH_PASSES && fleet.refusals[battery] <= RARE_PART * fleet.residuals[battery]

/**
 * A battery that rarely empties may go weeks between anchors, and its width is learnt from those that lie close
 * together: far from one an error of the learnt conversion adds up, kWh.
 */
function farKwh(fleet: BurnFleet, battery: number, charge: number, hours: number): number {
  if (!rarelyEmpties(fleet, battery)) return 0
  const beyond = charge - fleet.anchorCharge[battery] - FAR_FROM * fleet.nameplateMilliWh[battery]
  const late = (hours - fleet.anchorHours[battery]) / FAR_HOURS - 1
  return beyond > 0 && late > 0 ? (FAR_PART * Math.min(1, late) * beyond) / 1e6 : 0
}

const hysteresisOf = (fleet: BurnFleet, battery: number): number =>
  fleet.fullPasses[battery] < ENOUGH_PASSES
    ? Math.max(
        fleet.hysteresisKwh[battery],
        (rarelyEmpties(fleet, battery) ? RARE_HYSTERESIS : UNKNOWN_HYSTERESIS) * fleet.fullKwh[battery],
      )
    : fleet.hysteresisKwh[battery]

/** Power of the interval before, and the greatest of the last days, for when nothing is heard, kW. */
function followPower(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  stepHours: number,
): void {
  const hours = stepHours + fleet.silentHours[battery]
  const discharged = discharge - fleet.lastDischarge[battery]
  fleet.dischargedMilliWh[battery] = discharged
  fleet.dischargedHours[battery] = hours
  // Halves in two days.
  const kept = fleet.peakKw[battery] * (1 - 0.0144 * hours)
  const more = discharged > kept * 1e6 * hours
  fleet.peakKw[battery] = more ? discharged / 1e6 / hours : kept
  fleet.lastCharge[battery] = charge
  fleet.lastDischarge[battery] = discharge
  fleet.silentHours[battery] = 0
}

/**
 * Nothing was heard: the battery may go on as it did for one interval, and then discharge as much as it
 * ever does. What that could take is set aside; it comes back when the registers do.
 */
function stepSilent(
  fleet: BurnFleet,
  battery: number,
  active: number,
  setAside: number,
  stepHours: number,
): void {
  const first = fleet.silentHours[battery] === 0
  fleet.silentHours[battery] += stepHours
  const powerKw = first
    ? (1.5 * fleet.dischargedMilliWh[battery]) / 1e6 / Math.max(stepHours, fleet.dischargedHours[battery])
    : fleet.peakKw[battery]
  fleet.lowKwh[battery] -= stepHours * powerKw
  fleet.moveMilliWh[battery] =
    fleet.predicts[battery] === 1
      ? setAsideMove(active, setAside, fleet.lowKwh[battery], fleet.hysteresisKwh[battery], false)
      : 0
}

/**
 * Does a refusal stand? From its first interval on, until the battery charges or delivers after all: then
 * the flag was wrong, or the run is over.
 */
function stillRefusing(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  flags: number,
  hours: number,
): boolean {
  if (fleet.refusedHours[battery] >= 0) {
    const moved =
      charge - fleet.refusedCharge[battery] > STANDING_CHARGE ||
      discharge - fleet.refusedDischarge[battery] > fleet.nameplateMilliWh[battery] / 500
    if (!moved) return true
    fleet.refusedHours[battery] = -1
  }
  if ((flags & REFUSED) === 0) return false
  fleet.refusedHours[battery] = hours
  fleet.refusedCharge[battery] = charge
  fleet.refusedDischarge[battery] = discharge
  return true
}

function believe(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
  middle: number,
  scale: number,
): boolean {
  if (fleet.gated[battery] === 0 || refusalIsPlausible(middle, scale, fleet.gateKwh[battery])) return true
  // Not believed, it still says that nothing may be there: the lower bound starts from zero.
  fleet.anchorLowKwh[battery] -= Math.max(0, fleet.lowKwh[battery])
  return doubtRefusal(fleet, battery, charge, discharge, hours)
}

function atRefusal(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
  low: number,
): void {
  if (fleet.openPass[battery] === 1 && charge - fleet.openCharge[battery] <= PASS_CHARGE) {
    addPass(fleet, battery, (discharge - fleet.openDischarge[battery]) / 1e6, hours)
  }
  fleet.openPass[battery] = 0
  fleet.standing[battery] = ANCHOR_REFUSAL
  fleet.refusals[battery]++
  endDoubt(fleet, battery)
  learnAnchor(fleet, battery, charge, discharge, hours, 0, 0, low)
}

/** Opens a pass; returns the lower bound of what the full battery delivers, kWh. */
function atFull(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
  low: number,
): number {
  fadeFull(fleet, battery, fleet.fadedHours[battery], hours)
  fleet.fadedHours[battery] = hours
  const middle = fullMiddle(fleet, battery, hours)
  const half = fullHalfWidth(fleet, battery, hours)
  fleet.openPass[battery] = 1
  fleet.openCharge[battery] = charge
  fleet.openDischarge[battery] = discharge
  fleet.openHours[battery] = hours
  fleet.standing[battery] = ANCHOR_FULL
  // What was foretold from the refusal before may be the better bound of the two.
  const known = fleet.fullPasses[battery] >= ENOUGH_PASSES
  const bound = known ? Math.max(middle - half, Math.min(low, middle - TRUST * half)) : middle - half
  const foretold = middleNow(fleet, battery, charge, discharge, hours)
  const scale = scaleNow(fleet, battery, charge, discharge, hours)
  // Before its full charge is known, half of u would hide what the flows miss.
  const open = widthOf(fleet, battery) * scale + farKwh(fleet, battery, charge, hours) + UNKNOWN_PART * half
  const flows = known ? low : foretold - open
  learnAnchor(fleet, battery, charge, discharge, hours, middle, middle - bound, flows)
  return bound
}

/** The loss model learns from the pair of anchors, the width from whether the bound held. */
function learnAnchor(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
  energyKwh: number,
  halfKwh: number,
  low: number,
): void {
  const charged = charge - fleet.learntCharge[battery]
  if (charged > LEAST_CHARGE) {
    const discharged = discharge - fleet.learntDischarge[battery]
    const gain = energyKwh - fleet.learntEnergyKwh[battery] + discharged / 1e6
    const elapsed = hours - fleet.learntHours[battery]
    const residual = learnLoss(fleet, battery, gain, charged / 1e6, elapsed)
    if (sumResidual(fleet, battery, residual, hours)) doubtLoss(fleet, battery)
    fleet.learntEnergyKwh[battery] = energyKwh
    fleet.learntCharge[battery] = charge
    fleet.learntDischarge[battery] = discharge
    fleet.learntHours[battery] = hours
  }
  fleet.anchorKwh[battery] = energyKwh
  fleet.anchorLowKwh[battery] = energyKwh - halfKwh
  fleet.anchorCharge[battery] = charge
  fleet.anchorDischarge[battery] = discharge
  fleet.anchorHours[battery] = hours
  // Missed when it lay above what the anchor shows; at a refusal that is nothing.
  learnWidth(fleet, battery, low > energyKwh)
}

/**
 * Few passes may lie together by chance, or lie otherwise tomorrow, and the contract's bound with them.
 * While the believed spread is wider than the contract's, no more stays set aside at a full anchor than
 * the wider bound leaves unbacked, so that no more is burned; the rest is set aside again behind it.
 */
function shieldFull(
  fleet: BurnFleet,
  evidence: Evidence,
  battery: number,
  active: number,
  setAside: number,
  minute: number,
): void {
  const stock = active + setAside
  const aside = setAside + fleet.moveMilliWh[battery]
  const burned = verifiedLoss(stock, aside, fullHigh(evidence, battery, minute))
  if (burned === 0) return
  const wide = Math.ceil(believedDeviation(fleet, battery) * 1000)
  const high = evidence.passes[battery] === 0 ? 0 : fullHigh(evidence, battery, minute, wide)
  const safe = Math.max(0, stock - high)
  if (safe >= burned) return
  const back = aside - safe
  fleet.moveMilliWh[battery] -= back
  fleet.afterMilliWh[battery] = back
}
