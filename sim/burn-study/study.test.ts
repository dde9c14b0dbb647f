import { expect, test } from 'vitest'
import { heldOutText } from '../../data/burn-study.ts'
import { runStudy } from './study.ts'

test('a small study gives the same bytes on one worker and on two', { timeout: 240_000 }, async () => {
  const one = await runStudy({ seed: 9, batteryYears: 1, workers: 1 })
  const two = await runStudy({ seed: 9, batteryYears: 1, workers: 2 })
  expect(JSON.stringify(two)).toBe(JSON.stringify(one))
  expect(one.batteries).toBeGreaterThan(50)
  expect(one.story).not.toBeNull()
})

test('the study says whether its seed was looked at while constants were chosen', () => {
  expect(heldOutText({ seed: 9, tuningSeeds: [1, 5] })).toMatch(/seeds 1 and 5: seed 9 is held out/)
  expect(heldOutText({ seed: 5, tuningSeeds: [1, 5] })).toMatch(/seed 5 is one of them, its figures are not/)
})
