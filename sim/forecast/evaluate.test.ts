import { describe, expect, test } from 'vitest'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import type { NetworkTrainer } from '../../models/forecast/models/network.ts'
import { DAY_AHEAD_ERROR } from '../../models/forecast/weather-forecast.ts'
import { evaluateForecasts } from './evaluate.ts'
import { recordsOf, weatherErrors } from './records.ts'
import { ausgridSet, fontanaSet, hourly, vermontSet } from './sets.ts'
import { tensorflowTrainer } from './tensorflow.ts'

const fontana = fontanaSet()
const trainer = tensorflowTrainer()
/** Two epochs of each training. */
const shortly: NetworkTrainer = {
  train: (problem) =>
    trainer.train({
      ...problem,
      epochs: 2,
      order: problem.order.slice(0, (2 * problem.order.length) / problem.epochs),
    }),
}
const common = {
  seed: 1,
  trainer,
  version: 'test',
  command: 'test',
  onProgress: () => {},
} as const

describe('at the embedded homes', () => {
  test('load and solar are forecast better than by the seasonal naive, with intervals that hold', async () => {
    const { sets } = await evaluateForecasts({
      ...common,
      sets: [{ set: fontana, split: 'folds', tested: [0, 1, 2, 9, 10], inDepth: false }],
      models: ['smart-persistence', 'ridge', 'combination'],
      days: 200,
    })
    const [load, solar] = sets[0].targets
    const chosen = (target: typeof load) => target.models.find(({ model }) => model === 'chosen')!
    expect(chosen(load).skill.low).toBeGreaterThan(0.1)
    expect(chosen(solar).skill.low).toBeGreaterThan(0.2)
    for (const target of [load, solar]) {
      expect(Math.abs(chosen(target).coverage80.value - 0.8)).toBeLessThan(0.02)
      expect(Math.abs(chosen(target).coverage95.value - 0.95)).toBeLessThan(0.02)
      expect(target.models[0]).toMatchObject({ model: 'seasonal-naive', skill: { value: 0 } })
    }
    // The dead plant of home 15 is scored, and set apart.
    expect(solar.homes.filter(({ setApart }) => setApart !== null).map(({ id }) => id)).toEqual([
      'fontana-2016/15',
    ])
    expect(load.example?.actual).toHaveLength(168)
  })

  test('the same seed gives the same figures, with the network; another seed another weather', async () => {
    const run = (seed: number) =>
      evaluateForecasts({
        ...common,
        seed,
        sets: [{ set: fontana, split: 'folds', tested: [3], inDepth: false }],
        models: ['network'],
        days: 78,
        trainer: shortly,
      })
    const first = await run(1)
    expect(await run(1)).toEqual(first)
    expect(await run(2)).not.toEqual(first)
  })

  test('the simulated weather forecast is worse than the best published, and better than persistence', () => {
    const { forecastWM2, persistenceWM2 } = weatherErrors(recordsOf(fontana, 'solar', 1, DAY_AHEAD_ERROR)[0])!
    expect(forecastWM2).toBeGreaterThan(0.5 * persistenceWM2)
    expect(forecastWM2).toBeLessThan(persistenceWM2)
  })

  test('a plant’s own future is not in the weather forecast that it gets', () => {
    const changed = {
      ...fontana,
      homes: fontana.homes.map((home, at) =>
        at === 0
          ? { ...home, solarKwh: home.solarKwh!.map((kwh, step) => (step > 4000 ? kwh * 0.1 : kwh)) }
          : home,
      ),
    }
    const [before, after] = [fontana, changed].map((set) => recordsOf(set, 'solar', 1, DAY_AHEAD_ERROR))
    expect(after[0].around.clearnessForecast).toEqual(before[0].around.clearnessForecast)
    expect(after[1].around.clearnessForecast).not.toEqual(before[1].around.clearnessForecast)
  })

  test('stops when it is told to', async () => {
    await expect(
      evaluateForecasts({
        ...common,
        sets: [{ set: fontana, split: 'folds', tested: [0], inDepth: false }],
        models: [],
        days: 80,
        signal: AbortSignal.abort(),
      }),
    ).rejects.toMatchObject({ kind: 'interrupted' })
  })
})

testWithSharedData(
  'sets beside the project keep their own resolution; hours of half hours keep their energy',
  () => {
    const ausgrid = ausgridSet([SHARED_DATA])!
    expect(ausgrid.axis.stepSeconds).toBe(1800)
    const hours = hourly(ausgrid)
    const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0)
    expect(hours.homes[0].loadKwh).toHaveLength(ausgrid.homes[0].loadKwh.length / 2)
    expect(sum(hours.homes[0].loadKwh)).toBeCloseTo(sum(ausgrid.homes[0].loadKwh), 6)
    expect(sum(ausgrid.homes[0].loadKwh)).toBeCloseTo(5938, -1)
    const vermont = vermontSet([SHARED_DATA])!
    expect(vermont.homes).toHaveLength(12)
    expect(vermont.axis.count).toBe(8760)
    expect(ausgridSet(['/nowhere'])).toBeNull()
  },
)
