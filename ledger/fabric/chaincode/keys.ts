import { WINDOW } from '../../local/client-window.ts'

/**
 * Where things stand in the world state. A read or a write of a key is a round trip to the peer, so rows of
 * neighboring numbers share a key; but two transactions that touch one key cannot both be in flight. How many rows
 * share one is therefore part of a ledger's name: `street~1` for single transactions of many clients at once,
 * `street` (256 rows) for whole intervals packed into one.
 */
export interface LedgerName {
  /** As it was given; every key begins with it. */
  readonly text: string
  readonly rowsPerKey: number
}

export const ROWS_PER_KEY = 256
const NAME = /^[a-z0-9][a-z0-9.-]{0,99}(?:~(1|4|16|64|256))?$/

/** Reads a ledger's name; null when it is none. */
export function ledgerName(text: string): LedgerName | null {
  const found = NAME.exec(text)
  return found && { text, rowsPerKey: found[1] === undefined ? ROWS_PER_KEY : Number(found[1]) }
}

const padded = (number: number): string => String(number).padStart(7, '0')

/** The keys of one ledger. Numbers are padded: keys sort as text. */
export class Keys {
  readonly #ledger: string
  readonly rowsPerKey: number

  constructor({ text, rowsPerKey }: LedgerName) {
    this.#ledger = text
    this.rowsPerKey = rowsPerKey
  }

  pageOf(number: number): number {
    return Math.floor(number / this.rowsPerKey)
  }
  platform(): string {
    return `${this.#ledger}/p`
  }
  /** The numbers of accounts without their credits, or of assets with their living lots. */
  rows(kind: 'accounts' | 'assets', page: number): string {
    return `${this.#ledger}/${kind === 'accounts' ? 'a' : 's'}/${padded(page)}`
  }
  /** Their texts, which never change: labels, credentials, locations. */
  texts(kind: 'accounts' | 'assets', page: number): string {
    return `${this.#ledger}/${kind === 'accounts' ? 'b' : 't'}/${padded(page)}`
  }
  /** What an account received by one transaction and no settlement has folded yet. */
  credit(account: number, transaction: string): string {
    return `${this.#ledger}/c/${padded(account)}/${transaction}`
  }
  /** Whose certificate may speak for an account. */
  credential(account: number): string {
    return `${this.#ledger}/k/${padded(account)}`
  }
  /** The last transaction of a client whose sequence number has this place in its window. */
  identifier(client: number, sequence: number): string {
    return `${this.#ledger}/i/${padded(client)}/${String(sequence % WINDOW).padStart(4, '0')}`
  }
  /** In which run of 4,096 the client's highest sequence number lies. */
  epoch(client: number): string {
    return `${this.#ledger}/e/${padded(client)}`
  }

  /** First key of a kind and the one after its last; of an account where one is named. */
  range(kind: 's' | 't' | 'c' | 'i', of?: number): [string, string] {
    const prefix = `${this.#ledger}/${kind}${of === undefined ? '' : `/${padded(of)}`}`
    // `0` is the character after `/`.
    return [`${prefix}/`, `${prefix}0`]
  }
  /** Every key of the ledger. */
  all(): [string, string] {
    return [`${this.#ledger}/`, `${this.#ledger}0`]
  }
}
