import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sunEvents } from './sun-events.ts'
import { sunPosition } from './sun-position.ts'

const day = (text: string) => Float64Array.of(Date.parse(`${text}T00:00Z`) / 1000)

test('the worked example of NREL/TP-560-34302', () => {
  const events = sunEvents(day('2003-10-17'), 39.742476, -105.1786, 67)
  const local = (seconds: number) => new Date((seconds - 7 * 3600) * 1000).toISOString().slice(11, 19)
  expect(local(events.sunriseSeconds[0])).toBe('06:12:43')
  expect(local(events.sunsetSeconds[0])).toBe('17:20:19')
})

test('at sunrise and sunset the sun stands on the horizon, and transit is its highest', () => {
  const midday = fc.integer({ min: 0, max: 365 * 20 })
  const latitude = fc.double({ min: -55, max: 55, noNaN: true })
  const longitude = fc.double({ min: -90, max: 90, noNaN: true })
  fc.assert(
    fc.property(midday, latitude, longitude, (days, latitudeDeg, longitudeDeg) => {
      const midnight = Float64Array.of(Date.UTC(2010, 0, 1 + days) / 1000)
      const { sunriseSeconds, transitSeconds, sunsetSeconds } = sunEvents(
        midnight,
        latitudeDeg,
        longitudeDeg,
        69,
      )
      const site = {
        latitudeDeg,
        longitudeDeg,
        altitudeM: 0,
        pressureHpa: 1013,
        temperatureC: 12,
        deltaTSeconds: 69,
      }
      const at = (seconds: number) => sunPosition(Float64Array.of(seconds), site).zenithDeg[0]
      // A crossing beyond the UT day is that of the same hour of this day: the sun has moved by up to 0.4° since.
      expect(Math.abs(at(sunriseSeconds[0]) - 90.8333)).toBeLessThan(0.45)
      expect(Math.abs(at(sunsetSeconds[0]) - 90.8333)).toBeLessThan(0.45)
      const noon = at(transitSeconds[0])
      expect(noon).toBeLessThanOrEqual(at(transitSeconds[0] - 900) + 1e-3)
      expect(noon).toBeLessThanOrEqual(at(transitSeconds[0] + 900) + 1e-3)
      expect(sunriseSeconds[0]).toBeLessThan(transitSeconds[0])
      expect(transitSeconds[0]).toBeLessThan(sunsetSeconds[0])
    }),
  )
})

test.each(['2023-06-21', '2023-12-21'])('no event beyond the polar circle on %s', (date) => {
  const events = sunEvents(day(date), 75, 20, 69)
  expect(events.sunriseSeconds[0]).toBeNaN()
  expect(events.sunsetSeconds[0]).toBeNaN()
  expect(events.transitSeconds[0]).not.toBeNaN()
})
