import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { readText } from './files.ts'

/** Where an EPW weather file was measured, and the calendar of its rows. */
export interface EpwCalendar {
  readonly file: string
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  /** Of standard time from UTC; > 0 is east. */
  readonly offsetHours: number
  readonly altitudeM: number
  /** Of each row: 1 to 12, 1 to 31, 1 to 24 (the hour that ends then). */
  readonly month: Uint8Array
  readonly dayOfMonth: Uint8Array
  readonly hour: Uint8Array
}

const HEADER_LINES = 8

/** Where weather files lie that references of another folder may name. */
const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')

/** Folder of data, and path in it, of a file that lies in one of its folders. */
function locate(dir: string, name: string, source: string): { dir: string; file: string } {
  for (const data of [dir, SHARED].filter((one) => existsSync(one))) {
    const folders = readdirSync(data, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted()
    const folder = folders.find((one) => existsSync(join(data, one, name)))
    if (folder !== undefined) return { dir: data, file: `${folder}/${name}` }
  }
  throw new VppError('invalid', {
    place: `${source}  weather`,
    problem: `${name} is in no folder of the references`,
    fix: 'put the weather file that the reference was computed from beside it',
  })
}

/** Place and calendar of the EPW file that a reference names; its weather is read from the reference itself. */
export function readEpwCalendar(dir: string, name: string, source: string): EpwCalendar {
  const found = locate(dir, basename(name), source)
  const { file } = found
  const lines = readText(found.dir, file).split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const fail = (line: number, problem: string): never => {
    throw new VppError('invalid', { place: `${file}:${line}`, problem, fix: 'is it a whole EPW file?' })
  }
  const numbers = (line: number, from: number, to: number): number[] => {
    const cells = (lines[line] ?? '').split(',').slice(from, to)
    const values = cells.map(Number)
    if (values.length < to - from || cells.includes('') || values.some((value) => !Number.isFinite(value)))
      fail(line + 1, `columns ${from + 1} to ${to} are ${JSON.stringify(cells.join(','))}`)
    return values
  }
  if (!(lines[0] ?? '').startsWith('LOCATION,')) fail(1, 'does not start with LOCATION')
  const [latitudeDeg, longitudeDeg, offsetHours, altitudeM] = numbers(0, 6, 10)
  const rows = lines.slice(HEADER_LINES).map((_, row) => numbers(HEADER_LINES + row, 1, 4))
  if (rows.length === 0) fail(lines.length, 'has no rows')
  return {
    file,
    latitudeDeg,
    longitudeDeg,
    offsetHours,
    altitudeM,
    month: Uint8Array.from(rows, ([month]) => month),
    dayOfMonth: Uint8Array.from(rows, ([, day]) => day),
    hour: Uint8Array.from(rows, ([, , hour]) => hour),
  }
}
