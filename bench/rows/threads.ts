import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Piscina } from 'piscina'
import { newKernelState } from '../../sim/kernel/kernel.ts'
import { compileLoop } from '../kernel/c-loop.ts'
import type { CommunityTask } from '../kernel/community.ts'
import { kernelYear, shared, writeInput } from '../kernel/input.ts'
import { agreement, deviation, totalsOf } from '../kernel/totals.ts'
import { median, type Row, type RowResult, short } from './row.ts'

const HOMES = 1000
const COMMUNITIES = 8
const ROUNDS = 9
const LEAST = 0.9

/** The same year as eight communities: what a second thread gains, ours and in C. */
export const threads: Row = {
  id: 'threads',
  title: 'Two threads, several communities',
  target: 'at least 0.9 × the gain of the C loop from its own two threads',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'vpp-bench-'))
    const filename = new URL('../kernel/community.ts', import.meta.url).href
    const pools = [1, 2].map((threadCount) => {
      return new Piscina<CommunityTask, void>({ filename, minThreads: threadCount, maxThreads: threadCount })
    })
    try {
      return await measureIn(folder, pools)
    } finally {
      for (const pool of pools) await pool.destroy()
      rmSync(folder, { recursive: true })
    }
  },
}

async function measureIn(folder: string, pools: Piscina<CommunityTask, void>[]): Promise<RowResult> {
  const loop = compileLoop('scalar', folder)
  if (loop === null)
    return { measured: 'not measured', reached: null, detail: 'There is no C compiler here (`CC`, gcc).' }
  const input = kernelYear(HOMES)
  const file = join(folder, 'input')
  writeInput(file, input)
  let totals: readonly number[] = []
  const ours = async (pool: Piscina<CommunityTask, void>) => {
    const state = newKernelState(input.homes, shared)
    const started = performance.now()
    await Promise.all(
      Array.from({ length: COMMUNITIES }, (_, at) => {
        const from = Math.floor((HOMES * at) / COMMUNITIES)
        return pool.run({ input, state, from, to: Math.floor((HOMES * (at + 1)) / COMMUNITIES) })
      }),
    )
    const seconds = (performance.now() - started) / 1000
    totals = totalsOf(state)
    return seconds
  }
  const theirs = async (threadCount: number) => await loop.run(file, COMMUNITIES, threadCount)
  // The first rounds are the compilers', one in each thread.
  for (const pool of pools) await ours(pool)
  for (const pool of pools) await ours(pool)
  const seconds = { ours: [[], []] as number[][], c: [[], []] as number[][] }
  let worst = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (const at of [0, 1]) {
      seconds.ours[at].push(await ours(pools[at]))
      const run = await theirs(at + 1)
      seconds.c[at].push(run.wallSeconds)
      worst = Math.max(worst, deviation(totals, run.totals))
    }
  }
  if (worst > 0) throw new Error(`the totals differ from those of C by ${worst}`)
  const gain = ([one, two]: number[][]) => median(one) / median(two)
  const [mine, c] = [gain(seconds.ours), gain(seconds.c)]
  const line = (name: string, [one, two]: number[][]) =>
    `| ${name} | ${median(one).toFixed(2)} s | ${median(two).toFixed(2)} s | ${short(median(one) / median(two))} × |`
  return {
    measured: `${short(mine / c)} × (${short(mine)} against ${short(c)})`,
    reached: mine / c >= LEAST,
    detail: `${COMMUNITIES} communities of ${HOMES / COMMUNITIES} homes, taken one by one from a queue; worker threads of one pool over shared memory, and pthreads.
${ROUNDS} rounds in turn, medians of the clock: other work on the machine takes from both gains. Totals ${agreement(worst)}.

| | one thread | two | gain |
|---|---|---|---|
${line('sim/kernel', seconds.ours)}
${line('C, scalar', seconds.c)}`,
  }
}
