import { type LedgerView, PASSES_KEPT } from './view.ts'

/**
 * Ê_full of burn.md, in integers: what a full battery can deliver at most. It must err high, because
 * whatever the tokens exceed it by is burned.
 */
const MINUTES_PER_YEAR = 525_600
/** A pass counts when no more than this was charged between full and refusal, milliwatt-hours. */
const PASS_CHARGE_LIMIT = 100_000
/** u = 0.05 kWh + 3 SD + 0.1 kWh for each year since the last pass. */
const MARGIN = 50_000
const MARGIN_PER_YEAR = 100_000

/** Exact floor of the square root of a whole number below 2^53. */
function integerRoot(value: number): number {
  let root = Math.floor(Math.sqrt(value))
  while (root * root > value) root--
  while ((root + 1) * (root + 1) <= value) root++
  return root
}

/**
 * Upper bound of the energy that the full battery can deliver at `minute`, milliwatt-hours: the mean
 * of its last passes (at first 1.06 × the deliverable energy it was registered with, less 2.4 % for
 * each year without a pass) plus u, everything rounded up.
 */
export function fullEnergyHigh(view: LedgerView, battery: number, minute: number): number {
  const kept = Math.min(PASSES_KEPT, view.passCount[battery])
  const since = kept === 0 ? Math.max(0, view.batteryMinute[battery]) : view.passEnded[battery]
  const age = Math.max(0, minute - since)
  const drift = Math.ceil((MARGIN_PER_YEAR * age) / MINUTES_PER_YEAR)
  if (kept === 0) {
    return Math.ceil((view.batteryDeliverable[battery] * 106) / 100) + MARGIN + drift
  }
  const first = battery * PASSES_KEPT
  let sum = 0
  for (let pass = 0; pass < kept; pass++) sum += view.passWh[first + pass]
  const mean = Math.ceil(sum / kept)
  let squares = 0
  for (let pass = 0; pass < kept; pass++) squares += (view.passWh[first + pass] - mean) ** 2
  const deviation = integerRoot(Math.ceil(squares / Math.max(1, kept - 1))) + 1
  const faded = mean - Math.floor((mean * 24 * age) / (1000 * MINUTES_PER_YEAR))
  return (faded + 3 * deviation) * 1000 + MARGIN + drift
}

/**
 * Ends an open pass at a refusal: what came out since the battery was full, what its registered
 * standby took in that time, and what it may still have held.
 */
export function recordPass(view: LedgerView, battery: number, minute: number, refusalHigh: number): void {
  const started = view.passMinute[battery]
  if (started < 0) return
  view.put(view.passMinute, battery, -1)
  if (view.batteryCharge[battery] - view.passCharge[battery] > PASS_CHARGE_LIMIT) return
  const delivered = view.batteryDischarge[battery] - view.passDischarge[battery]
  const standby = Math.ceil((view.batteryStandbyW[battery] * (minute - started) * 1000) / 60)
  const wh = Math.ceil((delivered + standby + refusalHigh) / 1000)
  const count = view.passCount[battery]
  view.put(view.passWh, battery * PASSES_KEPT + (count % PASSES_KEPT), wh)
  view.put(view.passCount, battery, count + 1)
  view.put(view.passEnded, battery, minute)
}
