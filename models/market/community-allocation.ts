import { admit, type Admitted, newAdmitted, tradeAtOneRate } from './admit.ts'
import { match } from './match.ts'
import type { Book, Clearing, Members } from './mechanism.ts'
import { shareProRata } from './pro-rata.ts'

/**
 * Ex-post community allocation, as in European collective self-consumption: after the interval its pooled surplus is
 * allotted to members by a key, and a member has what it was allotted as far as it was consuming. What is left goes to
 * the utility. All pay the price that the community has agreed on, or the middle of what it is worth to both sides.
 */
const admitted = newAdmitted()

/** Who takes part at the community's price, and that price; −1: nobody. */
function agreed(book: Book, { agreedRate }: Members, clearing: Clearing): number {
  if (agreedRate >= 0) {
    const { surplus, deficit } = clearing.scratch
    for (let home = 0; home < surplus.length; home++) {
      if (book.ask[home] > agreedRate) surplus[home] = 0
      if (book.bid[home] < agreedRate) deficit[home] = 0
    }
  }
  if (!admit(book, clearing, admitted)) return -1
  return agreedRate >= 0 ? agreedRate : Math.floor((admitted.lowestBid + admitted.highestAsk) / 2)
}

/** Dynamic key: in proportion to what each consumes in the interval. */
export function clearDynamicKeys(book: Book, members: Members, turn: number, clearing: Clearing): void {
  const rate = agreed(book, members, clearing)
  if (rate >= 0) tradeAtOneRate(clearing, admitted, rate, turn)
}

/** Static keys: a fixed part for each member; what it does not consume of it is not given to another. */
export function clearStaticKeys(book: Book, members: Members, turn: number, clearing: Clearing): void {
  const rate = agreed(book, members, clearing)
  if (rate >= 0) byKeys(members.key, 1, clearing, admitted, rate, turn)
}

/** Keys by contribution: parts as each has contributed; what one does not consume is given on by the same keys. */
export function clearContributionKeys(book: Book, members: Members, turn: number, clearing: Clearing): void {
  const rate = agreed(book, members, clearing)
  if (rate >= 0) byKeys(members.contribution, Number.POSITIVE_INFINITY, clearing, admitted, rate, turn)
}

function byKeys(
  keys: Float64Array,
  rounds: number,
  clearing: Clearing,
  { supply }: Admitted,
  rate: number,
  turn: number,
): void {
  const { surplus, deficit, sold, bought, rate: rates } = clearing.scratch
  bought.fill(0)
  const allotted = allot(keys, rounds, supply, deficit, bought)
  shareProRata(surplus, allotted, sold)
  rates.fill(rate)
  match(clearing, turn)
}

/**
 * Adds to `bought` what each is allotted of the pool, never above its deficit; whole parts are rounded down, so less
 * than a milliwatt-hour a member may go to the utility. In each further round the rest is allotted among those who
 * still consume; a round in which nobody is satisfied is the last.
 */
function allot(
  keys: Float64Array,
  rounds: number,
  pool: number,
  deficit: Int32Array,
  bought: Int32Array,
): number {
  let given = 0
  for (let round = 0; round < rounds && given < pool; round++) {
    let weight = 0
    for (let home = 0; home < keys.length; home++)
      // Static keys count every member, contribution only those who still consume.
      if (rounds === 1 || bought[home] < deficit[home]) weight += keys[home]
    if (weight === 0) break
    const rest = pool - given
    let satisfied = false
    for (let home = 0; home < keys.length; home++) {
      const room = deficit[home] - bought[home]
      if (room === 0 || keys[home] === 0) continue
      const part = Math.min(room, pool - given, Math.floor((rest * keys[home]) / weight))
      if (part === room) satisfied = true
      bought[home] += part
      given += part
    }
    if (!satisfied) break
  }
  return given
}
