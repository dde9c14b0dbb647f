import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import type { ChildOptions } from './durable-child.ts'

/** One call of the operating system that changed a file, or a line on standard output. */
export type DiskEvent =
  | { readonly call: 'open'; readonly path: string; readonly fd: number; readonly creates: boolean }
  | { readonly call: 'write'; readonly fd: number; readonly at: number; readonly bytes: Buffer }
  | { readonly call: 'sync'; readonly fd: number; readonly failed: boolean }
  | { readonly call: 'truncate'; readonly fd: number; readonly length: number }
  | { readonly call: 'unlink'; readonly path: string }
  | { readonly call: 'rename'; readonly path: string; readonly to: string }
  | { readonly call: 'told'; readonly line: string }

const HAS_STRACE = spawnSync('strace', ['-V']).status === 0

/** A test that records or injects with strace: listed as not run without it, but in CI it fails. */
export const testWithStrace = test.skipIf(!HAS_STRACE && process.env.CI === undefined)

export const CHILD = join(import.meta.dirname, 'durable-child.ts')
const CALLS = ['openat', 'pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'rename']

/** Runs the child to the trace's transaction `last` and tells its lines. */
export function runChild(
  path: string,
  last: number,
  options: ChildOptions,
  strace: readonly string[] = [],
): { lines: string[]; stderr: string } {
  const node = [process.execPath, CHILD, path, String(last), JSON.stringify(options)]
  const [program, ...args] = strace.length === 0 ? node : ['strace', ...strace, ...node]
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  return { lines: done.stdout.split('\n').filter((line) => line !== ''), stderr: done.stderr }
}

/** Everything that the child did to the disk and told, in its order. SQLite works on the main thread. */
export function recordChild(
  path: string,
  last: number,
  options: ChildOptions,
  log: string,
  inject: readonly string[] = [],
): DiskEvent[] {
  const strace = ['-xx', '-s', '100000000', '-o', log, '-e', `trace=${CALLS.join(',')}`, '-e', 'signal=none']
  const { stderr } = runChild(path, last, options, [...strace, ...inject])
  const text = readFileSync(log, 'latin1')
  const events = text.split('\n').flatMap((line) => parse(line) ?? [])
  if (events.length === 0) throw new Error(`strace recorded nothing: ${stderr}`)
  return events
}

const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')

/** An event of a line of the log; other calls, and calls other than syncs that failed, are none. */
function parse(line: string): DiskEvent | null {
  const found = /^(\w+)\((.*)\) += (-?\d+)/.exec(line)
  if (found === null) return null
  const [, call, text, answer] = found
  if (answer.startsWith('-') && !call.endsWith('sync')) return null
  const args = text.split(', ')
  const path = (at: number) => unhex(args[at].slice(1, -1)).toString()
  switch (call) {
    case 'openat':
      return { call: 'open', path: path(1), fd: Number(answer), creates: args[2].includes('O_CREAT') }
    case 'pwrite64':
      return {
        call: 'write',
        fd: Number(args[0]),
        at: Number(args[3]),
        bytes: unhex(args[1].slice(1, -1)).subarray(0, Number(answer)),
      }
    case 'write':
      return args[0] === '1' ? { call: 'told', line: path(1).trim() } : null
    case 'fsync':
    case 'fdatasync':
      return { call: 'sync', fd: Number(args[0]), failed: answer.startsWith('-1') }
    case 'ftruncate':
      return { call: 'truncate', fd: Number(args[0]), length: Number(args[1]) }
    case 'unlink':
      return { call: 'unlink', path: path(0) }
    case 'rename':
      return { call: 'rename', path: path(0), to: path(1) }
    default:
      return null
  }
}
