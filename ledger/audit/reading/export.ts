import { csvLine } from './csv.ts'
import { type EventRow, eventRows } from './events.ts'
import { granularCertificates } from './certificates.ts'
import { Lives, type LotRow } from './lives.ts'
import { replay } from './replay.ts'

export const EXPORT_FORMATS = ['csv', 'jsonl', 'gc'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Columns of the two tables, in their order. */
const LOT_COLUMNS: readonly (keyof LotRow)[] = [
  'lot',
  'kind',
  'asset',
  'location',
  'owner',
  'interval',
  'minutes',
  'source',
  'carbonMilligramPerKwh',
  'mintedMilliWh',
  'activeMilliWh',
  'setAsideMilliWh',
  'consumedMilliWh',
  'exportedMilliWh',
  'exchangedMilliWh',
  'conversionLossMilliWh',
  'storageLossMilliWh',
  'offeredMilliWh',
  'rateMicroUsdPerKwh',
  'offerInterval',
]
const EVENT_COLUMNS: readonly (keyof EventRow)[] = [
  'block',
  'transaction',
  'client',
  'sequence',
  'event',
  'interval',
  'lot',
  'from',
  'to',
  'reason',
  'account',
  'microUsd',
  'rateMicroUsdPerKwh',
]

/**
 * Writes a ledger's lots or events, line by line and in the order in which they end or happen: nothing is kept, so that a year of
 * a thousand homes passes through.
 *
 * @param what `csv` and `jsonl`: which table; `gc` has its own records
 * @param write takes each line, without its end
 */
export function exportLedger(
  path: string,
  format: ExportFormat,
  what: 'lots' | 'events',
  write: (line: string) => void,
): void {
  if (format === 'gc') {
    const certificates = granularCertificates((record) => write(JSON.stringify(record)))
    replay(path, certificates.listen)
    return certificates.finish()
  }
  if (what === 'events') {
    if (format === 'csv') write(csvLine(EVENT_COLUMNS))
    const line = (row: EventRow) =>
      format === 'csv' ? csvLine(EVENT_COLUMNS.map((name) => row[name])) : JSON.stringify(row)
    replay(path, (book) => eventRows(book, (row) => write(line(row))))
    return
  }
  if (format === 'csv') write(csvLine(LOT_COLUMNS))
  const lives = new Lives((row) =>
    write(format === 'csv' ? csvLine(LOT_COLUMNS.map((name) => row[name])) : JSON.stringify(row)),
  )
  replay(path, (book) => {
    lives.book = book
    return lives.sink
  })
  lives.finish()
}
