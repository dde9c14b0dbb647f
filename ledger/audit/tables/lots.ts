/** Columns of whole numbers, `ints[row * LOT_INTS + column]`; rows point to rows, −1: none. */
export const LOT_INTS = 16
export const LOT_ASSET = 0
export const LOT_MINUTE = 1
export const LOT_SOURCE = 2
export const LOT_KIND = 3
/** Number of the account. */
export const LOT_OWNER = 4
export const CARBON = 5
export const RATE = 6
/** The interval that the offer is for. */
export const OFFER_MINUTE = 7
export const LOT_ASSET_ROW = 8
/** Living lots of the same asset, in the order of minting. */
export const NEXT = 9
export const PREVIOUS = 10
/** Of the same bucket of the index, or of rows that are free. */
export const CHAIN = 11

/** Columns of energy, mWh, `sums[row * LOT_SUMS + column]`. */
export const LOT_SUMS = 8
export const LOT_FROM = 0
export const MINTED = 1
/** The marks: used up to low, active up to mid, set aside up to high, lost up to minted. */
export const LOW = 2
export const MID = 3
export const HIGH = 4
export const OFFERED = 5

export const KINDS = ['', 'tgen', 'tstorage', 'shadow']
export const TGEN = 1
export const TSTORAGE = 2
export const SHADOW = 3

/** All of them for the rules: V8 folds a constant of the module at hand, and loads one that is imported. */
export const LOT_TABLE = {
  LOT_INTS,
  LOT_ASSET,
  LOT_MINUTE,
  LOT_SOURCE,
  LOT_KIND,
  LOT_OWNER,
  CARBON,
  RATE,
  OFFER_MINUTE,
  LOT_ASSET_ROW,
  NEXT,
  PREVIOUS,
  CHAIN,
  LOT_SUMS,
  LOT_FROM,
  MINTED,
  LOW,
  MID,
  HIGH,
  OFFERED,
  TGEN,
  TSTORAGE,
  SHADOW,
} as const
