import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { readColumns, sameLength } from './files.ts'

const FOLDER = 'homes-fontana-2016'

/** One home of the reference set in the order of its rows, kWh per row. */
export interface ReferenceHome {
  readonly file: string
  readonly loadKwh: Float64Array
  readonly solarKwh: Float64Array
}

/** References that come without the homes are of those in `../shared/data`. */
export const homesDir = (dir: string): string =>
  existsSync(join(dir, FOLDER)) ? dir : join(import.meta.dirname, '../../../shared/data')

/** `number` as in the file's name, with its zero: `01`. */
export function readHome(dir: string, number: string): ReferenceHome {
  const file = `${FOLDER}/home_${number}.csv`
  const { load_kwh: loadKwh, pv_kwh: solarKwh } = readColumns(homesDir(dir), file, ['load_kwh', 'pv_kwh'])
  return { file, loadKwh, solarKwh }
}

export const homeNumber = (home: number): string => String(home).padStart(2, '0')

/**
 * The import price of every row, USD/kWh, from how the reference names it: a column of `common.csv`
 * (`common.csv price_usd_per_kwh`) or a flat number.
 */
export function readImportPrice(
  dir: string,
  source: string,
  named: string,
  home: ReferenceHome,
): Float64Array {
  const rows = home.loadKwh.length
  const column = /^common\.csv (\w+)$/.exec(named)?.[1]
  if (column !== undefined) {
    const file = `${FOLDER}/common.csv`
    const price = readColumns(homesDir(dir), file, [column])[column]
    sameLength(file, price.length, home.file, rows)
    return price
  }
  const flat = Number(named.replace(/ flat$/, ''))
  if (named.trim() !== '' && Number.isFinite(flat)) return new Float64Array(rows).fill(flat)
  throw new VppError('invalid', {
    place: source,
    problem: `the import price is ${JSON.stringify(named)}`,
    fix: 'write `common.csv COLUMN` or a number in USD/kWh',
  })
}
