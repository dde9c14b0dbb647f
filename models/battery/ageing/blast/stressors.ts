/** State of charge and temperature of a battery over a stretch of time; the columns are of one length. */
export interface AgeingWindow {
  readonly seconds: Float64Array
  /** State of charge of the capacity that is left, [0, 1]. */
  readonly socFraction: Float64Array
  readonly temperatureC: Float64Array
}

/** Mean over the window's time of something that depends on temperature, charge and anode potential. */
export type WindowMean = (of: (kelvin: number, socFraction: number, anodeVolt: number) => number) => number

/** What wears a battery over one window. */
export interface Stressors {
  readonly days: number
  /** Equivalent full cycles of the new capacity. */
  readonly efc: number
  /** Highest less lowest state of charge. */
  readonly depthFraction: number
  readonly socLowFraction: number
  readonly socHighFraction: number
  /** Mean C-rates of the new capacity, 1/h: all, charging alone, discharging alone; >= 0. */
  readonly ratePerHour: number
  readonly chargeRatePerHour: number
  readonly dischargeRatePerHour: number
  readonly mean: WindowMean
  /** Mean over the samples, not over time. */
  readonly sampleMean: WindowMean
}

/** C-rates below this are storage, 1/h. */
const STORAGE_RATE_PER_HOUR = 1e-2

/**
 * Potential of a graphite anode against lithium, V: Safari and Delacourt, J. Electrochem. Soc. 158 (2011)
 * A562, with the stoichiometry of Schimpe et al., J. Electrochem. Soc. 165 (2018) A181.
 */
export function anodeVolt(socFraction: number): number {
  const x = 8.5e-3 + socFraction * (0.78 - 8.5e-3)
  return (
    0.6379 +
    0.5416 * Math.exp(-305.5309 * x) +
    0.044 * Math.tanh(-(x - 0.1958) / 0.1088) -
    0.1978 * Math.tanh((x - 1.0571) / 0.0854) -
    0.6875 * Math.tanh((x + 0.0117) / 0.0529) -
    0.0175 * Math.tanh((x - 0.5692) / 0.0875)
  )
}

/**
 * Stressors of one window.
 * @param health relative capacity before the window: it turns shares of what is left into shares of new
 * @param published mean rates by the published trapezoid over the ends of the samples, which depends on
 *   the length of a step; else by the time in which the current flowed, which does not
 */
export function stressorsOf(window: AgeingWindow, health: number, published: boolean): Stressors {
  const { seconds, socFraction, temperatureC } = window
  const last = seconds.length - 1
  const span = seconds[last] - seconds[0]
  let low = socFraction[0]
  let high = socFraction[0]
  let moved = 0
  for (let at = 1; at <= last; at++) {
    moved += Math.abs(socFraction[at] - socFraction[at - 1])
    low = Math.min(low, socFraction[at])
    high = Math.max(high, socFraction[at])
  }
  const rates = published ? publishedRates(window) : timeRates(window)
  const sample: (of: Parameters<WindowMean>[0], at: number) => number = (of, at) =>
    of(temperatureC[at] + 273.15, socFraction[at], anodeVolt(socFraction[at]))
  return {
    days: span / 86_400,
    efc: (moved / 2) * health,
    depthFraction: high - low,
    socLowFraction: low,
    socHighFraction: high,
    ratePerHour: rates.all * health,
    chargeRatePerHour: rates.charge * health,
    dischargeRatePerHour: rates.discharge * health,
    mean: (of) => {
      let sum = 0
      let before = sample(of, 0)
      for (let at = 1; at <= last; at++) {
        const now = sample(of, at)
        sum += ((before + now) / 2) * (seconds[at] - seconds[at - 1])
        before = now
      }
      return sum / span
    },
    sampleMean: (of) => {
      let sum = 0
      for (let at = 0; at <= last; at++) sum += sample(of, at)
      return sum / (last + 1)
    },
  }
}

interface Rates {
  readonly all: number
  readonly charge: number
  readonly discharge: number
}

/** C-rate of every step, 1/h; storage is 0. Above zero charges. */
function stepRates({ seconds, socFraction }: AgeingWindow): Float64Array {
  const rates = new Float64Array(seconds.length - 1)
  for (let at = 0; at < rates.length; at++) {
    const rate = (socFraction[at + 1] - socFraction[at]) / ((seconds[at + 1] - seconds[at]) / 3600)
    rates[at] = Math.abs(rate) < STORAGE_RATE_PER_HOUR ? 0 : rate
  }
  return rates
}

/** Means over the time in which the current flowed: the same for steps of any length. */
function timeRates(window: AgeingWindow): Rates {
  const rates = stepRates(window)
  const { seconds } = window
  let charge = 0
  let discharge = 0
  let chargeTime = 0
  let dischargeTime = 0
  for (let at = 0; at < rates.length; at++) {
    const time = seconds[at + 1] - seconds[at]
    if (rates[at] > 0) {
      charge += rates[at] * time
      chargeTime += time
    } else if (rates[at] < 0) {
      discharge -= rates[at] * time
      dischargeTime += time
    }
  }
  return {
    all: (charge + discharge) / (seconds[seconds.length - 1] - seconds[0]),
    charge: chargeTime > 0 ? charge / chargeTime : 0,
    discharge: dischargeTime > 0 ? discharge / dischargeTime : 0,
  }
}

/** Means as BLAST-Lite takes them: trapezoids between the ends of the steps. */
function publishedRates(window: AgeingWindow): Rates {
  const rates = stepRates(window)
  const { seconds } = window
  let sum = 0
  for (let at = 1; at < rates.length; at++) {
    sum += ((Math.abs(rates[at - 1]) + Math.abs(rates[at])) / 2) * (seconds[at + 1] - seconds[at])
  }
  const all = sum / (seconds[seconds.length - 1] - seconds[0])
  if (Number.isNaN(all)) return { all: 0, charge: 0, discharge: 0 }
  return { all, charge: meanOfSign(rates, seconds, 1), discharge: meanOfSign(rates, seconds, -1) }
}

/** Mean of the rates of one sign over a clock that runs only while they do. */
function meanOfSign(rates: Float64Array, seconds: Float64Array, sign: 1 | -1): number {
  let sum = 0
  let time = 0
  let steps = 0
  let before = 0
  for (let at = 0; at < rates.length; at++) {
    const rate = rates[at] * sign
    if (rate <= 0) continue
    const step = seconds[at + 1] - seconds[at]
    if (steps > 0) {
      sum += ((before + rate) / 2) * step
      time += step
    }
    before = rate
    steps++
  }
  if (steps > 1) return sum / time
  return steps === 1 ? before : 0
}
