import {
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  BATTERY_ACTIVE,
  BATTERY_FACTOR,
  BATTERY_OPEN_DISCHARGE,
  BATTERY_SET_ASIDE,
  BATTERY_UNCLAIMED,
} from '../ledger/contract/columns.ts'
import type { Transaction } from '../ledger/contract/decide.ts'
import type { LocalLedger } from '../ledger/local/ledger.ts'
import { checkInterval, checkLots, type Told } from './invariants.ts'

/** What a community's tokens came to, when all is done. */
export interface LedgerEnd {
  readonly blocks: number
  readonly transactions: number
  readonly operations: number
  readonly head: string
  readonly stateHash: string
  readonly balancesMicroUsd: number
  /** Sums of all events by their code: `Totals`. */
  readonly sums: Float64Array
  /** By home's battery, milliwatt-hours and millionths; zeros without one. */
  readonly active: Float64Array
  readonly setAside: Float64Array
  readonly unclaimed: Float64Array
  readonly factorPpm: Float64Array
}

/**
 * Where an engine's tokens are kept. It only takes: what agents need to know they know. A transaction that the contract
 * refuses, and books that differ from the ledger's, are bugs of the agents and end the run, there or somewhat later.
 */
export interface TokenLedger {
  /** The transaction's words are the caller's again when this returns. */
  submit(transaction: Transaction): void
  /** The end of an interval: what the agents' books say. */
  interval(told: Told): void
  /** The end of a day. */
  day(): void
  /** Seals the last block. */
  finish(): LedgerEnd
}

/** The ledger in the engine's own thread. */
export class OwnLedger implements TokenLedger {
  readonly ledger: LocalLedger
  readonly #batteries: Int32Array

  /** @param batteries by home: its battery's number, or 0 */
  constructor(ledger: LocalLedger, batteries: Int32Array) {
    this.ledger = ledger
    this.#batteries = batteries
  }

  submit(transaction: Transaction): void {
    const answer = this.ledger.submit(transaction)
    // The agents offer only what the contract allows: a refusal here is a bug, and is never swallowed.
    if ('code' in answer) throw new Error(`internal: the ledger refused: ${JSON.stringify(answer)}`)
  }

  interval(told: Told): void {
    checkInterval(this.ledger, told, this.#batteries)
  }

  day(): void {
    checkLots(this.ledger)
  }

  finish(): LedgerEnd {
    this.ledger.seal()
    return ledgerEnd(this.ledger, this.#batteries)
  }
}

/** What a ledger with all blocks sealed has come to. */
export function ledgerEnd(ledger: LocalLedger, batteries: Int32Array): LedgerEnd {
  const { view, totals, blocks, transactions, operations, head } = ledger
  const column = (value: (battery: number) => number) => Float64Array.from(batteries, value)
  let balancesMicroUsd = 0
  for (const account of view.accountNumbers())
    balancesMicroUsd +=
      view.accountAmount(account, ACCOUNT_BALANCE) + view.accountAmount(account, ACCOUNT_CREDIT)
  return {
    blocks,
    transactions,
    operations,
    head,
    stateHash: ledger.stateHash(),
    balancesMicroUsd,
    sums: totals.sums,
    active: column((battery) => view.batteryAmount(battery, BATTERY_ACTIVE)),
    setAside: column((battery) => view.batteryAmount(battery, BATTERY_SET_ASIDE)),
    unclaimed: column(
      (battery) =>
        view.batteryAmount(battery, BATTERY_UNCLAIMED) + view.batteryAmount(battery, BATTERY_OPEN_DISCHARGE),
    ),
    factorPpm: column((battery) => view.batteryField(battery, BATTERY_FACTOR)),
  }
}
