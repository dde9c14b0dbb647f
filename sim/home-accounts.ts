import { microUsdFromUsd } from '../data/units.ts'
import type { Scenario } from '../scenarios/schema.ts'

/**
 * What homes can pay with and what waits to be settled, as the agents know it (see `storage-stock.ts`), by the ledger's own rules:
 * a buyer pays price and fee at once, a seller has what it earned when the month is settled. Where tokens are off these are
 * the only accounts, and limit the same trades. Micro-dollars.
 */
export class HomeAccounts {
  /** Spendable, before the credit limit. */
  readonly balance: Float64Array
  /** Received since the last settlement, not yet spendable. */
  readonly credit: Float64Array
  /** Exported tokens that the utility has not paid for, milliwatt-hours. */
  readonly unsettled: Float64Array
  readonly limit: number

  constructor(homes: number, { ledger }: Pick<Scenario, 'ledger'>) {
    this.balance = new Float64Array(homes).fill(microUsdFromUsd(ledger.openingBalanceUsd))
    this.credit = new Float64Array(homes)
    this.unsettled = new Float64Array(homes)
    this.limit = microUsdFromUsd(ledger.creditLimitUsd)
  }

  /** Most that a home can pay. */
  spendable(home: number): number {
    return this.balance[home] + this.limit
  }

  trade(seller: number, buyer: number, price: number, fee: number): void {
    this.balance[buyer] -= price + fee
    this.credit[seller] += price
  }

  /** The month's bill is posted, and what was received can be spent; returns the exports that it pays for. */
  settle(home: number, amount: number): number {
    const exported = this.unsettled[home]
    this.balance[home] += this.credit[home] - amount
    this.credit[home] = 0
    this.unsettled[home] = 0
    return exported
  }
}
