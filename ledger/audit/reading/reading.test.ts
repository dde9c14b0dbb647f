import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { localLedger } from '../../behaviour/local.ts'
import { at as minuteOf, Neighborhood, OPERATOR, ORACLE, UTILITY } from '../../behaviour/neighborhood.ts'
import type { Operation } from '../../contract/operations.ts'
import { blocksOf, chained, journalOf, recordOf, recordsIn } from '../testing/forge.ts'
import { verifyJournal } from '../verify.ts'
import { checkProof, proveTransaction, writeProof } from '../proof/proof.ts'
import { proveLot, proveSequence } from '../proof/find.ts'
import type { Block } from '../journal/block.ts'
import { csvLine } from './csv.ts'
import { diffLedgers } from './diff.ts'
import { type ExportFormat, exportLedger } from './export.ts'
import { minuteText } from './names.ts'
import { queryBalances, queryLedger, queryTotals } from './query.ts'
import { traceLot } from './trace.ts'
import { moment, traceTree } from './trace-tree.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-reading-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const path = join(dir, 'good.journal')
const other = join(dir, 'other.journal')
const hood = await Neighborhood.open(localLedger)

/** Forty intervals: used, charged, offered and sold, closed; then a delivery, a set-aside and a verified loss. */
function story(change: Operation[] = []): Buffer[] {
  const records = [recordOf(OPERATOR, 1, hood.opening)]
  let sequence = 1
  const tell = (client: number, ...operations: Operation[]) => {
    records.push(recordOf(client, ++sequence, operations))
  }
  for (let interval = 0; interval < 40; interval++) {
    tell(ORACLE, hood.read(interval, 100_000 * (interval + 1), 0), hood.generated(interval, 900_000))
    tell(OPERATOR, hood.used(interval, 50_000), hood.charged(interval, 100_000))
    tell(OPERATOR, hood.offered(interval, 200_000, 130_000), hood.bought(interval, 150_000, 130_000))
    tell(ORACLE, hood.closed(interval))
  }
  tell(ORACLE, hood.read(40, 4_000_000, 30_000))
  const stored = hood.storedLot(0, 50_000)
  tell(
    OPERATOR,
    { ...hood.delivered(0, 40, 30_000), ...stored },
    { op: 'setAside', actor: OPERATOR, ...stored, milliWh: 60_000 },
  )
  tell(OPERATOR, { op: 'release', actor: OPERATOR, ...stored, milliWh: 10_000 })
  for (let interval = 1; interval < 40; interval++) {
    tell(OPERATOR, { op: 'setAside', actor: OPERATOR, ...hood.storedLot(interval, 50_000), milliWh: 90_000 })
  }
  tell(ORACLE, hood.anchored(41, 'refusal'))
  if (change.length > 0) tell(OPERATOR, ...change)
  tell(UTILITY, hood.billed(41, 1_000_000, 5))
  return records
}

const records = story()
const lists = Array.from({ length: 10 }, (_, at) => records.slice(at * 25, at * 25 + 25)).filter(
  (list) => list.length > 0,
)
writeFileSync(path, journalOf(chained(lists)))
writeFileSync(
  other,
  journalOf(chained([story([{ op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: 7 }])])),
)
const solar = `ana-solar/${minuteText(minuteOf(0))}`
const stored = `ana-battery/${minuteText(minuteOf(0))}/ana-solar/50000`

describe('a lot’s life', () => {
  test('from the panel to its ends, storage beneath; every milliwatt-hour has one end', () => {
    const life = traceLot(path, solar)
    expect(life?.events.map(({ event, reason }) => `${event} ${reason}`.trim())).toEqual([
      'minted',
      'burned consumed',
      'burned exchanged',
      'burned conversion-loss',
      'offered',
      'sold to be used',
      'burned consumed',
      'burned exported',
    ])
    const ends = life?.events.filter(({ event }) => event === 'burned') ?? []
    expect(ends.reduce((low, { from, to }) => (from === low ? to : Number.NaN), 0)).toBe(900_000)
    const [child] = life?.children ?? []
    expect(child.lot).toBe(stored)
    expect(child.events.map(({ event, reason }) => `${event} ${reason}`.trim())).toEqual([
      'minted',
      'burned consumed',
      'set aside',
      'released',
      'burned storage-loss',
    ])
    expect(child).toMatchObject({ activeMilliWh: 10_000, setAsideMilliWh: 0 })
  })
  test('is told from its panel on when storage is named, and not at all when there is no such lot', () => {
    expect(traceLot(path, stored)?.lot).toBe(solar)
    expect(traceLot(path, stored.replace('50000', '50001'))).toBeNull()
    expect(traceLot(path, 'ana-solar/1999-01-01T00:00Z')).toBeNull()
    expect(traceLot(path, 'nonsense')).toBeNull()
  })
  test('is drawn in 80 columns, in UTC and in local time', () => {
    const life = traceLot(path, solar)
    if (life === null) throw new Error('no such lot')
    const lines = traceTree(life, 'America/Los_Angeles')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(lines.join('\n')).toMatchSnapshot()
    expect(moment('2016-08-01T19:00Z', 'America/Los_Angeles')).toBe('2016-08-01T19:00Z (12:00 PDT)')
  })
})

describe('queries', () => {
  test('by asset, location, day, owner and state, and the dead by what they were burned for', () => {
    const count = (filter: Parameters<typeof queryLedger>[1]) => queryLedger(path, filter).lots.length
    // The refusal left 0.1 kWh: nearly all storage was burned as loss.
    expect(count({})).toBe(2)
    expect(count({ asset: 'ana-battery', location: 'street/ana-battery', owner: 'ana' })).toBe(2)
    expect(count({ owner: 'ben' })).toBe(0)
    expect(count({ asset: 'ana-solar' })).toBe(0)
    expect(count({ asset: 'ana-solar', state: 'exported' })).toBe(40)
    expect(count({ date: minuteText(minuteOf(0)).slice(0, 10), state: 'exchanged' })).toBe(40)
    expect(count({ date: '1999-01-01', state: 'exchanged' })).toBe(0)
    expect(count({ state: 'set-aside' })).toBe(1)
    expect(count({ state: 'storage-loss' })).toBe(39)
  })
  test('balances and totals', () => {
    const { book } = queryLedger(path, {})
    const ben = queryBalances(book).find(({ account }) => account === 'ben')
    expect(ben?.balanceMicroUsd).toBe(5_000_000_000 - 40 * (19_500 + 1_500))
    const [tgen, tstorage] = queryTotals(book)
    expect(tgen).toMatchObject({
      mintedMilliWh: 36_000_000,
      consumedMilliWh: 8_000_000,
      exchangedMilliWh: 3_600_000,
    })
    expect(tstorage.mintedMilliWh).toBe(
      tstorage.activeMilliWh +
        tstorage.setAsideMilliWh +
        tstorage.consumedMilliWh +
        tstorage.storageLossMilliWh,
    )
  })
})

describe('export', () => {
  const lines = (format: ExportFormat, table: 'lots' | 'events'): string[] => {
    const found: string[] = []
    exportLedger(path, format, table, (line) => found.push(line))
    return found
  }
  test('every lot once, its energy in one place', () => {
    const rows = lines('jsonl', 'lots').map((line) => JSON.parse(line) as Record<string, number | string>)
    expect(rows).toHaveLength(80)
    expect(new Set(rows.map(({ lot }) => lot)).size).toBe(80)
    for (const row of rows) {
      const parts = Object.entries(row).filter(([name]) =>
        /^(?:active|setAside|consumed|exported|exchanged|.*Loss)MilliWh$/.test(name),
      )
      expect(parts.reduce((sum, [, value]) => sum + Number(value), 0)).toBe(row.mintedMilliWh)
    }
    expect(lines('csv', 'lots')).toHaveLength(81)
  })
  test('events as they happened', () => {
    const events = lines('jsonl', 'events').map(
      (line) => JSON.parse(line) as { event: string; block: number },
    )
    expect(events.filter(({ event }) => event === 'settled')).toHaveLength(1)
    expect(events.map(({ block }) => block)).toEqual(
      events.map(({ block }) => block).toSorted((a, b) => a - b),
    )
    expect(lines('csv', 'events')).toHaveLength(events.length + 1)
  })
  test('granular certificates: bundles cover every lot once, ids are inclusive, storage has its records', () => {
    type Certificate = Record<string, never> & { record: string }
    const all = lines('gc', 'lots').map((line) => JSON.parse(line) as Certificate)
    const bundles = all.filter(({ record }) => record === 'gc-bundle')
    const covered = new Map<string, [number, number][]>()
    for (const one of bundles) {
      const [from, to] = [
        Number(one.certificate_bundle_id_range_start),
        Number(one.certificate_bundle_id_range_end),
      ]
      expect(Number(one.bundle_quantity)).toBe(to - from + 1)
      covered.set(one.issuance_id, [...(covered.get(one.issuance_id) ?? []), [from, to + 1]])
    }
    expect(covered.size).toBe(80)
    const sorted = (covered.get(solar) ?? []).toSorted(([a], [b]) => a - b)
    expect(sorted.reduce((low, [from, to]) => (from === low ? to : Number.NaN), 0)).toBe(900_000)
    const statuses = new Set(bundles.map((one) => String(one.certificate_bundle_status)))
    expect([...statuses].toSorted()).toEqual(['Active', 'Cancelled', 'Claimed', 'Reserved', 'Withdrawn'])
    expect(all.filter(({ record }) => record === 'scr')).toHaveLength(40)
    const discharge = all.find(({ record }) => record === 'sdr')
    expect(discharge).toMatchObject({ flow_energy: 30, gc_issuance_id: stored })
    expect(all.find(({ record }) => record === 'allocation')).toMatchObject({
      sdr_allocation_id: discharge?.sdr_allocation_id,
      gc_allocation_id: solar,
      sdgc_allocation_id: stored,
    })
  })
  test('no cell becomes a formula, and none breaks its line', () => {
    expect(csvLine(['=1+1', '+a', '-b', '@c', 'plain', -5, 'a,b', 'say "x"', 'two\nlines'])).toBe(
      `'=1+1,'+a,'-b,'@c,plain,-5,"a,b","say ""x""","two\nlines"`,
    )
  })
})

describe('diff', () => {
  test('of a ledger with itself: equal; with another: what differs is named', () => {
    expect(diffLedgers(path, path)).toMatchObject({ equal: true, differences: [] })
    const { equal, differences } = diffLedgers(path, other)
    expect(equal).toBe(false)
    expect(differences).toEqual([{ what: 'platform', field: 'feeMicroUsdPerKwh', a: 10_000, b: 7 }])
  })
  test('a lot that only one has', () => {
    const short = join(dir, 'short.journal')
    writeFileSync(short, journalOf(chained([records.slice(0, 3)])))
    const { differences } = diffLedgers(short, path)
    expect(differences.some(({ what, a, b }) => what.startsWith('lot ') && (a === null || b === null))).toBe(
      true,
    )
  })
})

describe('proofs', () => {
  const { head, root } = verifyJournal(path)
  const proof = proveSequence(path, UTILITY, records.length)
  const text = proof === null ? '' : writeProof(proof)
  test('say what was done, to who has only the block’s hash or root', () => {
    expect(checkProof(text, head)).toMatchObject({ by: 'block hash' })
    expect(checkProof(text, root)).toMatchObject({ by: 'root' })
    expect(proof?.transactions[0].says[0]).toMatch(
      /settles account #10 at site #1 .* 1000000 mWh exported, 5 µ\$ to pay/,
    )
    expect(checkProof(text, head, verifyJournal(path).blocks)).toMatchObject({ by: 'block hash' })
    expect(checkProof(text, head, 1)).toMatch(/is of block/)
    expect(
      checkProof(
        text,
        head.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ),
    ).toMatch(/not to/)
  })
  test('are given for the mint of any lot, and for nothing that is not there', () => {
    expect(proveLot(path, solar)?.transactions[0].says.join('\n')).toMatch(/mints 900000 mWh for asset #3/)
    expect(proveLot(path, stored)?.transactions[0].says.join('\n')).toMatch(/exchanges 100000 mWh/)
    expect(proveLot(path, 'ana-solar/1999-01-01T00:00Z')).toBeNull()
    expect(proveSequence(path, UTILITY, 1)).toBeNull()
  })
  test('every transaction of a block with many leaves can be proven', () => {
    let many: Block | null = null
    const all = journalOf(chained([story()]))
    expect(verifyJournal(all, { onBlock: (block) => void (many = block) }).ok).toBe(true)
    const block = many as Block | null
    if (block === null) throw new Error('no block')
    expect(block.leaves.length).toBeGreaterThan(1)
    for (const [place, record] of recordsIn(blocksOf(all)[0]).entries()) {
      const found = checkProof(writeProof(proveTransaction(block, place)), block.root.toString('hex'))
      expect(found).toMatchObject({ proof: { transactions: [{ client: record.readInt32LE(8) }] } })
    }
  })
  test('a flip of any bit proves nothing', () => {
    const bytes = Buffer.from(text)
    const passed: number[] = []
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      bytes[bit >> 3] ^= 1 << (bit & 7)
      if (typeof checkProof(bytes.toString('utf8'), head) !== 'string') passed.push(bit)
      bytes[bit >> 3] ^= 1 << (bit & 7)
    }
    expect(passed).toEqual([])
  }, 60_000)
})
