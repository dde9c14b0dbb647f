import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, RUN_FILES } from '../../data/run-files.ts'
import { removeLeftovers, writeDurably, writeThenSync } from './durable-file.ts'
import { readRecord, type RunRecord, recordText } from './record.ts'

/** Folder below `--out` that holds the records of all batches. */
const STORE = '.results'

/** The first two digits of a key's hash: folders stay small. */
const partOf = (key: string): string => key.slice(-12, -10)

/**
 * Records by key, shared by every sweep that writes to the same folder: what is there is never computed again.
 * What `vpp run` did in full counts too.
 */
export class ResultStore {
  readonly outDir: string
  readonly #folder: string

  /** @param folder for records of other figures than key figures: a key says what was run, not what was kept of it */
  constructor(outDir: string, folder = STORE) {
    this.outDir = outDir
    this.#folder = folder
  }

  pathOf(key: string): string {
    return join(this.outDir, this.#folder, partOf(key), `${key}.json`)
  }

  /** The record of a key; undefined when there is none or a damaged one. */
  read(key: string): RunRecord | undefined {
    const path = this.pathOf(key)
    if (existsSync(path)) {
      const record = readRecord(readFileSync(path, 'utf8'), key)
      if (record !== undefined) return record
    }
    if (this.#folder !== STORE) return undefined
    return fromRunFolder(join(this.outDir, key), key)
  }

  /** Keeps a record; its file appears when it is whole and on the disk. */
  write(record: RunRecord): void {
    writeDurably(this.#roomFor(record), recordText(record))
  }

  /** The same; whoever reads has it at once, and it is on the disk when the promise is kept. */
  add(record: RunRecord): Promise<void> {
    return writeThenSync(this.#roomFor(record), recordText(record))
  }

  #roomFor(record: RunRecord): string {
    const path = this.pathOf(record.key)
    mkdirSync(join(this.outDir, this.#folder, partOf(record.key)), { recursive: true })
    return path
  }

  /** Clears what killed processes left. */
  removeLeftovers(): void {
    const root = join(this.outDir, this.#folder)
    if (!existsSync(root)) return
    for (const part of readdirSync(root)) removeLeftovers(join(root, part))
  }
}

interface KpiFile {
  readonly simulatedDays: number
  readonly kpis: readonly { readonly id: string; readonly value: number | null }[]
}

/** The record that a finished run folder amounts to; its `kpi.json` must be as the run wrote it. */
function fromRunFolder(dir: string, key: string): RunRecord | undefined {
  const manifestPath = join(dir, RUN_FILES.manifest)
  if (!existsSync(manifestPath)) return undefined
  try {
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest
    const bytes = readFileSync(join(dir, RUN_FILES.kpi))
    const whole = hash('sha256', bytes, 'hex') === manifest.files[RUN_FILES.kpi]
    if (!whole || !manifest.complete || manifest.runId !== key) return undefined
    const { simulatedDays, kpis } = JSON.parse(bytes.toString('utf8')) as KpiFile
    const { version, seed } = manifest
    const figures = Object.fromEntries(kpis.map(({ id, value }) => [id, value]))
    return { format: 1, key, version, seed, simulatedDays, figures }
  } catch {
    // A folder that cannot be read is no result; the run is computed.
    return undefined
  }
}
