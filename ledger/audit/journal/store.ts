import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { VppError } from '../../../data/errors.ts'
import type { Findings } from '../findings.ts'
import { type Frame, MOST_BLOCK_BYTES } from './frames.ts'

/** `VPPD`, and the format of the tables. */
const APPLICATION = 0x56505044
const FORMAT = 2
const MAGIC = 'SQLite format 3\0'
const SQLITE_BUSY = 5
/** Bytes of a block that hold its hash. */
const HASH_FROM = 96
const HASH_TO = 128

/** Whether a file is a durable ledger's store, and not a journal. */
export function isStore(path: string): boolean {
  if (!existsSync(path)) return false
  const head = Buffer.alloc(MAGIC.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, head, 0, head.length, 0)
  } finally {
    closeSync(file)
  }
  return head.toString('latin1') === MAGIC
}

/**
 * The blocks of a durable ledger's store in order, one in memory at a time; the snapshots are no evidence and are passed over. Where
 * SQLite itself finds the file damaged, the reading stops with a finding.
 *
 * @throws VppError `invalid` when the store cannot be opened or is in use
 */
export function* readStore(path: string, findings: Findings): Generator<Frame> {
  let database: DatabaseSync
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 0 })
  } catch (cause) {
    throw unreadable(path, cause)
  }
  let expected = 1
  let hash = ''
  try {
    if (pragma(database, 'application_id') !== APPLICATION) {
      return findings.add(0, -1, 'the file is an SQLite database, and no ledger')
    }
    const format = pragma(database, 'user_version')
    if (format !== FORMAT) return findings.add(0, -1, `the store has format ${format}, not ${FORMAT}`)
    const rows = database
      .prepare(
        'SELECT number, CASE WHEN length(block) <= ? THEN block END AS block FROM blocks ORDER BY number',
      )
      .iterate(MOST_BLOCK_BYTES)
    for (const { number, block } of rows) {
      if (number !== expected)
        return findings.add(expected, -1, `block ${Number(number)} stands in its place`)
      const whole = block instanceof Uint8Array
      hash = whole ? Buffer.from(block.subarray(HASH_FROM, HASH_TO)).toString('hex') : ''
      if (!whole) findings.add(expected, -1, 'it is no block, or an impossibly long one')
      yield {
        plain: whole ? Buffer.from(block.buffer, block.byteOffset, block.length) : null,
        end: expected++,
      }
    }
    // Rows that are gone from the end leave no gap: the last commit says which block was the last.
    const head = database.prepare('SELECT number, hash FROM head').get()
    const last = head === undefined ? 0 : Number(head.number)
    const told = head?.hash instanceof Uint8Array ? Buffer.from(head.hash).toString('hex') : ''
    if (last !== expected - 1) {
      findings.add(expected, -1, `the blocks end before it, but the last commit ended with block ${last}`)
    } else if (told !== hash) findings.add(last, -1, 'it is not the block with which the last commit ended')
  } catch (cause) {
    if ((cause as { errcode?: number }).errcode === SQLITE_BUSY) throw unreadable(path, cause)
    if (!(cause instanceof Error) || !('errcode' in cause)) throw cause
    findings.add(expected, -1, `the store is damaged: ${cause.message}`)
  } finally {
    database.close()
  }
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}

function unreadable(path: string, cause: unknown): VppError {
  const busy = (cause as { errcode?: number }).errcode === SQLITE_BUSY
  return new VppError(
    'invalid',
    {
      place: path,
      problem: busy
        ? 'is open elsewhere: a durable ledger is read by one program at a time'
        : 'cannot be read',
      fix: busy ? 'try again when it is closed' : 'name a run, a .journal or a durable ledger’s file',
    },
    cause,
  )
}
