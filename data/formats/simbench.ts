import { readTable } from './csv-rows.ts'
import { labelSeconds, seriesFile, type SeriesFile, type SeriesOptions } from './series.ts'
import { refuse } from './source.ts'

/** dd.mm.yyyy HH:MM as if it were UTC. */
function germanSeconds(label: string): number {
  const match = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)$/.exec(label.trim())
  if (match === null) return Number.NaN
  const [day, month, year, hour, minute] = match.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute) / 1000
}

/** Time column of SimBench's own files and of those with a step beside it. */
const TIME = ['time_raw', 'time']

/**
 * Reads SimBench profiles: quarter hours per unit of an element's rated power, labelled by their start
 * on the German clock with daylight saving (four labels skipped in March, four repeated in October).
 * A column's name stays: `H0-A_pload` × rated kW is a mean power. ODbL 1.0, share alike.
 */
export function parseSimbench(text: string, options: SeriesOptions): SeriesFile {
  const { name } = options
  const separator = text.slice(0, text.indexOf('\n')).includes(';') ? ';' : ','
  const table = readTable(text, name, 1, separator)
  const { header, rows, lines } = table
  const time = TIME.find((title) => header.includes(title))
  if (time === undefined)
    return refuse(name, 1, `has no column ${TIME.join(' or ')}`, `its columns are ${header.join(', ')}`)
  const timeAt = header.indexOf(time)
  const stepAt = header.indexOf('step')
  if (stepAt >= 0)
    rows.forEach((row, at) => {
      if (Number(row[stepAt]) !== at)
        refuse(name, lines[at], `is step ${row[stepAt]} where ${at} is due`, 'give every step once, in order')
    })
  const { wall, timeZone } = labelSeconds(
    rows.map((row) => row[timeAt]),
    lines,
    { ...options, timeZone: options.timeZone ?? 'Europe/Berlin' },
    germanSeconds,
  )
  const specs = header
    .filter((title) => title !== 'step' && title !== time)
    .map((title) => ({ title, name: title, kind: { factor: 1 } }))
  return seriesFile('simbench', table, wall, timeZone, options.labels ?? 'start', specs, options)
}
