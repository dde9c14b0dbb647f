import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import type { DayForecast } from './at-home.ts'
import { type HomeRecord, issueOf, TARGETS } from './issue.ts'
import type { SharedModel } from './model.ts'
import { network, type NetworkTrainer } from './models/network.ts'
import { ridge } from './models/ridge.ts'
import { seasonalNaive } from './models/seasonal-naive.ts'
import { smartPersistence } from './models/smart-persistence.ts'
import { LEVELS } from './quantiles.ts'
import { rollForward } from './rolling.ts'
import { madeUpHome } from './testing-homes.ts'

/** Does not learn, but its weights follow from all that it is given. */
const given: NetworkTrainer = {
  async train({ start, targets }) {
    const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length
    return {
      layers: start.layers.map((layer) => ({ ...layer, bias: layer.bias.map((value) => value + mean) })),
    }
  },
}

const modelsOf = (target: HomeRecord['target']): SharedModel[] => [
  seasonalNaive(24),
  smartPersistence(24, target),
  ridge(24, target),
  network(24, target, given, 1),
]

async function forecasts(
  training: readonly HomeRecord[],
  tested: readonly HomeRecord[],
): Promise<Map<string, DayForecast>> {
  const found = new Map<string, DayForecast>()
  await rollForward(
    training,
    tested,
    { models: modelsOf(tested[0].target), combine: true, refitDays: 14, firstFitDay: 21, secondDay: true },
    (home, { day }, forecast, _, next) => {
      found.set(`${home} ${day}`, forecast)
      if (next !== null && next !== undefined) found.set(`${home} ${day} next`, next)
    },
  )
  return found
}

const CUT_DAY = 50
const DAYS = 70

/** The same record until a day; after it measured energy and weather are another's. */
function otherFuture(record: HomeRecord, purpose: string): HomeRecord {
  const stream = streamFor(3, 'other-future', purpose, record.id)
  const from = CUT_DAY * record.slotsPerDay
  const shuffled = (column: Float64Array | null): Float64Array | null => {
    if (column === null) return null
    const result = column.slice()
    for (let at = from; at < result.length; at++)
      result[at] = stream.uniform() < 0.1 ? Number.NaN : 40 * stream.uniform()
    return result
  }
  const { around } = record
  // The day's own weather forecast is known when the day's forecast is issued; those of later days are not.
  const laterOnly = (column: Float64Array | null) => {
    const result = column?.slice() ?? null
    result?.fill(Number.NaN, from + 2 * record.slotsPerDay)
    return result
  }
  return {
    ...record,
    kwh: shuffled(record.kwh)!,
    around: {
      ...around,
      weekday: around.weekday,
      temperatureC: shuffled(around.temperatureC),
      clearness: shuffled(around.clearness),
      temperatureForecastC: laterOnly(around.temperatureForecastC),
      clearnessForecast: laterOnly(around.clearnessForecast),
    },
  }
}

describe.each(TARGETS)('a forecast of %s', (target) => {
  const homes = ['a', 'b', 'c', 'd'].map((id) => madeUpHome(id, target, DAYS))

  test('knows nothing of what comes, but the weather forecast: another future changes no forecast before it', async () => {
    const others = homes.map((home) => otherFuture(home, target))
    const [first, second] = await Promise.all([
      forecasts(homes.slice(0, 3), homes.slice(3)),
      forecasts(others.slice(0, 3), others.slice(3)),
    ])
    for (let day = 1; day <= CUT_DAY; day++) {
      expect(second.get(`0 ${day}`), `day ${day}`).toEqual(first.get(`0 ${day}`))
      if (day < CUT_DAY)
        expect(second.get(`0 ${day} next`), `after day ${day}`).toEqual(first.get(`0 ${day} next`))
    }
    // The test can fail: later days do differ.
    expect(second.get(`0 ${CUT_DAY + 1}`)).not.toEqual(first.get(`0 ${CUT_DAY + 1}`))
  })

  test('does change with the weather forecast of its day', async () => {
    const [home] = homes.slice(3)
    const cold = {
      ...home,
      around: {
        ...home.around,
        temperatureForecastC: home.around.temperatureForecastC!.map(
          (value, at) => value + (at >= CUT_DAY * 24 ? 9 : 0),
        ),
        clearnessForecast: home.around.clearnessForecast!.map((value, at) =>
          at >= CUT_DAY * 24 ? 0.2 : value,
        ),
      },
    }
    const [first, second] = await Promise.all([
      forecasts(homes.slice(0, 3), [home]),
      forecasts(homes.slice(0, 3), [cold]),
    ])
    const ridgeOf = (found: Map<string, DayForecast>, day: number) =>
      found.get(`0 ${day}`)!.byModel.get('ridge')
    expect(ridgeOf(second, CUT_DAY - 2)).toEqual(ridgeOf(first, CUT_DAY - 2))
    expect(ridgeOf(second, CUT_DAY)).not.toEqual(ridgeOf(first, CUT_DAY))
  })

  test('an issue ends where its day begins', () => {
    const issue = issueOf(homes[0], 10)
    expect(issue.past).toHaveLength(240)
    expect(issue.temperaturePastC).toHaveLength(240)
    expect(issue.clearnessPast).toHaveLength(240)
    expect(issue.temperatureAheadC).toHaveLength(24)
    expect(issue.clearnessAhead).toHaveLength(24)
    expect(issue.weekday).toHaveLength(11)
  })

  test('has no crossing, nothing below zero and no gap, day for day and model for model', async () => {
    const wrong: string[] = []
    for (const [day, { byModel }] of await forecasts(homes.slice(0, 3), homes.slice(3))) {
      for (const [name, quantiles] of byModel) {
        const sound = quantiles.every(
          (value, at) => Number.isFinite(value) && value >= (at % LEVELS.length > 0 ? quantiles[at - 1] : 0),
        )
        if (!sound) wrong.push(`${name} on ${day}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
