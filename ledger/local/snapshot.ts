import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { WordReader, WordWriter } from '../contract/word-stream.ts'
import { sha256 } from './block.ts'
import type { LocalLedger } from './ledger.ts'

/** A ledger's state at the end of a block, and the hash that tells whether its bytes are sound. */
export interface Snapshot {
  readonly block: number
  /** What `LocalLedger.write` wrote, as one zstd frame. */
  readonly state: Uint8Array
  /** SHA-256 of `state`. */
  readonly sha256: Uint8Array
}

/** Writes down a ledger whose last block is sealed. */
export function takeSnapshot(ledger: LocalLedger): Snapshot {
  const out = new WordWriter()
  ledger.write(out)
  const state = zstdCompressSync(out.bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
  return { block: ledger.blocks, state, sha256: sha256(state) }
}

/** Fills a new ledger; false, with the ledger as it was, when the snapshot's bytes are not sound. */
export function restoreSnapshot(ledger: LocalLedger, { state, sha256: told }: Snapshot): boolean {
  if (!sha256(state).equals(told)) return false
  // A copy, because what comes out of a file need not lie on a word.
  const bytes = new Uint8Array(zstdDecompressSync(state))
  ledger.read(new WordReader(new Int32Array(bytes.buffer)))
  return true
}
