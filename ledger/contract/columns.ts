/**
 * The state's tables: each a row of whole numbers in one Float64Array, so that what belongs together
 * lies together in memory. A field of row `r` stands at `r * WIDTH + FIELD`. What changes often after a row
 * is made stands together in fours, which is what the undo log keeps (`view.ts`).
 *
 * Hot files take these as `const { … } = columns`: V8 folds a module's own constants into the code that it
 * compiles, but reads an imported one anew at every use, which costs a sixth of `decide`.
 */

// Accounts, by number.
export const ACCOUNT = 16
export const ACCOUNT_OPENING = 0
/** The account that may speak for this one (its own number: only itself). */
export const ACCOUNT_AGENT = 1
/** How far below zero a trade may take the balance, µ$ (>= 0). */
export const ACCOUNT_LIMIT = 2
export const ACCOUNT_ROLE = 3
/** Spendable money: opening balance, less payments, plus credits that were folded, µ$. From here on four change often. */
export const ACCOUNT_BALANCE = 4
/** Received since the last settlement, not yet spendable, µ$. */
export const ACCOUNT_CREDIT = 5
/** Transactions that the ledger had accepted when the account, or its credit, last changed. */
export const ACCOUNT_VERSION = 6
export const ACCOUNT_CREDIT_VERSION = 7
/** End of the last settled period, minutes; −1: none. */
export const ACCOUNT_SETTLED = 8

// Assets, by number. Meters and batteries use the columns that they need.
export const ASSET = 32
export const ASSET_NAMEPLATE_W = 0
export const ASSET_OWNER = 1
/** The meter behind which it stands (a meter: itself). */
export const ASSET_SITE = 2
/** Length of its settlement interval, minutes. */
export const ASSET_INTERVAL = 3
export const ASSET_KIND = 4
export const BATTERY_ENERGY = 5
export const BATTERY_DELIVERABLE = 6
export const BATTERY_STANDBY_W = 7
export const BATTERY_FACTOR = 8
export const METER_CLOSED = 7
/** Exported to the utility and not yet settled, milliwatt-hours. */
export const METER_UNSETTLED = 8
/** A meter: its newest solar asset; a solar asset: the one before it behind that meter; 0 ends it. */
export const ASSET_NEXT = 9
/** From here on a row changes often: four values of a solar asset's, twelve of a battery's; a meter's four end here. */
export const ASSET_VERSION = 10
/** Start of the last interval that it minted for, minutes; −1: never. */
export const ASSET_MINTED = 11
/** Its living lots in the order of minting: rows + 1, 0 none. */
export const ASSET_FIRST_LOT = 12
export const ASSET_LAST_LOT = 13
/** Sa and Ss of burn.md: active and set aside, milliwatt-hours. */
export const BATTERY_ACTIVE = 14
export const BATTERY_SET_ASIDE = 15
/** C and D, the registers at the end of the last reading. */
export const BATTERY_CHARGE = 16
export const BATTERY_DISCHARGE = 17
/** Start of the interval of the last reading, minutes; −1: none yet. */
export const BATTERY_MINUTE = 18
/** What the last interval's registers moved and no lot has taken up yet. */
export const BATTERY_OPEN_CHARGE = 19
export const BATTERY_OPEN_DISCHARGE = 20
export const BATTERY_UNCLAIMED = 21
export const BATTERY_ANCHORED = 22
/** Open pass: time and registers when it was last full; minute −1: no pass open. */
export const PASS_MINUTE = 23
export const PASS_CHARGE = 24
export const PASS_DISCHARGE = 25
/** Finished passes: how many ever, when the last ended, and where its row of the last 32 stands. */
export const PASS_COUNT = 26
export const PASS_ENDED = 27
export const PASS_ROW = 28

/** Passes from full to refusal that the contract keeps for each battery (burn.md), watt-hours. */
export const PASSES_KEPT = 32

// Lots, by row; a row is reused when its lot is gone.
export const LOT = 16
export const LOT_CARBON = 0
export const LOT_ASSET = 1
export const LOT_MINUTE = 2
export const LOT_SOURCE = 3
export const LOT_FROM = 4
export const LOT_OWNER = 5
export const LOT_KIND = 6
export const LOT_MINTED = 7
/**
 * A lot of `minted` milliwatt-hours is one row of serial numbers, cut in four by three marks:
 * `[0, low)` is used, `[low, mid)` is active, `[mid, high)` is set aside and `[high, minted)` is
 * burned as storage loss. Nothing can be in two places, and the parts always add up to the whole.
 */
export const LOT_LOW = 8
export const LOT_MID = 9
export const LOT_HIGH = 10
/** What its offer still holds, at which rate, and for which interval. */
export const LOT_OFFERED = 11
export const LOT_RATE = 12
export const LOT_OFFER_MINUTE = 13
/** Neighbors in the list of its asset: rows + 1, 0 none. */
export const LOT_PREVIOUS = 14
export const LOT_NEXT = 15

export const PLATFORM = 4
/** What the operator takes on traded energy, µ$/kWh, and the operator's account. */
export const PLATFORM_FEE = 0
export const PLATFORM_OPERATOR = 1
export const PLATFORM_VERSION = 2
