import { expect, test } from 'vitest'
import { galleryPath } from '../../scenarios/gallery.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { scenarioSchema, type Scenario } from '../../scenarios/schema.ts'
import { dirname } from 'node:path'
import { prepare } from '../prepare.ts'
import { PreparedCache } from './prepared-cache.ts'

/** What a sweep may change; of each the cached data must be those that reading gives. */
const EDITS: ((scenario: Scenario) => void)[] = [
  () => {},
  (scenario) => (scenario.seed = 9),
  (scenario) => (scenario.period.days = 2),
  (scenario) => (scenario.market.mechanism = 'none'),
  (scenario) => (scenario.economics.avoidedSupplyUsdPerKwh = 0.123),
  (scenario) => (scenario.communities[0].homes[0].battery = undefined),
  (scenario) =>
    (scenario.communities[0].sharedBattery = scenarioSchema.shape.communities.element.parse({
      id: 'a',
      homes: [{ id: 'b', load: { profile: 'fontana-2016/1' } }],
      sharedBattery: { capacityKwh: 20, powerKw: 5 },
    }).sharedBattery),
  (scenario) => scenario.communities[0].homes.pop(),
  (scenario) => (scenario.communities[0].homes[0].label = 'Another'),
]

test.each(['one-home', 'new-york-value-stack', 'flexible-loads', 'weak-feeder'])(
  'what is kept of %s is what reading gives, whatever a sweep changes',
  (name) => {
    const cache = new PreparedCache()
    const baseDir = dirname(galleryPath(name))
    for (const edit of EDITS) {
      const { scenario } = loadScenario(name, { days: 1 })
      // One home cannot lose its only home.
      if (scenario.communities[0].homes.length === 1 && edit === EDITS[7]) continue
      edit(scenario)
      const answer = (get: () => unknown) => {
        try {
          return get()
        } catch (error) {
          return (error as Error).message
        }
      }
      expect(answer(() => cache.get(scenario, baseDir))).toEqual(answer(() => prepare(scenario, baseDir)))
    }
  },
)
