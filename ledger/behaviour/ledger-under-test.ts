import type { Operation } from '../contract/operations.ts'
import type { RefusalCode } from '../contract/refusal.ts'

/**
 * What the behaviour suite asks of a ledger: any that can take JSON operations and answer these
 * questions can be put under it.
 */
export interface LedgerUnderTest {
  /** `ok` with the receipt, or the refusal's code. */
  submit(
    client: number,
    sequence: number,
    operations: Operation[],
  ): Promise<{ ok: string } | { refused: RefusalCode }>
  /** Spendable balance and unfolded credit, µ$. */
  money(account: number): Promise<{ balance: number; credit: number }>
  /** Of one living lot, milliwatt-hours; null when it is gone or never was. */
  lot(asset: number, minute: number, source: number, from: number): Promise<LotState | null>
  battery(asset: number): Promise<{ active: number; setAside: number; unclaimed: number }>
  unsettledExport(site: number): Promise<number>
  stateHash(): Promise<string>
}

export interface LotState {
  readonly owner: number
  readonly minted: number
  readonly active: number
  readonly setAside: number
  readonly offered: number
}

export type NewLedger = () => Promise<LedgerUnderTest>
