/** One scenario, one text: what is hashed and what is kept with a run. */
import { createHash } from 'node:crypto'
import { stringify } from 'yaml'
import { assert } from '../data/errors.ts'
import type { Scenario } from './schema.ts'

/**
 * JSON with sorted keys and no spaces, so that equal values have equal bytes. Left-out and undefined
 * members are the same. Numbers must be finite.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') assert(Number.isFinite(value), `canonical JSON of ${value}`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}

/** SHA-256 of the canonical JSON, hex. */
export const canonicalHash = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex')

const HEADER = `# The scenario as it was run: checked, every default filled in, options of the command line applied.
# Equal runs have equal bytes here. It can be run itself; data files are named relative to the original.
`

/** The resolved scenario as YAML, fields in the schema's order; parsing it gives the same scenario. */
export const resolvedYaml = (scenario: Scenario): string =>
  HEADER + stringify(scenario, { lineWidth: 0, aliasDuplicateObjects: false })
