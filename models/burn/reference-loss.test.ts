import { expect, test } from 'vitest'
import { judgeAnchor, newReferenceLoss } from './reference-loss.ts'

test('the reference burns what exceeds the true energy, and only that, once', () => {
  const first = judgeAnchor(newReferenceLoss, 10_000, 2_000, 7_500)
  expect(first).toEqual({ lossMilliWh: 2_500, worstOverBurnMilliWh: 0 })
  const again = judgeAnchor(first, 10_000, 2_000, 7_500)
  expect(again).toEqual(first)
  const covered = judgeAnchor(again, 12_000, 2_000, 9_800)
  expect(covered.lossMilliWh).toBe(2_500)
})

test('whoever burns more than the reference is found out, also when the reference catches up later', () => {
  const early = judgeAnchor(newReferenceLoss, 10_000, 3_000, 8_000)
  expect(early.worstOverBurnMilliWh).toBe(1_000)
  expect(judgeAnchor(early, 10_000, 3_000, 7_000)).toEqual({
    lossMilliWh: 3_000,
    worstOverBurnMilliWh: 1_000,
  })
})
