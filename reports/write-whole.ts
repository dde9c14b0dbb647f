import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { VppError } from '../data/errors.ts'

/**
 * Writes a file whole or not at all; its folder is made where it is missing.
 * @param fix what a person can do where it cannot be written
 * @throws VppError when it cannot be written
 */
export function writeWhole(path: string, content: string | Uint8Array, fix: string): void {
  const scratch = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(scratch, content)
    renameSync(scratch, path)
  } catch (cause) {
    rmSync(scratch, { force: true })
    throw new VppError(
      'failure',
      { place: path, problem: `cannot be written: ${(cause as Error).message}`, fix },
      cause,
    )
  }
}
