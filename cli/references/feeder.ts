import { join } from 'node:path'
import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import type { Connection, Network } from '../../data/grid/network.ts'
import { parseNetwork } from '../../data/grid/network-file.ts'
import { PowerFlow } from '../../models/grid/power-flow.ts'
import { filesMatching, readJson, readTable, readText, type Table } from './files.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'

const VOLTAGE_PU = 1e-5
const LOADING_POINTS = 0.1
/** Powers of the transformer, and losses: the files round to 1e-6 kW, voltages to 1e-8. */
const POWER_KW = 1e-3

const inputs = z.object({ tool: z.string(), trafo_model: z.string().default('t') })

/** Profile columns of the steps that are asked for, out of a file that holds a year. */
function profilesOf(dir: string, file: string, steps: Float64Array): Map<string, Float64Array> {
  const lines = readText(dir, file).split('\n')
  const names = lines[0].trimEnd().split(',')
  const at = names.indexOf('step')
  if (at < 0) throw invalid(`${file}:1`, 'has no column step', 'the layout is that of profiles_15min.csv')
  const rowOf = new Map<number, string>()
  const wanted = new Set(steps)
  for (const line of lines.slice(1)) {
    const step = Number(line.split(',', at + 1)[at])
    if (wanted.has(step)) rowOf.set(step, line)
  }
  const columns = new Map(names.map((name) => [name, new Float64Array(steps.length)]))
  for (const [row, step] of steps.entries()) {
    const line = rowOf.get(step)
    if (line === undefined) throw invalid(file, `has no step ${step}`, 'was it cut off?')
    for (const [column, cell] of line.trimEnd().split(',').entries())
      (columns.get(names[column]) ?? [])[row] = Number(cell)
  }
  return columns
}

const invalid = (place: string, problem: string, fix: string): VppError =>
  new VppError('invalid', { place, problem, fix })

/** Column that scales a connection; `P0`-like names have one for each of active and reactive power. */
function scale(
  profiles: Map<string, Float64Array>,
  file: string,
  { name, profile }: Connection,
  suffix: string,
) {
  const column = profiles.get(`${profile}${suffix}`) ?? profiles.get(profile)
  if (column !== undefined) return column
  throw invalid(
    file,
    `has no profile ${profile}${suffix}, which ${name} needs`,
    'is it the file of this network?',
  )
}

/** Power flow of every step, compared as it goes. */
class Comparison {
  readonly most = new Map<string, number>()

  see(quantity: string, ours: number, theirs: number): void {
    // What no source supplies has no value in either.
    if (Number.isNaN(theirs) && (Number.isNaN(ours) || ours === 0)) return
    const difference = Math.abs(ours - theirs)
    const before = this.most.get(quantity) ?? 0
    if (!(difference <= before)) this.most.set(quantity, difference)
    else this.most.set(quantity, before)
  }
}

function check(dir: string, name: string): Check[] {
  const folder = name.split('/')[0]
  const { tool, trafo_model: model } = readJson(dir, `${folder}/golden_inputs.json`, inputs)
  if (!model.startsWith('t'))
    throw invalid(`${folder}/golden_inputs.json`, `trafo_model is ${model}`, 'only the T model is known')
  const file = `${folder}/network.json`
  const text = readText(dir, file)
  const voltages = readTable(dir, `${name}_vm_pu.csv`)
  const loadings = readTable(dir, `${name}_line_loading_pct.csv`)
  const transformer = readTable(dir, `${name}_trafo.csv`)
  const steps = voltages.numbers('step')
  const profiles = profilesOf(dir, `${folder}/profiles_15min.csv`, steps)
  const read = (untypedTaps: 'ratio' | 'without effect') =>
    compare(parseNetwork(text, file, untypedTaps), steps, profiles, `${folder}/profiles_15min.csv`, [
      voltages,
      loadings,
      transformer,
    ])
  const seen = read('without effect')
  let note = ''
  let most = seen
  if (hasUntypedTap(parseNetwork(text, file), parseNetwork(text, file, 'without effect'))) {
    // The layout does not say which; a step is thousands of tolerances, so that one reading at most can pass.
    const other = read('ratio')
    const voltage = ({ most: values }: Comparison) => values.get('voltage') ?? Infinity
    if (voltage(other) < voltage(seen)) most = other
    note = most === other ? 'voltages, tap of no type as a ratio' : 'voltages, tap of no type left out'
  }
  const one = checksOf(name, tool)
  return [...most.most].map(([quantity, value]) => {
    const [title, unit, tolerance] = QUANTITIES[quantity]
    return one(quantity === 'voltage' && note !== '' ? note : title, unit, tolerance, value)
  })
}

const hasUntypedTap = (one: Network, other: Network): boolean =>
  one.transformers.some(({ tapSteps }, at) => tapSteps !== other.transformers[at].tapSteps)

const QUANTITIES: Record<string, [string, string, number]> = {
  voltage: ['voltages of all buses', 'p.u.', VOLTAGE_PU],
  line: ['line loadings', 'points', LOADING_POINTS],
  loss: ['losses of all lines', 'kW', POWER_KW],
  load_kw: ['load', 'kW', POWER_KW],
  pv_kw: ['solar generation', 'kW', POWER_KW],
  p_hv_kw: ['transformer P, high voltage', 'kW', POWER_KW],
  q_hv_kvar: ['transformer Q, high voltage', 'kvar', POWER_KW],
  p_lv_kw: ['transformer P, low voltage', 'kW', POWER_KW],
  q_lv_kvar: ['transformer Q, low voltage', 'kvar', POWER_KW],
  loss_kw: ['transformer losses', 'kW', POWER_KW],
  loading_pct: ['transformer loading', 'points', LOADING_POINTS],
}

function compare(
  network: Network,
  steps: Float64Array,
  profiles: Map<string, Float64Array>,
  file: string,
  [voltages, loadings, transformer]: readonly Table[],
): Comparison {
  const flow = new PowerFlow(network)
  const seen = new Comparison()
  const columns = (table: Table, prefix: string, count: number) =>
    Array.from({ length: count }, (_, at) => table.numbers(`${prefix}${at}`, Number.NaN))
  const voltage = columns(voltages, 'bus', network.buses.length)
  const line = columns(loadings, 'line', network.lines.length)
  const loss = loadings.numbers('total_line_loss_kw')
  const stored = transformer.numbers('storage_kw', 0)
  const single = network.transformers.length === 1
  const theirs = (key: string) => transformer.numbers(key)
  const totals = { load_kw: theirs('load_kw'), pv_kw: theirs('pv_kw') }
  const powers = ['p_hv_kw', 'q_hv_kvar', 'p_lv_kw', 'q_lv_kvar', 'loss_kw', 'loading_pct'] as const
  const power = single ? powers.map(theirs) : []
  const loadKw = new Float64Array(network.buses.length)
  const loadKvar = new Float64Array(network.buses.length)
  for (const [row, step] of steps.entries()) {
    if (stored[row] !== 0)
      throw invalid(transformer.file, 'storages are not at 0 kW', 'only such files are known')
    loadKw.fill(0)
    loadKvar.fill(0)
    let load = 0
    let generated = 0
    for (const one of network.loads) {
      const kw = one.ratedKw * scale(profiles, file, one, '_pload')[row]
      load += kw
      loadKw[one.bus] += kw
      loadKvar[one.bus] += one.ratedKvar * scale(profiles, file, one, '_qload')[row]
    }
    for (const one of network.generators) {
      const kw = one.ratedKw * scale(profiles, file, one, '')[row]
      generated += kw
      loadKw[one.bus] -= kw
      loadKvar[one.bus] -= one.ratedKvar * scale(profiles, file, one, '')[row]
    }
    if (!flow.solve(loadKw, loadKvar)) throw invalid(voltages.file, `no solution at step ${step}`, '')
    voltage.forEach((column, bus) => seen.see('voltage', flow.voltagePu[bus], column[row]))
    line.forEach((column, at) => seen.see('line', flow.lineLoadingPercent[at], column[row]))
    seen.see(
      'loss',
      flow.lineLossKw.reduce((sum, one) => sum + one, 0),
      loss[row],
    )
    seen.see('load_kw', load, totals.load_kw[row])
    seen.see('pv_kw', generated, totals.pv_kw[row])
    const ours = [
      flow.hvKw,
      flow.hvKvar,
      flow.lvKw,
      flow.lvKvar,
      flow.transformerLossKw,
      flow.transformerLoadingPercent,
    ]
    power.forEach((column, at) => seen.see(powers[at], ours[at][0], column[row]))
  }
  return seen
}

/** Power flows of a feeder over given steps: `feeder-<name>/golden_<case>_{vm_pu,line_loading_pct,trafo}.csv`. */
export const feederReferences: ReferenceFamily = {
  id: 'feeder',
  find: (dir) =>
    filesMatching(dir, /^[^.]*(?:feeder|simbench)[^.]*$/i).flatMap((folder) =>
      filesMatching(join(dir, folder), /^golden_.+_vm_pu\.csv$/).map(
        (file) => `${folder}/${file.slice(0, -'_vm_pu.csv'.length)}`,
      ),
    ),
  check,
}
