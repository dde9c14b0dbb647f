import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LOT_ACTIVE, LOT_ASIDE, LOT_FROM, LOT_MINUTE, LOT_OWNER, LOT_SOURCE, LotRings } from './lot-rings.ts'

/** A home's lots as a plain list, to hold the rings against. */
interface PlainLot {
  minute: number
  active: number
  aside: number
}

const HOMES = 3
const home = fc.integer({ min: 0, max: HOMES - 1 })
const act = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), home, many: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constantFrom('give' as const, 'aside' as const, 'back' as const, 'lose' as const),
    home,
    many: fc.integer({ min: 1, max: 60 }),
  }),
)

test('rings hold what a list would, from both ends, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 60 }), (acts) => {
      const rings = new LotRings(HOMES)
      const lists: PlainLot[][] = Array.from({ length: HOMES }, () => [])
      let minute = 0
      for (const { kind, home: of, many } of acts) {
        for (let once = 0; once < many; once++) {
          const list = lists[of]
          if (kind === 'add') {
            minute++
            rings.add(of, minute, 100 + minute, minute % 7, 10 + of, minute)
            list.push({ minute, active: minute, aside: 0 })
          } else change(rings, of, list, kind, once)
          lists[of] = list.filter(({ active, aside }) => active + aside > 0)
        }
        for (let at = 0; at < HOMES; at++) expectSame(rings, at, lists[at])
      }
    }),
    { seed: 11, numRuns: 200 },
  )
})

/** The oldest active is given, the newest active goes aside, the oldest aside comes back or is lost; whole or in part. */
function change(
  rings: LotRings,
  of: number,
  list: PlainLot[],
  kind: 'give' | 'aside' | 'back' | 'lose',
  once: number,
): void {
  const active = kind === 'give' || kind === 'aside'
  const plain =
    kind === 'aside'
      ? list.findLast((lot) => lot.active > 0)
      : list.find((lot) => (active ? lot.active : lot.aside) > 0)
  if (plain === undefined) return
  const firstAside = () => {
    let at = rings.first(of)
    while (rings.rows[at + LOT_ASIDE] === 0) at = rings.next(of, at)
    return at
  }
  const lot = kind === 'aside' ? rings.lastActive(of) : active ? rings.firstActive(of) : firstAside()
  const there = active ? plain.active : plain.aside
  const part = once % 3 === 0 ? Math.ceil(there / 2) : there
  if (active) plain.active -= part
  else plain.aside -= part
  rings.rows[lot + (active ? LOT_ACTIVE : LOT_ASIDE)] -= part
  if (kind === 'aside') {
    plain.aside += part
    rings.rows[lot + LOT_ASIDE] += part
  } else if (kind === 'back') {
    plain.active += part
    rings.rows[lot + LOT_ACTIVE] += part
    rings.forgetActive(of)
  } else rings.dropEmpty(of)
}

function expectSame(rings: LotRings, of: number, list: readonly PlainLot[]): void {
  const { rows } = rings
  const told = (lot: number) => ({
    minute: rows[lot + LOT_MINUTE],
    active: rows[lot + LOT_ACTIVE],
    aside: rows[lot + LOT_ASIDE],
  })
  const forward: PlainLot[] = []
  for (let lot = rings.first(of); lot >= 0; lot = rings.next(of, lot)) {
    forward.push(told(lot))
    const name = [rows[lot + LOT_SOURCE], rows[lot + LOT_FROM], rows[lot + LOT_OWNER]]
    const { minute } = told(lot)
    expect(name).toEqual([100 + minute, minute % 7, 10 + of])
  }
  const backward: PlainLot[] = []
  for (let lot = rings.last(of); lot >= 0; lot = rings.previous(of, lot)) backward.push(told(lot))
  expect(forward).toEqual(list)
  expect(backward.toReversed()).toEqual(list)
  const minuteOf = (lot: number) => (lot < 0 ? undefined : rows[lot + LOT_MINUTE])
  expect(minuteOf(rings.firstActive(of))).toBe(list.find(({ active }) => active > 0)?.minute)
  expect(minuteOf(rings.lastActive(of))).toBe(list.findLast(({ active }) => active > 0)?.minute)
}
