import { expect, test } from 'vitest'
import { crossings } from './break-even.ts'

test('a line is cut where it crosses zero, on its straight pieces', () => {
  const at = (...ys: number[]) => crossings(ys.map((y, x) => ({ x, y })))
  expect(at(1, -1)).toEqual([0.5])
  expect(at(3, -1, 1)).toEqual([0.75, 1.5])
  expect(at(2, 1, 0.5)).toEqual([])
  expect(at(0, 1)).toEqual([0])
  expect(at(1, 0, 1)).toEqual([1])
})
