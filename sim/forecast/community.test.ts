import { describe, expect, test } from 'vitest'
import { strategy as strategySchema } from '../../scenarios/schema-battery.ts'
import { loadScenario } from '../../scenarios/load.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { marketArea } from '../area.ts'
import { highsSolver } from '../highs.ts'
import { prepare } from '../prepare.ts'
import { runGallery } from '../testing.ts'
import { communityForecasts, type PlannerForecast } from './community.ts'
import { tensorflowTrainer } from './tensorflow.ts'
import { StepSeries } from '../step-series.ts'

const DAYS = 40
const untrained = {
  train: () => {
    throw new Error('nothing was to be trained')
  },
}

/** The first home with a battery plans on a forecast; the settlement is coarse, so that it is quick. */
const planning = (forecast: PlannerForecast) => (scenario: Scenario) => {
  scenario.settlementMinutes = 15
  const home = scenario.communities[0].homes.find(({ battery }) => battery !== undefined)!
  home.battery!.strategy = strategySchema.parse({ kind: 'model-predictive', forecast })
}

function areaOf(forecast: PlannerForecast) {
  const { scenario } = loadScenario('first-neighborhood', { days: DAYS })
  planning(forecast)(scenario)
  const prepared = prepare(scenario, '.')
  return { scenario, area: marketArea(scenario, prepared.communities[0], prepared.axis) }
}

describe('forecasts for planners', () => {
  test.each(['persistence', 'perfect'] as const)(
    '%s needs none, and nothing is trained',
    async (forecast) => {
      const { scenario, area } = areaOf(forecast)
      expect(await communityForecasts(area, scenario, untrained)).toBeNull()
    },
  )

  test('are made for the homes that go by them, at the data’s own hours, and judged', async () => {
    const { scenario, area } = areaOf('automatic')
    const forecasts = (await communityForecasts(area, scenario, untrained))!
    expect([...forecasts.homes.keys()]).toEqual([0])
    const { load, solar } = forecasts.homes.get(0)!
    expect(load.slotsPerDay).toBe(24)
    expect(load.today).toHaveLength(DAYS)
    expect(load.today.filter((day) => day === null)).toHaveLength(1)
    expect(load.tomorrow.filter((day) => day === null)).toHaveLength(2)
    expect(solar!.today[20]!.some((kwh) => kwh > 1)).toBe(true)
    expect(forecasts.quality.map(({ target, slotMinutes, days }) => ({ target, slotMinutes, days }))).toEqual(
      [
        { target: 'load', slotMinutes: 60, days: 12 },
        { target: 'solar', slotMinutes: 60, days: 12 },
      ],
    )
    for (const { nMae, coverage95, coverage80 } of forecasts.quality) {
      expect(nMae).toBeGreaterThan(0.02)
      expect(nMae).toBeLessThan(1)
      expect(coverage95).toBeGreaterThan(coverage80)
    }
    const { result } = runGallery('first-neighborhood', DAYS, {
      edit: planning('automatic'),
      solver: await highsSolver(),
      forecasts,
    })
    expect(result.forecasts).toEqual(forecasts.quality)
    expect(result.homes[0]).toMatchObject({ strategy: 'model-predictive', ruledSteps: 0 })
    expect(result.homes[0].total.dischargeMilliWh).toBeGreaterThan(0)
  })

  test('do not look ahead: a longer run says the same of its first days', async () => {
    const { scenario, area } = areaOf('automatic')
    const cut = 25
    const perDay = 96
    const shorter = {
      ...area,
      axis: { ...area.axis, count: cut * perDay },
      homes: area.homes.map((home) => ({
        ...home,
        loadMilliWh: StepSeries.of(home.loadMilliWh.whole().slice(0, cut * perDay)),
        solarMilliWh: StepSeries.of(home.solarMilliWh.whole().slice(0, cut * perDay)),
      })),
    }
    const [long, short] = await Promise.all([
      communityForecasts(area, scenario, untrained),
      communityForecasts(shorter, scenario, untrained),
    ])
    expect(short!.homes.get(0)!.load.today).toEqual(long!.homes.get(0)!.load.today.slice(0, cut))
    expect(short!.homes.get(0)!.solar!.today).toEqual(long!.homes.get(0)!.solar!.today.slice(0, cut))
  })

  test('the network is trained where it is asked for', async () => {
    const { scenario, area } = areaOf('network')
    let fits = 0
    const trainer = tensorflowTrainer()
    const forecasts = await communityForecasts(area, scenario, {
      train: (problem) => {
        fits++
        return trainer.train({ ...problem, epochs: 1, order: problem.order.slice(0, problem.batch * 4) })
      },
    })
    expect(fits).toBeGreaterThan(1)
    expect(forecasts!.quality.map(({ forecast }) => forecast)).toEqual(['network', 'network'])
  })
})
