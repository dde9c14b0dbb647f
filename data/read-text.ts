import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { VppError } from './errors.ts'

const CHUNK_BYTES = 1 << 20

/**
 * Reads a text file in pieces of a mebibyte, UTF-8, its byte order mark left out.
 * @param shown what messages call it
 * @returns SHA-256 of the bytes, hex
 * @throws VppError('invalid') when it cannot be read or is not text in UTF-8
 */
export function readTextInPieces(
  path: string,
  shown: string,
  take: (piece: string) => void,
  missingFix: string,
): string {
  const fail = (problem: string, fix: string, cause: unknown): never => {
    throw new VppError('invalid', { place: shown, problem, fix }, cause)
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const digest = createHash('sha256')
  const buffer = new Uint8Array(CHUNK_BYTES)
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    return fail('cannot be read', missingFix, cause)
  }
  try {
    for (;;) {
      let length: number
      try {
        length = readSync(file, buffer, 0, CHUNK_BYTES, null)
      } catch (cause) {
        return fail('cannot be read', missingFix, cause)
      }
      digest.update(buffer.subarray(0, length))
      let piece: string
      try {
        piece = decoder.decode(buffer.subarray(0, length), { stream: length > 0 })
      } catch (cause) {
        return fail('is not text in UTF-8', 'save it as UTF-8: is it a spreadsheet or an archive?', cause)
      }
      take(piece)
      if (length === 0) return digest.digest('hex')
    }
  } finally {
    closeSync(file)
  }
}

/** The same for a file that is small enough to be held. */
export function readTextFile(
  path: string,
  shown: string,
  missingFix: string,
): { text: string; sha256: string } {
  const pieces: string[] = []
  const sha256 = readTextInPieces(path, shown, (piece) => pieces.push(piece), missingFix)
  return { text: pieces.join(''), sha256 }
}
