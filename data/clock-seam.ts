/** A row of a wall-clock series that had to move to another hour of the real time axis. */
export interface MovedRow {
  readonly row: number
  /** Label of the row on the source's clock, `2017-03-12 02:00`. */
  readonly label: string
  /** Why: the label does not exist on a wall clock, or a second row claims the same hour. */
  readonly reason: 'no such hour' | 'hour taken'
  /** The real hour that it fills, UTC. */
  readonly toUtc: string
}

export interface ClockMapping {
  /** Start of the first hour, seconds since 1970. */
  readonly startSeconds: number
  /** For every real hour, the row that fills it. */
  readonly rowOfHour: Int32Array
  readonly moved: readonly MovedRow[]
}

/**
 * Maps rows that carry consecutive wall-clock labels, one an hour, to the real hours of a time zone.
 * Where clocks go back an hour has no row; where they go forward a row has no hour. Every row is used
 * once and every hour gets one row: rows without an hour fill hours without a row, in order, so that
 * sums over the series stay those of the source. What was moved is reported.
 *
 * @param firstLabel label of row 0, ISO without offset: `2016-08-01T00:00`
 * @param rows number of rows, one an hour
 */
export function mapWallClock(firstLabel: string, rows: number, timeZone: string): ClockMapping {
  const first = Temporal.PlainDateTime.from(firstLabel)
  const startSeconds = first.toZonedDateTime(timeZone).epochMilliseconds / 1000
  const rowOfHour = new Int32Array(rows).fill(-1)
  const homeless: { row: number; label: string; reason: MovedRow['reason'] }[] = []
  // The clock's own seconds, as if it were UTC: calendar objects for every hour of a year would take longer than a small run.
  const firstSeconds = first.toZonedDateTime('UTC').epochMilliseconds / 1000
  const firstDay = Math.floor(firstSeconds / 86_400)
  let offsetDay = Number.NaN
  let offsetSeconds = 0
  let dayHasSeam = false
  for (let row = 0; row < rows; row++) {
    const clockSeconds = firstSeconds + row * 3600
    const day = Math.floor(clockSeconds / 86_400)
    if (day !== offsetDay) {
      // One look a day: only a day with a seam needs a look for every hour.
      offsetDay = day
      const date = first.toPlainDate().add({ days: day - firstDay })
      const zoned = date.toZonedDateTime(timeZone)
      dayHasSeam = zoned.hoursInDay !== 24
      offsetSeconds = zoned.offsetNanoseconds / 1e9
    }
    const label = dayHasSeam ? first.add({ hours: row }) : null
    const exists = label === null || existsIn(label, timeZone)
    const seconds: number =
      label === null
        ? clockSeconds - offsetSeconds
        : label.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds / 1000
    const hour = (seconds - startSeconds) / 3600
    if (!exists) homeless.push({ row, label: labelOf(first, row), reason: 'no such hour' })
    else if (hour < 0 || hour >= rows || rowOfHour[hour] !== -1) {
      homeless.push({ row, label: labelOf(first, row), reason: 'hour taken' })
    } else rowOfHour[hour] = row
  }
  const moved: MovedRow[] = []
  for (let hour = 0; hour < rows; hour++) {
    if (rowOfHour[hour] !== -1) continue
    const next = homeless.shift()
    if (next === undefined) throw new Error('internal: fewer rows than hours')
    rowOfHour[hour] = next.row
    const toUtc = `${new Date((startSeconds + hour * 3600) * 1000).toISOString().slice(0, 16)}Z`
    moved.push({ ...next, toUtc })
  }
  return { startSeconds, rowOfHour, moved }
}

const labelOf = (first: Temporal.PlainDateTime, row: number): string =>
  first.add({ hours: row }).toString().replace('T', ' ').slice(0, 16)

function existsIn(label: Temporal.PlainDateTime, timeZone: string): boolean {
  return label.toZonedDateTime(timeZone).toPlainDateTime().equals(label)
}
