import type { DemandResponseEvents } from '../../models/dispatch/demand-response.ts'

/** What a home gave in a program's events, and what the season pays once its last event is over. */
export class ProgramKeeper {
  readonly #events: DemandResponseEvents
  readonly #stepHours: number
  /** By event, kWh. */
  readonly #given: Float64Array

  constructor(events: DemandResponseEvents, stepHours: number) {
    this.#events = events
    this.#stepHours = stepHours
    this.#given = new Float64Array(events.events.length)
  }

  /** An interval's discharge, milliwatt-hours. */
  interval(step: number, dischargeMilliWh: number): void {
    const event = this.#events.eventOfStep[step]
    if (event >= 0 && this.#events.joined[event] === 1) this.#given[event] += dischargeMilliWh / 1e6
  }

  /** Due for seasons whose last event ended in `[from, to)`, whole micro-dollars. */
  due(from: number, to: number): number {
    const { events, program } = this.#events
    let usd = 0
    for (let first = 0; first < events.length; first += program.eventsPerSeason) {
      const season = events.slice(first, first + program.eventsPerSeason)
      const last = season[season.length - 1]
      const end = last.firstStep + last.steps
      if (end <= from || end > to) continue
      const kw = season.map(({ event, steps }) => this.#given[event] / (steps * this.#stepHours))
      const paid = kw.reduce((sum, value) => sum + Math.min(program.capKw, value), 0) / season.length
      usd += program.usdPerKwSeason * paid
      for (const { event } of season) this.#given[event] = 0
    }
    return Math.round(usd * 1e6)
  }
}
