import * as columns from './columns.ts'
import type { LedgerView } from './view.ts'

const {
  BATTERY_CHARGE,
  BATTERY_DELIVERABLE,
  BATTERY_DISCHARGE,
  BATTERY_ENERGY,
  BATTERY_MINUTE,
  BATTERY_WIDTH,
  BATTERY_STANDBY_W,
  PASS_CHARGE,
  PASS_COUNT,
  PASS_DISCHARGE,
  PASS_ENDED,
  PASS_MINUTE,
  PASSES_KEPT,
} = columns

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

/** Exact floor of the square root, by Newton's method from above. */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** Place of a battery's passes in their table, which has a row for each battery. */
export const passesAt = (view: LedgerView, battery: number): number =>
  (view.batteryAt(battery) / BATTERY_WIDTH) * PASSES_KEPT

/**
 * Upper bound of the energy that the full battery can deliver at `minute`, milliwatt-hours: the mean
 * of its last passes (at first 1.06 × the deliverable energy it was registered with, less 2.4 % for
 * each year without a pass) plus u, everything rounded up.
 */
export function fullEnergyHigh(view: LedgerView, battery: number, minute: number): number {
  const { passes } = view
  const ever = view.batteryField(battery, PASS_COUNT)
  const kept = Math.min(PASSES_KEPT, ever)
  const since = view.batteryField(battery, kept === 0 ? BATTERY_MINUTE : PASS_ENDED)
  const age = Math.max(0, minute - since)
  const drift = Math.ceil((MARGIN_PER_YEAR * age) / MINUTES_PER_YEAR)
  if (kept === 0)
    return Math.ceil((view.batteryAmount(battery, BATTERY_DELIVERABLE) * 106) / 100) + MARGIN + drift
  const first = passesAt(view, battery)
  let sum = 0
  for (let pass = 0; pass < kept; pass++) sum += passes[first + pass]
  const mean = Math.ceil(sum / kept)
  // Squares, and a capacity times years in minutes, may pass 2^53.
  let squares = 0n
  for (let pass = 0; pass < kept; pass++) squares += BigInt(passes[first + pass] - mean) ** 2n
  const degrees = BigInt(Math.max(1, kept - 1))
  const deviation = Number(integerRoot((squares + degrees - 1n) / degrees)) + 1
  const fade = Number((BigInt(mean) * 24n * BigInt(age)) / BigInt(1000 * MINUTES_PER_YEAR))
  return (mean - fade + 3 * deviation) * 1000 + MARGIN + drift
}

/**
 * Ends an open pass at a refusal: what came out since the battery was full, what its registered
 * standby took in that time, and what it may still have held. One that comes to more than twice the
 * battery's energy cannot be true and does not count.
 */
export function recordPass(view: LedgerView, battery: number, minute: number, refusalHigh: number): void {
  const { batteries, batteryWords } = view
  const place = view.batteryAt(battery)
  const started = batteryWords[place * 2 + PASS_MINUTE]
  if (started < 0) return
  batteryWords[place * 2 + PASS_MINUTE] = -1
  if (batteries[place + BATTERY_CHARGE] - batteries[place + PASS_CHARGE] > PASS_CHARGE_LIMIT) return
  const delivered = batteries[place + BATTERY_DISCHARGE] - batteries[place + PASS_DISCHARGE]
  const standby = Math.ceil((batteryWords[place * 2 + BATTERY_STANDBY_W] * (minute - started) * 50) / 3)
  const wh = Math.ceil((delivered + standby + refusalHigh) / 1000)
  if (wh * 500 > batteries[place + BATTERY_ENERGY]) return
  const count = batteryWords[place * 2 + PASS_COUNT]
  view.putPass(passesAt(view, battery) + (count % PASSES_KEPT), wh)
  batteryWords[place * 2 + PASS_COUNT] = count + 1
  batteryWords[place * 2 + PASS_ENDED] = minute
}
