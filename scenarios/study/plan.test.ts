import { describe, expect, test } from 'vitest'
import { UNCERTAIN_NAMES } from '../../data/viability-facts.ts'
import { loadScenario } from '../load.ts'
import { scenarioSchema } from '../schema.ts'
import { studyPlan, studyScenario } from './plan.ts'

const { scenario } = loadScenario('first-neighborhood')
const base = studyScenario(scenario, 60)
const plan = studyPlan(base, 40, 3, 0.25)

describe('the plan of a study', () => {
  test('is the same for the same seed, and every point is a scenario that the schema takes', () => {
    expect(studyPlan(base, 40, 3, 0.25)).toEqual(plan)
    expect(studyPlan(base, 40, 4, 0.25).draws).not.toEqual(plan.draws)
    for (const { scenario: one } of plan.points) expect(scenarioSchema.safeParse(one).error).toBeUndefined()
    expect(new Set(plan.points.map(({ id }) => id)).size).toBe(plan.points.length)
  })

  test('draws each of 40 equal parts of every range once', () => {
    for (const name of UNCERTAIN_NAMES) {
      const { low, high, mode } = scenario.viability.uncertain[name]
      const values = plan.draws.map((draw) => draw[name]).toSorted((a, b) => a - b)
      expect(values[0]).toBeGreaterThanOrEqual(low)
      expect(values[39]).toBeLessThanOrEqual(high)
      if (mode !== undefined) continue
      values.forEach((value, part) => expect(Math.floor((40 * (value - low)) / (high - low))).toBe(part))
    }
  })

  test('without a change it is the scenario itself', () => {
    const found = plan.points.find(({ id }) => id === 'base')
    expect(found?.scenario).toEqual(base)
  })

  test('an input alone at its end changes nothing else', () => {
    const low = plan.points.find(({ id }) => id === 'load-low')?.scenario
    expect(low?.whatIf).toEqual({ ...base.whatIf, loadFactor: scenario.viability.uncertain.load.low })
  })

  test('has no map where nothing can be traded', () => {
    const alone = studyScenario(loadScenario('one-home').scenario, 60)
    expect(studyPlan(alone, 2, 1, 0.2).exportUsdPerKwh).toEqual([])
  })
})
