import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { constants, zstdCompressSync } from 'node:zlib'

/**
 * A journal file: `VPPJ`, the format number, then groups of whole blocks. A group is the length of
 * its compressed bytes, the length of its plain bytes (two words), and one zstd frame.
 */
export const JOURNAL_MAGIC = 0x4a505056
export const JOURNAL_FORMAT = 1
const GROUP_BYTES = 1 << 20

/** Writes blocks to a new file; nothing may be there before. */
export class JournalWriter {
  readonly #file: number
  readonly #group = new Uint8Array(GROUP_BYTES * 2)
  #length = 0

  constructor(path: string) {
    this.#file = openSync(path, 'wx')
    writeSync(this.#file, new Uint8Array(new Int32Array([JOURNAL_MAGIC, JOURNAL_FORMAT]).buffer))
  }

  append(block: Uint8Array): void {
    if (this.#length + block.length > this.#group.length) this.#flush()
    if (block.length > this.#group.length) this.#write(block)
    else {
      this.#group.set(block, this.#length)
      this.#length += block.length
      if (this.#length >= GROUP_BYTES) this.#flush()
    }
  }

  #flush(): void {
    if (this.#length > 0) this.#write(this.#group.subarray(0, this.#length))
    this.#length = 0
  }

  #write(plain: Uint8Array): void {
    const packed = zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
    writeAll(this.#file, new Uint8Array(new Int32Array([packed.length, plain.length]).buffer))
    writeAll(this.#file, packed)
  }

  close(): void {
    this.#flush()
    fsyncSync(this.#file)
    closeSync(this.#file)
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  let at = 0
  while (at < bytes.length) at += writeSync(file, bytes, at)
}
