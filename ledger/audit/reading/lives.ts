import { type Book, EVENT_BURNED, EVENT_MINTED, type EventSink } from '../book.ts'
import { ASSET_INTS, FIRST_LOT, INTERVAL, READ_MINUTE } from '../tables/assets.ts'
import {
  CARBON,
  HIGH,
  KINDS,
  LOT_ASSET,
  LOT_ASSET_ROW,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_OWNER,
  LOT_SUMS,
  LOW,
  MID,
  MINTED,
  OFFER_MINUTE,
  OFFERED,
  RATE,
  SHADOW,
  TGEN,
} from '../tables/lots.ts'
import { accountText, assetText, locationText, lotText, minuteText } from './names.ts'

/** One lot with what became of it: minted = the sum of all that follow. Energy in milliwatt-hours. */
export interface LotRow {
  readonly lot: string
  readonly kind: string
  readonly asset: string
  readonly location: string
  readonly owner: string
  /** Start of the interval in which the energy was generated, UTC, and its length, minutes. */
  readonly interval: string
  readonly minutes: number
  /** Tstorage: the Tgen lot that it was made of; shadow: the battery; else empty. */
  readonly source: string
  readonly carbonMilligramPerKwh: number
  readonly mintedMilliWh: number
  readonly activeMilliWh: number
  readonly setAsideMilliWh: number
  readonly consumedMilliWh: number
  readonly exportedMilliWh: number
  readonly exchangedMilliWh: number
  readonly conversionLossMilliWh: number
  readonly storageLossMilliWh: number
  readonly offeredMilliWh: number
  readonly rateMicroUsdPerKwh: number
  /** The interval that the offer is for, UTC; empty when nothing is on offer. */
  readonly offerInterval: string
}

const REASON_COLUMNS = 8

/**
 * Follows the lots of a replay and hands each on once, when it ends or when the replay does. Memory is
 * that of the living lots.
 */
export class Lives {
  readonly #onLot: (row: LotRow) => void
  /** Burned by reason, of living lots; `row * 8 + reason`. */
  #burned = new Float64Array(1024 * REASON_COLUMNS)
  /** Set once the replay has its book. */
  book: Book | null = null

  constructor(onLot: (row: LotRow) => void) {
    this.#onLot = onLot
  }

  readonly sink: EventSink = (event, lot, _from, milliWh, detail) => {
    const at = lot * REASON_COLUMNS
    if (event === EVENT_MINTED) {
      if (at + REASON_COLUMNS > this.#burned.length) {
        const grown = new Float64Array(this.#burned.length * 2)
        grown.set(this.#burned)
        this.#burned = grown
      }
      this.#burned.fill(0, at, at + REASON_COLUMNS)
    } else if (event === EVENT_BURNED && this.book !== null) {
      this.#burned[at + detail] += milliWh
      const { sums } = this.book.lots
      const s = lot * LOT_SUMS
      if (sums[s + HIGH] - sums[s + LOW] === milliWh) this.#onLot(this.#row(this.book, lot, true))
    }
  }

  /** Hands on the lots that still live, by asset and in the order of minting. */
  finish(): void {
    const { book } = this
    if (book === null) return
    for (const asset of book.assets.sorted()) {
      let lot = book.assets.ints[asset * ASSET_INTS + FIRST_LOT]
      for (; lot >= 0; lot = book.lots.next(lot)) this.#onLot(this.#row(book, lot, false))
    }
  }

  #row(book: Book, lot: number, ended: boolean): LotRow {
    const burned = (reason: number): number => this.#burned[lot * REASON_COLUMNS + reason]
    return {
      ...lotRow(book, lot, ended),
      consumedMilliWh: burned(1),
      exportedMilliWh: burned(2),
      exchangedMilliWh: burned(3),
      conversionLossMilliWh: burned(4),
      storageLossMilliWh: burned(5),
    }
  }
}

/** Name of the lot that a storage lot was made of. */
export function sourceText(book: Book, lot: number): string {
  const { ints } = book.lots
  const i = lot * LOT_INTS
  if (ints[i + LOT_KIND] === TGEN) return ''
  const [battery, time, source] = lotText(book, lot).split('/')
  return ints[i + LOT_KIND] === SHADOW ? battery : `${source}/${time}`
}

function lotRow(book: Book, lot: number, ended: boolean): LotRow {
  const { assets, lots } = book
  const { ints, sums } = lots
  const i = lot * LOT_INTS
  const s = lot * LOT_SUMS
  const asset = ints[i + LOT_ASSET]
  const read = assets.ints[ints[i + LOT_ASSET_ROW] * ASSET_INTS + READ_MINUTE]
  const passed = ints[i + LOT_KIND] !== TGEN && read > ints[i + OFFER_MINUTE]
  const offered = ended || passed ? 0 : sums[s + OFFERED]
  return {
    lot: lotText(book, lot),
    kind: KINDS[ints[i + LOT_KIND]],
    asset: assetText(book, asset),
    location: locationText(book, asset),
    owner: accountText(book, ints[i + LOT_OWNER]),
    interval: minuteText(ints[i + LOT_MINUTE]),
    minutes: assets.ints[ints[i + LOT_ASSET_ROW] * ASSET_INTS + INTERVAL],
    source: sourceText(book, lot),
    carbonMilligramPerKwh: ints[i + CARBON],
    mintedMilliWh: sums[s + MINTED],
    activeMilliWh: ended ? 0 : sums[s + MID] - sums[s + LOW],
    setAsideMilliWh: ended ? 0 : sums[s + HIGH] - sums[s + MID],
    consumedMilliWh: 0,
    exportedMilliWh: 0,
    exchangedMilliWh: 0,
    conversionLossMilliWh: 0,
    storageLossMilliWh: 0,
    offeredMilliWh: offered,
    rateMicroUsdPerKwh: offered === 0 ? 0 : ints[i + RATE],
    offerInterval: offered === 0 ? '' : minuteText(ints[i + OFFER_MINUTE]),
  }
}
