import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { VppError } from '../../data/errors.ts'
import { HASH_BYTES } from './block.ts'
import { DurableLedger } from './durable.ts'
import { LocalLedger } from './ledger.ts'
import { DamagedPages } from './pages.ts'
import { isWhole, replayBlock } from './replay.ts'
import { BlockStore, DamagedStore, freeName, lastName, salvagedName, syncFolder } from './store.ts'

export interface Salvaged {
  /** Blocks of the file now: all of them sound, from the first on. */
  readonly blocks: number
  readonly transactions: number
  /** Hash of the last of them, hexadecimal. */
  readonly head: string
  /** Where the damaged file is now; null when the file opens as it is and nothing was done. */
  readonly keptAs: string | null
  /** Numbers of later blocks of which something was found, but that cannot follow; `[from, to]`. */
  readonly leftBehind: readonly [number, number] | null
}

/**
 * Makes a sound ledger of a damaged file: the longest run of blocks from the first on that are whole,
 * follow each other and keep every rule. They are looked for on every page of the file and its log.
 * The damaged file is never changed; it stays beside the new one under another name. A file that
 * opens is left alone, also when blocks before its snapshot are damaged: its state is whole, and
 * `verify` names the blocks.
 *
 * @throws VppError where the file is in use, is no ledger, or holds no sound block
 */
export function salvage(path: string): Salvaged {
  const built = salvagedName(path)
  if (!existsSync(path) && existsSync(built)) {
    const keptAs = finish(path)
    return { ...summary(open(path).ledger), keptAs, leftBehind: null }
  }
  const opened = asItIs(path)
  if (opened !== null) return opened
  refuseInUse(path)

  for (const name of [built, `${built}-wal`]) rmSync(name, { force: true })
  const pages = new DamagedPages(path)
  const store = new BlockStore(built)
  let sealed: Uint8Array = new Uint8Array(0)
  const ledger = new LocalLedger({ operationsPerBlock: Infinity, sink: (block) => (sealed = block) })
  let blocks = 0
  try {
    for (;;) {
      const block = nextBlock(pages, blocks + 1, ledger.head)
      if (block === null || replayBlock(ledger, blocks + 1, block, () => sealed) !== '') break
      store.append(++blocks, block)
      if (blocks % 64 === 0) store.commit()
    }
    store.commit()
  } finally {
    store.close()
    pages.close()
  }
  if (blocks === 0) {
    rmSync(built)
    throw new VppError('failure', { place: path, problem: 'holds no sound first block', fix: 'use a backup' })
  }
  const leftBehind = pages.highest > blocks ? ([blocks + 1, pages.highest] as const) : null
  return { ...summary(ledger), keptAs: finish(path), leftBehind }
}

const summary = ({ blocks, transactions, head }: LocalLedger) => ({ blocks, transactions, head })

/** What stands in the file when it opens. */
function asItIs(path: string): Salvaged | null {
  try {
    return { ...summary(open(path).ledger), keptAs: null, leftBehind: null }
  } catch (error) {
    if (error instanceof DamagedStore) return null
    throw error
  }
}

function open(path: string): DurableLedger {
  if (!existsSync(path)) {
    throw new VppError('invalid', { place: path, problem: 'is not there', fix: 'name the file of a ledger' })
  }
  const durable = new DurableLedger(path)
  durable.close()
  return durable
}

/**
 * Puts the new file in the place of the damaged one, and tells where this is now; done again, it goes
 * on where it was stopped.
 */
function finish(path: string): string {
  const keptAs = existsSync(path) ? freeName(`${path}.damaged`) : lastName(`${path}.damaged`)
  // The database first: while it is missing nobody opens it without its log.
  if (existsSync(path)) renameSync(path, keptAs)
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${keptAs}-wal`)
  renameSync(salvagedName(path), path)
  syncFolder(path)
  return keptAs
}

/** A writer holds the file's lock, which any reader meets; a damaged file may be read by nobody at all. */
function refuseInUse(path: string): void {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 0 })
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch (cause) {
    if ((cause as { errcode?: number }).errcode !== 5) return
    const fix = 'end the process that writes it'
    throw new VppError('failure', { place: path, problem: 'is in use', fix }, cause)
  } finally {
    db.close()
    rmSync(`${path}-shm`, { force: true })
  }
}

/** The block that follows `head`, whole in itself. */
function nextBlock(pages: DamagedPages, number: number, head: string): Buffer | null {
  for (const block of pages.blobs(number)) {
    if (block.toString('hex', 32, 32 + HASH_BYTES) === head && isWhole(block)) return block
  }
  return null
}
