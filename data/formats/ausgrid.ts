import { columnAt, readTable, type Table } from './csv-rows.ts'
import { labelSeconds, seriesFile, type SeriesFile, type SeriesOptions } from './series.ts'
import { refuse } from './source.ts'

/** General consumption, controlled load (hot water), gross generation of the plant. */
const NAMES: Readonly<Record<string, string>> = {
  GC: 'loadMilliWh',
  CL: 'controlledLoadMilliWh',
  GG: 'solarMilliWh',
}

/**
 * Reads Ausgrid's solar home data, half hours: the publisher's table (a row for each customer,
 * category and day, kWh in 48 columns named by the END of their half hour), of which `customer` is
 * taken; or P. Haessig's extracts (labels in the first column by their START, mean kW in GC, CL, GG).
 * Whether the clock follows daylight saving is not written in either: `timeZone` says it.
 */
export function parseAusgrid(
  text: string,
  options: SeriesOptions & { readonly customer?: string | undefined },
): SeriesFile {
  const { name } = options
  // The publisher's files have a title above their header.
  const head = /^\ufeff?[^\n]*\n/.exec(text)?.[0] ?? ''
  const titled = !/customer|GC/i.test(head)
  const table = readTable(titled ? text.slice(head.length) : text, name, titled ? 2 : 1)
  if (table.header.includes('Consumption Category')) return wide(table, options)
  const columns = Object.keys(NAMES).filter((title) => table.header.includes(title))
  if (table.header[0] !== '' || columns.length === 0)
    return refuse(name, 1, 'has no columns GC, CL or GG', `its columns are ${table.header.join(', ')}`)
  const { wall, timeZone } = labelSeconds(
    table.rows.map((row) => row[0]),
    table.lines,
    options,
  )
  const specs = columns.map((title) => ({ title, name: NAMES[title], kind: { energy: 'kW' as const } }))
  return seriesFile('ausgrid', table, wall, timeZone, options.labels ?? 'start', specs, options)
}

const HALF_HOURS = Array.from(
  { length: 48 },
  (_, at) => `${Math.floor(((at + 1) % 48) / 2)}:${at % 2 === 0 ? '30' : '00'}`,
)

function wide(
  { header, rows, lines }: Table,
  options: SeriesOptions & { readonly customer?: string | undefined },
): SeriesFile {
  const { name, customer } = options
  const at = (title: string) => columnAt(header, title, name)
  const [customerAt, categoryAt, dateAt] = ['Customer', 'Consumption Category', 'date'].map(at)
  const customers = [...new Set(rows.map((row) => row[customerAt].trim()))]
  if (customer === undefined && customers.length > 1)
    refuse(
      name,
      lines[0],
      `has ${customers.length} customers`,
      `say which with \`customer\`: ${customers.slice(0, 5).join(', ')}, …`,
    )
  const wanted = customer ?? customers[0]
  const slots = HALF_HOURS.map(at)
  const days = new Map<string, { line: number; cells: Map<string, readonly string[]> }>()
  rows.forEach((row, index) => {
    if (row[customerAt].trim() !== wanted) return
    const date = row[dateAt].trim()
    const day = days.get(date) ?? { line: lines[index], cells: new Map<string, readonly string[]>() }
    const category = row[categoryAt].trim()
    if (NAMES[category] === undefined)
      refuse(name, lines[index], `the category is ${category}`, `known are ${Object.keys(NAMES).join(', ')}`)
    if (day.cells.has(category))
      refuse(name, lines[index], `tells ${category} of ${date} twice`, 'give every day once')
    day.cells.set(
      category,
      slots.map((slot) => row[slot]),
    )
    days.set(date, day)
  })
  if (days.size === 0)
    refuse(name, 0, `has no customer ${wanted}`, `it has ${customers.slice(0, 9).join(', ')}`)
  const categories = Object.keys(NAMES).filter((category) =>
    [...days.values()].some(({ cells }) => cells.has(category)),
  )
  const long: Table = {
    header: ['time', ...categories],
    rows: [...days].flatMap(([date, { line, cells }]) =>
      Array.from({ length: 48 }, (_, slot) => [
        date,
        ...categories.map(
          (category) =>
            cells.get(category)?.[slot] ??
            refuse(name, line, `${date} has no ${category}`, 'give every category on every day'),
        ),
      ]),
    ),
    lines: [...days.values()].flatMap(({ line }) => Array.from({ length: 48 }, () => line)),
  }
  const dates = labelSeconds(
    long.rows.map((row) => row[0]),
    long.lines,
    options,
    dateSeconds,
  )
  const wall = dates.wall.map((midnight, row) => midnight + ((row % 48) + 1) * 1800)
  const specs = categories.map((title) => ({ title, name: NAMES[title], kind: { energy: 'kWh' as const } }))
  return seriesFile('ausgrid', long, wall, dates.timeZone, options.labels ?? 'end', specs, options)
}

/** d/m/yyyy or d-MMM-yy, as the years of the publication have it. */
function dateSeconds(label: string): number {
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(label.trim())
  if (slashed !== null) return Date.UTC(Number(slashed[3]), Number(slashed[2]) - 1, Number(slashed[1])) / 1000
  const named = /^(\d{1,2})-([A-Za-z]{3})-(\d\d)$/.exec(label.trim())
  const month = 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf((named?.[2] ?? '-').toLowerCase())
  return named === null || month < 0
    ? Number.NaN
    : Date.UTC(2000 + Number(named[3]), month / 3, Number(named[1])) / 1000
}
