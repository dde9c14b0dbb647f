import { expect, test } from 'vitest'
import { ASSETS, BORN, LOTS, UndoLog } from './undo.ts'

test('rows come back as they were before the first change, newest entry first', () => {
  const undo = new UndoLog()
  const assets = Float64Array.from([1, 2, 3, 4, 5, 6])
  const lots = Float64Array.from([5, 6, 7, 8])
  undo.keep(ASSETS, assets, 2)
  assets[2] = 20
  undo.keep(ASSETS, assets, 0)
  assets.fill(0)
  undo.keep(BORN, lots, 1)
  undo.keep(LOTS, lots, 0)
  lots[0] = 50
  lots[3] = 80
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
    [ASSETS, 2],
  ])
  expect([...assets]).toEqual([1, 2, 3, 4, 5, 6])
  expect([...lots]).toEqual([5, 6, 7, 8])
  expect(undo.pop()).toBe(false)
})

test('the log grows, and forgets at the end of a transaction', () => {
  const undo = new UndoLog()
  const assets = new Float64Array(8000).map((_, at) => at)
  for (let place = 0; place < 8000; place += 4) undo.keep(ASSETS, assets, place)
  assets.fill(-1)
  while (undo.pop()) undo.restore(assets)
  expect([...assets]).toEqual(Array.from({ length: 8000 }, (_, at) => at))
  undo.keep(ASSETS, assets, 0)
  undo.clear()
  expect(undo.pop()).toBe(false)
})
