import { join } from 'node:path'
import { VIABILITY_FILES } from '../../data/viability-files.ts'
import { writeWhole } from '../write-whole.ts'
import { renderViability } from './render.ts'
import type { ViabilityInput } from './section.ts'

/** What a person can do where a file of the report cannot be written. */
export const WRITE_FIX = 'free space, make the folder writable, or choose another with --out'

/**
 * Writes `viability.json` and `viability.html` into a folder, each whole or not at all.
 * @returns path of the report
 * @throws VppError where the folder cannot be written
 */
export function writeViability(dir: string, input: ViabilityInput): string {
  const report = join(dir, VIABILITY_FILES.report)
  writeWhole(join(dir, VIABILITY_FILES.data), `${JSON.stringify(input.viability, null, 1)}\n`, WRITE_FIX)
  writeWhole(report, renderViability(input), WRITE_FIX)
  return report
}
