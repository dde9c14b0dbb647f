import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { DurableLedger } from './durable.ts'
import { salvage } from './salvage.ts'
import { DamagedStore } from './store.ts'
import { figure, THOROUGH } from './testing/figures.ts'
import { ImageFolder, Reference, reopen, STORE_NAME } from './testing/reopen.ts'

const LAST_BYTES = 64 * 1024
const SECTOR = 512

const folder = new ImageFolder()
let reference: Reference
/** A ledger in use, as a crash leaves it: old blocks in the database, the last commits in the log. */
let live: { database: Buffer; log: Buffer }
/** A ledger that was closed: everything in the database. */
let closed: Buffer
/** Transactions of the whole ledger, and by the log's length at the end of each commit. */
let whole = 0
const commits: { bytes: number; transactions: number }[] = []

beforeAll(async () => {
  reference = await Reference.open()
  const durable = new DurableLedger(folder.store, { operationsPerBlock: 20, operationsPerSnapshot: 300 })
  const log = `${folder.store}-wal`
  // More than 64 kB of log, and as much database before it.
  for (let number = 1; number <= 560; number++) {
    durable.submit(reference.trace.transaction(number))
    if (number % 40 !== 0) continue
    durable.commit()
    if (number === 80) {
      durable.checkpoint()
      commits.push({ bytes: 0, transactions: number })
    } else if (number > 80) commits.push({ bytes: statSync(log).size, transactions: number })
  }
  whole = durable.ledger.transactions
  live = { database: readFileSync(folder.store), log: readFileSync(log) }
  durable.close()
  closed = readFileSync(folder.store)
  expect(Math.min(live.log.length, closed.length)).toBeGreaterThan(LAST_BYTES)
})
afterAll(() => folder.remove())

interface Recovered {
  readonly transactions: number
  /** Was anything said of a loss? */
  readonly told: boolean
  readonly salvaged: boolean
}

/** Opens what is left of a ledger, by salvage where it must be, and holds it to what a ledger promises. */
function recover(database: Buffer, log: Buffer | null): Recovered {
  folder.place(
    new Map([[STORE_NAME, database], ...(log === null ? [] : ([[`${STORE_NAME}-wal`, log]] as const))]),
  )
  try {
    const { transactions, opened } = reopen(folder.store, reference, 0)
    return { transactions, told: opened.dropped.length > 0, salvaged: false }
  } catch (error) {
    if (!(error instanceof DamagedStore)) throw error
  }
  const { keptAs } = salvage(folder.store)
  if (keptAs === null || !existsSync(keptAs)) throw new Error('the damaged file is not there any more')
  return { transactions: reopen(folder.store, reference, 0).transactions, told: true, salvaged: true }
}

/** Lengths from which to cut: about every sector's edge and some between, or all of them. */
function* lengths(size: number): Generator<number> {
  for (let length = size - 1; length >= size - LAST_BYTES; length--) {
    const edge = (length + 1) % SECTOR <= 2
    if (THOROUGH || edge || length % 997 === 0) yield length
  }
}

const zeroed = (file: Buffer, at: number): Buffer => {
  const changed = Buffer.from(file)
  changed.fill(0, at, at + SECTOR)
  return changed
}

function* sectors(size: number): Generator<number> {
  for (let at = 0; at + SECTOR <= size; at += SECTOR) if (at < 8192 || at >= size - LAST_BYTES) yield at
}

const random = streamFor(1, 'damage')
const garbage = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random.uint32() & 0xff))

describe('a torn tail', () => {
  test(
    'the log, cut anywhere in its last 64 kB: the last whole commit before the cut',
    { timeout: 3_600_000 },
    () => {
      const cuts = [...lengths(live.log.length)]
      for (const length of cuts) {
        const found = recover(live.database, live.log.subarray(0, length))
        const expected = commits.findLast(({ bytes }) => bytes <= length)
        expect(found.transactions, `cut at ${length}`).toBe(expected?.transactions)
        expect(found.told || expected?.bytes === length, `cut at ${length}`).toBe(true)
      }
    },
  )

  test('the database, cut anywhere in its last 64 kB: a prefix, and told', { timeout: 3_600_000 }, () => {
    const cuts = [...lengths(closed.length)]
    let least = 1
    for (const length of cuts) {
      const found = recover(closed.subarray(0, length), null)
      // Of the last page perhaps only padding is gone, which nobody misses.
      expect(found.told || found.transactions === whole, `cut at ${length}`).toBe(true)
      least = Math.min(least, found.transactions / whole / (length / closed.length))
    }
    // A leaf page heads a few blocks: with it those are gone too that stand before the cut.
    expect(least).toBeGreaterThan(0.5)
    figure(
      'database cut in its last 64 kB',
      `${cuts.length} cuts, each salvaged as a told prefix, never below ${Math.floor(least * 100)} % of what the cut left`,
    )
  })
})

describe('garbage', () => {
  test.each([1, 24, 511, 4096, 4120, 20_000])('%i bytes behind the end lose nothing', (length) => {
    const tail = garbage(length)
    expect(recover(live.database, Buffer.concat([live.log, tail]))).toMatchObject({
      transactions: whole,
      told: true,
    })
    expect(recover(Buffer.concat([closed, tail]), null).transactions).toBe(whole)
  })
  test.each([1, 24, 511, 4096, 4120, 20_000])(
    '%i bytes in place of the end leave a prefix, and it is told',
    (length) => {
      const tail = garbage(length)
      const log = Buffer.concat([live.log.subarray(0, -length), tail])
      const found = recover(live.database, log)
      expect(found.transactions).toBeLessThan(whole)
      expect(found.told).toBe(true)
      const database = recover(Buffer.concat([closed.subarray(0, -length), tail]), null)
      expect(database.told || database.transactions === whole).toBe(true)
    },
  )
  test('no ledger at all is refused and left as it is', () => {
    for (const bytes of [Buffer.from('no database'), garbage(9000), Buffer.alloc(9000)]) {
      folder.place(new Map([[STORE_NAME, bytes]]))
      expect(() => new DurableLedger(folder.store)).toThrow(/is damaged|no ledger/)
      expect(() => salvage(folder.store)).toThrow(/no sound first block/)
      expect(readFileSync(folder.store).equals(bytes)).toBe(true)
    }
  })
})

describe('what SQLite would pass over in silence', () => {
  test('an empty database beside a log that holds commits is refused, and the log stays as it is', () => {
    folder.place(
      new Map([
        [STORE_NAME, Buffer.alloc(0)],
        [`${STORE_NAME}-wal`, live.log],
      ]),
    )
    expect(() => new DurableLedger(folder.store)).toThrow(/is empty, but its log holds commits/)
    expect(readFileSync(`${folder.store}-wal`).equals(live.log)).toBe(true)
  })
  test('one bit of the last commit: it is left out, and the log is kept', () => {
    const log = Buffer.from(live.log)
    log[log.length - 100] ^= 1
    const found = recover(live.database, log)
    expect(found).toEqual({ transactions: commits.at(-2)?.transactions, told: true, salvaged: false })
    expect(readFileSync(`${folder.store}-wal.dropped-1`).equals(log)).toBe(true)
  })
  test('one bit of a commit in the middle: opening refuses, and changes nothing', () => {
    const log = Buffer.from(live.log)
    log[commits[5].bytes + 200] ^= 1
    folder.place(
      new Map([
        [STORE_NAME, live.database],
        [`${STORE_NAME}-wal`, log],
      ]),
    )
    expect(() => new DurableLedger(folder.store)).toThrow(
      /log is damaged at byte \d+, before finished commits/,
    )
    expect(readFileSync(`${folder.store}-wal`).equals(log)).toBe(true)
    expect(readFileSync(folder.store).equals(live.database)).toBe(true)
    expect(recover(live.database, log)).toMatchObject({ told: true, salvaged: true })
  })
})

describe('zeroed sectors', () => {
  test(
    'of the log: a prefix; what stands before is there, what is lost is told',
    { timeout: 600_000 },
    () => {
      for (const at of sectors(live.log.length)) {
        const found = recover(live.database, zeroed(live.log, at))
        const before = commits.findLast(({ bytes }) => bytes <= at)
        expect(found.transactions, `sector at ${at}`).toBeGreaterThanOrEqual(before?.transactions ?? 0)
        expect(found.told || found.transactions === whole, `sector at ${at}`).toBe(true)
      }
    },
  )
  test('of the database: a prefix, and what is lost is told', { timeout: 600_000 }, () => {
    const all = [...sectors(closed.length)]
    figure('a sector of the database zeroed', `${all.length} sectors, one at a time`)
    for (const at of all) {
      const found = recover(zeroed(closed, at), null)
      expect(found.told || found.transactions === whole, `sector at ${at}`).toBe(true)
    }
  })
})

describe('any byte', () => {
  test(
    'changed anywhere, and any stretch overwritten: a prefix, and what is lost is told',
    { timeout: 600_000 },
    () => {
      const count = THOROUGH ? 20_000 : 400
      let untouched = 0
      for (let attempt = 0; attempt < count; attempt++) {
        const inLog = attempt % 2 === 0
        const file = Buffer.from(inLog ? live.log : closed)
        const at = Math.floor(random.uniform() * file.length)
        if (attempt % 4 < 2) file[at] ^= 1 << (random.uint32() & 7)
        else garbage(1 + Math.floor(random.uniform() * 300)).copy(file, at)
        const found = inLog ? tryRecover(live.database, file) : tryRecover(file, null)
        if (found === null) continue
        if (!found.told) untouched++
        expect(
          found.told || found.transactions === whole,
          `byte ${at} of the ${inLog ? 'log' : 'database'}`,
        ).toBe(true)
      }
      expect(untouched).toBeLessThan(count / 2)
      figure('a random byte or stretch damaged, log or database', `${count} times, no loss untold`)
    },
  )

  /** Null where even the first block is gone, and that is said. */
  function tryRecover(database: Buffer, log: Buffer | null): Recovered | null {
    try {
      return recover(database, log)
    } catch (error) {
      expect((error as Error).message).toMatch(
        /no sound first block|is a ledger of format|is a database, but no ledger/,
      )
      return null
    }
  }
})

describe('salvage', () => {
  test('says so when there is nothing to do, and where there is no file', () => {
    folder.place(new Map([[STORE_NAME, closed]]))
    expect(salvage(folder.store)).toMatchObject({ transactions: whole, keptAs: null })
    folder.place(new Map())
    expect(() => salvage(folder.store)).toThrow(/is not there/)
  })
  test('finds blocks that no tree leads to any more', () => {
    // The root page of the blocks: page 2, a table's interior page by now.
    const database = Buffer.from(closed)
    expect(database[4096]).toBe(5)
    database.fill(0, 4096, 8192)
    expect(recover(database, null)).toEqual({ transactions: whole, told: true, salvaged: true })
  })
  test('a file format that SQLite does not know is damage', () => {
    const database = Buffer.from(closed)
    // The schema's format number, four bytes at 44 of the file's header.
    database.writeUInt32BE(99, 44)
    expect(recover(database, null)).toEqual({ transactions: whole, told: true, salvaged: true })
  })
  test('a header that allows no writing is damage, told when the ledger is opened', () => {
    const database = Buffer.from(closed)
    database[18] = 9
    expect(recover(database, null)).toEqual({ transactions: whole, told: true, salvaged: true })
  })
  test.each([
    'UPDATE head SET number = 13872101530448504',
    'UPDATE snapshots SET block = 13872101530448504 WHERE block = (SELECT max(block) FROM snapshots)',
    'UPDATE blocks SET number = 13872101530448504 WHERE number = (SELECT max(number) FROM blocks)',
  ])('a number that is too large to be read is damage: %s', (change) => {
    folder.place(new Map([[STORE_NAME, closed]]))
    const db = new DatabaseSync(folder.store)
    db.exec(change)
    db.close()
    const found = recover(readFileSync(folder.store), null)
    expect(found.told).toBe(true)
    expect(found.transactions).toBeGreaterThan(whole - 25)
  })
  test('names what it left behind, and keeps the damaged file as it was', () => {
    folder.place(new Map([[STORE_NAME, closed]]))
    // A snapshot would stand for the blocks before it.
    const db = new DatabaseSync(folder.store)
    db.exec('DELETE FROM snapshots')
    db.close()
    const database = readFileSync(folder.store)
    const middle = Math.floor(closed.length / 8192) * 4096
    database.fill(0, middle, middle + 4096)
    folder.place(new Map([[STORE_NAME, database]]))
    const { blocks, keptAs, leftBehind } = salvage(folder.store)
    expect(leftBehind?.[0]).toBe(blocks + 1)
    expect(readFileSync(keptAs as string).equals(database)).toBe(true)
  })
  test('a salvage that was interrupted is told when the ledger is opened, and goes on', () => {
    folder.place(new Map([[STORE_NAME, closed.subarray(0, -4096)]]))
    salvage(folder.store)
    copyFileSync(folder.store, `${folder.store}.salvaged`)
    const [saved] = [readFileSync(folder.store)]
    folder.place(
      new Map([
        [`${STORE_NAME}.salvaged`, saved],
        [`${STORE_NAME}.damaged-1`, closed],
      ]),
    )
    expect(() => new DurableLedger(folder.store)).toThrow(/interrupted/)
    expect(salvage(folder.store).keptAs).toBe(`${folder.store}.damaged-1`)
    expect(reopen(folder.store, reference, 1).transactions).toBeLessThan(whole)
  })
})
