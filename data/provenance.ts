import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { VppError } from './errors.ts'

/** What stands beside a file that `vpp data import` wrote, in `<file>.provenance.json`. */
export interface Provenance {
  readonly format: 1
  /** Of the file beside it, hex. */
  readonly sha256: string
  /** The file that was imported: its name, SHA-256 and format, and what settled what it did not say. */
  readonly imported: {
    readonly name: string
    readonly sha256: string
    readonly format: string
    readonly options: Readonly<Record<string, string | number | boolean>>
    /** Set of the catalogue that it belongs to; null: none. */
    readonly set: string | null
  }
  readonly source: string
  readonly licence: string
  readonly attribution: string
  /** ODbL: this file may be passed on under the same licence only, with its attribution. */
  readonly shareAlike: boolean
  /** Clock of the labels in the imported file. The file written is in UTC, by the interval's start. */
  readonly clock: { readonly labels: string; readonly timeZone: string }
  readonly startUtc: string
  readonly stepSeconds: number
  readonly count: number
  /** Σ of each energy column, kWh as an exact decimal. */
  readonly energyKwh: Readonly<Record<string, string>>
  /** What was found and done, a sentence each. */
  readonly notes: readonly string[]
}

export const provenancePath = (path: string): string => `${path}.provenance.json`

/**
 * The provenance beside a file; null when it has none.
 * @throws VppError('invalid') when the file is not the one that was imported any more
 */
export function readProvenance(path: string, sha256: string): Provenance | null {
  const beside = provenancePath(path)
  if (!existsSync(beside)) return null
  const place = basename(beside)
  let found: Provenance
  try {
    found = JSON.parse(readFileSync(beside, 'utf8')) as Provenance
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place, problem: 'is no valid JSON', fix: 'import the file again, or remove it' },
      cause,
    )
  }
  if (found.sha256 !== sha256) {
    throw new VppError('invalid', {
      place: basename(path),
      problem: `was changed after it was imported: its SHA-256 is ${sha256.slice(0, 12)}…, ${place} says ${found.sha256}…`,
      fix: `import it again, or remove ${place} and say yourself where it is from`,
    })
  }
  return found
}
