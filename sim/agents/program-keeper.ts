import { type DemandResponseEvents, seasonPayment } from '../../models/dispatch/demand-response.ts'

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
    const { program, seasons } = this.#events
    let usd = 0
    for (const season of seasons) {
      const last = season.events[season.events.length - 1]
      const end = last.firstStep + last.steps
      if (end <= from || end > to) continue
      const given = season.events.map(({ event }) => this.#given[event])
      usd += seasonPayment(program, season, this.#stepHours, given)
      for (const { event } of season.events) this.#given[event] = 0
    }
    return Math.round(usd * 1e6)
  }
}
