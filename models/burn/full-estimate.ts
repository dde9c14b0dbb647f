/**
 * What the full battery delivers, learnt from its own passes from full to refusal. The estimator's
 * own copy: the contract keeps another in integers, which errs high because it burns.
 */
export interface FullEstimate {
  /** What the battery is registered to deliver when full, kWh: believed until a pass was seen. */
  readonly ratedKwh: number
  /** Last passes, kWh, at most 32, newest last. */
  readonly passesKwh: readonly number[]
  /** Time of the last pass, hours. */
  readonly hours: number
}

const PASSES_KEPT = 32
const HOURS_PER_YEAR = 8760
/** Deliverable energy is believed to fall by this much a year between passes. */
const FADE_PER_YEAR = 0.024
/** Half-width of the registered value, before any pass. */
const RATED_WIDTH = 0.06

export const newFullEstimate = (ratedKwh: number): FullEstimate => ({ ratedKwh, passesKwh: [], hours: 0 })

/**
 * Adds a pass: energy discharged from full to refusal, kWh. Standby on the way is left out, which
 * errs low: with the registered 10 W counted in, the lower bound held 93 % instead of 97 % of the time.
 */
export const addPass = (estimate: FullEstimate, passKwh: number, hours: number): FullEstimate => ({
  ...estimate,
  passesKwh: [...estimate.passesKwh.slice(1 - PASSES_KEPT), passKwh],
  hours,
})

/**
 * Middle and half-width of the full battery's deliverable energy, kWh: the mean of the passes, less
 * the fade since the last, ± u with `u = 0.05 + 3 SD + 0.1 a year`; before any pass ± 6 % as well.
 */
export function fullEnergy(estimate: FullEstimate, hours: number): { midKwh: number; widthKwh: number } {
  const passes = estimate.passesKwh
  const years = (hours - estimate.hours) / HOURS_PER_YEAR
  const drift = 0.05 + 0.1 * years
  const faded = 1 - FADE_PER_YEAR * years
  if (passes.length === 0) {
    const midKwh = estimate.ratedKwh * faded
    return { midKwh, widthKwh: RATED_WIDTH * midKwh + drift }
  }
  const mean = passes.reduce((sum, pass) => sum + pass, 0) / passes.length
  const squares = passes.reduce((sum, pass) => sum + (pass - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, passes.length - 1))
  return { midKwh: mean * faded, widthKwh: 3 * deviation + drift }
}
