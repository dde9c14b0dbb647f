import { etaInterval } from '../../models/burn/factor.ts'
import { ANCHOR_FULL } from '../../models/burn/fleet.ts'
import { fullMiddle, fullStatedHalf } from '../../models/burn/full-charge.ts'
import { type BurnRates, learnRate, lossAhead, newRates } from '../../models/burn/rate.ts'
import type { Closure } from './closure.ts'
import { STEP_HOURS, STEPS_PER_YEAR } from './demand.ts'

/** η as learnt, how far its interval goes below and above, and what it truly was in the half-year. */
export interface LearntEta {
  readonly eta: number
  readonly below: number
  readonly above: number
  /** What an inverter takes while it runs counted as standing loss. */
  readonly conversion: number
  /** The same counted as conversion. */
  readonly running: number
}

/** What was learnt of one battery, against the truth. */
export interface LearntFigures {
  /** Intervals at whose end E_low was not above E, and all. */
  readonly covered: number
  readonly intervals: number
  readonly anchors: number
  readonly doubted: number
  readonly alarms: number
  /** Interval of the first alarm; −1: none. */
  readonly firstAlarm: number
  /** Greatest S − E_hi one interval after a refusal that was believed, kWh; −1: never refused. */
  readonly beyondHighKwh: number
  /** Years at whose end no anchor was younger than 30 days. */
  readonly unverifiable: readonly boolean[]
  readonly anchorAgeHours: number
  /** η at each half-year's end. */
  readonly eta: readonly LearntEta[]
  /** Anchors at full: those whose E lay in the stated interval, all, and the sum of its half-widths, parts of what is registered. */
  readonly fullInside: number
  readonly fulls: number
  readonly fullHalves: number
  /** Loss that was foretold for each half-year from what was known before, its half-width, and the true one, kWh. */
  readonly rates: readonly (readonly [number, number, number])[]
}

const HALF_YEAR = STEPS_PER_YEAR / 2
const WINDOW_HOURS = 120
const MONTH = 30 * 24

/** What moved in the half-year at hand. */
interface Half {
  charge: number
  discharge: number
  energy: number
  into: number
  ranInto: number
  ranDrawn: number
  charged: number
  discharged: number
  drawn: number
}

/** True sums that the half-years are judged by; register units in milliwatt-hours, the rest in kWh. */
export interface TrueSums {
  readonly energy: number
  readonly into: number
  readonly drawn: number
  readonly ranInto: number
  readonly ranDrawn: number
  readonly chargeGain: number
  readonly dischargeGain: number
  readonly chargedKwh: number
  readonly dischargedKwh: number
}

/** Follows what the algorithm learns of each battery. */
export class LearntTally {
  readonly #closure: Closure
  readonly #rates: BurnRates
  readonly #snapshots: (BurnRates | null)[]
  readonly #halves: Half[]
  readonly #covered: Float64Array
  readonly #anchors: Float64Array
  readonly #lastAnchor: Float64Array
  readonly #beyond: Float64Array
  readonly #pending: Float64Array
  readonly #inside: Float64Array
  readonly #fulls: Float64Array
  readonly #fullHalves: Float64Array
  readonly #firstAlarm: Float64Array
  readonly #eta: LearntEta[][]
  readonly #foretold: [number, number, number][][]
  readonly #unverifiable: boolean[][]
  /** Last anchor of each kind that a window starts from: hours, charge, discharge. */
  readonly #windows: Float64Array

  constructor(closure: Closure, count: number) {
    this.#closure = closure
    const zeros = () => new Float64Array(count)
    this.#rates = newRates(count)
    this.#snapshots = Array.from({ length: count }, () => null)
    this.#halves = Array.from({ length: count }, () => ({
      charge: 0,
      discharge: 0,
      energy: 0,
      into: 0,
      ranInto: 0,
      ranDrawn: 0,
      charged: 0,
      discharged: 0,
      drawn: 0,
    }))
    this.#covered = zeros()
    this.#anchors = zeros()
    this.#lastAnchor = zeros()
    this.#beyond = zeros().fill(-1)
    this.#pending = zeros().fill(-1)
    this.#inside = zeros()
    this.#fulls = zeros()
    this.#fullHalves = zeros()
    this.#firstAlarm = zeros().fill(-1)
    this.#eta = Array.from({ length: count }, () => [])
    this.#foretold = Array.from({ length: count }, () => [])
    this.#unverifiable = Array.from({ length: count }, () => [])
    this.#windows = new Float64Array(count * 6).fill(-1)
  }

  /** The end of an interval, after the algorithm's step. */
  interval(battery: number, step: number, charge: number, discharge: number, energy: number): void {
    const { fleet, stocks, high } = this.#closure
    if (Math.max(0, fleet.lowKwh[battery]) * 1e6 <= energy + 1) this.#covered[battery]++
    if (this.#pending[battery] >= 0) {
      const stock = stocks.active[battery] + stocks.setAside[battery]
      const beyond = (stock - this.#pending[battery]) / 1e6
      // What was charged since is no part of it.
      if (fleet.lastCharge[battery] <= fleet.anchorCharge[battery]) {
        this.#beyond[battery] = Math.max(this.#beyond[battery], beyond)
      }
      this.#pending[battery] = -1
    }
    if (high[battery] >= 0) this.#pending[battery] = high[battery]
    if (this.#firstAlarm[battery] < 0 && fleet.alarms[battery] > 0) this.#firstAlarm[battery] = step
    const anchor = fleet.anchor[battery]
    if (anchor === 0) return
    const hours = (step + 1) * STEP_HOURS
    this.#anchors[battery]++
    this.#lastAnchor[battery] = hours
    this.#learnWindow(battery, anchor, hours, charge, discharge)
    if (anchor === ANCHOR_FULL) {
      const half = fullStatedHalf(fleet, battery, hours)
      this.#fulls[battery]++
      this.#fullHalves[battery] += (half * 1e6) / fleet.ratedMilliWh[battery]
      if (Math.abs(energy / 1e6 - fullMiddle(fleet, battery, hours)) <= half) this.#inside[battery]++
    }
  }

  /** Windows between anchors of one kind, some days long: what was charged and did not come out is lost. */
  #learnWindow(battery: number, anchor: number, hours: number, charge: number, discharge: number): void {
    const { fleet } = this.#closure
    const row = battery * 6 + (anchor - 1) * 3
    const windows = this.#windows
    const from = windows[row]
    if (from >= 0 && hours - from < WINDOW_HOURS) return
    if (from >= 0) {
      const delivered = (discharge - windows[row + 2]) / 1e6
      const loss = (charge - windows[row + 1]) / 1e6 - delivered
      learnRate(
        this.#rates,
        battery,
        loss,
        hours - from,
        delivered,
        this.#soh(fleet.fullMeanKwh[battery], battery),
      )
    }
    windows[row] = hours
    windows[row + 1] = charge
    windows[row + 2] = discharge
  }

  #soh(fullKwh: number, battery: number): number {
    const rated = this.#closure.fleet.ratedMilliWh[battery] / 1e6
    return fullKwh > 0 ? Math.min(1, fullKwh / rated) : 1
  }

  /** At each half-year's end what was foretold is compared, and the next is foretold. */
  endHalf(battery: number, step: number, charge: number, discharge: number, sums: TrueSums): void {
    const { fleet } = this.#closure
    const half = this.#halves[battery]
    const charged = sums.chargedKwh * sums.chargeGain - half.charged
    const discharged = sums.dischargedKwh * sums.dischargeGain - half.discharged
    const into = sums.into - half.into
    const drawn = sums.drawn - half.drawn
    const conversion = (into / charged) * (discharged / drawn)
    const ranInto = into - (sums.ranInto - half.ranInto)
    const ranDrawn = drawn + (sums.ranDrawn - half.ranDrawn)
    const running = (ranInto / charged) * (discharged / ranDrawn)
    const { below, above } = etaInterval(fleet, battery)
    this.#eta[battery].push({ eta: fleet.eta[battery], below, above, conversion, running })
    const known = this.#snapshots[battery]
    if (known !== null) {
      const delivered = (discharge - half.discharge) / 1e6
      const loss = (charge - half.charge) / 1e6 - delivered - (sums.energy - half.energy) / 1e6 / conversion
      const soh = this.#soh(fleet.fullMeanKwh[battery], battery)
      const { lossKwh, halfKwh } = lossAhead(
        known,
        battery,
        HALF_YEAR * STEP_HOURS,
        delivered,
        soh,
        (step + 1 - HALF_YEAR) * STEP_HOURS,
      )
      this.#foretold[battery].push([lossKwh, halfKwh, loss])
    }
    this.#snapshots[battery] = {
      coefficients: this.#rates.coefficients.slice(),
      covariance: this.#rates.covariance.slice(),
      residualSquares: this.#rates.residualSquares.slice(),
      windows: this.#rates.windows.slice(),
    }
    half.charge = charge
    half.discharge = discharge
    half.energy = sums.energy
    half.into = sums.into
    half.charged = sums.chargedKwh * sums.chargeGain
    half.discharged = sums.dischargedKwh * sums.dischargeGain
    half.drawn = sums.drawn
    half.ranInto = sums.ranInto
    half.ranDrawn = sums.ranDrawn
    if ((step + 1) % STEPS_PER_YEAR !== 0) return
    this.#unverifiable[battery].push((step + 1) * STEP_HOURS - this.#lastAnchor[battery] > MONTH)
  }

  figures(battery: number, steps: number): LearntFigures {
    const { fleet } = this.#closure
    return {
      covered: this.#covered[battery],
      intervals: steps,
      anchors: this.#anchors[battery],
      doubted: fleet.doubted[battery],
      alarms: fleet.alarms[battery],
      firstAlarm: this.#firstAlarm[battery],
      beyondHighKwh: this.#beyond[battery],
      unverifiable: this.#unverifiable[battery],
      anchorAgeHours: steps * STEP_HOURS - this.#lastAnchor[battery],
      eta: this.#eta[battery],
      fullInside: this.#inside[battery],
      fulls: this.#fulls[battery],
      fullHalves: this.#fullHalves[battery],
      rates: this.#foretold[battery],
    }
  }
}

/** Whether a half-year ends with this interval. */
export const endsHalf = (step: number): boolean => (step + 1) % HALF_YEAR === 0
