import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { VppError } from '../../data/errors.ts'
import { HASH_BYTES } from './block.ts'
import type { Snapshot } from './snapshot.ts'
import { readWal, type Wal } from './wal.ts'

/** `VPPD` in the file's header: a durable ledger. */
export const APPLICATION_ID = 0x56505044
/** Goes up when the tables, or what a snapshot holds (totals, fingerprints of bodies), change. */
export const STORE_FORMAT = 2
/** Bytes of a database page; a new file gets it, salvage counts on it when page 1 is gone. */
export const PAGE_BYTES = 4096
/** The write-ahead log is folded into the database when it has grown to this many bytes. */
const CHECKPOINT_BYTES = 32 << 20

const SQLITE_BUSY = 5
const SQLITE_READONLY = 8
const SQLITE_ERROR = 1
const SQLITE_CORRUPT = 11
const SQLITE_NOTADB = 26

const SCHEMA = `
  CREATE TABLE blocks(number INTEGER PRIMARY KEY, block BLOB NOT NULL) STRICT;
  CREATE TABLE head(one INTEGER PRIMARY KEY CHECK(one = 1), number INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE TABLE snapshots(block INTEGER PRIMARY KEY, state BLOB NOT NULL, sha256 BLOB NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${STORE_FORMAT};`

export interface StoreOptions {
  readonly checkpointBytes?: number
}

/** The last block of a commit. */
export interface StoredHead {
  readonly number: number
  readonly hash: Uint8Array
}

/**
 * The file of a durable ledger: an SQLite database in WAL mode with one row for each sealed block.
 * `append` only writes; `commit` returns when everything that was appended is on the disk
 * (`synchronous=FULL`: the log is synced). The file is locked for good (`locking_mode=EXCLUSIVE`):
 * a second writer or reader, of this process or another, is refused.
 *
 * Checkpoints are asked for here and never left to SQLite, which would pass over their errors.
 */
export class BlockStore {
  readonly path: string
  /** What stood behind the last whole commit in the log and was left out; empty after a clean end. */
  readonly dropped: readonly string[]
  readonly #db: DatabaseSync
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  readonly #insertBlock: StatementSync
  readonly #putHead: StatementSync
  readonly #checkpointBytes: number
  #logBytes: number
  #inTransaction = false
  /** The last block of the commit at hand. */
  #head: StoredHead | null = null

  /**
   * Opens a store, or makes a new one where there is no file.
   * @throws VppError where the file is in use, is no ledger, or is damaged (see `salvage`)
   */
  constructor(path: string, { checkpointBytes = CHECKPOINT_BYTES }: StoreOptions = {}) {
    this.path = path
    this.#checkpointBytes = checkpointBytes
    const wal = inspect(path)
    this.#logBytes = wal?.soundBytes ?? 0
    let db: DatabaseSync | undefined
    try {
      db = new DatabaseSync(path, { timeout: 0 })
      prepareFile(db, path)
      // SQLite syncs the folder too when it makes a file, but passes over it when that fails.
      syncFolder(path)
      this.dropped = leftOut(path, wal)
      this.#begin = db.prepare('BEGIN')
      this.#commit = db.prepare('COMMIT')
      this.#insertBlock = db.prepare('INSERT INTO blocks(number, block) VALUES (?, ?)')
      this.#putHead = db.prepare('INSERT OR REPLACE INTO head(one, number, hash) VALUES (1, ?, ?)')
      this.#db = db
    } catch (cause) {
      db?.close()
      throw storeError(path, cause)
    }
  }

  /** Adds a block to the commit at hand; `number` must be the one after the last. */
  append(number: number, block: Uint8Array): void {
    this.#open()
    this.#insertBlock.run(number, block)
    this.#head = { number, hash: block.slice(96, 96 + HASH_BYTES) }
    // A frame of the log is a page and 24 bytes; every commit also writes the tables' last pages.
    this.#logBytes += block.length + 3 * PAGE_BYTES
  }

  /** Adds a snapshot to the commit at hand and drops all but the newest two. */
  saveSnapshot({ block, state, sha256 }: Snapshot): void {
    this.#open()
    this.#db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)').run(block, state, sha256)
    this.#db
      .prepare(
        'DELETE FROM snapshots WHERE block NOT IN (SELECT block FROM snapshots ORDER BY block DESC LIMIT 2)',
      )
      .run()
    this.#logBytes += state.length
  }

  #open(): void {
    if (this.#inTransaction) return
    this.#begin.run()
    this.#inTransaction = true
  }

  /** Returns when everything that was appended would survive a power cut. */
  commit(): void {
    if (!this.#inTransaction) return
    if (this.#head !== null) this.#putHead.run(this.#head.number, this.#head.hash)
    this.#head = null
    this.#commit.run()
    this.#inTransaction = false
    if (this.#logBytes >= this.#checkpointBytes) this.checkpoint()
  }

  /** Moves what the log holds into the database and empties the log. */
  checkpoint(): void {
    const done = this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
    if (done?.busy !== 0) throw new Error('the checkpoint was refused')
    this.#logBytes = 0
  }

  /** Runs what reads; what SQLite finds damaged is said so. */
  #read<T>(read: () => T): T {
    try {
      return read()
    } catch (cause) {
      throw storeError(this.path, cause)
    }
  }

  /** Snapshots, newest first; of a damaged row none. */
  *snapshots(): Generator<Snapshot> {
    const numbers = this.#read(() =>
      this.#db.prepare('SELECT block FROM snapshots ORDER BY block DESC').all(),
    )
    for (const { block } of numbers) {
      const row = this.#read(() => this.#db.prepare('SELECT * FROM snapshots WHERE block = ?').get(block))
      const { state, sha256 } = row ?? {}
      if (state instanceof Uint8Array && sha256 instanceof Uint8Array)
        yield { block: Number(block), state, sha256 }
    }
  }

  /** Which block the last commit said is the last, and its hash; null before the first. */
  head(): StoredHead | null {
    const row = this.#read(() => this.#db.prepare('SELECT number, hash FROM head').get())
    if (row === undefined) return null
    return { number: Number(row.number), hash: row.hash instanceof Uint8Array ? row.hash : new Uint8Array(0) }
  }

  /** One block, or undefined where there is no such row. */
  block(number: number): Uint8Array | undefined {
    const row = this.#read(() => this.#db.prepare('SELECT block FROM blocks WHERE number = ?').get(number))
    return row?.block instanceof Uint8Array ? row.block : undefined
  }

  /** Blocks in their order, from number `first`. */
  *blocks(first = 1): Generator<{ readonly number: number; readonly block: Uint8Array }> {
    const statement = this.#db.prepare('SELECT number, block FROM blocks WHERE number >= ? ORDER BY number')
    const rows = statement.iterate(first)
    for (;;) {
      const { done, value } = this.#read(() => rows.next())
      if (done === true) return
      const { number, block } = value
      // SQLite's types are no promise in a damaged file.
      if (!(block instanceof Uint8Array))
        throw new DamagedStore(this.path, `block ${String(number)} has no bytes`)
      yield { number: Number(number), block }
    }
  }

  /** Ends the use of the file; after a clean end the log is folded in and gone. */
  close(): void {
    if (this.#db.isOpen) this.#db.close()
  }
}

/** Locks the file, sets the modes, and makes the tables of a new one. */
function prepareFile(db: DatabaseSync, path: string): void {
  const pragma = (text: string) => db.prepare(`PRAGMA ${text}`).get()
  pragma('locking_mode = EXCLUSIVE')
  pragma(`page_size = ${PAGE_BYTES}`)
  const { application_id: application } = pragma('application_id') as { application_id: number }
  const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
  if (application !== APPLICATION_ID && (application !== 0 || tables > 0)) {
    throw new VppError('invalid', {
      place: path,
      problem: 'is a database, but no ledger',
      fix: 'name another file',
    })
  }
  pragma('journal_mode = WAL')
  pragma('synchronous = FULL')
  // On macOS a sync reaches the disk only with these; elsewhere they do nothing.
  pragma('fullfsync = ON')
  pragma('checkpoint_fullfsync = ON')
  pragma('wal_autocheckpoint = 0')
  db.exec('BEGIN IMMEDIATE')
  if (tables === 0) db.exec(SCHEMA)
  db.exec('COMMIT')
  const { user_version: format } = pragma('user_version') as { user_version: number }
  if (format !== STORE_FORMAT) {
    throw new VppError('invalid', {
      place: path,
      problem: `is a ledger of format ${format}; this version reads format ${STORE_FORMAT}`,
      fix: 'use the version that wrote it',
    })
  }
  // A header that allows no writing is met now, not at the first commit; nothing is written for it.
  db.exec('BEGIN IMMEDIATE')
  try {
    db.exec(`PRAGMA user_version = ${STORE_FORMAT}`)
  } finally {
    db.exec('ROLLBACK')
  }
}

/**
 * What SQLite would pass over in silence, looked at before it opens the file: damage inside the log
 * that hides finished commits, and a log whose database is empty.
 */
function inspect(path: string): Wal | null {
  if (!existsSync(path) && existsSync(salvagedName(path))) {
    throw new DamagedStore(path, 'a salvage of it was interrupted')
  }
  const wal = readWal(`${path}-wal`)
  if (wal === null) return null
  if (wal.hiddenCommits > 1) {
    throw new DamagedStore(path, `its log is damaged at byte ${wal.soundBytes}, before finished commits`)
  }
  // Only the size: to open and close the file here would take a lock away from this very process.
  const size = existsSync(path) ? statSync(path).size : 0
  if (size === 0 && wal.frames.length > 0)
    throw new DamagedStore(path, 'it is empty, but its log holds commits')
  return wal
}

/** What is left out of the log; a commit that is whole but for its checksums is kept beside the file. */
function leftOut(path: string, wal: Wal | null): string[] {
  const rest = wal === null ? 0 : wal.bytes - wal.soundBytes
  if (wal === null || rest === 0) return []
  const what = `${rest} bytes of the log behind its last whole commit, at byte ${wal.soundBytes}`
  if (wal.hiddenCommits === 0) return [what]
  const kept = freeName(`${path}-wal.dropped`)
  copyFileSync(`${path}-wal`, kept)
  return [`${what}; the log is kept as ${kept}`]
}

/** Makes the names in a file's folder durable. Windows has no such call, and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Where salvage builds the new file. */
export const salvagedName = (path: string): string => `${path}.salvaged`

/** `name-1`, or with the next number that is free. */
export const freeName = (name: string): string => `${name}-${numbered(name) + 1}`
/** The last name that `freeName` gave and that was taken. */
export const lastName = (name: string): string => `${name}-${numbered(name)}`

function numbered(name: string): number {
  let number = 0
  while (existsSync(`${name}-${number + 1}`)) number++
  return number
}

/** A file that holds less than it should. */
export class DamagedStore extends VppError {
  constructor(path: string, problem: string, cause?: unknown) {
    const fix = `\`vpp ledger-salvage ${path}\` keeps the sound blocks and leaves the damaged file beside it`
    super('failure', { place: path, problem, fix }, cause)
  }
}

/** Says in the user's terms what SQLite says. */
function storeError(path: string, cause: unknown): unknown {
  if (cause instanceof VppError) return cause
  const { errcode = 0, code, message } = cause as { errcode?: number; code?: string; message: string }
  // What neither SQLite nor the operating system says is a bug of ours.
  if (code === undefined) return cause
  // The low byte is the kind of error, the rest says more of it.
  const kind = errcode & 0xff
  // SQLITE_ERROR: a table that must be there is not, or the file's format is one that SQLite does not know.
  if (kind === SQLITE_CORRUPT || kind === SQLITE_NOTADB || kind === SQLITE_ERROR)
    return new DamagedStore(path, `is damaged: ${message}`, cause)
  // Node's binding reads no whole number beyond 2^53, and a ledger writes none.
  if (code === 'ERR_OUT_OF_RANGE') return new DamagedStore(path, `is damaged: ${message}`, cause)
  if (kind === SQLITE_READONLY && mayWrite(path))
    return new DamagedStore(path, 'is damaged: its header allows no writing', cause)
  if (kind === SQLITE_BUSY) {
    return new VppError(
      'failure',
      {
        place: path,
        problem: 'is in use: a ledger has one writer, and another process or part of this one is it',
        fix: 'end the other, or copy the file when it has ended',
      },
      cause,
    )
  }
  return new VppError(
    'failure',
    {
      place: path,
      problem: `cannot be opened: ${message}`,
      fix: 'check the folder, its permissions and free space',
    },
    cause,
  )
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
