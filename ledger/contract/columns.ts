/**
 * The state's tables. A row is a whole number of lines of the processor's cache (64 bytes) and is seen two ways over the
 * same memory: as doubles, for energy, money and versions, which may pass 2^31, and as 32-bit integers for
 * everything else. A double of row `r` stands at `r * WIDTH + FIELD`, an integer at `(r << SHIFT) + FIELD`. What changes often stands
 * together in halves of a line, which is what the undo log keeps (`view.ts`): as doubles, so that in a pair of integers the second,
odd one is never negative and far from 2^31, or the pair would be no number.
 *
 * Hot files take these as `const { … } = columns`: V8 folds a module's own constants into the code that it
 * compiles, but reads an imported one anew at every use, which costs a sixth of `decide`.
 */

declare const KIND: unique symbol
/** Place of a field in a row of doubles, or of integers: numbers, that cannot be taken for each other where a view is asked by field. */
type Field<Table, As> = number & { readonly [KIND]?: [Table, As] }
export type AccountAmount = Field<'account', 'double'>
export type AccountField = Field<'account', 'integer'>
export type AssetAmount = Field<'asset', 'double'>
export type AssetField = Field<'asset', 'integer'>
export type BatteryAmount = Field<'battery', 'double'>
export type BatteryField = Field<'battery', 'integer'>

// Accounts, by number.
export const ACCOUNT = 8
export const ACCOUNT_SHIFT = 4
/** Spendable money: opening balance, less payments, plus credits that were folded, µ$. */
export const ACCOUNT_BALANCE: AccountAmount = 0
/** Received since the last settlement, not yet spendable, µ$. */
export const ACCOUNT_CREDIT: AccountAmount = 1
/** Transactions that the ledger had accepted when the account, or its credit, last changed. */
export const ACCOUNT_VERSION: AccountAmount = 2
export const ACCOUNT_CREDIT_VERSION: AccountAmount = 3
// The second half seldom changes.
export const ACCOUNT_OPENING: AccountAmount = 4
/** How far below zero a trade may take the balance, µ$ (>= 0). */
export const ACCOUNT_LIMIT: AccountAmount = 5
/** The account that may speak for this one (its own number: only itself). */
export const ACCOUNT_AGENT: AccountField = 12
export const ACCOUNT_ROLE: AccountField = 13
/** End of the last settled period, minutes; −1: none. */
export const ACCOUNT_SETTLED: AccountField = 14

// Assets, by number.
export const ASSET = 8
export const ASSET_SHIFT = 4
/** Transactions that the ledger had accepted when the asset or one of its lots last changed. */
export const ASSET_VERSION: AssetAmount = 0
/** Exported behind a meter to the utility and not yet settled, milliwatt-hours. */
export const METER_UNSETTLED: AssetAmount = 1
/** Start of the last interval that it minted for, minutes; −1: never. */
export const ASSET_MINTED: AssetField = 4
/** Start of the last interval that a meter's site has closed, minutes; −1: none. */
export const METER_CLOSED: AssetField = 6
/** An asset that has lots, which a meter has not: the lot that was found before `ASSET_FOUND`, or nothing of use. */
export const ASSET_FOUND_BEFORE: AssetField = 6
/** Its living lots in the order of minting, which is that of their intervals: rows + 1, 0 none. */
export const ASSET_FIRST_LOT: AssetField = 5
export const ASSET_LAST_LOT: AssetField = 7
// The second half seldom changes, or is not part of the state.
/** A meter: its newest solar asset; a solar asset: the one before it behind that meter; 0 ends it. */
export const ASSET_NEXT: AssetField = 8
export const ASSET_KIND: AssetField = 9
export const ASSET_OWNER: AssetField = 10
/** The meter behind which it stands (a meter: itself). */
export const ASSET_SITE: AssetField = 11
/** Length of its settlement interval, minutes. */
export const ASSET_INTERVAL: AssetField = 13
/** A battery's row in the tables of batteries and passes. */
export const BATTERY_ROW: AssetField = 8
export const ASSET_NAMEPLATE_W: AssetField = 12
/** The lot that was looked for last: the next one is mostly it or its neighbor. Row + 1, 0 none. */
export const ASSET_FOUND: AssetField = 14
/** Rows of lots that it had and has not any more, for its next ones: row + 1 of the first, 0 none. */
export const ASSET_SPARE: AssetField = 15

// Batteries, by row.
export const BATTERY_WIDTH = 16
/** Sa and Ss of burn.md: active and set aside, milliwatt-hours. */
export const BATTERY_ACTIVE: BatteryAmount = 0
export const BATTERY_SET_ASIDE: BatteryAmount = 1
/** C and D, the registers at the end of the last reading. */
export const BATTERY_CHARGE: BatteryAmount = 2
export const BATTERY_DISCHARGE: BatteryAmount = 3
/** What the last interval's registers moved and no lot has taken up yet. */
export const BATTERY_OPEN_CHARGE: BatteryAmount = 4
export const BATTERY_OPEN_DISCHARGE: BatteryAmount = 5
export const BATTERY_ENERGY: BatteryAmount = 6
/** Start of the interval of the last reading, minutes; −1: none yet. */
export const BATTERY_MINUTE: BatteryField = 14
export const BATTERY_FACTOR: BatteryField = 15
// The second line seldom changes.
export const BATTERY_UNCLAIMED: BatteryAmount = 8
export const BATTERY_DELIVERABLE: BatteryAmount = 9
/** Registers when the open pass began, at full. */
export const PASS_CHARGE: BatteryAmount = 10
export const PASS_DISCHARGE: BatteryAmount = 11
export const BATTERY_STANDBY_W: BatteryField = 24
/** When the open pass began; −1: none is open. */
export const PASS_MINUTE: BatteryField = 26
/** Finished passes: how many ever, and when the last ended. */
export const PASS_COUNT: BatteryField = 27
export const PASS_ENDED: BatteryField = 28
export const BATTERY_ANCHORED: BatteryField = 30

/** Passes from full to refusal that the contract keeps for each battery (burn.md), watt-hours. */
export const PASSES_KEPT = 32

// Lots, by row; a row is used again by its asset when its lot is gone.
export const LOT = 8
export const LOT_SHIFT = 4
export const LOT_MINUTE = 0
export const LOT_ASSET = 1
export const LOT_SOURCE = 2
export const LOT_OWNER = 3
/** 0: no lot stands here. */
export const LOT_KIND = 4
/** Neighbors in the list of its asset: rows + 1, 0 none. */
export const LOT_PREVIOUS = 5
export const LOT_NEXT = 6
/** Whether it was ever put up, 0 or 1: the uses of most lots need not look at their terms. */
export const LOT_HAS_OFFER = 7
/**
 * A lot of `minted` milliwatt-hours is one row of serial numbers, cut in four by three marks:
 * `[0, low)` is used, `[low, mid)` is active, `[mid, high)` is set aside and `[high, minted)` is
 * burned as storage loss. Nothing can be in two places, and the parts always add up to the whole.
 */
export const LOT_LOW = 4
export const LOT_MID = 5
export const LOT_HIGH = 6
/** First milliwatt-hour of the source lot that went into it. */
export const LOT_FROM = 7

// Terms of a lot, by its row.
export const TERMS = 4
export const TERMS_MINTED = 0
/** What its offer still holds, at which rate, and for which interval. */
export const TERMS_OFFERED = 1
export const TERMS_CARBON = 4
export const TERMS_RATE = 5
export const TERMS_OFFER_MINUTE = 6

export const PLATFORM = 4
/** What the operator takes on traded energy, µ$/kWh, and the operator's account. */
export const PLATFORM_FEE = 0
export const PLATFORM_OPERATOR = 1
export const PLATFORM_VERSION = 2
