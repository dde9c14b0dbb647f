import { describe, expect, test } from 'vitest'
import {
  disaggregate,
  DISAGGREGATION_METHODS,
  type DisaggregationMethod,
  Splitter,
} from '../data/disaggregate.ts'
import { streamFor } from '../data/random.ts'
import { loadScenario } from '../scenarios/load.ts'
import { marketArea } from './area.ts'
import { prepare } from './prepare.ts'
import { StepSeries } from './step-series.ts'

const HOURS = 60
const draws = streamFor(3, 'step-series')
const hourly = Int32Array.from({ length: HOURS }, () =>
  draws.uniform() < 0.2 ? 0 : draws.uint32() % 2_000_000,
)

/** The series from the second hour on, and all of it at once. */
function series(method: DisaggregationMethod, factor: number): { split: StepSeries; whole: Int32Array } {
  const options = () => ({ stream: streamFor(5, 'load'), scale: 1.3, capMilliWh: 3_000_000 / factor })
  const count = HOURS - 2
  const open = () => new Splitter(hourly, factor, method, options())
  const scaled = hourly.map((milliWh) => Math.round(milliWh * 1.3))
  const all = disaggregate(scaled, factor, method, { ...options(), scale: 1 })
  return {
    split: StepSeries.split({ factor, first: 1, count, open }),
    whole: all.slice(factor, factor * (1 + count)),
  }
}

/** Reads stretches one after the other, as an engine does. */
function read(split: StepSeries, from: number, to: number, most: number): number[] {
  const found: number[] = []
  for (let at = from; at < to;) {
    const count = Math.min(to - at, 1 + (draws.uint32() % most))
    split.seek(at, count)
    for (let step = at; step < at + count; step++) found.push(split.values[step - split.first])
    at += count
  }
  return found
}

describe.each(DISAGGREGATION_METHODS)('%s', (method) => {
  test.each([2, 12, 60])('stretch by stretch is what it is at once; %i steps an hour', (factor) => {
    const { split, whole } = series(method, factor)
    expect(read(split, 0, whole.length, 24)).toEqual(Array.from(whole))
    // Once more from the beginning, as a run of several years does, and from anywhere.
    expect(read(split, 0, 50, 24)).toEqual(Array.from(whole.subarray(0, 50)))
    expect(read(split, 70, 90, 5)).toEqual(Array.from(whole.subarray(70, 90)))
    expect(read(split, 3, 60, 24)).toEqual(Array.from(whole.subarray(3, 60)))
    expect(split.whole()).toEqual(whole)
    expect(split.values.length).toBeLessThan(24 + 2 * factor)
  })

  test('sums have the energy of each hour at its first interval', () => {
    const { split, whole } = series(method, 12)
    const sums = new Float64Array(whole.length)
    split.addTo(sums)
    for (let step = 0; step < whole.length; step++) {
      const hour = step % 12 === 0 ? whole.subarray(step, step + 12).reduce((all, one) => all + one, 0) : 0
      expect(sums[step]).toBe(hour)
    }
  })
})

test('homes of one source share its memory, whatever their scale; what has nothing shares zeros', () => {
  const { scenario } = loadScenario('first-neighborhood', { days: 3 })
  const [{ homes }] = scenario.communities
  const [first] = homes
  homes.push({ ...first, id: 'copy' }, { ...first, id: 'larger', load: { ...first.load, scale: 2 } })
  const prepared = prepare(scenario, '.')
  const [of] = prepared.communities
  const [own, copy, larger] = [of.homes[0], of.homes[12], of.homes[13]]
  expect(own.load.values.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(copy.load.values).toBe(own.load.values)
  expect(larger.load.values).toBe(own.load.values)
  expect(copy.solar?.values).toBe(own.solar?.values)

  const area = marketArea(scenario, of, prepared.axis)
  const energy = (at: number) => area.homes[at].loadMilliWh.whole().reduce((all, one) => all + one, 0)
  expect(energy(13)).toBe(2 * energy(0))
  expect(area.homes[1].solarMilliWh).toBe(area.homes[6].solarMilliWh)
})
