import { NumberedRows, roomFor } from './numbered.ts'

/** Columns of whole numbers, `ints[row * ASSET_INTS + column]`; rows point to rows, −1: none. */
export const ASSET_INTS = 32
export const ASSET_NUMBER = 0
export const ASSET_KIND = 1
/** Number of the account. */
export const ASSET_OWNER = 2
/** Number of the meter. */
export const SITE = 3
export const SITE_ROW = 4
/** Minutes. */
export const INTERVAL = 5
export const NAMEPLATE_W = 6
/** Start of the last interval that it minted for, minute; −1 at first. */
export const LAST_MINT = 7
/** Living lots in the order of minting. */
export const FIRST_LOT = 8
export const LAST_LOT = 9
export const LOTS = 10
/** Meters: the last closed interval, and their solar assets in the order of creation. */
export const CLOSED = 11
export const FIRST_SOLAR = 12
export const LAST_SOLAR = 13
export const SOLARS = 14
export const NEXT_SOLAR = 15
/** Batteries. */
export const STANDBY_W = 16
export const FACTOR_PPM = 17
export const READ_MINUTE = 18
export const ANCHORED = 19
/** When the battery was last full; −1: no open pass. */
export const PASS_MINUTE = 20
/** Passes ever counted, and the end of the last one (0 at first). */
export const PASSES = 21
export const PASS_ENDED = 22

/** Columns of energy, mWh, `sums[row * ASSET_SUMS + column]`. */
export const ASSET_SUMS = 16
/** Meters: exported and not settled yet. */
export const UNSETTLED = 0
/** Solar: the most that one mint may be. */
export const MOST_MINT = 1
/** Batteries. */
export const ENERGY = 2
export const DELIVERABLE = 3
/** Sa and Ss: sums over the battery's lots. */
export const ACTIVE = 4
export const ASIDE = 5
export const CHARGE = 6
export const DISCHARGE = 7
export const OPEN_CHARGE = 8
export const OPEN_DISCHARGE = 9
export const UNCLAIMED = 10
export const PASS_CHARGE = 11
export const PASS_DISCHARGE = 12

export const ASSET_KINDS = ['', 'solar', 'battery', 'meter', 'load']
export const SOLAR = 1
export const BATTERY = 2
export const METER = 3
export const LOAD = 4

export const KEPT_PASSES = 32

/** Every asset, one row each. */
export class Assets extends NumberedRows {
  ints = new Int32Array(64 * ASSET_INTS)
  sums = new Float64Array(64 * ASSET_SUMS)
  readonly locations: Uint8Array[] = []
  readonly labels: Uint8Array[] = []
  /** Of batteries: the last passes in watt-hours, a ring; the n-th ever counted is at n mod 32. */
  readonly passes: (Float64Array | null)[] = []

  /** A new asset with nothing in it yet; the number is free. */
  create(number: number, kind: number, location: Uint8Array, label: Uint8Array): number {
    const row = this.add(number)
    this.ints = roomFor(this.ints, this.count * ASSET_INTS)
    this.sums = roomFor(this.sums, this.count * ASSET_SUMS)
    const i = row * ASSET_INTS
    this.ints[i + ASSET_NUMBER] = number
    this.ints[i + ASSET_KIND] = kind
    for (const column of NONE_AT_FIRST) this.ints[i + column] = -1
    this.locations.push(location)
    this.labels.push(label)
    this.passes.push(kind === BATTERY ? new Float64Array(KEPT_PASSES) : null)
    return row
  }
}

const NONE_AT_FIRST = [
  LAST_MINT,
  FIRST_LOT,
  LAST_LOT,
  CLOSED,
  FIRST_SOLAR,
  LAST_SOLAR,
  NEXT_SOLAR,
  READ_MINUTE,
  ANCHORED,
  PASS_MINUTE,
]

/** All of them for the rules: V8 folds a constant of the module at hand, and loads one that is imported. */
export const ASSET_TABLE = {
  ASSET_INTS,
  ASSET_NUMBER,
  ASSET_KIND,
  ASSET_OWNER,
  SITE,
  SITE_ROW,
  INTERVAL,
  NAMEPLATE_W,
  LAST_MINT,
  FIRST_LOT,
  LAST_LOT,
  LOTS,
  CLOSED,
  FIRST_SOLAR,
  LAST_SOLAR,
  SOLARS,
  NEXT_SOLAR,
  STANDBY_W,
  FACTOR_PPM,
  READ_MINUTE,
  ANCHORED,
  PASS_MINUTE,
  PASSES,
  PASS_ENDED,
  ASSET_SUMS,
  UNSETTLED,
  MOST_MINT,
  ENERGY,
  DELIVERABLE,
  ACTIVE,
  ASIDE,
  CHARGE,
  DISCHARGE,
  OPEN_CHARGE,
  OPEN_DISCHARGE,
  UNCLAIMED,
  PASS_CHARGE,
  PASS_DISCHARGE,
  SOLAR,
  BATTERY,
  METER,
  LOAD,
  KEPT_PASSES,
} as const
