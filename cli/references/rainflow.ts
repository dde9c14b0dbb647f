import { z } from 'zod'
import { rainflow, RainflowCounter, type RainflowCycle } from '../../models/battery/rainflow.ts'
import { filesMatching, readJson } from './files.ts'
import type { Check, ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-rainflow'
/** Ranges and means are sums of two doubles: one rounding. */
const VALUE = 1e-12

const number = z.number()
const shape = z.object({
  tool: z.string().default('unnamed'),
  cases: z
    .array(
      z.object({
        name: z.string(),
        series: z.array(number),
        cycles: z.array(
          z.object({ range: number, mean: number, count: number, i_start: number, i_end: number }),
        ),
        counts: z.array(z.tuple([number, number])).optional(),
      }),
    )
    .min(1),
})
type Case = z.output<typeof shape>['cases'][number]

/** Greatest difference of two lists of cycles in range and mean; another number or order is no match. */
function cycleDifference(ours: readonly RainflowCycle[], theirs: Case['cycles']): number {
  if (ours.length !== theirs.length) return Infinity
  return ours.reduce((most, cycle, at) => {
    const other = theirs[at]
    const same = cycle.count === other.count && cycle.start === other.i_start && cycle.end === other.i_end
    if (!same) return Infinity
    return Math.max(most, Math.abs(cycle.range - other.range), Math.abs(cycle.mean - other.mean))
  }, 0)
}

/** The same series in pieces, as a run feeds it. */
function streamed(series: readonly number[]): RainflowCycle[] {
  const cycles: RainflowCycle[] = []
  const counter = new RainflowCounter((cycle) => cycles.push(cycle))
  for (const value of series) counter.push(value)
  counter.finish()
  return cycles
}

/** Cycles by range, as the reference sums them up. */
function countsDifference(ours: readonly RainflowCycle[], theirs: readonly [number, number][]): number {
  return theirs.reduce((most, [range, count]) => {
    const found = ours.filter((cycle) => Math.abs(cycle.range - range) < VALUE)
    return Math.max(most, Math.abs(found.reduce((sum, cycle) => sum + cycle.count, 0) - count))
  }, 0)
}

function check(dir: string, name: string): Check[] {
  const source = `${FOLDER}/${name}`
  const { tool, cases } = readJson(dir, source, shape)
  return cases.flatMap(({ name: title, series, cycles, counts }) => {
    const ours = rainflow(series)
    const one = (quantity: string, unit: string, deviation: number): Check => ({
      quantity: `${quantity}, ${title}`,
      source,
      computedBy: tool,
      unit,
      tolerance: VALUE,
      deviation,
    })
    const checks = [
      one('rainflow cycles, order and ends', 'of series', cycleDifference(ours, cycles)),
      one('rainflow step by step', 'of series', cycleDifference(streamed(series), cycles)),
    ]
    if (counts !== undefined) checks.push(one('rainflow counts', 'cycles', countsDifference(ours, counts)))
    return checks
  })
}

/** Cycles of given series: `golden-rainflow/*.json`. */
export const rainflowReferences: ReferenceFamily = {
  id: 'rainflow',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /\.json$/),
  check,
}
