import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { figure, THOROUGH } from './testing/figures.ts'
import { DiskModel, type Image } from './testing/disk-image.ts'
import { ImageFolder, Reference, reopen, STORE_NAME } from './testing/reopen.ts'
import { type DiskEvent, recordChild, testWithStrace } from './testing/strace.ts'

const TRANSACTIONS = 1000
const OPTIONS = { operationsPerBlock: 12, operationsPerSnapshot: 150, checkpointBytes: 150_000 }

const dir = mkdtempSync(join(tmpdir(), 'vpp-crash-'))
const folder = new ImageFolder()
afterAll(() => {
  rmSync(dir, { recursive: true, force: true })
  folder.remove()
})

describe('a crash at every write and sync of a thousand transactions', () => {
  testWithStrace(
    'reopens as a prefix with every acknowledged transaction',
    { timeout: 1_800_000 },
    async () => {
      const store = join(dir, STORE_NAME)
      const options = {
        operationsPerBlock: 12,
        operationsPerSnapshot: 150,
        checkpointBytes: 150_000,
        mostPerCommit: THOROUGH ? 1 : 20,
      }
      const events = recordChild(store, TRANSACTIONS, options, join(dir, 'strace.log'))
      const heads = headsOf(events)
      expect([...heads.keys()].at(-1)).toBe(TRANSACTIONS)
      const reference = await Reference.open()
      const random = streamFor(1, 'crash', 'images')
      const disk = new DiskModel(dirname(store))
      const counts = { events: 0, images: 0, snapshots: 0 }
      let acknowledged = 0
      let most = 0
      for (const event of events) {
        if (event.call === 'told') acknowledged = Math.max(acknowledged, Number(event.line.split(' ')[1]))
        if (!disk.apply(event)) continue
        counts.events++
        for (const image of images(disk, random.uniform)) {
          counts.images++
          folder.place(image)
          const found = reopen(folder.store, reference, acknowledged)
          const told = heads.get(found.transactions)
          if (told !== undefined) expect(found.head).toBe(told)
          most = Math.max(most, found.transactions)
          if (found.opened.snapshot > 0) counts.snapshots++
        }
      }
      expect(most).toBe(TRANSACTIONS)
      expect(counts.events).toBeGreaterThan(500)
      // Most are opened by a snapshot and what follows it, the early ones from the first block on.
      expect(counts.snapshots).toBeGreaterThan(counts.images / 2)
      expect(counts.snapshots).toBeLessThan(counts.images)
      figure(
        `crash at every write and sync of ${TRANSACTIONS} transactions, up to ${options.mostPerCommit} a commit`,
        `${counts.events} writes and syncs, ${counts.images} disk images reopened, 0 acknowledged losses`,
      )
    },
  )
})

describe('a failed sync', () => {
  testWithStrace(
    'whose writes are lost for good, though the next sync succeeds, loses nothing acknowledged',
    { timeout: 600_000 },
    async () => {
      const reference = await Reference.open()
      const seen = new Set<string>()
      let stopped = 0
      for (const when of [1, 2, 3, 5, 6, 9, 14, 21, 33, 34, 35, 36]) {
        const home = join(dir, `failed-${when}`)
        mkdirSync(home)
        const options = { ...OPTIONS, mostPerCommit: 20 }
        const inject = ['-e', `inject=fsync,fdatasync:error=EIO:when=${when}`]
        const events = recordChild(join(home, STORE_NAME), TRANSACTIONS, options, `${home}.log`, inject)
        const disk = new DiskModel(home)
        let acknowledged = 0
        let failed = false
        for (const event of events) {
          if (event.call === 'told') {
            const [what, count] = event.line.split(' ')
            if (what === 'acknowledged') acknowledged = Number(count)
            if (what === 'stopped') stopped++
          }
          disk.apply(event)
          failed ||= event.call === 'sync' && event.failed
          if (!failed) continue
          // From the failure to the end of the process, in which SQLite closes the file.
          const image = disk.synced()
          const key = `${acknowledged} ${hashOf(image)}`
          if (seen.has(key)) continue
          seen.add(key)
          folder.place(image)
          reopen(folder.store, reference, acknowledged)
        }
      }
      expect(stopped).toBeGreaterThan(8)
    },
  )
})

const hashOf = (image: Image): string =>
  [...image].map(([name, content]) => `${name} ${hash('sha1', content)}`).join()

/** Heads that the child told, by the number of transactions. */
function headsOf(events: readonly DiskEvent[]): Map<number, string> {
  const told = events.flatMap((event) => (event.call === 'told' ? [event.line.split(' ')] : []))
  return new Map(
    told.flatMap(([what, count, , head]) => (what === 'acknowledged' ? [[Number(count), head]] : [])),
  )
}

/** What the disk may hold after the event that was applied last. */
function* images(disk: DiskModel, random: () => number): Generator<Image> {
  yield disk.written()
  yield disk.synced()
  for (let order = 0; order < (THOROUGH ? 3 : 1); order++) yield disk.reordered(random)
  const { lastWriteBytes: bytes } = disk
  const sectors = Math.ceil(bytes / 512) - 1
  if (THOROUGH) for (let cut = 1; cut <= sectors; cut++) yield disk.torn(cut * 512)
  else if (sectors > 0) yield disk.torn(512 * (1 + Math.floor(random() * sectors)))
  if (bytes > 1) yield disk.torn(1 + Math.floor(random() * (bytes - 1)))
}
