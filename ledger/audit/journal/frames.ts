import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'
import { VppError } from '../../../data/errors.ts'
import type { Findings } from '../findings.ts'
import { sha256 } from './hashes.ts'

const JOURNAL = 0x4a505056
const FORMAT = 2
const JOURNAL_HEAD_BYTES = 8
const FRAME_HEAD_BYTES = 16
const CHECKSUM_BYTES = 8
/** No block is larger, packed or plain: a damaged or hostile length must not cost memory. */
export const MOST_BLOCK_BYTES = 64 * 1024 * 1024
/** What is read from the disk at once. */
const WINDOW_BYTES = 1 << 20

/** The plain bytes of one block as they stand in its frame, and where the frame ends in the file. */
export interface Frame {
  /** Null when they cannot be had: a finding says why. */
  readonly plain: Buffer | null
  readonly end: number
}

/** A part of a file in memory, moved forward as it is read; or bytes that are there already. */
class Window {
  readonly #file: number
  readonly size: number
  #bytes: Buffer
  #start = 0
  #length = 0

  constructor(source: number | Buffer) {
    this.#file = typeof source === 'number' ? source : -1
    this.size = typeof source === 'number' ? fstatSync(source).size : source.length
    this.#bytes = typeof source === 'number' ? Buffer.alloc(WINDOW_BYTES) : source
    if (typeof source !== 'number') this.#length = source.length
  }

  /** Bytes from `at` on; valid until the next call. The caller has compared with `size`. */
  slice(at: number, length: number): Buffer {
    if (at < this.#start || at + length > this.#start + this.#length) {
      if (length > this.#bytes.length) this.#bytes = Buffer.alloc(length)
      this.#start = at
      this.#length = 0
      const wanted = Math.min(this.#bytes.length, this.size - at)
      while (this.#length < wanted) {
        const read = readSync(this.#file, this.#bytes, this.#length, wanted - this.#length, at + this.#length)
        if (read === 0) break
        this.#length += read
      }
    }
    return this.#bytes.subarray(at - this.#start, at - this.#start + length)
  }
}

/** Unpacks one frame, or says why it cannot be: the checksum, zstd or the length is wrong. */
export function unpack(packed: Buffer, plainBytes: number, checksum: Buffer): Buffer | string {
  if (!sha256(packed).subarray(0, CHECKSUM_BYTES).equals(checksum)) {
    return 'its packed bytes do not have the checksum that stands before them'
  }
  let plain: Buffer
  try {
    // One chunk for the whole block, where node would join pieces of 16 kB; a hostile length gets no more.
    const chunkSize = Math.min(plainBytes, packed.length * 32) + 64
    plain = zstdDecompressSync(packed, { chunkSize, maxOutputLength: plainBytes + 1 })
  } catch {
    return 'its packed bytes are no zstd frame of the length that it says'
  }
  return plain.length === plainBytes ? plain : 'it is not as long as it says'
}

/** Opens a journal file to read. */
function openJournal(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place: path, problem: 'cannot be read', fix: 'name a run or a .journal file' },
      cause,
    )
  }
}

/**
 * The frames of a journal in order, one in memory at a time. What stops the reading is a finding at the block that
 * should have stood there; what came before is whole.
 *
 * @param source a file, or a journal's bytes
 * @param from where a frame begins, and the number of its block; the journal's head is checked at its start only
 * @throws VppError `invalid` when the file cannot be opened
 */
export function* readFrames(
  source: string | Buffer,
  findings: Findings,
  from = { at: 0, block: 1 },
): Generator<Frame> {
  if (typeof source !== 'string') return yield* framesOf(new Window(source), findings, from)
  const file = openJournal(source)
  try {
    yield* framesOf(new Window(file), findings, from)
  } finally {
    closeSync(file)
  }
}

/** Checks the head; where the first frame begins, or 0 when this is no journal. */
function firstFrame(window: Window, findings: Findings): number {
  const wrong = (problem: string): number => {
    findings.add(0, -1, problem)
    return 0
  }
  if (window.size < JOURNAL_HEAD_BYTES) return wrong('the file is too short for a journal')
  const head = window.slice(0, JOURNAL_HEAD_BYTES)
  if (head.readUInt32LE(0) !== JOURNAL) return wrong('the file does not begin as a journal')
  const format = head.readUInt32LE(4)
  return format === FORMAT ? JOURNAL_HEAD_BYTES : wrong(`the journal has format ${format}, not ${FORMAT}`)
}

function* framesOf(
  window: Window,
  findings: Findings,
  from: { at: number; block: number },
): Generator<Frame> {
  const { size } = window
  let at = from.at === 0 ? firstFrame(window, findings) : from.at
  if (at === 0) return
  for (let { block } = from; at < size; block++) {
    const left = size - at - FRAME_HEAD_BYTES
    if (left < 0) return findings.add(block, -1, `the file ends inside its frame’s head, at byte ${size}`)
    const frame = window.slice(at, FRAME_HEAD_BYTES)
    const packedBytes = frame.readUInt32LE(0)
    const plainBytes = frame.readUInt32LE(4)
    const checksum = Buffer.from(frame.subarray(8, FRAME_HEAD_BYTES))
    if (packedBytes > MOST_BLOCK_BYTES || plainBytes > MOST_BLOCK_BYTES || packedBytes === 0) {
      return findings.add(block, -1, `its frame at byte ${at} has an impossible length`)
    }
    if (packedBytes > left) return findings.add(block, -1, `the file ends inside its frame, at byte ${size}`)
    at += FRAME_HEAD_BYTES
    const plain = unpack(window.slice(at, packedBytes), plainBytes, checksum)
    at += packedBytes
    // The next frame begins where this one says that it ends: damage inside one does not hide the others.
    if (typeof plain === 'string') findings.add(block, -1, plain)
    yield { plain: typeof plain === 'string' ? null : plain, end: at }
  }
}
