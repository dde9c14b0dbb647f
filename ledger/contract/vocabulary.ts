/**
 * The contract's fixed lists. A number stands in the binary encoding, the name in JSON and in
 * messages; a number is never given a second meaning.
 */
export const ROLES = ['household', 'consumer', 'operator', 'utility', 'oracle'] as const
export type Role = (typeof ROLES)[number]
export const HOUSEHOLD = 1
export const CONSUMER = 2
export const OPERATOR = 3
export const UTILITY = 4
export const ORACLE = 5

export const ASSET_KINDS = ['solar', 'battery', 'meter', 'load'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]
export const SOLAR = 1
export const BATTERY = 2
export const METER = 3
export const LOAD = 4

export const LOT_KINDS = ['tgen', 'tstorage', 'shadow'] as const
export type LotKind = (typeof LOT_KINDS)[number]
export const TGEN = 1
export const TSTORAGE = 2
export const SHADOW = 3

export const BURN_REASONS = ['consumed', 'exported', 'exchanged', 'conversion-loss', 'storage-loss'] as const
export type BurnReason = (typeof BURN_REASONS)[number]
export const CONSUMED = 1
export const EXPORTED = 2
export const EXCHANGED = 3
export const CONVERSION_LOSS = 4
export const STORAGE_LOSS = 5

export const TRADE_USES = ['consumed', 'exchanged'] as const
export type TradeUse = (typeof TRADE_USES)[number]
export const USE_CONSUMED = 1
export const USE_EXCHANGED = 2

export const ANCHOR_KINDS = ['refusal', 'full'] as const
export type AnchorKind = (typeof ANCHOR_KINDS)[number]
export const ANCHOR_REFUSAL = 1
export const ANCHOR_FULL = 2

/** Accounts and assets are numbered by whoever registers them, from 1; the tables are dense. */
export const MAX_ID = 1 << 20

/** Is this a number that an account or an asset may have? */
export const validId = (id: number): boolean => id > 0 && id < MAX_ID

/** Every number of the state stays below this in absolute value, so that it is exact. */
export const EXACT = Number.MAX_SAFE_INTEGER
/** The most that one opening balance, credit limit or settlement may be, µ$. */
export const MONEY_LIMIT = Math.floor(Number.MAX_SAFE_INTEGER / 1024)
/** The most energy that a battery may be registered with, milliwatt-hours. */
export const ENERGY_LIMIT = 1e12
