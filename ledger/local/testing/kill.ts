import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { streamFor } from '../../../data/random.ts'
import type { ChildOptions } from './durable-child.ts'
import { type Reference, reopen } from './reopen.ts'
import { CHILD } from './strace.ts'

const OPTIONS: ChildOptions = {
  operationsPerBlock: 100,
  operationsPerSnapshot: 1500,
  checkpointBytes: 400_000,
  mostPerCommit: 50,
}
/** A ledger is begun anew after so many kills, so that replaying it stays short. */
const KILLS_PER_LEDGER = 25

export interface KillResult {
  kills: number
  /** Kills before the ledger was open: while it was made, recovered or replayed. */
  whileOpening: number
  acknowledged: number
  /** Transactions that were found though nobody had been told: allowed. */
  notTold: number
}

/**
 * Kills a process that writes a durable ledger, `kills` times, at random moments, with SIGKILL. Each
 * next process goes on from what the one before left, and must find every transaction that this one
 * acknowledged, in the state of the trace; every 25th time the file is opened here and held to all
 * promises.
 *
 * @param store file of the ledger, not there yet
 * @throws Error where a promise is broken
 */
export async function killUnderLoad(
  kills: number,
  store: string,
  reference: Reference,
  lane: number,
): Promise<KillResult> {
  const random = streamFor(1, 'kill', lane)
  const result: KillResult = { kills: 0, whileOpening: 0, acknowledged: 0, notTold: 0 }
  let acknowledged = 0
  for (let kill = 1; kill <= kills; kill++) {
    const delayMs = random.uniform() ** 2 * 120
    const lines = await runAndKill(store, random.uniform() < 0.7 ? 'acknowledged' : 'start', delayMs)
    result.kills++
    const told = lines.map((line) => line.split(' '))
    const [opened] = told
    if (opened === undefined) result.whileOpening++
    else {
      const [what, count, state] = opened
      const found = Number(count)
      if (what !== 'opened') throw new Error(`the ledger did not open: ${lines[0]}`)
      if (found < acknowledged) throw new Error(`${acknowledged} were acknowledged, ${found} are there`)
      if (state !== reference.stateAfter(found)) throw new Error(`another state after ${found} transactions`)
      result.notTold += found - acknowledged
      acknowledged = found
    }
    for (const [what, count] of told) {
      if (what !== 'opened' && what !== 'acknowledged') throw new Error(`the child said ${what}`)
      result.acknowledged += Number(count) - acknowledged
      acknowledged = Number(count)
    }
    if (kill % KILLS_PER_LEDGER === 0 || kill === kills) {
      const found = reopen(store, reference, acknowledged)
      result.notTold += found.transactions - acknowledged
      for (const name of [store, `${store}-wal`]) rmSync(name, { force: true })
      acknowledged = 0
    }
  }
  return result
}

/** Whole lines that the child told before it was killed, `delayMs` after its start or first acknowledgement. */
function runAndKill(store: string, after: 'start' | 'acknowledged', delayMs: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, store, '1000000000', JSON.stringify(OPTIONS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    let timer: NodeJS.Timeout | null = null
    const killSoon = (ms: number) => {
      timer ??= setTimeout(() => child.kill('SIGKILL'), ms)
    }
    // From its start the process needs about 200 ms until the ledger is open.
    if (after === 'start') killSoon(100 + delayMs * 2)
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('acknowledged')) killSoon(delayMs)
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      const lines = text.split('\n').slice(0, -1)
      if (signal === 'SIGKILL') resolve(lines)
      else reject(new Error(`the child ended by itself: ${text.slice(-500)}`))
    })
  })
}
