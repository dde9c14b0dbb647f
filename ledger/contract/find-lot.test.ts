import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LOT_HIGH, LOT_LOW } from './columns.ts'
import { LedgerView } from './view.ts'
import { TGEN, TSTORAGE } from './vocabulary.ts'

type Name = readonly [asset: number, minute: number, source: number, from: number]

const add = (view: LedgerView, [asset, minute, source, from]: Name): number => {
  view.reserve(1, 0, asset)
  return view.addLot(source === 0 ? TGEN : TSTORAGE, asset, minute, source, from, 1, 0, 10)
}

/** Uses a lot up; it is gone when the transaction ends. */
const empty = (view: LedgerView, lot: number): void => {
  view.touchLot(lot)
  view.lots[lot + LOT_LOW] = view.lots[lot + LOT_HIGH]
  view.mayBeEmpty(lot)
}

/** What a transaction does: lots of the interval at hand, others used up, and whether it is refused. */
const transaction = fc.record({
  later: fc.nat(2),
  made: fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.constantFrom(0, 5, 2 ** 33)), { maxLength: 6 }),
  used: fc.array(fc.nat(), { maxLength: 6 }),
  refused: fc.boolean(),
})

test('lots are found by name as in a map, whatever was made, used up, refused and asked for between', () => {
  fc.assert(
    fc.property(fc.array(transaction, { maxLength: 150 }), (transactions) => {
      const view = new LedgerView()
      let living = new Map<string, number>()
      let minute = 0
      for (const { later, made, used, refused } of transactions) {
        minute += later
        const after = new Map(living)
        for (const [asset, source, from] of made) {
          const name: Name = [asset + 1, minute, source, from]
          if (!after.has(name.join())) after.set(name.join(), add(view, name))
        }
        for (const which of used) {
          const names = [...after.keys()]
          if (names.length === 0) break
          const name = names[which % names.length]
          expect(view.findLot(...(name.split(',').map(Number) as unknown as Name))).toBe(after.get(name))
          empty(view, after.get(name) as number)
          after.delete(name)
        }
        if (refused) view.rollback()
        else {
          view.commit()
          living = after
        }
        for (const [name, lot] of living)
          expect(view.findLot(...(name.split(',').map(Number) as unknown as Name))).toBe(lot)
        for (const name of after.keys())
          if (!living.has(name))
            expect(view.findLot(...(name.split(',').map(Number) as unknown as Name))).toBe(-1)
      }
    }),
    { numRuns: 60, seed: 3 },
  )
})

test('fifteen hundred names, close to each other: every one finds its own row, when half are gone too', () => {
  const view = new LedgerView()
  const names: Name[] = []
  for (let minute = 0; minute < 100; minute++)
    for (let asset = 1; asset <= 5; asset++)
      for (const from of [0, 1, 2 ** 33]) names.push([asset, minute, asset % 2, from])
  const lots = names.map((name) => add(view, name))
  view.commit()
  names.forEach((name, at) => expect(view.findLot(...name)).toBe(lots[at]))
  names.toReversed().forEach((name, at) => expect(view.findLot(...name)).toBe(lots[lots.length - 1 - at]))
  lots.forEach((lot, at) => at % 2 === 0 && empty(view, lot))
  view.commit()
  names.forEach((name, at) => expect(view.findLot(...name)).toBe(at % 2 === 0 ? -1 : lots[at]))
  // Names that differ in one part only.
  names.forEach(([asset, minute, source, from]) => {
    expect(view.findLot(asset + 5, minute, source, from)).toBe(-1)
    expect(view.findLot(asset, minute + 100, source, from)).toBe(-1)
    expect(view.findLot(asset, minute - 100, source, from)).toBe(-1)
    expect(view.findLot(asset, minute, source + 2, from)).toBe(-1)
    expect(view.findLot(asset, minute, source, from + 7)).toBe(-1)
  })
})

test('rows of lots are the asset’s own: those that it had serve its next ones, a refused transaction adds none', () => {
  const view = new LedgerView()
  for (let minute = 0; minute < 40; minute++) {
    const lots = [1, 2, 3].map((asset) => add(view, [asset, minute, 1, 0]))
    view.commit()
    for (let again = 0; again < 3; again++) {
      for (const asset of [1, 2, 3, 4]) add(view, [asset, minute, 1, 1 + again])
      view.rollback()
    }
    for (const lot of lots) empty(view, lot)
    view.commit()
  }
  expect(view.lotRows).toBe(3)
})

test('a lot that is made and used up in one transaction leaves its row to the next', () => {
  const view = new LedgerView()
  for (let minute = 0; minute < 40; minute++) {
    empty(view, add(view, [1, minute, 1, 0]))
    view.commit()
  }
  expect(view.lotRows).toBe(1)
})
