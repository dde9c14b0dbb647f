import type { SeriesWindow } from './report-input.ts'

/** Where a window lies on the settlement axis. */
export interface WindowPlace {
  readonly id: SeriesWindow['id']
  readonly first: number
  readonly count: number
}

export interface RunAxis {
  readonly startSeconds: number
  readonly stepSeconds: number
  readonly count: number
  readonly timeZone: string
}

/**
 * Two weeks and a day to look at, in local time, chosen by the calendar and not by their result: the
 * Monday-to-Sunday weeks around 15 July and 15 January, and the Wednesday of the first. A run that
 * holds neither shows its first seven days (or all it has), and the day in their middle.
 */
export function windowPlaces(axis: RunAxis): WindowPlace[] {
  const weeks = ['07-15', '01-15'].flatMap((date) => weekAround(axis, date) ?? [])
  if (weeks.length === 0) {
    const days = Math.min(7, Math.floor((axis.count * axis.stepSeconds) / 86_400))
    if (days === 0) return []
    const start = instant(axis, 0)
    const week = between(axis, start, start.add({ days }))
    if (week === null) return []
    weeks.push(week)
  }
  const places: WindowPlace[] = weeks.map(({ first, count }, index) => ({
    id: index === 0 ? 'first-week' : 'second-week',
    first,
    count,
  }))
  const days = Math.round((weeks[0].count * axis.stepSeconds) / 86_400)
  const start = instant(axis, weeks[0].first).add({ days: Math.min(2, Math.floor(days / 2)) })
  const day = between(axis, start, start.add({ days: 1 }))
  return day === null ? places : [...places, { id: 'day', ...day }]
}

interface Piece {
  first: number
  count: number
}

const instant = (axis: RunAxis, step: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(
    (axis.startSeconds + step * axis.stepSeconds) * 1000,
  ).toZonedDateTimeISO(axis.timeZone)

function weekAround(axis: RunAxis, monthDay: string): Piece | null {
  const firstYear = instant(axis, 0).year
  const lastYear = instant(axis, axis.count).year
  for (let year = firstYear; year <= lastYear; year++) {
    const date = Temporal.PlainDate.from(`${year}-${monthDay}`)
    const monday = date.subtract({ days: date.dayOfWeek - 1 }).toZonedDateTime(axis.timeZone)
    const piece = between(axis, monday, monday.add({ days: 7 }))
    if (piece !== null) return piece
  }
  return null
}

/** Steps from one instant to another, null when the run does not hold all of them. */
function between(axis: RunAxis, from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): Piece | null {
  const stepOf = (time: Temporal.ZonedDateTime) =>
    (time.epochMilliseconds / 1000 - axis.startSeconds) / axis.stepSeconds
  const first = Math.ceil(stepOf(from))
  const end = Math.ceil(stepOf(to))
  return first < 0 || end > axis.count || end <= first ? null : { first, count: end - first }
}
