import { expect, test } from 'vitest'
import { ASSETS, BORN, HALF, LOT_TERMS, LOTS, UndoLog } from './undo.ts'

const counted = (length: number, from = 0) => Float64Array.from({ length }, (_, at) => from + at)

test('rows come back as they were before the first change, newest entry first', () => {
  const undo = new UndoLog()
  const assets = counted(2 * HALF)
  // Two integers that share a double: one below zero is the first of its pair.
  const words = new Int32Array(assets.buffer)
  words.set([-1, 7, 0x7fff_ffff, 0], 2 * HALF)
  const lots = counted(HALF, 50)
  const before = [...assets]
  undo.keep(ASSETS, assets, 1)
  assets[HALF] = 20
  undo.keep(ASSETS, assets, 1)
  undo.keep(ASSETS, assets, 0)
  assets.fill(0)
  undo.born(77)
  const terms = Int32Array.from({ length: 4 * HALF }, () => -1)
  undo.keepWords(LOT_TERMS, terms, 1)
  terms.fill(5)
  undo.keep(LOTS, lots, 0)
  lots[0] = 500
  lots[HALF - 1] = 800
  const seen: [number, number][] = []
  while (undo.pop()) {
    seen.push([undo.table, undo.half])
    if (undo.table === ASSETS) undo.restore(new Int32Array(assets.buffer))
    if (undo.table === LOT_TERMS) undo.restore(terms)
    if (undo.table === LOTS) undo.restore(new Int32Array(lots.buffer))
  }
  expect(seen).toEqual([
    [LOTS, 0],
    [LOT_TERMS, 1],
    [BORN, 77],
    [ASSETS, 0],
    [ASSETS, 1],
    [ASSETS, 1],
  ])
  expect([...assets]).toEqual(before)
  expect([...words.subarray(2 * HALF, 2 * HALF + 4)]).toEqual([-1, 7, 0x7fff_ffff, 0])
  expect(lots).toEqual(counted(HALF, 50))
  expect([...terms]).toEqual(Array.from({ length: 4 * HALF }, (_, at) => (at < 2 * HALF ? 5 : -1)))
  expect(undo.pop()).toBe(false)
})

test('the log grows, and forgets at the end of a transaction', () => {
  const undo = new UndoLog()
  const assets = counted(5000 * HALF)
  for (let half = 0; half < 5000; half++) undo.keep(ASSETS, assets, half)
  for (let row = 0; row < 5000; row++) undo.born(row)
  assets.fill(-1)
  while (undo.pop()) if (undo.table === ASSETS) undo.restore(new Int32Array(assets.buffer))
  expect(assets).toEqual(counted(5000 * HALF))
  undo.keep(ASSETS, assets, 0)
  undo.clear()
  expect(undo.pop()).toBe(false)
})
