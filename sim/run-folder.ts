import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { VppError } from '../data/errors.ts'
import { type Manifest, RUN_FILES } from '../data/run-files.ts'

/** A journal of a large community is longer than memory. */
const CHUNK_BYTES = 1 << 20

function sha256File(path: string): string {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  const file = openSync(path, 'r')
  try {
    for (let read; (read = readSync(file, chunk)) > 0;) hash.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** SHA-256 of every file below a folder, by name relative to it, sorted; the manifest is left out. */
export function hashFiles(dir: string): Record<string, string> {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((name) => name !== RUN_FILES.manifest && name !== RUN_FILES.report)
    .toSorted()
  return Object.fromEntries(names.map((name) => [name, sha256File(join(dir, name))]))
}

/** Does a process of this number run? What a killed run left behind is cleared by the next. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Makes a folder and those above it, one by one: `recursive` never returns where none can be made (`/proc`). */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return
  makeFolder(dirname(resolve(dir)))
  try {
    mkdirSync(dir)
  } catch (error) {
    // Another run may have been faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** A folder to write a run into; it gets its name only when the run is whole. */
export function openScratch(outDir: string, runId: string): string {
  const scratch = join(outDir, `.${runId}.${process.pid}`)
  try {
    makeFolder(outDir)
    for (const name of readdirSync(outDir)) {
      const [, pid] = name.startsWith(`.${runId}.`) ? name.split(`.${runId}.`) : []
      if (pid !== undefined && !isAlive(Number(pid)))
        rmSync(join(outDir, name), { recursive: true, force: true })
    }
    mkdirSync(scratch)
  } catch (cause) {
    throw new VppError(
      'failure',
      {
        place: outDir,
        problem: `cannot be written: ${(cause as Error).message}`,
        fix: 'choose another folder with --out',
      },
      cause,
    )
  }
  return scratch
}

export function writeManifest(dir: string, manifest: Manifest): void {
  writeFileSync(join(dir, RUN_FILES.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
}

/**
 * Gives a finished folder its name; a partial run replaces an earlier partial one. Where the same run
 * was finished meanwhile by another process, that one stands and ours is dropped.
 */
export function publish(scratch: string, dir: string, runId: string, replace: boolean): void {
  if (replace) rmSync(dir, { recursive: true, force: true })
  else if (holdsRun(dir, runId)) return rmSync(scratch, { recursive: true, force: true })
  renameSync(scratch, dir)
}

export function readManifest(dir: string): Manifest {
  const path = join(dir, RUN_FILES.manifest)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest
  } catch (cause) {
    throw new VppError(
      'invalid',
      {
        place: dir,
        problem: `is no run: ${RUN_FILES.manifest} cannot be read`,
        fix: 'name a folder that `vpp run` wrote',
      },
      cause,
    )
  }
}

/**
 * Looks at the folder of a run that may have been done before: false when there is none, true when it
 * holds exactly this run and every file has its recorded hash.
 * @throws VppError when something else, or something damaged, is in its place
 */
export function holdsRun(dir: string, runId: string): boolean {
  if (!existsSync(dir)) return false
  const fix = `remove ${dir} or choose another folder with --out`
  let manifest: Manifest
  try {
    manifest = readManifest(dir)
  } catch (cause) {
    throw new VppError('failure', { place: dir, problem: 'is in the way and is no run', fix }, cause)
  }
  if (manifest.runId !== runId) {
    throw new VppError('failure', { place: dir, problem: `holds another run, ${manifest.runId}`, fix })
  }
  for (const [name, sha256] of Object.entries(manifest.files)) {
    const path = join(dir, name)
    if (!existsSync(path) || sha256File(path) !== sha256) {
      throw new VppError('failure', {
        place: path,
        problem: existsSync(path) ? 'was changed since the run wrote it' : 'is missing',
        fix,
      })
    }
  }
  return true
}
