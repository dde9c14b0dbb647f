import type { RegimeScore } from '../../data/forecast-evaluation.ts'
import { type RandomStream, streamFor } from '../../data/random.ts'
import { blockBootstrap } from '../../models/forecast/bootstrap.ts'
import type { HomeRecord } from '../../models/forecast/issue.ts'
import { INTERVALS, LEVELS } from '../../models/forecast/quantiles.ts'
import { withVehicle } from '../../models/forecast/regime.ts'
import type { RolledHome, RollOptions } from './roll-set.ts'

const POWER_KW = 7
const HOURS = 3
const EVENING_SHARE = 0.8
const FIRST_HOUR = 17
const LAST_HOUR = 20
/** The vehicle comes to each home on a day of its own between these. */
const FROM_DAY = 100
const SPAN_DAYS = 90
const WEEKS = 10
/** "Within 14 days": from the fifteenth day on, four weeks long. */
const SETTLED_FROM = 14
const SETTLED_TO = 42

/**
 * Coverage after an electric vehicle has come to every tested home, each on a day of its own. The training homes stay
 * as they were: nobody has seen such a change.
 *
 * @param roll rolls through the set with these records in place of the tested homes' own
 */
export async function evaluateRegime(
  records: readonly HomeRecord[],
  seed: number,
  days: number,
  stream: RandomStream,
  roll: (changed: Partial<RollOptions>) => Promise<RolledHome[]>,
): Promise<RegimeScore> {
  const span = Math.max(1, Math.min(SPAN_DAYS, days - FROM_DAY - SETTLED_TO))
  const from: number[] = []
  const perHour = records[0].slotsPerDay / 24
  const first = FIRST_HOUR * perHour
  const last = LAST_HOUR * perHour
  const testedRecords = records.map((record) => {
    const draws = streamFor(seed, 'new-vehicle', record.id)
    const fromDay = FROM_DAY + Math.floor(span * draws.uniform())
    from.push(fromDay)
    const vehicle = {
      fromDay,
      powerKw: POWER_KW,
      hours: HOURS,
      eveningShare: EVENING_SHARE,
      firstSlot: first,
      lastSlot: last,
    }
    return { ...record, kwh: withVehicle(record.kwh, record.slotsPerDay, vehicle, draws) }
  })
  const weeks = Array.from({ length: WEEKS }, () => ({ hits: [0, 0, 0, 0], slots: [0, 0] }))
  const settled = { hits: [new Float64Array(days), new Float64Array(days)], slots: new Float64Array(days) }
  await roll({
    testedRecords,
    onForecast: (home, { day }, forecast, actual) => {
      const since = day - from[home]
      if (since < 0) return
      const quantiles = forecast.byModel.get(forecast.chosen)!
      const week = weeks[Math.floor(since / 7)]
      for (let slot = 0; slot < actual.length; slot++) {
        if (Number.isNaN(actual[slot])) continue
        const charging = slot >= first && slot < last + HOURS * perHour
        INTERVALS.forEach(({ low, high }, interval) => {
          const at = slot * LEVELS.length
          const hit = actual[slot] >= quantiles[at + low] && actual[slot] <= quantiles[at + high] ? 1 : 0
          if (week !== undefined) {
            week.hits[interval] += hit
            if (charging) week.hits[2 + interval] += hit
          }
          if (since >= SETTLED_FROM && since < SETTLED_TO) settled.hits[interval][day] += hit
        })
        if (week !== undefined) {
          week.slots[0]++
          if (charging) week.slots[1]++
        }
        if (since >= SETTLED_FROM && since < SETTLED_TO) settled.slots[day]++
      }
    },
  })
  const share = (interval: number) =>
    blockBootstrap([settled.hits[interval], settled.slots], ([hits, slots]) => hits / slots, stream)
  return {
    what: `${POWER_KW} kW for ${HOURS} hours on ${100 * EVENING_SHARE} % of evenings, from ${FIRST_HOUR} to ${LAST_HOUR} o’clock on, from a day of the home's own`,
    weeks: weeks
      .filter(({ slots }) => slots[0] > 0)
      .map(({ hits, slots }) => ({
        all95: hits[0] / slots[0],
        all80: hits[1] / slots[0],
        charging95: hits[2] / slots[1],
        charging80: hits[3] / slots[1],
      })),
    settled: { coverage95: share(0), coverage80: share(1) },
  }
}
