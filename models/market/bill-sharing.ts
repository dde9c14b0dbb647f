import { admit, newAdmitted, tradeAtOneRate } from './admit.ts'
import type { Book, Clearing, Members } from './mechanism.ts'

const admitted = newAdmitted()

/**
 * Bill sharing: what the community saves in the interval by pooling, `V (λ_b − λ_s)`, is divided by how much each has
 * consumed from or generated for the pool: buyers together get `D / (S + D)` of it, sellers `S / (S + D)`. As a price
 * between neighbors that is `p = (λ_s D + λ_b S) / (S + D)`, each home's part being in proportion to its energy.
 * (In the form of Long et al. 2017 energy within the community costs nothing, so a seller can lose its export
 * credit; no trade here may do that, so the saving is what is shared.) Rounded down to a whole µ$ per kWh.
 */
export function clearBillSharing(book: Book, _members: Members, turn: number, clearing: Clearing): void {
  if (!admit(book, clearing, admitted)) return
  const { supply, demand, lowestBid, highestAsk } = admitted
  const part = supply / (supply + demand)
  tradeAtOneRate(clearing, admitted, Math.floor(highestAsk + (lowestBid - highestAsk) * part), turn)
}
