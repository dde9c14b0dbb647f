import { resolve } from 'node:path'
import { axisEndSeconds, isoMinute, type TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { parseEpw } from '../data/formats/epw.ts'
import { madeOnce } from '../data/made-once.ts'
import { type InputRecord, loadSeries } from '../data/profile.ts'
import { readTextFile } from '../data/read-text.ts'
import type { Scenario } from '../scenarios/schema.ts'

/** What devices and occupants look at, on the run's steps; null: not given. */
export interface EnvironmentSeries {
  readonly temperatureC: Float64Array | null
  readonly carbonKgPerKwh: Float64Array | null
}

/** Reads the environment of a scenario; what was read is added to `inputs`. */
export function readEnvironment(
  { environment }: Scenario,
  baseDir: string,
  axis: TimeAxis,
  inputs: Map<string, InputRecord>,
): EnvironmentSeries {
  const embedded = (name: string, place: string): Float64Array => {
    const series = loadSeries(name)
    inputs.set(series.input.name, series.input)
    return held(series.axis, series.values, axis, `${place} (${name})`)
  }
  const { temperature, carbon } = environment
  return {
    temperatureC:
      temperature === undefined
        ? null
        : 'series' in temperature
          ? embedded(temperature.series, 'environment.temperature')
          : epwTemperature(temperature, baseDir, axis, inputs),
    carbonKgPerKwh: carbon === undefined ? null : embedded(carbon.series, 'environment.carbon'),
  }
}

/** Values of coarser intervals held over the run's steps. */
export function held(source: TimeAxis, values: Float64Array, run: TimeAxis, place: string): Float64Array {
  if (source.startSeconds > run.startSeconds || axisEndSeconds(source) < axisEndSeconds(run))
    throw new VppError('invalid', {
      place,
      problem: `covers ${isoMinute(source.startSeconds)} to ${isoMinute(axisEndSeconds(source))}, the run needs ${isoMinute(run.startSeconds)} to ${isoMinute(axisEndSeconds(run))}`,
      fix: 'move period.start, shorten period.days or give another series',
    })
  return heldOn(values, run, source.startSeconds, source.stepSeconds)
}

/** Held once, however many tariffs and scenarios name it. */
const heldOn = madeOnce(
  (values: Float64Array, run: TimeAxis, startSeconds: number, stepSeconds: number): Float64Array =>
    Float64Array.from({ length: run.count }, (_, at) => {
      const seconds = run.startSeconds + at * run.stepSeconds - startSeconds
      return values[Math.floor(seconds / stepSeconds)]
    }),
)

/** An actual year must cover the run; a typical one serves any year, by month, day and hour. */
function epwTemperature(
  { epw, year }: { epw: string; year?: number | undefined },
  baseDir: string,
  run: TimeAxis,
  inputs: Map<string, InputRecord>,
): Float64Array {
  const { text, sha256 } = readTextFile(
    resolve(baseDir, epw),
    epw,
    'give a path relative to the scenario’s folder',
  )
  inputs.set(epw, { name: epw, sha256, source: 'weather file of the scenario', licence: 'of its owner' })
  const typical = { name: epw, year: year ?? firstTypicalYear(text, epw) }
  const file = parseEpw(text, typical)
  const values = file.frame.columns.temperatureC
  const gap = values.findIndex(Number.isNaN)
  if (gap >= 0)
    throw new VppError('invalid', {
      place: epw,
      problem: `has no temperature in row ${gap + 1}`,
      fix: 'fill the gap or give another weather file',
    })
  const { axis } = file.frame
  if (new Set(file.sourceYears).size === 1) return held(axis, values, run, `environment.temperature (${epw})`)
  const first = new Date(axis.startSeconds * 1000).getUTCFullYear()
  return Float64Array.from({ length: run.count }, (_, at) => {
    const date = new Date((run.startSeconds + at * run.stepSeconds) * 1000)
    // 29 February takes the day before.
    const day = date.getUTCMonth() === 1 && date.getUTCDate() === 29 ? 28 : date.getUTCDate()
    const seconds = Date.UTC(first, date.getUTCMonth(), day, date.getUTCHours(), date.getUTCMinutes()) / 1000
    const index = Math.floor((seconds - axis.startSeconds) / axis.stepSeconds)
    return values[((index % axis.count) + axis.count) % axis.count]
  })
}

/** Days of a typical year are named by month and day: any year without a 29 February does. */
function firstTypicalYear(text: string, name: string): number | undefined {
  try {
    parseEpw(text, { name })
    return undefined
  } catch (error) {
    if (error instanceof VppError && /typical year/.test(error.message)) return 2023
    throw error
  }
}
