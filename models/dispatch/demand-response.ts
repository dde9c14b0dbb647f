import type { RandomStream } from '../../data/random.ts'
import { type DispatchSeries, stepsOf } from './series.ts'

/** A program that pays for power in summer afternoons (ConnectedSolutions kind). */
export interface DemandResponseProgram {
  /** Months of the season, 1 to 12, both inclusive. */
  readonly firstMonth: number
  readonly lastMonth: number
  /** Local hours between which an event lies. */
  readonly fromHour: number
  readonly toHour: number
  readonly eventHours: number
  readonly eventsPerSeason: number
  /** Part of the events that the home opts out of; they count as nothing given. */
  readonly optOutFraction: number
  /** For each kW given on average over all events of a season. */
  readonly usdPerKwSeason: number
  /** Most power that is paid for, kW. */
  readonly capKw: number
}

/** One event: the intervals that it covers. */
export interface DemandResponseEvent {
  readonly event: number
  readonly firstStep: number
  readonly steps: number
}

/** A season of the series, or the part of one that it holds. */
export interface DemandResponseSeason {
  /** Its events, in their order. */
  readonly events: readonly DemandResponseEvent[]
  /** Part of the season's days that the series holds, (0, 1]: so much of its events is called, and of its payment due. */
  readonly fraction: number
}

export interface DemandResponseEvents {
  readonly program: DemandResponseProgram
  readonly events: readonly DemandResponseEvent[]
  /** The same events, season by season; none without an event. */
  readonly seasons: readonly DemandResponseSeason[]
  /** Event of each interval, −1 for none; and how many of its intervals are left, this one included. */
  readonly eventOfStep: Int32Array
  readonly leftOfStep: Int32Array
  readonly daysOfEvents: ReadonlyMap<number, DemandResponseEvent>
  /** 1 where the home takes part. */
  readonly joined: Uint8Array
}

/**
 * Calls the events: on days of the season drawn at random, at a start drawn within the hours. Every home
 * of a utility gets the same days from the same stream; its opt-outs are its own. Of a season that begins before the series or
 * ends after it, only the series' part is called: a year from August to July has two parts of one season, not two seasons.
 */
export function callEvents(
  series: DispatchSeries,
  program: DemandResponseProgram,
  days: RandomStream,
  choice: RandomStream,
): DemandResponseEvents {
  const length = Math.max(1, Math.round(program.eventHours / series.stepHours))
  const wholeSeason = daysOfSeason(program)
  const events: DemandResponseEvent[] = []
  const seasons: DemandResponseSeason[] = []
  for (const season of seasonDays(series, program)) {
    const fraction = Math.min(1, season.length / wholeSeason)
    const before = events.length
    const picked = pick(season, Math.max(1, Math.round(program.eventsPerSeason * fraction)), days)
    for (const { from, to } of picked) {
      const room = to - from - length
      if (room < 0) continue
      const firstStep = from + Math.floor(days.uniform() * (room + 1))
      events.push({ event: events.length, firstStep, steps: length })
    }
    if (events.length > before) seasons.push({ events: events.slice(before), fraction })
  }
  const eventOfStep = new Int32Array(stepsOf(series)).fill(-1)
  const leftOfStep = new Int32Array(stepsOf(series))
  for (const { event, firstStep, steps } of events) {
    for (let at = 0; at < steps; at++) {
      eventOfStep[firstStep + at] = event
      leftOfStep[firstStep + at] = steps - at
    }
  }
  const joined = Uint8Array.from(events, () => (choice.uniform() < program.optOutFraction ? 0 : 1))
  const daysOfEvents = new Map(events.map((event) => [series.localDay[event.firstStep], event]))
  return { program, events, seasons, eventOfStep, leftOfStep, daysOfEvents, joined }
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days of a whole season. */
const daysOfSeason = ({ firstMonth, lastMonth }: DemandResponseProgram): number =>
  DAYS_OF_MONTH.slice(firstMonth - 1, lastMonth).reduce((sum, days) => sum + days, 0)

/** First interval in the hours, and the first after them. */
interface SeasonDay {
  readonly from: number
  to: number
}

/** The days of each season that the series holds, season by season. */
function seasonDays(series: DispatchSeries, program: DemandResponseProgram): SeasonDay[][] {
  const seasons: SeasonDay[][] = []
  let lastDay = Number.NEGATIVE_INFINITY
  let lastSeasonDay = Number.NEGATIVE_INFINITY
  for (let step = 0; step < stepsOf(series); step++) {
    const month = series.localMonth[step]
    const hour = series.localHour[step]
    if (month < program.firstMonth || month > program.lastMonth) continue
    if (hour < program.fromHour || hour >= program.toHour) continue
    const day = series.localDay[step]
    if (day === lastDay) {
      const season = seasons[seasons.length - 1]
      season[season.length - 1].to = step + 1
      continue
    }
    // Half a year without a day of the season is between two of them.
    if (day > lastSeasonDay + 180) seasons.push([])
    seasons[seasons.length - 1].push({ from: step, to: step + 1 })
    lastDay = day
    lastSeasonDay = day
  }
  return seasons
}

/** Some of a list, in its order, each as likely. */
function pick<T>(from: readonly T[], count: number, stream: RandomStream): T[] {
  let left = Math.min(count, from.length)
  return from.filter((_, at) => {
    const take = stream.uniform() * (from.length - at) < left
    if (take) left--
    return take
  })
}

/** What the seasons pay: the mean power over all events of each, opted out or not, up to the cap, for the part of it that is there; USD. */
export function programPayment(
  { program, seasons, joined }: DemandResponseEvents,
  stepHours: number,
  dischargedKwh: (step: number) => number,
): number {
  return seasons.reduce((usd, season) => {
    const given = season.events.map(({ event, firstStep, steps }) => {
      if (joined[event] === 0) return 0
      let kwh = 0
      for (let at = 0; at < steps; at++) kwh += dischargedKwh(firstStep + at)
      return kwh
    })
    return usd + seasonPayment(program, season, stepHours, given)
  }, 0)
}

/** What one season pays for the energy given in each of its events, kWh; USD. */
export function seasonPayment(
  { capKw, usdPerKwSeason }: DemandResponseProgram,
  { events, fraction }: DemandResponseSeason,
  stepHours: number,
  givenKwh: readonly number[],
): number {
  const kw = events.reduce(
    (sum, { steps }, at) => sum + Math.min(capKw, givenKwh[at] / (steps * stepHours)),
    0,
  )
  return (usdPerKwSeason * fraction * kw) / events.length
}
