import {
  type Book,
  EVENT_BURNED,
  EVENT_CANCELLED,
  EVENT_MINTED,
  EVENT_OFFERED,
  EVENT_RELEASED,
  EVENT_SET_ASIDE,
  EVENT_SETTLED,
  EVENT_SOLD,
  type EventSink,
} from '../book.ts'
import { ANCHORED, ASSET_INTS, READ_MINUTE } from '../tables/assets.ts'
import { LOT_ASSET_ROW, LOT_INTS, LOT_KIND, LOT_MINUTE, TGEN } from '../tables/lots.ts'
import { REASONS, STORAGE_LOSS } from '../totals.ts'
import { accountText, lotText, minuteText } from './names.ts'

const NAMES: Record<number, string> = {
  [EVENT_MINTED]: 'minted',
  [EVENT_BURNED]: 'burned',
  [EVENT_SET_ASIDE]: 'set aside',
  [EVENT_RELEASED]: 'released',
  [EVENT_OFFERED]: 'offered',
  [EVENT_CANCELLED]: 'cancelled',
  [EVENT_SOLD]: 'sold',
  [EVENT_SETTLED]: 'settled',
}

/** One thing that happened to a lot or to money, for people. */
export interface EventRow {
  readonly block: number
  /** Place in its block, from 0. */
  readonly transaction: number
  readonly client: string
  readonly sequence: number
  readonly event: string
  /** The interval in which it happened, UTC: of the lot for generation, of the battery's reading for storage. */
  readonly interval: string
  /** Empty for `settled`. */
  readonly lot: string
  /** Serial numbers within the lot: milliwatt-hours `from` up to, not including, `to`. */
  readonly from: number
  readonly to: number
  /** Of a burn; of a sale, what the energy is for. */
  readonly reason: string
  /** Owner, user, buyer, or whose bill it is. */
  readonly account: string
  /** Sale: price; settled: what the account pays. */
  readonly microUsd: number
  /** Offer: µ$/kWh. */
  readonly rateMicroUsdPerKwh: number
}

/** Minute of the interval in which something happens to a lot. */
export function happenedAt({ assets, lots }: Book, event: number, lot: number, detail: number): number {
  const i = lot * LOT_INTS
  if (event === EVENT_MINTED || lots.ints[i + LOT_KIND] === TGEN) return lots.ints[i + LOT_MINUTE]
  const battery = lots.ints[i + LOT_ASSET_ROW] * ASSET_INTS
  return assets.ints[battery + (event === EVENT_BURNED && detail === STORAGE_LOSS ? ANCHORED : READ_MINUTE)]
}

/** Turns what the replay tells into rows. */
export function eventRows(
  book: Book,
  onEvent: (row: EventRow, event: number, lot: number) => void,
): EventSink {
  return (event, lot, from, milliWh, detail, account, microUsd) => {
    const reason = event === EVENT_BURNED ? REASONS[detail] : event === EVENT_SOLD ? SALES[detail] : ''
    onEvent(
      {
        block: book.block,
        transaction: book.transaction,
        client: accountText(book, book.client),
        sequence: book.sequence,
        event: NAMES[event],
        interval: minuteText(lot < 0 ? detail : happenedAt(book, event, lot, detail)),
        lot: lot < 0 ? '' : lotText(book, lot),
        from,
        to: from + milliWh,
        reason,
        account: accountText(book, account),
        microUsd: event === EVENT_OFFERED ? 0 : microUsd,
        rateMicroUsdPerKwh: event === EVENT_OFFERED ? microUsd : 0,
      },
      event,
      lot,
    )
  }
}

const SALES = ['', 'to be used', 'to be exchanged']
