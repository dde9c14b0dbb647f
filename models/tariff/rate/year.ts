import { daysOfMonth, periodsOf, samClock } from './calendar.ts'
import { demandRegisters, peakKw, registerDemand } from './demand.ts'
import type { Metering } from './metering.ts'
import { billMonth, type MonthLines, newAccount } from './month.ts'
import type { Rate } from './rate.ts'
import { limitsByDemand, monthRegisters, registerInterval, registerLayout } from './registers.ts'

/** A year's bills, January first. */
export interface BilledYear {
  readonly months: readonly MonthLines[]
  /** Left after each month, before a true-up takes it (net metering in kWh), milliwatt-hours. */
  readonly excessMilliWh: readonly number[]
  /** Export less import of each month, milliwatt-hours. */
  readonly netMilliWh: readonly number[]
}

/**
 * Bills a year of SAM's calendar from whole milliwatt-hours by interval.
 *
 * @param load used in each interval; generation: made in it. Both meters for buy all, sell all; else one, of the difference
 */
export function billYear(
  rate: Rate,
  metering: Metering,
  load: ArrayLike<number>,
  generation: ArrayLike<number>,
): BilledYear {
  const stepsPerHour = load.length / 8760
  const clock = samClock(stepsPerHour)
  const periods = periodsOf(rate.schedule, clock)
  const demandPeriods = rate.demand === null ? null : periodsOf(rate.demand.schedule, clock)
  const twoMeters = metering.kind === 'buy-all-sell-all'
  const imported = (step: number) => (twoMeters ? load[step] : Math.max(0, load[step] - generation[step]))
  const exported = (step: number) =>
    twoMeters ? generation[step] : Math.max(0, generation[step] - load[step])
  const months: MonthLines[] = []
  const excessMilliWh: number[] = []
  const netMilliWh: number[] = []
  let account = newAccount(rate)
  let from = 0
  for (let month = 0; month < 12; month++) {
    const to = from + daysOfMonth(month) * 24 * stepsPerHour
    const demand = demandRegisters(rate, 3600 / stepsPerHour)
    for (let step = from; step < to; step++)
      registerDemand(demand, step, demandPeriods?.[step] ?? 0, imported(step))
    const peak = limitsByDemand(rate) ? { peakKw: peakKw(demand) } : {}
    const registers = monthRegisters(registerLayout(rate, daysOfMonth(month), peak))
    for (let step = from; step < to; step++)
      registerInterval(registers, periods[step], imported(step), exported(step))
    const billed = billMonth(rate, metering, registers, demand, account, { month })
    account = billed.account
    months.push(billed.lines)
    excessMilliWh.push(billed.excessMilliWh)
    netMilliWh.push(registers.exportMilliWh - registers.importMilliWh)
    from = to
  }
  return { months, excessMilliWh, netMilliWh }
}
