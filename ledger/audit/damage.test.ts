import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { RUN_FILES } from '../../data/run-files.ts'
import { streamFor } from '../../data/random.ts'
import { runInto, temporaryFolder } from '../../sim/testing.ts'
import { Findings } from './findings.ts'
import { readBlock } from './journal/block.ts'
import { readFrames } from './journal/frames.ts'
import { blocksOf, chained, frameStarts, inBlocks, journalOf, recordsIn } from './testing/forge.ts'
import { type Verified, verifyJournal } from './verify.ts'

/** Twelve days of a real neighborhood’s journal, and the same records in blocks of 64 kB. */
let journal: Buffer
let blocks: Buffer[]
let large: Buffer

beforeAll(async () => {
  const { dir } = await runInto(temporaryFolder(), 'first-neighborhood', 12)
  journal = readFileSync(join(dir, RUN_FILES.ledger, 'sierra-crest.journal'))
  blocks = blocksOf(journal)
  ;[large] = chained(inBlocks(blocks.flatMap(recordsIn), 65_536))
}, 120_000)

const firstOf = ({ ok, findings }: Verified) => {
  expect(ok).toBe(false)
  return findings[0]
}
const flip = (bytes: Buffer, bit: number): void => {
  bytes[bit >> 3] ^= 1 << (bit & 7)
}

test('the journal is sound, and the blocks large enough to mean something', () => {
  expect(verifyJournal(journal)).toMatchObject({ ok: true, findings: [], blocks: blocks.length })
  expect(blocks.length).toBeGreaterThan(20)
  expect(large.length).toBeGreaterThan(65_536)
  expect(journal.length).toBeGreaterThan(2 * 65_536)
})

describe('every flipped bit is found', () => {
  test('of a whole block of 64 kB', { timeout: 600_000 }, () => {
    const changed = Buffer.from(large)
    let missed = 0
    for (let bit = 0; bit < large.length * 8; bit++) {
      flip(changed, bit)
      if (!('problem' in readBlock(changed))) missed++
      flip(changed, bit)
    }
    expect(missed).toBe(0)
    expect('problem' in readBlock(changed)).toBe(false)
  })

  test('of the journal’s head, of every frame’s head and of every packed byte of one block', () => {
    const changed = Buffer.from(journal)
    const starts = frameStarts(journal)
    for (let bit = 0; bit < 64; bit++) {
      flip(changed, bit)
      expect(firstOf(verifyJournal(changed))).toMatchObject({ block: 0 })
      flip(changed, bit)
    }
    const missed: string[] = []
    const check = (at: number, block: number, bits: number) => {
      for (let bit = at * 8; bit < at * 8 + bits; bit++) {
        flip(changed, bit)
        const findings = new Findings()
        // The frame that is hit, and no more: what stands before it is as it was.
        const reading = readFrames(changed, findings, { at: starts[block - 1], block })
        reading.next()
        if (findings.list[0]?.block !== block) missed.push(`${block} at bit ${bit}`)
        flip(changed, bit)
      }
    }
    for (let block = 1; block < starts.length; block++) check(starts[block - 1], block, 128)
    check(starts[3] + 16, 4, (starts[4] - starts[3] - 16) * 8)
    expect(missed).toEqual([])
  })

  test('of every block’s header, and one in every record', () => {
    const draw = streamFor(1, 'damage')
    const missed: string[] = []
    for (const [place, block] of blocks.entries()) {
      const changed = Buffer.from(block)
      const check = (bit: number) => {
        flip(changed, bit)
        if (!('problem' in readBlock(changed))) missed.push(`block ${place + 1}, bit ${bit}`)
        flip(changed, bit)
      }
      for (let bit = 0; bit < 128 * 8; bit++) check(bit)
      let at = 128
      for (const record of recordsIn(block)) {
        check(at * 8 + (draw.uint32() % (record.length * 8)))
        at += record.length
      }
    }
    expect(missed).toEqual([])
  })

  test('in the whole chain, with the block named, and all of several', () => {
    const changed = blocks.map((block) => Buffer.from(block))
    flip(changed[4], 1000 * 8)
    flip(changed[9], 300)
    const { ok, findings, blocks: sound } = verifyJournal(journalOf(changed))
    expect(ok).toBe(false)
    expect(sound).toBe(4)
    expect(findings.map(({ block }) => block)).toEqual([5, 10])
  })
})

describe('what is deleted, doubled or moved is found', () => {
  test('blocks', () => {
    const cases: [Buffer[], number][] = [
      [blocks.toSpliced(5, 1), 6],
      [blocks.toSpliced(5, 0, blocks[5]), 7],
      [blocks.with(5, blocks[6]).with(6, blocks[5]), 6],
      [blocks.slice(1), 1],
    ]
    for (const [list, place] of cases) expect(firstOf(verifyJournal(journalOf(list))).block).toBe(place)
  })

  test('records, though every hash was made anew: the rule and the transaction are named', () => {
    const lists = blocks.map(recordsIn)
    const mints = (record: Buffer) =>
      (record.readUInt32LE(24) & 255) === 13 || (record.readUInt32LE(24) & 255) === 3
    const at = lists[5].findIndex(mints)
    const forged = (records: Buffer[]) => verifyJournal(journalOf(chained(lists.with(5, records))))
    const doubled = firstOf(forged(lists[5].toSpliced(at, 0, lists[5][at])))
    expect(doubled).toMatchObject({ block: 6, transaction: at + 1 })
    expect(doubled.problem).toMatch(/stands in the chain twice/)
    const gone = firstOf(forged(lists[5].toSpliced(at, 1)))
    expect(gone.block).toBe(6)
    expect(gone.transaction).toBeGreaterThanOrEqual(at)
    const swapped = firstOf(forged(lists[5].with(at, lists[5][at + 1]).with(at + 1, lists[5][at])))
    expect(swapped).toMatchObject({ block: 6, transaction: at })
  })

  test('a suffix that keeps every rule, with all hashes made anew: against what was known of it', () => {
    const honest = verifyJournal(journal)
    // Somebody leaves the last transactions of a block out, and everything after it: a chain without a fault.
    const lists = blocks.map(recordsIn)
    const whole = chained(lists)
    expect(whole.at(-1)?.subarray(96, 128).toString('hex')).toBe(honest.head)
    const shorter = chained([
      ...lists.slice(0, -2),
      lists[lists.length - 2].slice(0, -3),
      lists[lists.length - 1],
    ])
    const cut = chained([...lists.slice(0, -1), lists[lists.length - 1].slice(0, 1)])
    const plain = verifyJournal(journalOf(cut))
    expect(plain.ok).toBe(true)
    const known = { block: honest.blocks, hash: honest.head }
    expect(verifyJournal(journal, { known })).toMatchObject({ ok: true, known: 'everything up to its block' })
    for (const forged of [cut, shorter, whole.slice(0, -1)]) {
      const found = verifyJournal(journalOf(forged), { known })
      expect(found.ok).toBe(false)
      expect(found.findings.map(({ block }) => block)).toContain(honest.blocks)
    }
    // A Merkle root vouches for its own block only, and says so.
    const byRoot = verifyJournal(journal, { known: { block: honest.blocks, hash: honest.root } })
    expect(byRoot).toMatchObject({ ok: true, known: 'its block alone' })
  })
})

describe('a file that ends badly keeps its clean prefix, and never a part', () => {
  test('cut at every byte of the last 64 kB', () => {
    const starts = frameStarts(journal)
    const wrong: number[] = []
    for (let cut = journal.length - 65_536; cut < journal.length; cut++) {
      const last = starts.findLastIndex((start) => start <= cut)
      const findings = new Findings()
      // From the whole frame before the cut on; what comes before is read as ever.
      const from = { at: starts[last - 1], block: last }
      const whole = [...readFrames(journal.subarray(0, cut), findings, from)]
      const atEnd = starts[last] === cut
      const told =
        findings.list[0]?.block === last + 1 && /ends inside its frame/.test(findings.list[0].problem)
      if (whole.length !== 1 || whole[0].end !== starts[last] || (atEnd ? findings.count > 0 : !told))
        wrong.push(cut)
    }
    expect(wrong).toEqual([])
  }, 240_000)

  test('a cut, garbage behind the end, sectors of zeros: how far it is sound is told', () => {
    const starts = frameStarts(journal)
    for (const cut of [journal.length - 1, journal.length - 20_000, starts[7] + 3, starts[2] + 17]) {
      const found = verifyJournal(journal.subarray(0, cut))
      const sound = starts.findLastIndex((start) => start <= cut)
      expect(found).toMatchObject({ ok: false, blocks: sound, bytes: starts[sound] })
    }
    const garbage = Buffer.alloc(5000, 0xa5)
    const tail = verifyJournal(Buffer.concat([journal, garbage]))
    expect(tail).toMatchObject({ ok: false, blocks: blocks.length, bytes: journal.length })
    expect(verifyJournal(Buffer.concat([journal, Buffer.alloc(4096)]))).toMatchObject({
      ok: false,
      blocks: blocks.length,
    })
    for (let sector = 0; sector + 512 <= journal.length; sector += 512) {
      const zeroed = Buffer.from(journal)
      zeroed.fill(0, sector, sector + 512)
      // From the frame that is hit first.
      const block = Math.max(1, starts.findLastIndex((start) => start <= sector) + 1)
      const findings = new Findings()
      for (const _ of readFrames(
        zeroed,
        findings,
        sector === 0 ? undefined : { at: starts[block - 1], block },
      ))
        break
      expect(findings.list[0]?.block).toBe(sector === 0 ? 0 : block)
    }
  })
})
