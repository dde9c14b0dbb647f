import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localLedger } from '../behaviour/local.ts'
import { Neighborhood, OPERATOR, ORACLE } from '../behaviour/neighborhood.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { JournalWriter } from '../local/journal.ts'
import { LocalLedger } from '../local/ledger.ts'
import { queryBalances, queryLots, queryTotals } from './query.ts'
import { traceLot } from './trace.ts'
import { verifyJournal } from './verify.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-journal-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const path = join(dir, 'good.journal')
let head = ''
let stateHash = ''
let plain: Buffer

/** Blocks of the journal, as [start, end) in its plain bytes. */
function blocks(): [number, number][] {
  const list: [number, number][] = []
  for (let at = 0; at < plain.length;) {
    const end = at + 128 + plain.readUInt32LE(at + 20)
    list.push([at, end])
    at = end
  }
  return list
}

/** Writes plain blocks as a journal of one group. */
function journalOf(bytes: Buffer): string {
  const packed = zstdCompressSync(bytes)
  const heads = Buffer.alloc(16)
  heads.writeUInt32LE(0x4a505056, 0)
  heads.writeUInt32LE(1, 4)
  heads.writeUInt32LE(packed.length, 8)
  heads.writeUInt32LE(bytes.length, 12)
  const file = join(dir, 'changed.journal')
  writeFileSync(file, Buffer.concat([heads, packed]))
  return file
}

beforeAll(async () => {
  const hood = await Neighborhood.open(localLedger)
  const journal = new JournalWriter(path)
  const ledger = new LocalLedger({ operationsPerBlock: 25, sink: (block) => journal.append(block) })
  let sequence = 0
  const submit = (client: number, ...operations: Parameters<TransactionWriter['add']>[0][]) => {
    const writer = new TransactionWriter()
    for (const operation of operations) writer.add(operation)
    const answer = ledger.submit(writer.transaction(client, ++sequence))
    if ('code' in answer) throw new Error(JSON.stringify(answer))
  }
  submit(OPERATOR, ...hood.opening)
  for (let interval = 0; interval < 40; interval++) {
    submit(ORACLE, hood.read(interval, 100_000 * (interval + 1), 0), hood.generated(interval, 900_000))
    submit(OPERATOR, hood.used(interval, 50_000), hood.charged(interval, 100_000))
    submit(OPERATOR, hood.offered(interval, 200_000, 130_000), hood.bought(interval, 150_000, 130_000))
    submit(ORACLE, hood.closed(interval))
  }
  ledger.seal()
  journal.close()
  head = ledger.head
  stateHash = ledger.stateHash()
  const file = readFileSync(path)
  plain = zstdDecompressSync(file.subarray(16))
})

describe('a sound journal', () => {
  test('gives the writer’s head and state', () => {
    const verified = verifyJournal(path)
    expect(verified.problems).toEqual([])
    expect([verified.head, verified.stateHash]).toEqual([head, stateHash])
  })
  test('traces a lot from the panel to its ends', () => {
    const { lines } = traceLot(path, 'ana-solar/1999-01-01T00:00Z')
    expect(lines).toEqual([])
    const [first] = queryLots(verifyJournal(path).state, { asset: 'ana-battery' })
    const solar = first.lot.split('/').slice(0, 2).join('/').replace('battery', 'solar')
    const life = traceLot(path, solar).lines
    expect(life.map(({ what, reason }) => `${what} ${reason}`.trim())).toEqual([
      'minted',
      'burned consumed',
      'minted',
      'burned exchanged',
      'burned conversion-loss',
      'offered',
      'sold',
      'burned consumed',
      'burned exported',
    ])
    // Every serial number of the solar lot has one end.
    const ends = life.filter(({ what, lot }) => what === 'burned' && lot === solar)
    expect(ends.reduce((at, { from, to }) => (from === at ? to : Number.NaN), 0)).toBe(900_000)
  })
  test('answers by asset, location, day, owner and state', () => {
    const { state } = verifyJournal(path)
    expect(queryLots(state, {})).toHaveLength(40)
    expect(queryLots(state, { owner: 'ana', state: 'active', location: 'street/ana-battery' })).toHaveLength(
      40,
    )
    expect(queryLots(state, { owner: 'ben' })).toHaveLength(0)
    expect(queryLots(state, { date: '1999-01-01' })).toHaveLength(0)
    expect(queryBalances(state).find(({ account }) => account === 'ben')?.balanceMicroUsd).toBe(
      5_000_000_000 - 40 * (19_500 + 1_500),
    )
    expect(queryTotals(state)[0]).toMatchObject({ mintedMilliWh: 36_000_000, consumedMilliWh: 8_000_000 })
  })
})

describe('damage is found, and its block named', () => {
  test('any bit of a header, and any byte of the transactions of a block', () => {
    const [start, end] = blocks()[2]
    for (let at = start; at < end; at += at < start + 128 ? 1 : 7) {
      const changed = Buffer.from(plain)
      changed[at] ^= 1 << (at % 8)
      const { ok, problems } = verifyJournal(journalOf(changed))
      expect(ok, `byte ${at - start}`).toBe(false)
      expect([2, 3, 4], `byte ${at - start}`).toContain(problems[0].block)
    }
  })
  test('a block that is taken out, doubled or swapped', () => {
    const parts = blocks().map(([start, end]) => plain.subarray(start, end))
    const orders = [
      parts.toSpliced(3, 1),
      parts.toSpliced(3, 0, parts[3]),
      parts.with(3, parts[4]).with(4, parts[3]),
    ]
    for (const order of orders) {
      const { ok, problems } = verifyJournal(journalOf(Buffer.concat(order)))
      expect(ok).toBe(false)
      expect([4, 5]).toContain(problems[0].block)
    }
  })
  test('a torn tail, a garbage tail, a damaged group', () => {
    const file = readFileSync(path)
    const changed = join(dir, 'torn.journal')
    for (const bytes of [
      file.subarray(0, file.length - 1),
      file.subarray(0, 40),
      Buffer.concat([file, Buffer.from('garbage')]),
      Buffer.concat([file.subarray(0, 60), Buffer.alloc(8), file.subarray(68)]),
      Buffer.from('no journal'),
      Buffer.alloc(0),
    ]) {
      writeFileSync(changed, bytes)
      expect(verifyJournal(changed).ok).toBe(false)
    }
  })
  test('blocks that were sealed again with another content break a rule or the head', () => {
    // The last block without its last transaction, sealed as a forger would: sound, but not the told head.
    const journal = join(dir, 'forged.journal')
    const shorter = blocks()
      .slice(0, -1)
      .map(([start, end]) => plain.subarray(start, end))
    writeFileSync(journal, readFileSync(journalOf(Buffer.concat(shorter))))
    const verified = verifyJournal(journal)
    expect(verified.ok).toBe(true)
    expect(verified.head).not.toBe(head)
  })
})
