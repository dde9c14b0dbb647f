import { expect, test } from 'vitest'
import type { RunResults } from '../../data/run-files.ts'
import { strategy } from '../../scenarios/schema-battery.ts'
import { runGallery } from '../../sim/testing.ts'
import { paidOnce } from './paid-once.ts'

const weekOf = (edit: Parameters<typeof runGallery>[2]) => {
  const { result } = runGallery('first-neighborhood', 7, edit)
  return { communities: [result] } as unknown as RunResults
}

test('every exported kWh is paid once, with batteries that sell and imperfect meters', () => {
  const results = weekOf({
    edit: (scenario) => {
      scenario.telemetry.meterClassPercent = 5
      for (const { battery } of scenario.communities[0].homes)
        if (battery !== undefined)
          battery.strategy = strategy.parse({ kind: 'market-aware', lifeEfc: 100_000 })
    },
  })
  const { exported, traded, solarSettled, storageSettled, leftOver } = paidOnce(results)
  for (const part of [exported, traded, solarSettled, storageSettled]) expect(part).toBeGreaterThan(0)
  expect(leftOver).toBe(0)
})

test('a kWh that is paid twice shows', () => {
  const results = weekOf({})
  results.communities[0].market.tradedMilliWh += 5
  expect(paidOnce(results).leftOver).toBe(-5)
})
