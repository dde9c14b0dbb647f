/** Something in a journal that cannot be: where, and what. */
export interface Finding {
  /** Number of the block that should stand there, from 1; 0: the journal's own head. */
  readonly block: number
  /** Place of the transaction in its block, from 0; −1: the block itself. */
  readonly transaction: number
  readonly problem: string
}

/** So many are kept in full; what comes after is counted. */
const MOST_FINDINGS = 100

/** Collects what is wrong; a hostile journal cannot make it grow without end. */
export class Findings {
  readonly list: Finding[] = []
  count = 0

  add(block: number, transaction: number, problem: string): void {
    this.count++
    if (this.list.length < MOST_FINDINGS) this.list.push({ block, transaction, problem })
  }
}
