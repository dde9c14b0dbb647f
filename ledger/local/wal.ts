import { readFileSync } from 'node:fs'

/**
 * The write-ahead log of SQLite (sqlite.org/fileformat2.html, section 4): a header of 32 bytes, then
 * frames of 24 bytes and a page. Each frame carries the log's salts and a checksum over all before
 * it; a frame with a database size ends a commit. Big-endian.
 */
const HEADER_BYTES = 32
const FRAME_BYTES = 24
const MAGIC = 0x377f0682

export interface WalFrame {
  /** Number of the page in the database, from 1. */
  readonly page: number
  /** The page's bytes. */
  readonly bytes: Buffer
}

export interface Wal {
  readonly bytes: number
  /** The frames of whole commits, in their order: what SQLite takes. */
  readonly frames: readonly WalFrame[]
  /** End of the last whole commit. */
  readonly soundBytes: number
  /** Frames behind it that have the form of frames of this log, but cannot be trusted. */
  readonly doubtful: readonly WalFrame[]
  /**
   * Ends of commits among the doubtful frames. A crash leaves at most one, the commit that was being
   * written: the one before was synced before it began. More are commits that were finished, behind
   * damage.
   */
  readonly hiddenCommits: number
}

/** Reads a log, or null where there is none. It may be in any state. */
export function readWal(path: string): Wal | null {
  let file: Buffer
  try {
    file = readFileSync(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
  if (file.length < HEADER_BYTES + FRAME_BYTES) return empty(file.length)
  const magic = file.readUInt32BE(0)
  const pageBytes = file.readUInt32BE(8)
  const sound =
    (magic & ~1) === MAGIC && pageBytes >= 512 && pageBytes <= 65_536 && (pageBytes & (pageBytes - 1)) === 0
  // Where the header is gone most frames tell the salts, and 4,096 is the page that is used here.
  const stride = FRAME_BYTES + (sound ? pageBytes : 4096)
  const salts = sound ? file.subarray(16, 24) : commonSalts(file, stride)
  const checksum = new Checksum((magic & 1) === 1)
  checksum.add(file, 0, 24)
  let trusted = sound && checksum.is(file, 24)
  const frames: WalFrame[] = []
  const doubtful: WalFrame[] = []
  let committed = 0
  let soundBytes = 0
  let hiddenCommits = 0
  for (let at = HEADER_BYTES; at + stride <= file.length; at += stride) {
    const ofThisLog = file.subarray(at + 8, at + 16).equals(salts)
    const page = file.readUInt32BE(at)
    const ends = file.readUInt32BE(at + 4) > 0
    const frame = { page, bytes: file.subarray(at + FRAME_BYTES, at + stride) }
    if (trusted) {
      checksum.add(file, at, 8)
      checksum.add(file, at + FRAME_BYTES, stride - FRAME_BYTES)
      trusted = ofThisLog && page > 0 && checksum.is(file, at + 16)
    }
    if (trusted) {
      frames.push(frame)
      if (ends) {
        committed = frames.length
        soundBytes = at + stride
      }
    } else if (ofThisLog && page > 0) {
      doubtful.push(frame)
      if (ends) hiddenCommits++
    }
  }
  return {
    bytes: file.length,
    frames: frames.slice(0, committed),
    soundBytes,
    doubtful: [...frames.slice(committed), ...doubtful],
    hiddenCommits,
  }
}

/** The salts that most frames carry. */
function commonSalts(file: Buffer, stride: number): Buffer {
  const counts = new Map<string, number>()
  for (let at = HEADER_BYTES; at + stride <= file.length; at += stride) {
    const salts = file.toString('hex', at + 8, at + 16)
    counts.set(salts, (counts.get(salts) ?? 0) + (/^0*$/.test(salts) ? 0 : 1))
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return Buffer.from(most?.[0] ?? '', 'hex')
}

const empty = (bytes: number): Wal => ({
  bytes,
  frames: [],
  soundBytes: 0,
  doubtful: [],
  hiddenCommits: 0,
})

/** The log's running checksum: two 32-bit sums over pairs of words. */
class Checksum {
  #first = 0
  #second = 0
  readonly #bigEndian: boolean

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian
  }

  /** `length` is a multiple of 8. */
  add(bytes: Buffer, from: number, length: number): void {
    let first = this.#first
    let second = this.#second
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, length)
    const little = !this.#bigEndian
    for (let at = 0; at < length; at += 8) {
      first = (first + view.getUint32(at, little) + second) | 0
      second = (second + view.getUint32(at + 4, little) + first) | 0
    }
    this.#first = first
    this.#second = second
  }

  is(bytes: Buffer, at: number): boolean {
    return bytes.readInt32BE(at) === this.#first && bytes.readInt32BE(at + 4) === this.#second
  }
}
