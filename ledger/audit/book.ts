import { Accounts } from './tables/accounts.ts'
import { Assets } from './tables/assets.ts'
import { Lots } from './tables/living-lots.ts'
import { Totals } from './totals.ts'

/** What happens to a lot or to money; `EventSink` tells what comes with each. */
export const EVENT_MINTED = 1
export const EVENT_BURNED = 2
export const EVENT_SET_ASIDE = 3
export const EVENT_RELEASED = 4
export const EVENT_OFFERED = 5
export const EVENT_CANCELLED = 6
export const EVENT_SOLD = 7
export const EVENT_SETTLED = 8

/**
 * Is told everything that happens, in order, before a lot that ends is forgotten.
 *
 * @param event one of the EVENT numbers
 * @param lot row of the lot; −1 for `settled`
 * @param from first serial number of the part that it happens to
 * @param milliWh how much; `settled`: exported energy
 * @param detail `minted`: row of the lot that it was made of, or −1; `burned`: reason; `offered`: the interval; `sold`:
 *   1 to be used, 2 to be exchanged; `settled`: the period's end, minute
 * @param account whose doing it is: owner, buyer, or the account that is settled
 * @param microUsd `offered`: rate, µ$/kWh; `sold`: price; `settled`: what the account pays
 */
export type EventSink = (
  event: number,
  lot: number,
  from: number,
  milliWh: number,
  detail: number,
  account: number,
  microUsd: number,
) => void

/**
 * The ledger's state, derived a second time: typed arrays, rules as the written specification
 * (ledger/README.md) has them, nothing shared with the contract.
 */
export class Book {
  readonly accounts = new Accounts()
  readonly assets = new Assets()
  readonly lots = new Lots()
  readonly totals = new Totals()
  /** Platform fee, µ$/kWh. */
  fee = 0
  /** Number of the operator who registered first; 0: none yet. */
  operator = 0
  /** Where the replay is: whose transaction, and its place in the chain. */
  client = 0
  sequence = 0
  block = 0
  transaction = 0
  /** Is told everything; set before the replay begins. */
  sink: EventSink | null = null
}
