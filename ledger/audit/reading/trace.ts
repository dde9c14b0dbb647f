import { type Book, EVENT_BURNED, EVENT_MINTED } from '../book.ts'
import {
  HIGH,
  KINDS,
  LOT_ASSET,
  LOT_FROM,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_SOURCE,
  LOT_SUMS,
  LOW,
  MID,
  SHADOW,
  TGEN,
} from '../tables/lots.ts'
import { type EventRow, eventRows } from './events.ts'
import { isAsset, locationText, lotText, type LotName, parseLot } from './names.ts'
import { replay } from './replay.ts'

/** A lot's life: what happened to it in the order of the chain, and the storage lots that were made of it. */
export interface LotLife {
  readonly lot: string
  readonly kind: string
  readonly location: string
  readonly events: EventRow[]
  /** Storage made of it, in the order of minting. */
  readonly children: LotLife[]
  /** What is left, milliwatt-hours; both 0 when it has ended. */
  activeMilliWh: number
  setAsideMilliWh: number
}

/** The lot that a life begins with: storage is traced from the panel on. */
function beginning(name: LotName): LotName {
  const own = name.source === '' || name.source === name.asset
  return own ? name : { asset: name.source, minute: name.minute, source: '', from: 0 }
}

/**
 * A lot's life from the panel to the load, and that of the storage lots that were made of it.
 *
 * @param text name of the lot; of a storage lot, the whole life of the energy that it came from is told
 * @returns null when the ledger never minted a lot of that name
 */
export function traceLot(path: string, text: string): LotLife | null {
  const asked = parseLot(text)
  if (asked === null) return null
  const root = beginning(asked)
  const lives = new Map<number, LotLife>()
  let first: LotLife | null = null
  let met = false
  const isRoot = (book: Book, lot: number): boolean => {
    const { lots } = book
    const i = lot * LOT_INTS
    const kind = lots.ints[i + LOT_KIND]
    if (lots.ints[i + LOT_MINUTE] !== root.minute || !isAsset(book, lots.ints[i + LOT_ASSET], root.asset))
      return false
    return root.source === '' ? kind === TGEN : kind === SHADOW
  }
  const isAsked = (book: Book, lot: number): boolean => {
    if (asked.source === '') return true
    const { lots } = book
    const i = lot * LOT_INTS
    return (
      isAsset(book, lots.ints[i + LOT_ASSET], asked.asset) &&
      isAsset(book, lots.ints[i + LOT_SOURCE], asked.source) &&
      lots.sums[lot * LOT_SUMS + LOT_FROM] === asked.from
    )
  }
  const { book } = replay(path, (opened) => {
    const rows = eventRows(opened, (row, event, lot) => {
      const life = lives.get(lot)
      if (life === undefined) return
      life.events.push(row)
      if (event !== EVENT_BURNED) return
      const s = lot * LOT_SUMS
      if (opened.lots.sums[s + HIGH] - opened.lots.sums[s + LOW] === row.to - row.from) lives.delete(lot)
    })
    return (event, lot, from, milliWh, detail, account, microUsd) => {
      if (event === EVENT_MINTED) {
        const parent = detail < 0 ? undefined : lives.get(detail)
        if (parent !== undefined || (first === null && isRoot(opened, lot))) {
          const i = lot * LOT_INTS
          const life: LotLife = {
            lot: lotText(opened, lot),
            kind: KINDS[opened.lots.ints[i + LOT_KIND]],
            location: locationText(opened, opened.lots.ints[i + LOT_ASSET]),
            events: [],
            children: [],
            activeMilliWh: 0,
            setAsideMilliWh: 0,
          }
          lives.set(lot, life)
          if (parent === undefined) first = life
          else parent.children.push(life)
          met ||= isAsked(opened, lot)
        }
      }
      // Only what concerns a traced lot becomes a row.
      if (lives.has(lot)) rows(event, lot, from, milliWh, detail, account, microUsd)
    }
  })
  for (const [lot, life] of lives) {
    const s = lot * LOT_SUMS
    life.activeMilliWh = book.lots.sums[s + MID] - book.lots.sums[s + LOW]
    life.setAsideMilliWh = book.lots.sums[s + HIGH] - book.lots.sums[s + MID]
  }
  return met ? first : null
}
