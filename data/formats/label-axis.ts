import type { TimeAxis } from '../axis.ts'
import { type IntervalLabel, offsetName, refuse, type SourceClock } from './source.ts'

/** How rows that run on through a change of the clocks are brought to real time. */
export const SEAMS = ['drop', 'move'] as const
export type Seam = (typeof SEAMS)[number]

export interface LabelOptions {
  readonly name: string
  /** IANA zone, or a fixed offset like `+10:00`, `UTC-05:00`, `UTC`. */
  readonly timeZone: string
  readonly labels: IntervalLabel
  /**
   * `drop` leaves out rows whose wall time does not exist; `move` gives them to the hour of autumn that
   * has no row, so that sums stay. Left out: such a file is asked about.
   */
  readonly seam?: Seam | undefined
  readonly stepSeconds?: number | undefined
}

export interface LabelAxis {
  readonly axis: TimeAxis
  /** For every interval, the row that fills it. */
  readonly rowOf: Int32Array
  readonly clock: SourceClock
  readonly notes: readonly string[]
  /** Rows whose wall time does not exist; what they hold tells whether they are fillers. */
  readonly skipped: readonly number[]
}

/** Hours of a fixed offset; null for the name of a zone. */
export function fixedOffsetHours(timeZone: string): number | null {
  if (/^(?:UTC|GMT|Z)$/i.test(timeZone)) return 0
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(timeZone)
  if (match === null) return null
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) + Number(match[3] ?? 0) / 60)
}

const LABEL = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.0+)?)?$/
/** The day that was read last: rows of a table follow each other. */
let lastDay = ''
let lastDaySeconds = Number.NaN

/** Midnight of a day, `2016-08-01`; NaN for none, and for a 30 February. */
function daySeconds(day: string): number {
  if (day === lastDay) return lastDaySeconds
  const [year, month, date] = day.split('-').map(Number)
  const seconds = Date.UTC(year, month - 1, date) / 1000
  lastDay = day
  lastDaySeconds = new Date(seconds * 1000).getUTCDate() === date ? seconds : Number.NaN
  return lastDaySeconds
}

/** Seconds of a wall time as if it were UTC: `2016-08-01 00:30`, `2016-08-01T00:00:05`; NaN for none. */
export function wallSeconds(label: string): number {
  const text = label.trim()
  if (!LABEL.test(text)) return Number.NaN
  const two = (at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
  const [hour, minute, second] = [two(11), two(14), text.length > 16 ? two(17) : 0]
  // An hour 24 would be carried on silently.
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN
  return daySeconds(text.slice(0, 10)) + hour * 3600 + minute * 60 + second
}

/** An offset that stands in a label itself wins over the zone. */
export const hasOffset = (label: string): boolean => /(?:Z|[+-]\d\d:?\d\d)\s*$/.test(label)

export const wallText = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')

/**
 * The UTC axis of rows that carry wall-clock labels. Every label must be the one that is due: a row
 * twice, a gap, a step that changes is told with its line. In a zone with daylight saving the labels
 * must show 23- and 25-hour days; rows that run on as if the clocks did not change are asked about.
 *
 * @param wall label of each row in seconds, as if it were UTC
 * @param lines line of each row in the file
 */
export function labelAxis(wall: Float64Array, lines: readonly number[], options: LabelOptions): LabelAxis {
  const { name, timeZone, labels } = options
  if (wall.length < 2) refuse(name, lines[0] ?? 1, 'has fewer than two rows', 'give at least two intervals')
  const step = options.stepSeconds ?? wall[1] - wall[0]
  if (!(step > 0)) refuse(name, lines[1], 'does not come after the row before', 'sort the rows by time')
  const back = labels === 'start' ? 0 : labels === 'end' ? step : step / 2
  const starts = wall.map((seconds) => seconds - back)
  const fixed = fixedOffsetHours(timeZone)
  const clock = { labels, timeZone: fixed === null ? timeZone : offsetName(fixed) }
  const all = (startSeconds: number): LabelAxis => ({
    axis: { startSeconds, stepSeconds: step, count: wall.length },
    rowOf: Int32Array.from(wall, (_, row) => row),
    clock,
    notes: seamNotes(starts, startSeconds, step, fixed === null ? zoneOffset(timeZone) : null),
    skipped: [],
  })
  if (fixed !== null) {
    firstOffBeat(starts, step, lines, name)
    return all(starts[0] - fixed * 3600)
  }
  const offsetAt = zoneOffset(timeZone)
  const first = instantOf(starts[0], offsetAt)
  if (first === null)
    return refuse(
      name,
      lines[0],
      `${wallText(wall[0])} is no time of ${timeZone}`,
      'clocks skip it: check the zone',
    )
  const wrong = starts.findIndex((start, row) => start !== first + row * step + offsetAt(first + row * step))
  if (wrong === -1) return all(first)
  const runsOn = starts.every((start, row) => start === starts[0] + row * step)
  if (!runsOn) {
    firstOffBeat(starts, step, lines, name, wrong, first + wrong * step + offsetAt(first + wrong * step))
    return all(first)
  }
  if (options.seam === undefined) {
    return refuse(
      name,
      lines[wrong],
      `runs on through the change of ${timeZone}’s clocks: ${wallText(wall[wrong])} follows ${wallText(wall[wrong - 1])} as if every day had 24 hours`,
      `say what its clock is: \`timeZone\` with a fixed offset like ${offsetName(offsetAt(first) / 3600).slice(3)} when it never changes, \`seam\` drop when rows of skipped hours are fillers, \`seam\` move when sums must stay`,
    )
  }
  return { ...acrossSeam(starts, step, lines, options.seam, offsetAt, name), clock }
}

/** Rows that run on through changes of the clock, brought to real intervals. */
function acrossSeam(
  starts: Float64Array,
  step: number,
  lines: readonly number[],
  seam: Seam,
  offsetAt: (utc: number) => number,
  name: string,
): Omit<LabelAxis, 'clock'> {
  const first = instantOf(starts[0], offsetAt) ?? 0
  const rowAt = new Map<number, number>()
  const homeless: number[] = []
  starts.forEach((start, row) => {
    const utc = instantOf(start, offsetAt)
    if (utc === null) homeless.push(row)
    else rowAt.set(utc, row)
  })
  const skipped = [...homeless]
  const last = instantOf(starts[starts.length - 1], offsetAt) ?? first
  const count = Math.round((last - first) / step) + 1
  const rowOf = new Int32Array(count)
  const notes: string[] = []
  for (let at = 0; at < count; at++) {
    const utc = first + at * step
    const row = rowAt.get(utc)
    if (row !== undefined) {
      rowOf[at] = row
      continue
    }
    const next = seam === 'move' ? homeless.shift() : undefined
    if (next === undefined)
      return refuse(
        name,
        lines[0],
        `has no row for ${wallText(utc)} UTC, the second hour when clocks go back`,
        seam === 'drop'
          ? '`seam` move gives it the row of the hour that clocks skipped'
          : 'it has fewer rows than hours: give a `timeZone` with a fixed offset',
      )
    rowOf[at] = next
    notes.push(
      `The row labelled ${wallText(starts[next])}, a time that did not exist, fills ${wallText(utc).replace(' ', 'T')}Z that had no row.`,
    )
  }
  for (const row of homeless)
    notes.push(`The row labelled ${wallText(starts[row])}, a time that did not exist, is left out.`)
  return { axis: { startSeconds: first, stepSeconds: step, count }, rowOf, notes, skipped }
}

/** The first row that is not one step after the row before. */
function firstOffBeat(
  starts: Float64Array,
  step: number,
  lines: readonly number[],
  name: string,
  from = -1,
  due = 0,
): void {
  const at = from >= 0 ? from : starts.findIndex((start, row) => start !== starts[0] + row * step)
  if (at === -1) return
  const expected = from >= 0 ? due : starts[0] + at * step
  const what = starts[at] < expected ? 'repeats or goes back' : 'follows a gap'
  refuse(
    name,
    lines[at],
    `${what}: the interval from ${wallText(starts[at])} where ${wallText(expected)} is due`,
    'give every interval once, in order, with one length',
  )
}

/** Offset from UTC of a zone's clock at an instant, seconds; fast for instants that follow each other. */
export function zoneOffset(timeZone: string): (utc: number) => number {
  const fixed = fixedOffsetHours(timeZone)
  if (fixed !== null) return () => fixed * 3600
  let from = 0
  let to = 0
  let offset = 0
  return (utc) => {
    if (utc >= from && utc < to) return offset
    const at = Temporal.Instant.fromEpochMilliseconds(utc * 1000).toZonedDateTimeISO(timeZone)
    offset = at.offsetNanoseconds / 1e9
    const next = at.getTimeZoneTransition('next')
    // A transition is in its own window: one second later the previous one is itself.
    const before = at.add({ seconds: 1 }).getTimeZoneTransition('previous')
    from = before === null ? Number.NEGATIVE_INFINITY : before.epochMilliseconds / 1000
    to = next === null ? Number.POSITIVE_INFINITY : next.epochMilliseconds / 1000
    return offset
  }
}

/** The instants that have a wall time, the earlier first: none for one that clocks skip, two for one twice. */
export function instantsOf(wall: number, offsetAt: (utc: number) => number): number[] {
  const candidates = new Set([offsetAt(wall - 86_400), offsetAt(wall + 86_400)])
  return [...candidates]
    .filter((offset) => offsetAt(wall - offset) === offset)
    .map((offset) => wall - offset)
    .toSorted((a, b) => a - b)
}

const instantOf = (wall: number, offsetAt: (utc: number) => number): number | null =>
  instantsOf(wall, offsetAt)[0] ?? null

/** Labels of a clock with daylight saving that show its changes: how many are left out and repeated. */
function seamNotes(
  starts: Float64Array,
  first: number,
  step: number,
  offsetAt: ((utc: number) => number) | null,
): string[] {
  if (offsetAt === null) return []
  const notes: string[] = []
  for (let row = 1; row < starts.length; row++) {
    const jump = offsetAt(first + row * step) - offsetAt(first + (row - 1) * step)
    if (jump === 0) continue
    const labels = Math.abs(jump) / step
    notes.push(
      `Labels follow the clocks: ${labels} ${jump > 0 ? 'are skipped before' : 'are repeated from'} ${wallText(starts[row])}.`,
    )
  }
  return notes
}
