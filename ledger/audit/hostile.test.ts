import { describe, expect, test } from 'vitest'
import { zstdCompressSync } from 'node:zlib'
import { streamFor } from '../../data/random.ts'
import { localLedger } from '../behaviour/local.ts'
import { Neighborhood, OPERATOR, ORACLE, STRANGER } from '../behaviour/neighborhood.ts'
import type { Operation } from '../contract/operations.ts'
import { sha256 } from './journal/hashes.ts'
import { chained, journalOf, recordOf, recordOfWords, sealed } from './testing/forge.ts'
import { verifyJournal } from './verify.ts'
import { Windows } from './windows.ts'

const hood = await Neighborhood.open(localLedger)
const opening = recordOf(OPERATOR, 1, hood.opening)
const verified = (...records: Buffer[]) => verifyJournal(journalOf(chained([[opening, ...records]])))

describe('a forger who gets every hash right', () => {
  test('breaks a rule, and it is named with block, transaction and operation', () => {
    const { findings } = verified(
      recordOf(ORACLE, 1, [hood.generated(0, 500_000)]),
      recordOf(OPERATOR, 2, [hood.used(0, 400_000), hood.used(0, 100_001)]),
    )
    expect(findings).toEqual([
      { block: 1, transaction: 2, problem: 'operation 1: exceeds-lot: 100001 mWh of 100000' },
    ])
  })
  test('repeats a transaction, or comes with a number below the window', () => {
    const tariff = (fee: number): Operation => ({
      op: 'setTariff',
      actor: OPERATOR,
      platformFeeMicroUsdPerKwh: fee,
    })
    const late = [recordOf(OPERATOR, 5000, [tariff(1)]), recordOf(OPERATOR, 905, [tariff(2)])]
    expect(verified(...late).ok).toBe(true)
    expect(verified(...late, recordOf(OPERATOR, 905, [tariff(3)])).findings[0].problem).toMatch(/twice/)
    expect(verified(...late, recordOf(OPERATOR, 904, [tariff(3)])).findings[0].problem).toMatch(/^too-old/)
    expect(verified(recordOf(OPERATOR, 0, [tariff(1)])).findings[0].problem).toMatch(/below 1/)
  })
  test('mints twice what the panel can, or sells what is another’s', () => {
    const of = (record: Buffer) =>
      verified(recordOf(ORACLE, 1, [hood.generated(0, 500_000)]), record).findings[0]
    expect(of(recordOf(ORACLE, 2, [hood.generated(1, 2_000_000)])).problem).toMatch(/exceeds-nameplate/)
    expect(of(recordOf(STRANGER, 1, [hood.used(0, 1)])).problem).toMatch(/not-authorised/)
    expect(of(recordOf(STRANGER, 1, [hood.used(0, 1, STRANGER)])).problem).toMatch(/not-owner/)
  })
})

test('windows remember exactly the last 4,096 numbers, in any order', () => {
  const draw = streamFor(3, 'windows')
  const windows = new Windows()
  const taken = new Map<number, Set<number>>()
  for (let step = 0; step < 200_000; step++) {
    const client = draw.uint32() % 2
    const numbers = taken.get(client) ?? new Set<number>()
    taken.set(client, numbers)
    const highest = Math.max(0, ...(step % 997 === 0 ? numbers : [top(numbers)]))
    const jump = draw.uint32() % 500 === 0 ? 6000 : 8
    const sequence = Math.max(1, highest + (draw.uint32() % jump) - (draw.uint32() % 5 === 0 ? 4100 : 4))
    const expected = sequence <= highest - 4096 ? 'old' : numbers.has(sequence) ? 'twice' : ''
    const said = windows.take(client, sequence)
    expect(said === '' ? '' : said.startsWith('too-old') ? 'old' : 'twice').toBe(expected)
    if (expected === '') add(numbers, sequence)
  }
})
const tops = new WeakMap<Set<number>, number>()
const top = (numbers: Set<number>): number => tops.get(numbers) ?? 0
function add(numbers: Set<number>, sequence: number): void {
  numbers.add(sequence)
  tops.set(numbers, Math.max(top(numbers), sequence))
}

describe('a hostile journal costs neither memory nor a crash', () => {
  /** Frames with any head: packed bytes, and the lengths that they claim. */
  const withFrame = (packed: Buffer, packedBytes: number, plainBytes: number): Buffer => {
    const head = Buffer.alloc(24)
    head.write('VPPJ', 'latin1')
    head.writeUInt32LE(2, 4)
    head.writeUInt32LE(packedBytes, 8)
    head.writeUInt32LE(plainBytes, 12)
    sha256(packed).copy(head, 16, 0, 8)
    return Buffer.concat([head, packed])
  }
  test('lengths of gigabytes, and frames that unpack to more than they say', () => {
    const bomb = zstdCompressSync(Buffer.alloc(256 * 1024 * 1024))
    const before = process.memoryUsage().rss
    for (const [packed, packedBytes, plainBytes] of [
      [bomb, bomb.length, 1000],
      [bomb, bomb.length, 0xffff_ffff],
      [bomb, 0xffff_fff0, 1000],
      [bomb, 0, 1000],
      [bomb, bomb.length, 0],
    ] as const) {
      expect(verifyJournal(withFrame(packed, packedBytes, plainBytes)).ok).toBe(false)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })
  test('thousands of broken frames: the first hundred findings are kept, all are counted', () => {
    const frame = withFrame(Buffer.from('rubbish!'), 8, 100).subarray(8)
    const journal = Buffer.concat([
      withFrame(Buffer.from('rubbish!'), 8, 100),
      ...Array<Buffer>(5000).fill(frame),
    ])
    const found = verifyJournal(journal)
    expect([found.findings.length, found.findingCount]).toEqual([100, 5001])
  })
  test('the highest account and asset numbers', () => {
    const account = { ...(hood.opening[3] as Operation<'register'>), account: 2 ** 20 - 1 }
    const asset = { ...(hood.opening[9] as Operation<'createAsset'>), asset: 2 ** 20 - 1 }
    const before = process.memoryUsage().rss
    expect(verified(recordOf(OPERATOR, 2, [account, asset])).ok).toBe(true)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })
  test('any words in place of operations: a finding, never an exception', () => {
    const draw = streamFor(2, 'hostile')
    const good = [
      recordOf(ORACLE, 1, [hood.read(0, 100_000, 40_000), hood.generated(0, 900_000)]),
      recordOf(OPERATOR, 2, [
        hood.used(0, 50_000),
        hood.charged(0, 100_000),
        hood.offered(0, 200_000, 130_000),
      ]),
      recordOf(OPERATOR, 3, [
        hood.bought(0, 150_000, 130_000),
        { ...hood.aside(0, 1), ...hood.storedLot(0, 50_000) },
      ]),
      recordOf(ORACLE, 2, [hood.closed(0)]),
    ]
    const odd = [0, 1, -1, 2, 3, 16, 255, 2 ** 31 - 1, -(2 ** 31), 0x200000, 1 << 20]
    let sound = 0
    let found = 0
    for (let round = 0; round < 6000; round++) {
      const records = [opening, ...good].map((record) => Buffer.from(record))
      for (let change = 0; change <= draw.uint32() % 3; change++) {
        const record = records[draw.uint32() % records.length]
        // Anywhere but in the record's magic and length, which its block does not let through.
        const word = 2 + (draw.uint32() % (record.length / 4 - 2))
        const value = draw.uint32() % 2 === 0 ? odd[draw.uint32() % odd.length] : draw.uint32() | 0
        record.writeInt32LE(value, word * 4)
      }
      const { ok } = verifyJournal(journalOf([sealed(records, 1, Buffer.alloc(32))]))
      if (ok) sound++
      else found++
    }
    // Both happen: some words do not matter, most do.
    expect(found).toBeGreaterThan(3000)
    expect(sound).toBeGreaterThan(50)
  })
  test('operations that reach beyond their record, or are not as many as it says', () => {
    const words = new Int32Array([16 + 256 * 4, ORACLE, 1])
    expect(verified(recordOfWords(ORACLE, 1, words, 1)).findings[0].problem).toMatch(/malformed/)
    const closes = new Int32Array([12 + 256 * 3, OPERATOR, 5])
    for (const count of [0, 2, -1]) {
      expect(verified(recordOfWords(OPERATOR, 2, closes, count)).findings[0].problem).toMatch(/malformed/)
    }
    expect(verified(recordOfWords(OPERATOR, 2, closes, 1)).ok).toBe(true)
  })
})
