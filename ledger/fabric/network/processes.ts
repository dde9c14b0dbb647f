import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VppError } from '../../../data/errors.ts'

/** A process that the network started. A number is given again to others, so its start time belongs to its name. */
export interface Started {
  readonly pid: number
  readonly startedAt: string
}

const FILE = 'processes.json'

/** When a process began, in the system's own words; null when there is none of that number (or only its remains). */
export function startOf(pid: number): string | null {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The program's name may hold spaces and brackets; the fields begin behind the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : fields[19]
    } catch {
      return null
    }
  }
  const done = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return done.status === 0 && done.stdout.trim() !== '' ? done.stdout.trim() : null
}

export const isRunning = ({ pid, startedAt }: Started): boolean => startOf(pid) === startedAt

/** What the network started, by name; kept in its folder. */
export class Processes {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  all(): Record<string, Started> {
    const path = join(this.#dir, FILE)
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Started>) : {}
  }

  get(name: string): Started | null {
    const one = this.all()[name]
    return one !== undefined && isRunning(one) ? one : null
  }

  #save(all: Record<string, Started>): void {
    const path = join(this.#dir, FILE)
    writeFileSync(`${path}.new`, `${JSON.stringify(all, null, 1)}\n`)
    renameSync(`${path}.new`, path)
  }

  /** Starts a program that outlives this one; what it says goes to `<name>.log` in `logs`. */
  start(
    name: string,
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    cwd: string,
  ): Started {
    const running = this.get(name)
    if (running !== null) return running
    const log = openSync(this.logOf(name), 'a')
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', log, log] })
    closeSync(log)
    child.unref()
    const { pid } = child
    const startedAt = pid === undefined ? null : startOf(pid)
    if (pid === undefined || startedAt === null) {
      throw new VppError('failure', {
        place: name,
        problem: `${program} did not start`,
        fix: `see ${this.logOf(name)}`,
      })
    }
    const started = { pid, startedAt }
    this.#save({ ...this.all(), [name]: started })
    return started
  }

  logOf(name: string): string {
    return join(this.#dir, 'logs', `${name}.log`)
  }

  /** Ends processes, only its own: politely, after ten seconds by force. Returns when none of them runs. */
  async stop(names: readonly string[] = Object.keys(this.all())): Promise<void> {
    const all = this.all()
    const ending = names.flatMap((name) =>
      all[name] !== undefined && isRunning(all[name]) ? [all[name]] : [],
    )
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const one of ending.filter(isRunning)) {
        // A process that is stopped (SIGSTOP) gets no SIGTERM before it goes on.
        process.kill(one.pid, 'SIGCONT')
        process.kill(one.pid, signal)
      }
      for (let left = 200; left > 0 && ending.some(isRunning); left--) await sleep(50)
    }
    const now = this.all()
    for (const name of names) delete now[name]
    this.#save(now)
  }
}

/** Does something accept connections at this port of this machine? */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** Waits until `ready` says so; what it throws last is the reason why it never did. */
export async function waitFor(
  what: string,
  seconds: number,
  ready: () => Promise<boolean> | boolean,
): Promise<void> {
  const until = performance.now() + seconds * 1000
  let why: unknown
  for (let pause = 50; performance.now() < until; pause = Math.min(500, pause * 1.5)) {
    try {
      if (await ready()) return
    } catch (cause) {
      why = cause
    }
    await sleep(pause)
  }
  const said = why instanceof Error ? `: ${why.message}` : ''
  throw new VppError(
    'failure',
    { place: what, problem: `did not answer within ${seconds} s${said}`, fix: 'see `vpp fabric logs`' },
    why,
  )
}
