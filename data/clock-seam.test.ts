import { expect, test } from 'vitest'
import { mapWallClock } from './clock-seam.ts'

test('the Fontana year: one row has no hour, one hour has no row', () => {
  const { startSeconds, rowOfHour, moved } = mapWallClock('2016-08-01T00:00', 8760, 'America/Los_Angeles')
  expect(new Date(startSeconds * 1000).toISOString()).toBe('2016-08-01T07:00:00.000Z')
  expect(moved).toEqual([
    { row: 5354, label: '2017-03-12 02:00', reason: 'no such hour', toUtc: '2016-11-06T09:00Z' },
  ])
  expect([...rowOfHour].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 8760 }, (_, row) => row))
  // Before, between and after the seams: the row's label is the local time of its hour.
  for (const hour of [0, 2000, 2329, 2331, 5000, 5353, 5354, 8759]) {
    const local = Temporal.Instant.fromEpochMilliseconds((startSeconds + hour * 3600) * 1000)
      .toZonedDateTimeISO('America/Los_Angeles')
      .toPlainDateTime()
    expect(
      Temporal.PlainDateTime.from('2016-08-01T00:00').add({ hours: rowOfHour[hour] }).equals(local),
    ).toBe(true)
  }
})

test('a zone without seams maps every row to its own hour', () => {
  const { rowOfHour, moved } = mapWallClock('2016-01-01T00:00', 8784, 'UTC')
  expect(moved).toEqual([])
  expect(rowOfHour.every((row, hour) => row === hour)).toBe(true)
})

test('the southern hemisphere: the clocks go forward first', () => {
  const { rowOfHour, moved } = mapWallClock('2011-07-01T00:00', 8784, 'Australia/Sydney')
  expect(moved.map(({ label, toUtc }) => [label, toUtc])).toEqual([['2011-10-02 02:00', '2012-03-31T16:00Z']])
  expect(new Set(rowOfHour).size).toBe(8784)
})
