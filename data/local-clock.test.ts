import { expect, test } from 'vitest'
import { localClock } from './local-clock.ts'
import { localAxis } from './local-time.ts'

test.each([300, 900, 3600])(
  'hours, days and months follow the zone through both seams, steps of %d s',
  (step) => {
    const zone = 'America/Los_Angeles'
    const axis = localAxis('2016-08-01', 365, zone, step)
    const clock = localClock(axis, zone)
    for (let at = 0; at < axis.count; at += 97) {
      const time = Temporal.Instant.fromEpochMilliseconds(
        (axis.startSeconds + at * step) * 1000,
      ).toZonedDateTimeISO(zone)
      expect(clock.hour[at]).toBeCloseTo(time.hour + time.minute / 60, 9)
      expect(clock.month[at]).toBe(time.month)
      expect(clock.day[at]).toBe(
        Math.round(time.toPlainDate().since('1970-01-01', { largestUnit: 'days' }).days),
      )
      expect(clock.yearFraction[at]).toBeCloseTo(
        (time.dayOfYear - 1 + clock.hour[at] / 24) / time.daysInYear,
        9,
      )
    }
  },
)
