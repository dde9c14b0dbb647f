import { VppError } from '../../data/errors.ts'
import type { Transaction } from '../contract/decide.ts'
import type { Refusal } from '../contract/refusal.ts'
import { HASH_BYTES } from './block.ts'
import type { Receipt } from './client-window.ts'
import { LocalLedger } from './ledger.ts'
import { isWhole, replayBlock } from './replay.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'
import { BlockStore, DamagedStore, type StoreOptions } from './store.ts'
import type { Read } from './versions.ts'

export interface DurableOptions extends StoreOptions {
  /** A block is sealed when it holds at least this many operations, and at every commit. */
  readonly operationsPerBlock?: number
  /** A snapshot is written with the commit after this many operations: what opening replays at most. */
  readonly operationsPerSnapshot?: number
}

/** What opening found. */
export interface Opening {
  /** Blocks of the file, all of them sound. */
  readonly blocks: number
  /** The block whose snapshot was taken up, 0 for none; the blocks after it were replayed. */
  readonly snapshot: number
  /** What a crash or damage left behind the last whole commit and was left out; usually empty. */
  readonly dropped: readonly string[]
}

/**
 * A ledger in memory with its chain in a file. `submit` decides at once; what it accepts is durable,
 * and may be told to the client, once its block is committed: after `commit()`, or when
 * `acknowledged(receipt)` resolves. A transaction that was acknowledged survives `kill -9` and power
 * loss. Many transactions share one commit, and one sync of the disk.
 *
 * When the disk fails (no space, I/O error, failed sync) the ledger stops for good: nothing more is
 * acknowledged and every call says why. The file then reopens as a prefix of whole blocks with every
 * transaction that was acknowledged; a failed sync is never tried again.
 */
export class DurableLedger {
  readonly ledger: LocalLedger
  readonly opened: Opening
  /** The last block that is on the disk. */
  durableBlock = 0
  readonly #store: BlockStore
  readonly #perBlock: number
  readonly #perSnapshot: number
  #snapshotOperations: number
  #sealedOperations: number
  #stopped: VppError | null = null
  #nextCommit: Promise<void> | null = null

  /**
   * Opens a ledger's file, or makes a new one.
   * @throws VppError where it is in use, is no ledger, or is damaged
   */
  constructor(
    path: string,
    { operationsPerBlock = 1000, operationsPerSnapshot = 1_000_000, ...options }: DurableOptions = {},
  ) {
    this.#perBlock = operationsPerBlock
    this.#perSnapshot = operationsPerSnapshot
    this.#store = new BlockStore(path, options)
    try {
      let sealed: Uint8Array = new Uint8Array(0)
      let sink = (block: Uint8Array): void => {
        sealed = block
      }
      // Blocks end where they ended before: the ledger itself must not seal.
      this.ledger = new LocalLedger({ operationsPerBlock: Infinity, sink: (block) => sink(block) })
      const snapshot = this.#restore()
      this.#snapshotOperations = this.ledger.operations
      for (const { number, block } of this.#store.blocks(snapshot + 1)) {
        const problem = replayBlock(this.ledger, number, block, () => sealed)
        if (problem !== '') throw new DamagedStore(path, problem)
      }
      this.#checkHead()
      sink = (block) => this.#store.append(this.ledger.blocks, block)
      this.opened = { blocks: this.ledger.blocks, snapshot, dropped: this.#store.dropped }
    } catch (error) {
      this.#store.close()
      throw error
    }
    this.durableBlock = this.ledger.blocks
    this.#sealedOperations = this.ledger.operations
  }

  /** Takes up the newest snapshot that is sound and belongs to its block; returns that block, or 0. */
  #restore(): number {
    for (const snapshot of this.#store.snapshots()) {
      const block = this.#store.block(snapshot.block)
      if (block === undefined || !restoreSnapshot(this.ledger, snapshot)) continue
      const hash = Buffer.from(block).toString('hex', 96, 96 + HASH_BYTES)
      if (hash !== this.ledger.head || !isWhole(block)) {
        throw new DamagedStore(this.#store.path, `block ${snapshot.block} is not that of its snapshot`)
      }
      return snapshot.block
    }
    return 0
  }

  /** The last commit's word for the last block: a row that is gone from the end leaves no gap. */
  #checkHead(): void {
    const { number, hash } = this.#store.head() ?? { number: 0, hash: new Uint8Array(HASH_BYTES) }
    if (number === this.ledger.blocks && Buffer.from(hash).toString('hex') === this.ledger.head) return
    const problem = `should end with block ${number}, and ends with block ${this.ledger.blocks}`
    throw new DamagedStore(this.#store.path, problem)
  }

  /**
   * Decides a transaction. An accepted one has its receipt, and its effect on what follows, but is not
   * durable yet; one that was sent before gets the receipt that it has.
   *
   * @param reads what the transaction was made from (see `LocalLedger.submit`)
   */
  submit(transaction: Transaction, reads?: readonly Read[]): Receipt | Refusal {
    this.#mustRun()
    const answer = this.ledger.submit(transaction, reads)
    if (this.ledger.operations - this.#sealedOperations >= this.#perBlock) this.#guarded(() => this.#seal())
    return answer
  }

  #seal(): void {
    this.ledger.seal()
    this.#sealedOperations = this.ledger.operations
  }

  /** Puts everything that was accepted so far on the disk; afterwards it may be acknowledged. */
  commit(): void {
    this.#mustRun()
    this.#guarded(() => {
      this.#seal()
      if (this.ledger.operations - this.#snapshotOperations >= this.#perSnapshot) {
        this.#store.saveSnapshot(takeSnapshot(this.ledger))
        this.#snapshotOperations = this.ledger.operations
      }
      this.#store.commit()
    })
    this.durableBlock = this.ledger.blocks
  }

  /** Moves the log into the database now; else it is done when the log has grown. */
  checkpoint(): void {
    this.commit()
    this.#guarded(() => this.#store.checkpoint())
  }

  /** Resolves when the receipt's block is on the disk; transactions of one turn share a commit. */
  async acknowledged(receipt: Receipt): Promise<Receipt> {
    if (receipt.block > this.durableBlock) {
      this.#nextCommit ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        this.#nextCommit = null
        if (this.durableBlock < receipt.block) this.commit()
      })
      await this.#nextCommit
    }
    return receipt
  }

  /**
   * Commits what is open and gives the file back. After a stop nothing is committed: SQLite then folds
   * in at most what it had synced, never the frames of the commit that failed.
   */
  close(): void {
    try {
      if (this.#stopped === null) this.commit()
    } finally {
      this.#store.close()
      this.#stopped ??= new VppError('failure', {
        place: this.#store.path,
        problem: 'the ledger was closed',
        fix: 'open it again',
      })
    }
  }

  #mustRun(): void {
    if (this.#stopped !== null) throw this.#stopped
  }

  /** Runs what writes; its first failure stops the ledger. */
  #guarded(write: () => void): void {
    try {
      write()
    } catch (cause) {
      const said = (cause as Error).message
      this.#stopped = new VppError(
        'failure',
        {
          place: this.#store.path,
          problem: `the ledger stopped at block ${this.durableBlock}, the last that is on the disk: ${said}`,
          fix: 'look after the disk, then open the ledger again: what was acknowledged is in it',
        },
        cause,
      )
      throw this.#stopped
    }
  }
}
