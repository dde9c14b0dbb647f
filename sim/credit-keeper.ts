import type { BillLines, CreditResult } from '../data/run-files.ts'
import {
  type AssignedCredits,
  assignCredits,
  creditsPay,
  type CreditTerms,
  whyNoCredits,
} from '../models/market/credit-allocation.ts'
import type { Members } from '../models/market/mechanism.ts'
import { utilityPart } from '../models/tariff/bill.ts'
import type { Scenario } from '../scenarios/schema.ts'

/** Where a home's dollar credits are kept that no bill has used. */
export interface CreditAccount {
  creditLeft(): { microUsd: number }
  giveCredit(microUsd: number): void
}

/** Assigns hosts' net-metering credits to neighbors' bills, month by month, and remembers how much. */
export class CreditKeeper {
  readonly #terms: CreditTerms
  readonly #designated: readonly (readonly number[])[]
  readonly #key: Float64Array
  #hosts = 0
  #assigning = 0
  #assigned = 0
  #refused: CreditTerms

  constructor({ market }: Scenario, { partners, lowIncome, key }: Members) {
    this.#terms = market.creditAllocation
    this.#refused = this.#terms
    const poor = [...lowIncome.keys()].filter((home) => lowIncome[home] === 1)
    this.#designated = partners.map((named) => (named.length > 0 ? named : poor))
    this.#key = key
  }

  /** Moves credits between the month's bills: those that are carried on, and those that the bill has paid out. */
  month(bills: readonly BillLines[], accounts: readonly CreditAccount[]): void {
    // Before anything is assigned: what neighbors then pay a host is no credit of the utility's.
    const paidOut = Float64Array.from(bills, (bill) => Math.max(0, -utilityPart(bill)))
    const carried = Float64Array.from(accounts, (account) => account.creditLeft().microUsd)
    const { given } = this.#assign(bills, carried, this.#terms, false)
    for (const [home, account] of accounts.entries()) account.giveCredit(given[home])
    // To the host that keeps what is paid out, a dollar of credit is a dollar.
    this.#assign(bills, paidOut, { ...this.#terms, hostWorthFraction: 1 }, true)
  }

  /** @param billed the hosts' credit is on their bills, and leaves them */
  #assign(
    bills: readonly BillLines[],
    spare: Float64Array,
    terms: CreditTerms,
    billed: boolean,
  ): AssignedCredits {
    const owed = Float64Array.from(bills, (bill) => Math.max(0, utilityPart(bill)))
    const assigned = assignCredits(spare, owed, this.#designated, this.#key, terms)
    this.#hosts += assigned.hosts
    this.#assigning += assigned.assigning
    this.#assigned += assigned.assignedMicroUsd
    if (assigned.hosts > assigned.assigning) this.#refused = terms
    const { given, received, payment } = assigned
    for (const [home, bill] of bills.entries()) {
      const change = (billed ? given[home] : 0) - received[home] + payment[home]
      bill.assignedCreditMicroUsd += change
      bill.netMicroUsd += change
    }
    return assigned
  }

  result(): CreditResult {
    return {
      hostMonths: this.#hosts,
      assigningMonths: this.#assigning,
      assignedMicroUsd: this.#assigned,
      whyNothing: this.#assigned > 0 ? '' : this.#why(),
    }
  }

  #why(): string {
    if (this.#hosts === 0) return 'No home had net-metering credit beyond its own bill in any month.'
    const open = this.#designated.some((homes, host) =>
      homes.some((home) => home !== host && this.#key[home] > 0),
    )
    if (!open) return 'No host has a neighbor to assign credits to.'
    if (!creditsPay(this.#refused)) return whyNoCredits(this.#refused)
    return 'No neighbor owed the utility anything in the months in which a host had credit.'
  }
}
