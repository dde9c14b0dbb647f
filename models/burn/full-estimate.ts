/**
 * What the full battery delivers, learnt from passes from full to refusal; the estimator's own copy
 * of what the contract keeps in integers.
 */
export interface FullEstimate {
  /** Last passes, kWh, at most 32, newest last. */
  readonly passesKwh: readonly number[]
  /** Time of the last pass, hours. */
  readonly hours: number
  /** Registered deliverable energy × 1.06, until a pass has been seen, kWh. */
  readonly startKwh: number
}

const PASSES_KEPT = 32
const HOURS_PER_YEAR = 8760
/** Deliverable energy is believed to fall by this much a year between passes. */
const FADE_PER_YEAR = 0.024

export const newFullEstimate = (deliverableKwh: number): FullEstimate => ({
  passesKwh: [],
  hours: 0,
  startKwh: deliverableKwh * 1.06,
})

/** Adds a pass: discharged energy + registered standby + the refusal's bound, kWh. */
export const addPass = (estimate: FullEstimate, passKwh: number, hours: number): FullEstimate => ({
  ...estimate,
  passesKwh: [...estimate.passesKwh.slice(1 - PASSES_KEPT), passKwh],
  hours,
})

/**
 * Middle and half-width of the full battery's deliverable energy, kWh: the mean of the passes, less
 * the fade since, ± (0.05 + 3 SD + 0.1 a year).
 */
export function fullEnergy(estimate: FullEstimate, hours: number): { midKwh: number; widthKwh: number } {
  const passes = estimate.passesKwh
  const years = (hours - estimate.hours) / HOURS_PER_YEAR
  if (passes.length === 0) {
    // 1.06 is the upper end of ±6 %: the middle is without it.
    const midKwh = estimate.startKwh / 1.06
    return { midKwh, widthKwh: 0.06 * midKwh + 0.05 + 0.1 * years }
  }
  const mean = passes.reduce((sum, pass) => sum + pass, 0) / passes.length
  const squares = passes.reduce((sum, pass) => sum + (pass - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, passes.length - 1))
  return { midKwh: mean * (1 - FADE_PER_YEAR * years), widthKwh: 0.05 + 3 * deviation + 0.1 * years }
}
