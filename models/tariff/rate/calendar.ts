import type { Schedule } from './rate.ts'

/** Month (0: January), hour and kind of day of every interval. */
export interface TariffClock {
  readonly month: Uint8Array
  readonly hour: Uint8Array
  /** 1: the weekend schedule holds. */
  readonly weekend: Uint8Array
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Days of a month without a 29 February, 0: January. */
export const daysOfMonth = (month: number): number => DAYS[month]

/**
 * The year of SAM: 365 days from 1 January, a Monday; no daylight saving, no holidays.
 * @param stepsPerHour intervals in an hour
 */
export function samClock(stepsPerHour: number): TariffClock {
  const count = 8760 * stepsPerHour
  const clock = { month: new Uint8Array(count), hour: new Uint8Array(count), weekend: new Uint8Array(count) }
  let day = 0
  let step = 0
  for (const [month, days] of DAYS.entries()) {
    for (let end = day + days; day < end; day++) {
      for (let part = 0; part < 24 * stepsPerHour; part++, step++) {
        clock.month[step] = month
        clock.hour[step] = Math.floor(part / stepsPerHour)
        clock.weekend[step] = day % 7 >= 5 ? 1 : 0
      }
    }
  }
  return clock
}

/** Period of a schedule in every interval. */
export function periodsOf({ weekday, weekend }: Schedule, clock: TariffClock): Uint8Array {
  return clock.month.map(
    (month, step) => (clock.weekend[step] === 1 ? weekend : weekday)[month][clock.hour[step]],
  )
}
