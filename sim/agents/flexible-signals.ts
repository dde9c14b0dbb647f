import { zoneOffset } from '../../data/formats/label-axis.ts'
import { rankAhead } from '../../models/load/rank-ahead.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import type { MarketArea } from '../market-area.ts'

/** One demand-response event on the run's steps: from `first` until before `end`. */
export interface EventSpan {
  readonly first: number
  readonly end: number
  readonly payUsdPerKwh: number
}

/** What every flexible home of an area sees; made once. */
export interface FlexibleSignals {
  /** Rank among the next 24 hours, 1: nothing cheaper comes. */
  readonly priceRank: Float64Array
  /** The same of the grid's carbon; null: not given. */
  readonly carbonRank: Float64Array | null
  /** 1 where the homes together generate more than their loads without devices. */
  readonly surplus: Uint8Array
  /** What a kWh that is exported earns, µ$; a home keeps surplus for itself where this is below the price. */
  readonly exportMicroUsdPerKwh: (price: number) => number
  readonly temperatureC: Float64Array | null
  readonly events: readonly EventSpan[]
  /** Which event an interval belongs to; −1: none. */
  readonly eventOf: Int16Array
  /** Local minute of the day at the start of each interval, and its weekday, 1 Monday to 7 Sunday. */
  readonly minuteOfDay: Int16Array
  readonly weekday: Uint8Array
}

export function flexibleSignals(area: MarketArea, scenario: Scenario): FlexibleSignals {
  const { axis, environment } = area
  const day = Math.round(86_400 / axis.stepSeconds)
  const net = new Float64Array(axis.count)
  for (const home of area.homes) {
    const [solar, load] = [home.solarMilliWh.whole(), home.loadMilliWh.whole()]
    for (let step = 0; step < net.length; step++) net[step] += solar[step] - load[step]
  }
  const surplus = Uint8Array.from(net, (milliWh) => (milliWh > 0 ? 1 : 0))
  const offsetAt = zoneOffset(scenario.timeZone)
  const minuteOfDay = new Int16Array(axis.count)
  const weekday = new Uint8Array(axis.count)
  for (let step = 0; step < axis.count; step++) {
    const utc = axis.startSeconds + step * axis.stepSeconds
    const wall = utc + offsetAt(utc)
    minuteOfDay[step] = Math.floor((wall % 86_400) / 60)
    // 1970-01-01 was a Thursday.
    weekday[step] = ((Math.floor(wall / 86_400) + 3) % 7) + 1
  }
  const events = spans(area, scenario)
  const eventOf = new Int16Array(axis.count).fill(-1)
  events.forEach(({ first, end }, at) => eventOf.fill(at, Math.max(0, first), Math.max(0, end)))
  const { netting, mostMicroUsdPerKwh } = area.plan.exportValue
  return {
    priceRank: rankAhead(area.priceMicroUsdPerKwh, day),
    carbonRank: environment.carbonKgPerKwh === null ? null : rankAhead(environment.carbonKgPerKwh, day),
    surplus,
    exportMicroUsdPerKwh: (price) => (netting ? price : mostMicroUsdPerKwh),
    temperatureC: environment.temperatureC,
    events,
    eventOf,
    minuteOfDay,
    weekday,
  }
}

/** Events on the run's steps; those outside of it are left out. */
function spans({ axis }: MarketArea, { demandResponse, timeZone }: Scenario): EventSpan[] {
  return (demandResponse?.events ?? [])
    .map(({ start, hours, payUsdPerKwh }) => {
      const seconds = Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone).epochMilliseconds / 1000
      const first = Math.ceil((seconds - axis.startSeconds) / axis.stepSeconds)
      const end = Math.ceil((seconds + hours * 3600 - axis.startSeconds) / axis.stepSeconds)
      return { first, end: Math.min(end, axis.count), payUsdPerKwh }
    })
    .filter(({ first, end }) => first >= 0 && first < end)
}
