import { PASSES_KEPT } from './fleet.ts'

/**
 * Verify and burn, in whole milliwatt-hours: the contract's rule (`ledger/contract/full-energy.ts`,
 * `rules/evidence.ts`) for many batteries in columns. Nothing here is estimated: it knows registers,
 * what was registered, and passes from full to refusal. A test holds it against the contract itself.
 */
export interface Evidence {
  readonly nameplateMilliWh: Float64Array
  readonly ratedMilliWh: Float64Array
  readonly standbyW: Float64Array
  /** Passes, Wh, rings of `PASSES_KEPT`. */
  readonly passesWh: Float64Array
  readonly passes: Float64Array
  readonly endedMinute: Float64Array
  /** Mean of the passes and their standard deviation, both rounded up, Wh: of the ring, kept as each pass is added. */
  readonly meanWh: Float64Array
  readonly deviationWh: Float64Array
  /** Below zero: no pass is open. */
  readonly openMinute: Float64Array
  readonly openCharge: Float64Array
  readonly openDischarge: Float64Array
  /** Length of a settlement interval, minutes: the age of the last reading at an anchor. */
  readonly intervalMinutes: number
}

const MINUTES_PER_YEAR = 525_600
const PASS_CHARGE_LIMIT = 100_000
const MARGIN = 50_000
const MARGIN_PER_YEAR = 100_000
/** u holds three standard deviations. */
const DEVIATIONS = 3

export const newEvidence = (
  nameplateMilliWh: Float64Array,
  ratedMilliWh: Float64Array,
  standbyW: Float64Array,
  intervalMinutes: number,
): Evidence => {
  const count = nameplateMilliWh.length
  const zeros = () => new Float64Array(count)
  return {
    nameplateMilliWh,
    ratedMilliWh,
    standbyW,
    passesWh: new Float64Array(count * PASSES_KEPT),
    passes: zeros(),
    endedMinute: zeros(),
    meanWh: zeros(),
    deviationWh: zeros(),
    openMinute: zeros().fill(-1),
    openCharge: zeros(),
    openDischarge: zeros(),
    intervalMinutes,
  }
}

/** E_hi at a refusal: one per cent of nameplate energy, rounded up. */
export const refusalHigh = (evidence: Evidence, battery: number): number =>
  Math.ceil(evidence.nameplateMilliWh[battery] / 100)

/** A refusal ends an open pass. */
export function endPass(
  evidence: Evidence,
  battery: number,
  minute: number,
  charge: number,
  discharge: number,
): void {
  const started = evidence.openMinute[battery]
  if (started < 0) return
  evidence.openMinute[battery] = -1
  if (charge - evidence.openCharge[battery] > PASS_CHARGE_LIMIT) return
  const delivered = discharge - evidence.openDischarge[battery]
  const standby = Math.ceil((evidence.standbyW[battery] * (minute - started) * 50) / 3)
  const wh = Math.ceil((delivered + standby + refusalHigh(evidence, battery)) / 1000)
  if (wh * 500 > evidence.nameplateMilliWh[battery]) return
  evidence.passesWh[battery * PASSES_KEPT + (evidence.passes[battery] % PASSES_KEPT)] = wh
  evidence.passes[battery]++
  evidence.endedMinute[battery] = minute
  spread(evidence, battery)
}

/** Mean and deviation of the passes that are kept. */
function spread({ passes, passesWh, meanWh, deviationWh }: Evidence, battery: number): void {
  const kept = Math.min(PASSES_KEPT, passes[battery])
  const first = battery * PASSES_KEPT
  let sum = 0
  for (let pass = 0; pass < kept; pass++) sum += passesWh[first + pass]
  const mean = Math.ceil(sum / kept)
  let squares = 0
  for (let pass = 0; pass < kept; pass++) squares += (passesWh[first + pass] - mean) ** 2
  meanWh[battery] = mean
  deviationWh[battery] = Math.floor(Math.sqrt(Math.ceil(squares / Math.max(1, kept - 1)))) + 1
}

/** A full battery opens a pass. */
export function openPass(
  evidence: Evidence,
  battery: number,
  minute: number,
  charge: number,
  discharge: number,
): void {
  evidence.openMinute[battery] = minute
  evidence.openCharge[battery] = charge
  evidence.openDischarge[battery] = discharge
}

/**
 * E_hi of a full battery: the mean of its passes, `u = 0.05 kWh + 3 SD + 0.1 kWh a year` since the last,
 * rounded up; before any pass 1.06 × what it was registered with.
 * @param deviationWh spread to assume instead of the passes' own; left out: the contract's
 */
export function fullHigh(evidence: Evidence, battery: number, minute: number, deviationWh?: number): number {
  const none = evidence.passes[battery] === 0
  const age = none ? evidence.intervalMinutes : Math.max(0, minute - evidence.endedMinute[battery])
  const drift = Math.ceil((MARGIN_PER_YEAR * age) / MINUTES_PER_YEAR)
  if (none) return Math.ceil((evidence.ratedMilliWh[battery] * 106) / 100) + MARGIN + drift
  const mean = evidence.meanWh[battery]
  const deviation = deviationWh ?? evidence.deviationWh[battery]
  const fade = Math.floor((mean * 24 * age) / (1000 * MINUTES_PER_YEAR))
  return (mean - fade + DEVIATIONS * deviation) * 1000 + MARGIN + drift
}

/** `clamp(S − E_hi, 0, Ss)`: the storage loss that an anchor verifies. */
export const verifiedLoss = (stock: number, setAside: number, energyHigh: number): number =>
  Math.min(setAside, Math.max(0, stock - energyHigh))
