import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { BLAST_CELLS, blastCell } from '../../models/battery/ageing/blast/registry.ts'
import { type BatteryLife, simulateLife } from '../../models/battery/ageing/blast/simulate.ts'
import { filesMatching, readColumns, readJson } from './files.ts'
import type { Check, ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-battery-life'
/** The figure, of relative capacity. */
const HEALTH = 0.002
const EFC = 0.01
/** Times in the files have eight decimals. */
const SAME_DAYS = 1e-4

const shape = z.object({
  tool: z.string().default('unnamed'),
  model: z.string(),
  threshold_time_years: z.number().positive(),
  input_profile: z.string(),
  temperature: z.union([z.number(), z.string()]),
  defaults: z.string().default(''),
  degradation_scalar: z.number().default(1),
  params_life: z.record(z.string(), z.number()).optional(),
})
type Reference = z.output<typeof shape>

function cellOf(model: string, source: string) {
  const cell = blastCell(model)
  if (cell !== undefined) return cell
  throw new VppError('invalid', {
    place: `${source}  model`,
    problem: `is ${JSON.stringify(model)}`,
    fix: `the models are ${BLAST_CELLS.map(({ id }) => id).join(', ')}`,
  })
}

/** One temperature, or `column NAME of the profile`. */
function temperatures(dir: string, reference: Reference, rows: number): Float64Array {
  const { temperature, input_profile: profile } = reference
  if (typeof temperature === 'number') return new Float64Array(rows).fill(temperature)
  const column = /^column (\w+) of the profile$/.exec(temperature)?.[1] ?? 'Temperature_C'
  return readColumns(dir, `${FOLDER}/${profile}`, [column])[column]
}

function lifeOf(dir: string, reference: Reference, source: string): BatteryLife {
  const cell = cellOf(reference.model, source)
  const file = `${FOLDER}/${reference.input_profile}`
  const { Time_s: seconds, SOC: socFraction } = readColumns(dir, file, ['Time_s', 'SOC'])
  const temperatureC = temperatures(dir, reference, seconds.length)
  const breaks = /breakpoints ([\d.]+) s \/ ([\d.]+) EFC/.exec(reference.defaults)
  return simulateLife(
    cell,
    { seconds, socFraction, temperatureC },
    {
      years: reference.threshold_time_years,
      parameters: { ...cell.parameters, ...reference.params_life },
      degradationScale: reference.degradation_scalar,
      conserveThroughput: !/is_conserve_energy_throughput=False/i.test(reference.defaults),
      ...(breaks === null ? {} : { mostSeconds: Number(breaks[1]), mostEfc: Number(breaks[2]) }),
    },
  )
}

function check(dir: string, name: string): Check[] {
  const json = `${FOLDER}/${name}.json`
  const csv = `${FOLDER}/${name}.csv`
  const reference = readJson(dir, json, shape)
  const theirs = readColumns(dir, csv, ['t_days', 'efc', 'q'])
  const life = lifeOf(dir, reference, json)
  const health = new Float64Array(theirs.q.length).fill(NaN)
  const efc = new Float64Array(theirs.q.length).fill(NaN)
  let at = 0
  for (let row = 0; row < theirs.q.length; row++) {
    while (at < life.days.length - 1 && life.days[at] < theirs.t_days[row] - SAME_DAYS) at++
    // A time that we do not have stays no number, and fails.
    if (Math.abs(life.days[at] - theirs.t_days[row]) > SAME_DAYS) continue
    health[row] = Math.abs(life.health[at] - theirs.q[row])
    efc[row] = Math.abs(life.efc[at] - theirs.efc[row])
  }
  const one = (quantity: string, unit: string, tolerance: number, deviations: Float64Array): Check => ({
    quantity: `${quantity}, ${reference.model}`,
    source: csv,
    computedBy: reference.tool,
    unit,
    tolerance,
    deviation: deviations.reduce((most, value) => (value <= most ? most : value), 0),
  })
  return [
    one('relative capacity, every point', 'fraction', HEALTH, health),
    one('equivalent full cycles, every point', 'EFC', EFC, efc),
  ]
}

/** Battery lives of BLAST-Lite: `blast_<model>_<profile>.json` and `.csv`, with the profile they name. */
export const blastLife: ReferenceFamily = {
  id: 'blast-life',
  find: (dir) =>
    filesMatching(`${dir}/${FOLDER}`, /^blast_.*\.json$/).map((file) => file.replace(/\.json$/, '')),
  check,
}
