import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKernelState, runKernel } from '../../sim/kernel/kernel.ts'
import { compileLoop, type LoopRun } from '../kernel/c-loop.ts'
import { kernelYear, writeInput } from '../kernel/input.ts'
import { agreement, deviation, totalsOf } from '../kernel/totals.ts'
import { median, type Row, type RowResult, short } from './row.ts'

const HOMES = 1000
const ROUNDS = 9
const MOST = 1.2

/** Solar, battery, load, clearing and bills, a year of a thousand homes, on one thread: ours and the same loop in C. */
export const kernel: Row = {
  id: 'kernel',
  title: 'PV + battery + load + clearing, 1,000 homes × 105,120 steps, one thread, same totals as C',
  target: 'at most 1.2 × scalar C',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'vpp-bench-'))
    try {
      return await measureIn(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

async function measureIn(folder: string): Promise<RowResult> {
  const scalar = compileLoop('scalar', folder)
  const vector = compileLoop('vector', folder)
  if (scalar === null || vector === null)
    return { measured: 'not measured', reached: null, detail: 'There is no C compiler here (`CC`, gcc).' }
  const input = kernelYear(HOMES)
  const file = join(folder, 'input')
  writeInput(file, input)

  let totals: readonly number[] = []
  const ours = (): LoopRun => {
    const state = newKernelState(input.homes)
    const before = process.threadCpuUsage()
    const started = performance.now()
    runKernel(input, state)
    const wallSeconds = (performance.now() - started) / 1000
    const { user, system } = process.threadCpuUsage(before)
    totals = totalsOf(state)
    return { wallSeconds, cpuSeconds: (user + system) / 1e6, totals }
  }
  // The first two are the compiler's.
  ours()
  ours()
  const runs = { ours: [] as LoopRun[], scalar: [] as LoopRun[], vector: [] as LoopRun[] }
  for (let round = 0; round < ROUNDS; round++) {
    runs.ours.push(ours())
    runs.scalar.push(await scalar.run(file, 1, 1))
    runs.vector.push(await vector.run(file, 1, 1))
  }
  const cpu = (which: LoopRun[]) => median(which.map(({ cpuSeconds }) => cpuSeconds))
  const wall = (which: LoopRun[]) => median(which.map(({ wallSeconds }) => wallSeconds))
  const ratio = median(runs.ours.map(({ cpuSeconds }, round) => cpuSeconds / runs.scalar[round].cpuSeconds))
  const steps = HOMES * input.blocks[input.blocks.length - 1]
  const line = (name: string, which: LoopRun[]) =>
    `| ${name} | ${short((cpu(which) * 1e9) / steps)} | ${cpu(which).toFixed(2)} s | ${wall(which).toFixed(2)} s | ${short(cpu(which) / cpu(runs.scalar))} × |`
  const worst = deviation(totals, runs.scalar[0].totals)
  if (worst > 0) throw new Error(`the totals differ from those of C by ${worst}`)
  return {
    measured: `${short(ratio)} ×`,
    reached: ratio <= MOST,
    detail: `${scalar.compiler}. ${ROUNDS} rounds in turn, medians; the ratio is the median of the rounds', of processor time, for the
machine is shared.

| | ns per agent-step | processor | clock | |
|---|---|---|---|---|
${line('sim/kernel', runs.ours)}
${line(`C, \`${scalar.flags}\``, runs.scalar)}
${line(`C, homes in lanes, \`${vector.flags}\``, runs.vector)}

Twenty totals (energy, money, charge and health of all homes): sim/kernel and scalar C ${agreement(worst)}; the vectorised loop sums
in another order, ${agreement(deviation(totals, runs.vector[0].totals))}.`,
  }
}
