/**
 * Power flows of SimBench's 44-bus feeder, 192 steps of its reference: ours and pandapower's on the same loads.
 *
 * `npm run bench:grid -- --python PATH` (or the variable BENCH_PYTHON) names a python3 that can import pandapower (and
 * numba, which it is faster with); without one only our side is measured, and the file is left as it is. Reads
 * ../shared/data/feeder-simbench-semiurb4; writes grid.md beside this file.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Connection } from '../data/grid/network.ts'
import { parseNetwork } from '../data/grid/network-file.ts'
import { LossShares } from '../models/grid/loss-shares.ts'
import { PowerFlow } from '../models/grid/power-flow.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'shared', 'data', 'feeder-simbench-semiurb4')
const REPEATS = 7
const ROUNDS = 100

const network = parseNetwork(readFileSync(join(FOLDER, 'network.json'), 'utf8'), 'network.json')
const lines = readFileSync(join(FOLDER, 'profiles_15min.csv'), 'utf8').trimEnd().split('\n')
const names = lines[0].split(',')
const steps = [
  ...Array.from({ length: 96 }, (_, at) => 1344 + at),
  ...Array.from({ length: 96 }, (_, at) => 18_720 + at),
]
const rows = steps.map((step) => lines[step + 1].split(','))

/** Loads of every step by bus, kW and kvar. */
const loads = rows.map((row) => {
  const kw = new Float64Array(network.buses.length)
  const kvar = new Float64Array(network.buses.length)
  const value = (column: string) => Number(row[names.indexOf(column)])
  const add = ({ bus, ratedKw, ratedKvar }: Connection, p: number, q: number) => {
    kw[bus] += ratedKw * p
    kvar[bus] += ratedKvar * q
  }
  for (const one of network.loads) add(one, value(`${one.profile}_pload`), value(`${one.profile}_qload`))
  for (const one of network.generators) add(one, -value(one.profile), 0)
  return { kw, kvar }
})

const flow = new PowerFlow(network)
const shares = new LossShares(flow)
const buses = Int32Array.from(network.buses.slice(1), (_, at) => at + 1)
const parts = new Float64Array(buses.length)

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]
/** Steps in a second. */
function speed(step: (at: number) => void): number {
  const rates = Array.from({ length: REPEATS + 2 }, () => {
    const start = performance.now()
    for (let round = 0; round < ROUNDS; round++) for (let at = 0; at < loads.length; at++) step(at)
    return (ROUNDS * loads.length * 1000) / (performance.now() - start)
  })
  // The first two are the compiler's.
  return median(rates.slice(2))
}

let iterations = 0
const alone = speed((at) => {
  if (!flow.solve(loads[at].kw, loads[at].kvar)) throw new Error(`no solution at step ${steps[at]}`)
  iterations = Math.max(iterations, flow.iterations)
})
const withShares = speed((at) => {
  flow.solve(loads[at].kw, loads[at].kvar)
  shares.add(buses, loads[at].kw.subarray(1), loads[at].kvar.subarray(1), parts)
})
const { values } = parseArgs({ options: { python: { type: 'string' } } })
const python = values.python ?? process.env.BENCH_PYTHON ?? 'python3'
const run = spawnSync(python, [join(import.meta.dirname, 'grid_pandapower.py')], {
  encoding: 'utf8',
  input: JSON.stringify({
    network: JSON.parse(readFileSync(join(FOLDER, 'network.json'), 'utf8')) as unknown,
    loads: loads.map(({ kw, kvar }) => [[...kw], [...kvar]]),
  }),
})
const round = (rate: number): string => Math.round(rate).toLocaleString('en-US')
console.log(`ours: ${round(alone)} steps/s, with loss shares ${round(withShares)}`)
if (run.status === 0) {
  const theirs = JSON.parse(run.stdout) as {
    version: string
    numba: boolean
    stepsPerSecond: number
    lastLossKw: number
  }
  const last = loads.at(-1)
  if (last !== undefined) flow.solve(last.kw, last.kvar)
  const table = `| | steps/s | |
|---|---|---|
| pandapower ${theirs.version}${theirs.numba ? ' with numba' : ''}, \`runpp\` recycled | ${round(theirs.stepsPerSecond)} | 1 × |
| ours, voltages, loadings, losses | ${round(alone)} | ${round(alone / theirs.stepsPerSecond)} × |
| ours, with loss shares of 43 buses | ${round(withShares)} | ${round(withShares / theirs.stepsPerSecond)} × |`
  console.log(table)
  writeFileSync(
    join(import.meta.dirname, 'grid.md'),
    `# Power flow of a 44-bus feeder: ours and pandapower

SimBench 1-LV-semiurb4--2-sw, the ${steps.length} steps of its reference, one core, both sides in one run; median of ${REPEATS} rounds of
ours. Written by \`bench/grid.ts\`.

${table}

At most ${iterations} iterations a step. Losses of the last step: ${flow.lossKw().toFixed(6)} kW ours, ${theirs.lastLossKw.toFixed(6)} kW pandapower's. Node
${process.versions.node}; ${cpus()[0].model.trim()}, shared.
`,
  )
} else console.error(`pandapower was not run by ${python}: ${run.stderr.trim().split('\n').at(-1) ?? ''}`)
