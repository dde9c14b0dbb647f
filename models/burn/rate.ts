/**
 * A battery's own burn rate, as a function of its discharge and of its life. Between two anchors of a kind
 * what was charged and did not come out is lost, whatever factor was registered:
 *
 *     ΔC − ΔD = a·Δt + b·ΔD + c·(1 − SoH)·ΔD      r(d, SoH) = 24·a/d + b + c·(1 − SoH),  d in kWh a day.
 *
 * At a factor f a part `1 − f` of the charge is burned at once; of each kWh delivered the rest,
 * `f·(1 + r) − 1`, is to be burned as storage loss. Recursive least squares with a weak prior. It
 * plans and explains; nothing is burned by it.
 */
export interface BurnRates {
  /** Row-major by battery: a (kW), b, c. */
  readonly coefficients: Float64Array
  /** Symmetric 3 × 3 by battery, in units of the noise's variance. */
  readonly covariance: Float64Array
  readonly residualSquares: Float64Array
  readonly windows: Float64Array
}

const START = [0.012, 0.13, 0.1]
const START_SD = [0.015, 0.05, 0.3]
const NOISE_KWH = 0.2
/** Spread of a rate that a straight line leaves out, part of the loss: power, and what drifts. */
const MODEL_FRACTION = 0.04
/** The same after half a year of watching: a battery that was not seen in every season loses otherwise in the next. */
const UNSEEN_FRACTION = 0.17
const HALF_YEAR_HOURS = 4380

export function newRates(count: number): BurnRates {
  const rates: BurnRates = {
    coefficients: new Float64Array(count * 3),
    covariance: new Float64Array(count * 9),
    residualSquares: new Float64Array(count),
    windows: new Float64Array(count),
  }
  for (let battery = 0; battery < count; battery++) {
    rates.coefficients.set(START, battery * 3)
    for (let at = 0; at < 3; at++) {
      rates.covariance[battery * 9 + at * 4] = (START_SD[at] / NOISE_KWH) ** 2
    }
  }
  return rates
}

const x = new Float64Array(3)
const px = new Float64Array(3)

/**
 * Learns from a window between two anchors of a kind.
 * @param lossKwh charged less discharged
 */
export function learnRate(
  rates: BurnRates,
  battery: number,
  lossKwh: number,
  hours: number,
  dischargedKwh: number,
  sohFraction: number,
): void {
  const { coefficients, covariance } = rates
  const spread = project(rates, battery, hours, dischargedKwh, sohFraction)
  const weight = 1 + spread
  let expected = 0
  for (let at = 0; at < 3; at++) expected += coefficients[battery * 3 + at] * x[at]
  const residual = lossKwh - expected
  for (let row = 0; row < 3; row++) {
    coefficients[battery * 3 + row] += (px[row] / weight) * residual
    for (let column = 0; column < 3; column++) {
      covariance[battery * 9 + row * 3 + column] -= (px[row] * px[column]) / weight
    }
  }
  rates.residualSquares[battery] += (residual * residual) / weight
  rates.windows[battery]++
}

/** Fills x and P·x; returns xᵀPx. */
function project(
  { covariance }: BurnRates,
  battery: number,
  hours: number,
  dischargedKwh: number,
  sohFraction: number,
): number {
  x[0] = hours
  x[1] = dischargedKwh
  x[2] = (1 - sohFraction) * dischargedKwh
  let spread = 0
  for (let row = 0; row < 3; row++) {
    let sum = 0
    for (let column = 0; column < 3; column++) sum += covariance[battery * 9 + row * 3 + column] * x[column]
    px[row] = sum
    spread += sum * x[row]
  }
  return spread
}

/** Storage loss to burn for each kWh delivered, at a loss r of each kWh delivered and a factor f. */
export const burnRate = (lossRate: number, factor: number): number => Math.max(0, factor * (1 + lossRate) - 1)

/**
 * What will be lost over so much time and discharge at a state of health, and the half-width of its 95 %
 * interval, kWh: the spread of windows, and what a straight line leaves out (empirical quantiles on the tuning seeds of
 * the burn study), the more the shorter the battery was watched.
 * @param watchedHours since the first window
 */
export function lossAhead(
  rates: BurnRates,
  battery: number,
  hours: number,
  dischargedKwh: number,
  sohFraction: number,
  watchedHours: number,
): { lossKwh: number; halfKwh: number } {
  const spread = project(rates, battery, hours, dischargedKwh, sohFraction)
  let lossKwh = 0
  for (let at = 0; at < 3; at++) lossKwh += rates.coefficients[battery * 3 + at] * x[at]
  const variance = (rates.residualSquares[battery] + 4 * NOISE_KWH ** 2) / (rates.windows[battery] + 4)
  const windows = Math.max(1, hours / 24)
  const unseen = UNSEEN_FRACTION * Math.min(2, HALF_YEAR_HOURS / watchedHours)
  const model = Math.hypot(MODEL_FRACTION, unseen) * Math.abs(lossKwh)
  const sd = Math.hypot(Math.sqrt(variance * (spread + windows)), model)
  return { lossKwh, halfKwh: 1.96 * sd }
}
