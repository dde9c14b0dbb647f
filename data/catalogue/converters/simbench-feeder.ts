import { columnAt, readTable } from '../../formats/csv-rows.ts'
import { type Converter, pythonFloat, roundTo, type ReadOrigin } from './converter.ts'

/** Scenario 2 ("future"), the first feeder of the class semiurb4: code 1-LV-semiurb4--2-sw. */
const SUBNET = 'LV4.101'
const DIGITS = 5
const PLANT_DIGITS = 6

/** Columns of a table of profiles; a column of whole numbers only is written so. */
function profiles(read: ReadOrigin, path: string, digits: number) {
  const { header, rows } = readTable(read(path), path, 1, ';')
  const timeAt = columnAt(header, 'time', path)
  return {
    times: rows.map((row) => row[timeAt]),
    column: (title: string): string[] => {
      const at = columnAt(header, title, path)
      if (rows.every((row) => /^-?\d+$/.test(row[at]))) return rows.map((row) => row[at])
      return rows.map((row) => pythonFloat(roundTo(Number(row[at]), digits)))
    },
  }
}

const distinct = (read: ReadOrigin, path: string): string[] => {
  const { header, rows } = readTable(read(path), path, 1, ';')
  const [subnetAt, profileAt] = ['subnet', 'profile'].map((title) => columnAt(header, title, path))
  const names = rows.filter((row) => row[subnetAt] === SUBNET).map((row) => row[profileAt])
  // By code unit, as Python sorts.
  return [...new Set(names)].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** `1-complete_data-mixed-all-2-sw` of the package simbench 1.6.3: the profiles of one feeder. ODbL 1.0. */
export const simbenchFeeder: Converter = {
  set: 'feeder-simbench-semiurb4',
  needs: 'Load.csv, RES.csv, LoadProfile.csv, RESProfile.csv of networks/1-complete_data-mixed-all-2-sw',
  *convert(read) {
    const load = profiles(read, 'LoadProfile.csv', DIGITS)
    const solar = profiles(read, 'RESProfile.csv', PLANT_DIGITS)
    const titles = distinct(read, 'Load.csv').flatMap((name) => [`${name}_pload`, `${name}_qload`])
    const plants = distinct(read, 'RES.csv')
    const columns = [...titles.map(load.column), ...plants.map(solar.column)]
    const lines = load.times.map((time, row) =>
      [row, time, ...columns.map((values) => values[row])].join(','),
    )
    yield {
      name: 'profiles_15min.csv',
      text: `${[['step', 'time_raw', ...titles, ...plants].join(','), ...lines].join('\n')}\n`,
    }
  },
}
