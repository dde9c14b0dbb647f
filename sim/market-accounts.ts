import { ACCOUNT_BALANCE, ACCOUNT_LIMIT } from '../ledger/contract/columns.ts'
import type { LedgerView } from '../ledger/contract/view.ts'
import { microUsdFromUsd, mulDivMillionCeil } from '../data/units.ts'
import type { Pairs } from '../models/market/mechanism.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { accountOf } from './accounts.ts'
import { type Deal, dealsOf } from './deals.ts'
import type { IntervalFlows } from './interval-flows.ts'

/** What the market asks of accounts and stored tokens when it clears an interval. */
export interface MarketAccounts {
  /** Most that a home can pay now, µ$. */
  spendable(home: number): number
  /** Pairs by where the energy comes from and goes to; see `dealsOf`. */
  deals(pairs: Pairs, flows: IntervalFlows, chargeable: Float64Array): readonly Deal[]
}

/** The accounts of a ledger. */
export const ledgerAccounts = (view: LedgerView): MarketAccounts => ({
  spendable: (home) =>
    view.account(accountOf(home), ACCOUNT_BALANCE) + view.account(accountOf(home), ACCOUNT_LIMIT),
  deals: (pairs, flows, chargeable) => dealsOf(pairs, flows, view, chargeable),
})

/** Does nobody sell out of storage, and nobody buy to store? */
function solarAlone({ peerSold, solarExport }: IntervalFlows, chargeable: Float64Array): boolean {
  for (let home = 0; home < chargeable.length; home++)
    if (chargeable[home] > 0 || peerSold[home] > solarExport[home]) return false
  return true
}

/** Every pair is one deal then, as `dealsOf` would have it. */
function solarDeals({ count, seller, buyer, milliWh, rateMicroUsdPerKwh }: Pairs): Deal[] {
  const deals: Deal[] = []
  for (let at = 0; at < count; at++)
    deals.push({
      seller: seller[at],
      buyer: buyer[at],
      milliWh: milliWh[at],
      rateMicroUsdPerKwh: rateMicroUsdPerKwh[at],
      lot: -1,
      use: 'consumed',
    })
  return deals
}

/**
 * Balances of a run without tokens, kept by the ledger's own rules, so that they limit the same trades: a buyer pays
 * price and fee at once, a seller has what it earned when the month is settled.
 */
export class PlainAccounts implements MarketAccounts {
  readonly #balance: Float64Array
  readonly #earned: Float64Array
  readonly #limit: number

  constructor({ ledger }: Scenario, homes: number) {
    this.#balance = new Float64Array(homes).fill(microUsdFromUsd(ledger.openingBalanceUsd))
    this.#earned = new Float64Array(homes)
    this.#limit = microUsdFromUsd(ledger.creditLimitUsd)
  }

  spendable(home: number): number {
    return this.#balance[home] + this.#limit
  }

  deals(pairs: Pairs, flows: IntervalFlows, chargeable: Float64Array): readonly Deal[] {
    if (solarAlone(flows, chargeable)) return solarDeals(pairs)
    return dealsOf(pairs, flows, null, chargeable)
  }

  /** Money of an interval's deals; the fee is what the operator takes, µ$ per kWh. */
  pay(deals: readonly Deal[], feeMicroUsdPerKwh: number): void {
    for (const { seller, buyer, milliWh, rateMicroUsdPerKwh } of deals) {
      const price = mulDivMillionCeil(milliWh, rateMicroUsdPerKwh)
      this.#balance[buyer] -= price + mulDivMillionCeil(milliWh, feeMicroUsdPerKwh)
      this.#earned[seller] += price
    }
  }

  /** A home's month with the utility, µ$ that it owes, and what it earned since the last. */
  settle(home: number, owedMicroUsd: number): void {
    this.#balance[home] += this.#earned[home] - owedMicroUsd
    this.#earned[home] = 0
  }
}
