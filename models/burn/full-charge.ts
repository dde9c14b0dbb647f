import { type BurnFleet, PASSES_KEPT } from './fleet.ts'

/**
 * What the full battery delivers, learnt from its own passes from full to refusal. The estimator's
 * own: the contract keeps another in integers, which errs high because it burns.
 */
const HOURS_PER_YEAR = 8760
/** Deliverable energy is believed to fall by this much a year between passes. */
const FADE_PER_YEAR = 0.024
/** Greatest half-width of the bound before there are passes: the registered value was measured to 3 %, and fades as foretold. */
const RATED_WIDTH = 0.031
/**
 * Half-width of the stated interval before there are passes, part of what is registered: its own 3 %, the meter's 1 %,
 * cold, and a fade that is not as foretold. It is a floor that the prior sets: no reading narrows it without a pass.
 */
const PRIOR_HALF = 0.06
/** Standard deviations of passes in the stated interval. */
const STATED_DEVIATIONS = 2.2

/**
 * Adds a pass: energy discharged from full to refusal, kWh. Standby on the way is left out, which
 * errs low: with the registered 10 W counted in, the lower bound held 93 % instead of 97 % of the time.
 */
export function addPass(fleet: BurnFleet, battery: number, passKwh: number, hours: number): void {
  const { passesKwh, fullPasses } = fleet
  const first = battery * PASSES_KEPT
  passesKwh[first + (fullPasses[battery] % PASSES_KEPT)] = passKwh
  fullPasses[battery]++
  fleet.fullHours[battery] = hours
  weighPass(fleet, battery, passKwh)
  const kept = Math.min(PASSES_KEPT, fullPasses[battery])
  let sum = 0
  for (let pass = 0; pass < kept; pass++) sum += passesKwh[first + pass]
  const mean = sum / kept
  let squares = 0
  for (let pass = 0; pass < kept; pass++) squares += (passesKwh[first + pass] - mean) ** 2
  fleet.fullMeanKwh[battery] = mean
  fleet.fullDeviationKwh[battery] = Math.sqrt(squares / Math.max(1, kept - 1))
}

/** Spread of passes that is believed, kWh: few of them may lie together by chance. */
export function believedDeviation(fleet: BurnFleet, battery: number): number {
  const kept = Math.min(PASSES_KEPT, fleet.fullPasses[battery])
  const seen = fleet.fullDeviationKwh[battery] * (1 + 4 / kept)
  return Math.max(seen, fleet.leastDeviationKwh[battery] * (1 + 6 / kept))
}

/** Fade of the first year, of which later ones follow by the root of time, and its spread; part of what is registered. */
const FADE_ROOT_YEAR = 0.025
const FADE_SD_PER_YEAR = 0.01
/** Uncertainty of one pass, part of the energy. */
const PASS_SD = 0.015

/**
 * While there are too few passes to have a spread of their own, each is weighed against what was registered.
 * What ways with charging on them say is left out: their balance leans on a conversion that is only
 * estimated, errs the same way each time, and over ten years was believed too much.
 */
function weighPass(fleet: BurnFleet, battery: number, passKwh: number): void {
  const noise = (PASS_SD * fleet.fullKwh[battery]) ** 2
  const gain = fleet.fullVariance[battery] / (fleet.fullVariance[battery] + noise)
  fleet.fullKwh[battery] += gain * (passKwh - fleet.fullKwh[battery])
  fleet.fullVariance[battery] *= 1 - gain
}

/**
 * Time passes: the full battery's energy fades, with the root of its age as cells do, and is less certain.
 * @param from hours since it was registered, of the last time this was called
 * @param to now
 */
export function fadeFull(fleet: BurnFleet, battery: number, from: number, to: number): void {
  const rated = fleet.ratedMilliWh[battery] / 1e6
  const aged = Math.sqrt(to / HOURS_PER_YEAR) - Math.sqrt(from / HOURS_PER_YEAR)
  fleet.fullKwh[battery] -= FADE_ROOT_YEAR * rated * aged
  fleet.fullVariance[battery] += ((FADE_SD_PER_YEAR * rated) ** 2 * (to - from)) / HOURS_PER_YEAR
}

/** So many passes speak for themselves; fewer, and what the balance of anchors says is believed. */
export const ENOUGH_PASSES = 3

/** The full battery's deliverable energy, kWh: the mean of the passes less the fade since the last. */
export function fullMiddle(fleet: BurnFleet, battery: number, hours: number): number {
  if (fleet.fullPasses[battery] < ENOUGH_PASSES) return fleet.fullKwh[battery]
  const years = (hours - fleet.fullHours[battery]) / HOURS_PER_YEAR
  return fleet.fullMeanKwh[battery] * (1 - FADE_PER_YEAR * years)
}

/** u, its half-width: `0.05 + 3 SD + 0.1 a year`; before the passes at most 3.1 % as well. */
export function fullHalfWidth(fleet: BurnFleet, battery: number, hours: number): number {
  if (fleet.fullPasses[battery] < ENOUGH_PASSES) {
    const most = RATED_WIDTH * fleet.fullKwh[battery]
    return Math.min(most, 3 * Math.sqrt(fleet.fullVariance[battery])) + 0.05
  }
  return 3 * believedDeviation(fleet, battery) + driftKwh(fleet, battery, hours)
}

/**
 * Half of the 95 % interval that is stated of the full battery's energy, kWh: `2.2 SD + 0.05 + 0.1 a year` once there
 * are passes, before that a floor from the prior. u is no such interval: it is a bound that trades what is locked
 * against what is not backed. The constants are empirical quantiles on the tuning seeds of the burn study.
 */
export function fullStatedHalf(fleet: BurnFleet, battery: number, hours: number): number {
  if (fleet.fullPasses[battery] < ENOUGH_PASSES) {
    return (PRIOR_HALF * fleet.ratedMilliWh[battery]) / 1e6 + 0.05
  }
  return STATED_DEVIATIONS * believedDeviation(fleet, battery) + driftKwh(fleet, battery, hours)
}

const driftKwh = (fleet: BurnFleet, battery: number, hours: number): number =>
  0.05 + (0.1 * (hours - fleet.fullHours[battery])) / HOURS_PER_YEAR
