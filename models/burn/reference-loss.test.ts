import { expect, test } from 'vitest'
import { judgeAnchor, newReferenceLosses } from './reference-loss.ts'

test('the reference burns what exceeds the true energy, and only that, once', () => {
  const losses = newReferenceLosses(2)
  const loss = () => losses.lossMilliWh[1]
  judgeAnchor(losses, 1, 10_000, 2_000, 7_500)
  expect(loss()).toBe(2_500)
  judgeAnchor(losses, 1, 10_000, 2_000, 7_500)
  expect(loss()).toBe(2_500)
  judgeAnchor(losses, 1, 12_000, 2_000, 9_800)
  expect(loss()).toBe(2_500)
  expect(losses.worstOverBurnMilliWh[1]).toBe(0)
  expect(losses.lossMilliWh[0]).toBe(0)
})

test('whoever burns more than the reference is found out, also when the reference catches up later', () => {
  const losses = newReferenceLosses(1)
  judgeAnchor(losses, 0, 10_000, 3_000, 8_000)
  expect(losses.worstOverBurnMilliWh[0]).toBe(1_000)
  judgeAnchor(losses, 0, 10_000, 3_000, 7_000)
  expect(losses.worstOverBurnMilliWh[0]).toBe(1_000)
  expect(losses.lossMilliWh[0]).toBe(3_000)
})
