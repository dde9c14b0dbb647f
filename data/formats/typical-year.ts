import type { TimeAxis } from '../axis.ts'
import { refuse, type SourceOptions } from './source.ts'

/** The calendar parts of a row's interval START; the year as the file has it. */
export interface CalendarRow {
  readonly year: number
  /** Start of the interval as if the clock were UTC and the year the file's, seconds. */
  readonly seconds: number
  readonly line: number
}

/**
 * The axis of a weather file: rows of one year keep it; rows whose years go back, or whose months come
 * from several years, are a typical year and need `year`. Every row is one step after the last.
 *
 * @param utcOffsetHours of the rows' clock, which knows no daylight saving
 */
export function weatherAxis(
  rows: readonly CalendarRow[],
  stepSeconds: number,
  utcOffsetHours: number,
  { name, year }: SourceOptions,
): { axis: TimeAxis; sourceYears: number[]; notes: string[] } {
  const sourceYears: number[] = []
  for (const row of rows) if (sourceYears[sourceYears.length - 1] !== row.year) sourceYears.push(row.year)
  const first = rows[0]
  const runsOn = rows.every(({ seconds }, at) => seconds === first.seconds + at * stepSeconds)
  const offset = utcOffsetHours * 3600
  if (runsOn && year === undefined) {
    const axis = { startSeconds: first.seconds - offset, stepSeconds, count: rows.length }
    return { axis, sourceYears, notes: [] }
  }
  if (year === undefined && new Set(sourceYears).size > 1) {
    refuse(
      name,
      first.line,
      `its rows are from ${new Set(sourceYears).size} different years (${sourceYears.join(', ')}) and do not follow each other: a typical year has none of its own`,
      'say which calendar year it shall stand for with `year`, like 2023',
    )
  }
  const target = year ?? first.year
  const shifted = (seconds: number): number => {
    const date = new Date(seconds * 1000)
    return (
      Date.UTC(
        target,
        date.getUTCMonth(),
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
      ) / 1000
    )
  }
  const hasLeapDay = rows.some(({ seconds }) => /-02-29T/.test(new Date(seconds * 1000).toISOString()))
  const isLeap = new Date(Date.UTC(target, 1, 29)).getUTCMonth() === 1
  if (hasLeapDay && !isLeap)
    refuse(
      name,
      first.line,
      `has a 29 February, which ${target} has not`,
      'give a leap year with `year`, like 2024',
    )
  // The first interval may begin before New Year, the second does not.
  const start = rows.length > 1 ? shifted(rows[1].seconds) - stepSeconds : shifted(first.seconds)
  rows.forEach(({ seconds, line }, at) => {
    const due = start + at * stepSeconds
    if (at === 0 || shifted(seconds) === due) return
    const label = (value: number) => new Date(value * 1000).toISOString().slice(5, 16).replace('T', ' ')
    const leapGap = isLeap && !hasLeapDay && label(due).startsWith('02-29')
    refuse(
      name,
      line,
      `the interval from ${label(shifted(seconds))} stands where ${label(due)} is due`,
      leapGap
        ? `29 February of ${target} is left out: give a year without one with \`year\`, like 2023`
        : 'give every interval once, in order',
    )
  })
  const several = new Set(sourceYears).size > 1
  return {
    axis: { startSeconds: start - offset, stepSeconds, count: rows.length },
    sourceYears,
    notes: several
      ? [
          `A typical year: rows of ${[...new Set(sourceYears)].toSorted((a, b) => a - b).join(', ')}, put on ${target}.`,
        ]
      : [],
  }
}

/** A file of whole years: anything else was cut off. */
export function wholeYear(rows: number, stepSeconds: number, name: string, lastLine: number): void {
  const days = (rows * stepSeconds) / 86_400
  const years = Math.max(1, Math.round(days / 365.25))
  if (days < years * 365 || days > years * 366)
    refuse(
      name,
      lastLine,
      `ends after ${rows} rows, which is ${days.toFixed(1)} days and no whole year`,
      'the file may be cut off: get it again',
    )
}
