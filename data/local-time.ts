import { axisEndSeconds, type TimeAxis } from './axis.ts'

/** First instant of a local day, seconds since 1970. */
export const dayStartSeconds = (date: string, timeZone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds / 1000

/** The axis of `days` local days from a date: 23- and 25-hour days count as one. */
export function localAxis(date: string, days: number, timeZone: string, stepSeconds: number): TimeAxis {
  const startSeconds = dayStartSeconds(date, timeZone)
  const end = dayStartSeconds(Temporal.PlainDate.from(date).add({ days }).toString(), timeZone)
  return { startSeconds, stepSeconds, count: Math.floor((end - startSeconds) / stepSeconds) }
}

/** Local months that an axis touches, and the month of every interval. */
export interface LocalMonths {
  /** `2016-08`, in order. */
  readonly names: readonly string[]
  readonly ofStep: Uint16Array
  /** Part of each month that the axis covers, (0, 1]. */
  readonly covered: readonly number[]
}

export function localMonths(axis: TimeAxis, timeZone: string): LocalMonths {
  const names: string[] = []
  const covered: number[] = []
  const ofStep = new Uint16Array(axis.count)
  const end = axisEndSeconds(axis)
  const at = Temporal.Instant.fromEpochMilliseconds(axis.startSeconds * 1000).toZonedDateTimeISO(timeZone)
  let first = at.with({ day: 1 }).startOfDay()
  for (let from = axis.startSeconds; from < end;) {
    const next = first.add({ months: 1 })
    const [monthStart, monthEnd] = [first.epochMilliseconds / 1000, next.epochMilliseconds / 1000]
    const to = Math.min(end, monthEnd)
    ofStep.fill(
      names.length,
      Math.ceil((from - axis.startSeconds) / axis.stepSeconds),
      Math.ceil((to - axis.startSeconds) / axis.stepSeconds),
    )
    names.push(first.toPlainDate().toString().slice(0, 7))
    covered.push((to - from) / (monthEnd - monthStart))
    from = to
    first = next
  }
  return { names, ofStep, covered }
}
