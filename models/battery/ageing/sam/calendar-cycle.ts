import { SamCycleCounter } from './cycle-counter.ts'
import { cycleTable, type CycleTable, type CycleTableRows } from './cycle-table.ts'
import { onLine } from './interpolate.ts'
import { type AgeingStep, KELVIN, type SamLife } from './life.ts'

/** Loss with time: none, the lithium-ion model, or a table of days and capacity (%). */
export type SamCalendar =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'model'
      readonly q0: number
      readonly a: number
      readonly b: number
      readonly c: number
    }
  | { readonly kind: 'table'; readonly rows: readonly (readonly [number, number])[] }

/**
 * SAM's battery life by calendar and cycle table: capacity = 100 − what time took − what cycles took.
 * Calendar model: dq/dt with q = k·√t, k = a·exp(b(1/T − 1/296))·exp(c(SOC/T − 1/296)), T in kelvin.
 * Source: NREL, SAM Simulation Core (BSD-3-Clause); Smith et al., ACC 2017.
 */
export class CalendarCycleLife implements SamLife {
  readonly #calendar: SamCalendar
  readonly #table: CycleTable
  readonly #counter = new SamCycleCounter()
  #cyclePercent: number
  #calendarPercent: number
  #calendarLoss = 0
  #hours = 0
  #percent: number

  constructor(calendar: SamCalendar, rows: CycleTableRows) {
    this.#calendar = calendar
    this.#table = cycleTable(rows)
    this.#cyclePercent = this.#table(0, 0)
    this.#calendarPercent = calendar.kind === 'model' ? calendar.q0 * 100 : 100
    this.#percent = Math.min(this.#cyclePercent, this.#calendarPercent)
  }

  get cycles(): number {
    return this.#counter.count
  }

  step(step: AgeingStep): void {
    if (this.#percent <= 0) return
    this.#hours += step.hours
    if (step.turned) this.#cycle(step.fromDepthPercent)
    this.#age(step)
    const left = this.#cyclePercent + this.#calendarPercent - 100
    // A fresh battery may stand above 100 in its model; capacity never comes back.
    this.#percent = Math.min(this.#percent, Math.max(0, left))
  }

  capacityPercent(): number {
    return this.#percent
  }

  #cycle(depthPercent: number): void {
    const before = this.#counter.count
    for (const [at, { rangePercent }] of this.#counter.turn(depthPercent).entries()) {
      const cycles = before + at + 1
      const lost = this.#table(rangePercent, cycles) - this.#table(rangePercent, cycles + 1)
      if (lost > 0) this.#cyclePercent = Math.max(0, this.#cyclePercent - lost)
    }
  }

  #age({ temperatureC, toDepthPercent, hours }: AgeingStep): void {
    const calendar = this.#calendar
    if (calendar.kind === 'table') this.#calendarPercent = tableCapacity(calendar.rows, this.#hours / 24)
    if (calendar.kind !== 'model') return
    const kelvin = temperatureC + KELVIN
    const soc = (100 - toDepthPercent) / 100
    const k =
      calendar.a *
      Math.exp(calendar.b * (1 / kelvin - 1 / 296)) *
      Math.exp(calendar.c * (soc / kelvin - 1 / 296))
    const days = hours / 24
    const loss = this.#calendarLoss
    this.#calendarLoss = loss === 0 ? k * Math.sqrt(days) : loss + ((0.5 * k ** 2) / loss) * days
    this.#calendarPercent = (calendar.q0 - this.#calendarLoss) * 100
  }
}

/** SAM reads days and capacities of its table as whole numbers. */
function tableCapacity(rows: readonly (readonly [number, number])[], days: number): number {
  const last = rows.length - 1
  const point = (at: number): [number, number] => [Math.trunc(rows[at][0]), Math.trunc(rows[at][1])]
  let next = rows.findIndex(([day]) => Math.trunc(day) > Math.trunc(days))
  if (next < 0) next = last
  const [x1, y1] = next === 0 ? [0, 100] : point(next - 1)
  return onLine(x1, y1, ...point(next), days)
}
