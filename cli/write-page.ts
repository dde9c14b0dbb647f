import { writeFileSync } from 'node:fs'
import { VppError } from '../data/errors.ts'

/**
 * Writes a page to the file that --out names, a device too.
 * @throws VppError when it cannot be written
 */
export function writePage(path: string, html: string): void {
  try {
    writeFileSync(path, html)
  } catch (cause) {
    throw new VppError(
      'failure',
      {
        place: path,
        problem: `cannot be written: ${(cause as Error).message}`,
        fix: 'choose another file with --out',
      },
      cause,
    )
  }
}
