import { expect, test } from 'vitest'
import { ASSETS, BORN, LOTS, UndoLog } from './undo.ts'

test('rows come back as they were before the first change, newest entry first', () => {
  const undo = new UndoLog()
  const assets = Float64Array.from([1, 2, 3, 4])
  const lots = Float64Array.from([5, 6])
  undo.keep(ASSETS, assets, 1, 2)
  assets[1] = 20
  undo.keep(ASSETS, assets, 0, 4)
  assets.fill(0)
  undo.keep(BORN, lots, 1, 0)
  undo.keep(LOTS, lots, 0, 1)
  lots[0] = 50
  const seen: [number, number][] = []
  while (undo.pop()) {
    seen.push([undo.table, undo.place])
    if (undo.table === ASSETS) undo.restore(assets)
    if (undo.table === LOTS) undo.restore(lots)
  }
  expect(seen).toEqual([
    [LOTS, 0],
    [BORN, 1],
    [ASSETS, 0],
    [ASSETS, 1],
  ])
  expect([...assets]).toEqual([1, 2, 3, 4])
  expect([...lots]).toEqual([5, 6])
  expect(undo.pop()).toBe(false)
})

test('the log grows, and forgets at the end of a transaction', () => {
  const undo = new UndoLog()
  const assets = new Float64Array(100).map((_, at) => at)
  for (let row = 0; row < 1000; row++) undo.keep(ASSETS, assets, row % 90, 10)
  assets.fill(-1)
  while (undo.pop()) undo.restore(assets)
  expect([...assets.subarray(0, 99)]).toEqual(Array.from({ length: 99 }, (_, at) => at))
  undo.keep(ASSETS, assets, 0, 1)
  undo.clear()
  expect(undo.pop()).toBe(false)
})
