import { resolve } from 'node:path'
import { type LedgerName, ledgerName } from '../chaincode/keys.ts'
import { type Connection, readConnection } from '../client/connection.ts'
import { contractVersions } from '../client/versions.ts'
import { DEFAULT_OPTIONS } from '../network/plan.ts'
import { down } from '../network/state.ts'
import { up } from '../network/up.ts'
import { type Usage, usageOf } from './usage.ts'
import { Bare, inFlight, Panels, type Times } from './workload.ts'

const BARE_MAIN = resolve(import.meta.dirname, 'bare-main.ts')
/** A tick of a community: its panels' lots in one transaction; several communities at once. */
const LOTS = 1000
const COMMUNITIES = 8
/** Ticks that a community mints before its intervals are closed. */
const TICKS = 3
const LOTS_PER_KEY = 100
const SINGLE_IN_FLIGHT = 128
const SINGLES = 512
const BURSTS = 12

/** One kind of load, ours beside the contract that checks nothing, in turns. */
export interface Measured {
  readonly name: string
  readonly unit: string
  readonly ours: readonly number[]
  readonly bare: readonly number[]
  /** Ours, milliseconds from sending to committed. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number }
}

export interface BenchResult {
  readonly packed: Measured
  readonly single: Measured
  readonly burstMs: readonly number[]
  readonly retries: Readonly<Record<string, number>>
  /** CPU seconds for 1,000 packed lots, and memory at the end, by process. */
  readonly usage: Readonly<Record<string, Usage>>
}

const quantile = (list: readonly number[], part: number): number => {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}
export const median = (list: readonly number[]): number => quantile(list, 0.5)
const latency = (list: readonly number[]) => ({
  p50: quantile(list, 0.5),
  p95: quantile(list, 0.95),
  p99: quantile(list, 0.99),
})
const named = (text: string): LedgerName => ledgerName(text) as LedgerName

/**
 * Measures a network of its own in `dir`, and ends it. Both contracts run in the same chaincode process on the same
 * network and take turns, so that whatever else the machine does meets both; the first turns, in which Node still
 * compiles, don't count.
 */
export async function bench(
  options: { dir: string; binaries?: string; rounds: number },
  say: (text: string) => void,
): Promise<BenchResult> {
  const chaincodeMain = Object.fromEntries(DEFAULT_OPTIONS.organisations.map((name) => [name, BARE_MAIN]))
  const { binaries } = options
  const network = await up({
    ...DEFAULT_OPTIONS,
    dir: options.dir,
    chaincodeMain,
    say,
    ...(binaries === undefined ? {} : { binaries }),
  })
  try {
    const connection = readConnection(network.files.connection)
    await contractVersions(connection, 60)
    const bare = new Bare(connection)
    say('packed transactions')
    const packed = await measurePacked(connection, bare, options.rounds, () => usageOf(network.processes))
    say('single-lot transactions')
    const single = await measureSingle(connection, bare, options.rounds)
    say('the burst of a tick')
    const burstMs = await measureBurst(connection)
    bare.close()
    return { packed: packed.measured, single, burstMs, retries: packed.retries, usage: packed.usage }
  } finally {
    await down(options.dir, true)
  }
}

async function measurePacked(
  connection: Connection,
  bare: Bare,
  rounds: number,
  usage: () => Record<string, Usage>,
) {
  const communities: Panels[] = []
  for (let at = 0; at < COMMUNITIES; at++) {
    communities.push(await Panels.open(connection, named(`packed-${at}`), LOTS, 1))
  }
  const lots = COMMUNITIES * TICKS * LOTS
  let tick = 0
  const oursTurn = async (): Promise<Times> => {
    const first = tick
    tick += TICKS
    const times = await Promise.all(
      communities.map((one) => inFlight(TICKS, 1, (at) => one.mint(0, LOTS, first + at))),
    )
    return {
      seconds: Math.max(...times.map(({ seconds }) => seconds)),
      latencyMs: times.flatMap(({ latencyMs }) => latencyMs),
    }
  }
  const bareTurn = () => inFlight(COMMUNITIES * TICKS, COMMUNITIES, () => bare.mint(LOTS, LOTS_PER_KEY))
  const ours: number[] = []
  const theirs: number[] = []
  const latencyMs: number[] = []
  const spent: Record<string, number> = {}
  for (let round = -4; round < rounds; round++) {
    const before = usage()
    const turn = await oursTurn()
    const after = usage()
    const { seconds } = await bareTurn()
    await Promise.all(communities.map((one) => one.close(0, LOTS, tick - 1)))
    if (round < 0) continue
    ours.push(lots / turn.seconds)
    theirs.push(lots / seconds)
    latencyMs.push(...turn.latencyMs)
    for (const [name, { cpuSeconds }] of Object.entries(after)) {
      spent[name] = (spent[name] ?? 0) + cpuSeconds - (before[name]?.cpuSeconds ?? 0)
    }
  }
  const retries: Record<string, number> = {}
  for (const { submitter } of communities) {
    for (const [why, count] of Object.entries(submitter.retries)) retries[why] = (retries[why] ?? 0) + count
    submitter.close()
  }
  const end = usage()
  const perThousand = Object.entries(spent).map(([name, seconds]) => [
    name,
    { cpuSeconds: (seconds / (lots * rounds)) * 1000, memoryMb: end[name].memoryMb },
  ])
  const measured: Measured = {
    name: 'packed',
    unit: 'lots/s',
    ours,
    bare: theirs,
    latencyMs: latency(latencyMs),
  }
  return { measured, retries, usage: Object.fromEntries(perThousand) as Record<string, Usage> }
}

async function measureSingle(connection: Connection, bare: Bare, rounds: number): Promise<Measured> {
  const panels = await Panels.open(connection, named('single~1'), SINGLES, SINGLE_IN_FLIGHT)
  const ours: number[] = []
  const theirs: number[] = []
  const latencyMs: number[] = []
  for (let round = -1; round < rounds; round++) {
    const turn = await inFlight(SINGLES, SINGLE_IN_FLIGHT, (at) => panels.mint(at, 1, round + 1))
    const { seconds } = await inFlight(SINGLES, SINGLE_IN_FLIGHT, () => bare.mint(1, 1))
    if (round < 0) continue
    ours.push(SINGLES / turn.seconds)
    theirs.push(SINGLES / seconds)
    latencyMs.push(...turn.latencyMs)
  }
  panels.submitter.close()
  return { name: 'single', unit: 'transactions/s', ours, bare: theirs, latencyMs: latency(latencyMs) }
}

/** Milliseconds from a tick's meter readings to its 1,000 lots being committed, one tick after the other. */
async function measureBurst(connection: Connection): Promise<number[]> {
  const panels = await Panels.open(connection, named('burst'), LOTS, 1)
  const times: number[] = []
  for (let tick = 0; tick < BURSTS; tick++) {
    const { latencyMs } = await inFlight(1, 1, () => panels.mint(0, LOTS, tick))
    times.push(...latencyMs)
    await panels.close(0, LOTS, tick)
  }
  panels.submitter.close()
  return times
}
