import { hash } from 'node:crypto'

/**
 * What is kept of one run of a batch: its key figures, under the key that scenario, data and version give. The
 * bytes depend on nothing else, so that whoever computes it, anywhere, writes the same.
 */
export interface RunRecord {
  readonly format: 1
  /** `<scenario>-<hash>`, as `vpp run` names its folder. */
  readonly key: string
  readonly version: string
  readonly seed: number
  readonly simulatedDays: number
  readonly figures: Readonly<Record<string, number | null>>
}

/** One line of JSON and one with its SHA-256: a torn or changed file is known by itself. */
export function recordText(record: RunRecord): string {
  const body = JSON.stringify(record)
  return `${body}\n${hash('sha256', body, 'hex')}\n`
}

/** The record of this key that a text holds; undefined when it is torn, changed or another. */
export function readRecord(text: string, key: string): RunRecord | undefined {
  const [body, sha256, end] = text.split('\n')
  if (end !== '' || hash('sha256', body, 'hex') !== sha256) return undefined
  const record = JSON.parse(body) as RunRecord
  return record.format === 1 && record.key === key ? record : undefined
}
