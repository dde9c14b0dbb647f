import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { VIABILITY_FILES } from '../../data/viability-files.ts'
import { renderViability } from './render.ts'
import type { ViabilityInput } from './section.ts'

/**
 * Writes `viability.json` and `viability.html` into a folder, each whole or not at all.
 * @returns path of the report
 * @throws VppError where the folder cannot be written
 */
export function writeViability(dir: string, input: ViabilityInput): string {
  const report = join(dir, VIABILITY_FILES.report)
  writeWhole(dir, join(dir, VIABILITY_FILES.data), `${JSON.stringify(input.viability, null, 1)}\n`)
  writeWhole(dir, report, renderViability(input))
  return report
}

export function writeWhole(dir: string, path: string, content: string | Uint8Array): void {
  const scratch = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dir, { recursive: true })
    writeFileSync(scratch, content)
    renameSync(scratch, path)
  } catch (cause) {
    rmSync(scratch, { force: true })
    throw new VppError(
      'failure',
      {
        place: path,
        problem: `cannot be written: ${(cause as Error).message}`,
        fix: 'free space, make the folder writable, or choose another with --out',
      },
      cause,
    )
  }
}
