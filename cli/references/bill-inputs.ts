import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { daysOfMonth } from '../../models/tariff/rate/calendar.ts'
import type { Metering } from '../../models/tariff/rate/metering.ts'
import {
  type DemandTier,
  type EnergyTier,
  ONE_PERIOD,
  type Rate,
  type Schedule,
} from '../../models/tariff/rate/rate.ts'
import { homesDir, homeNumber } from './homes.ts'
import { readTable } from './files.ts'

const amount = z.number().nullish()
const flag = z.union([z.boolean(), z.number()]).nullish()
const schedule = z.array(z.array(z.number().int().min(0)).length(24)).length(12)
const twelve = z.array(z.number()).length(12)

const tier = z.looseObject({
  rate: z.number(),
  adj: amount,
  sell: amount,
  max: amount,
  unit: z.enum(['kWh', 'kWh daily', 'kWh/kW', 'kWh/kW daily']).nullish(),
})
const demandTier = z.looseObject({ rate: z.number(), adj: amount, max: amount })

/** Options of SAM's Utilityrate5 under their own names; absent: its default. */
const options = {
  ur_nm_yearend_sell_rate: amount,
  ur_nm_credit_month: amount,
  ur_nm_credit_rollover: flag,
  ur_nb_credit_expire: flag,
  ur_nb_apply_credit_current_month: flag,
  ur_monthly_min_charge: amount,
  ur_annual_min_charge: amount,
  ur_sell_eq_buy: flag,
}

/** Demand charges as SAM's own tables: periods and tiers count from 1, months from 0. */
const matrices = {
  ur_dc_enable: flag,
  ur_dc_sched_weekday: z
    .array(z.array(z.number().int().min(1)).length(24))
    .length(12)
    .nullish(),
  ur_dc_sched_weekend: z
    .array(z.array(z.number().int().min(1)).length(24))
    .length(12)
    .nullish(),
  ur_dc_tou_mat: z.array(z.array(z.number()).length(4)).nullish(),
  ur_dc_flat_mat: z.array(z.array(z.number()).length(4)).nullish(),
}

const tariff = z.looseObject({
  fixed_usd_per_month: z.number().default(0),
  weekday_12x24: schedule,
  weekend_12x24: schedule,
  rates: z.array(z.array(tier).min(1)).min(1),
  sell_usd_per_kwh_by_period: z.array(z.number()).nullish(),
  min_usd_per_month: amount,
  min_usd_per_year: amount,
  yearend_sell_usd_per_kwh: amount,
  demand_weekday_12x24: schedule.nullish(),
  demand_weekend_12x24: schedule.nullish(),
  demand_rates: z.array(z.array(demandTier).min(1)).nullish(),
  flat_demand_by_month: z.array(z.array(demandTier).min(1)).length(12).nullish(),
  ...options,
  ...matrices,
})

/** A load or a plant by month and hour, times a factor of the day of the year by its place in the list; kWh. */
const shape = z.object({
  kwh_12x24: z.array(z.array(z.number()).length(24)).length(12),
  by_day: z.array(z.number()).min(1),
})

export const billReference = z.looseObject({
  tool: z.string().default('unnamed'),
  case: z.string().default(''),
  ur_metering_option: z.number().int().min(0).max(4),
  tariff,
  annual_bill_without_system: z.number(),
  annual_bill_with_system: z.number(),
  monthly_bill_with_system: twelve,
  monthly_bill_without_system: twelve,
  load: shape.optional(),
  generation: shape.optional(),
  ...options,
  ...matrices,
})
export type BillReference = z.output<typeof billReference>

/** An option stands beside the tariff or in it. */
const option = (reference: BillReference, name: keyof typeof options): number | undefined => {
  const value = reference[name] ?? reference.tariff[name]
  return value === null || value === undefined ? undefined : Number(value)
}

/** SAM writes "no limit" as 1e38. */
const limit = (max: number | null | undefined): number | null =>
  max === null || max === undefined || max >= 1e30 ? null : max

/** The rate of a reference. */
export function rateOf(reference: BillReference, place: string): Rate {
  const { tariff: given } = reference
  const energy = given.rates.map((tiers, period) =>
    tiers.map((one): EnergyTier => {
      const buyUsdPerKwh = one.rate + (one.adj ?? 0)
      const sellUsdPerKwh =
        option(reference, 'ur_sell_eq_buy') === 1
          ? buyUsdPerKwh
          : (one.sell ?? given.sell_usd_per_kwh_by_period?.[period] ?? 0)
      return { max: limit(one.max), unit: one.unit ?? 'kWh', buyUsdPerKwh, sellUsdPerKwh }
    }),
  )
  const schedules: Schedule = { weekday: given.weekday_12x24, weekend: given.weekend_12x24 }
  known(schedules, energy.length, `${place}  tariff`)
  return {
    energy,
    schedule: schedules,
    ...(demandOfTables(reference, place) ?? demandOf(reference, place)),
    demandWindowMinutes: 15,
    fixedUsdPerMonth: given.fixed_usd_per_month,
    minimumUsdPerMonth: option(reference, 'ur_monthly_min_charge') ?? given.min_usd_per_month ?? 0,
    minimumUsdPerYear: option(reference, 'ur_annual_min_charge') ?? given.min_usd_per_year ?? 0,
  }
}

type Demand = Pick<Rate, 'demand' | 'flatDemand'>

function demandOf({ tariff: given }: BillReference, place: string): Demand {
  const tiers = (list: z.output<typeof demandTier>[]): DemandTier[] =>
    list.map(({ rate, adj, max }) => ({ maxKw: limit(max), usdPerKw: rate + (adj ?? 0) }))
  const weekday = given.demand_weekday_12x24 ?? ONE_PERIOD.weekday
  const demandSchedule: Schedule = { weekday, weekend: given.demand_weekend_12x24 ?? weekday }
  if (given.demand_rates) known(demandSchedule, given.demand_rates.length, `${place}  tariff.demand_rates`)
  return {
    demand: given.demand_rates ? { periods: given.demand_rates.map(tiers), schedule: demandSchedule } : null,
    flatDemand: given.flat_demand_by_month?.map(tiers) ?? null,
  }
}

/** Demand charges of SAM's tables, where a reference has them and they are switched on. */
function demandOfTables(reference: BillReference, place: string): Demand | null {
  const one = <Name extends keyof typeof matrices>(name: Name) => reference[name] ?? reference.tariff[name]
  const byPeriod = one('ur_dc_tou_mat')
  const byMonth = one('ur_dc_flat_mat')
  if (!byPeriod && !byMonth) return null
  if (Number(one('ur_dc_enable') ?? 1) === 0) return { demand: null, flatDemand: null }
  const rows = (table: readonly (readonly number[])[], key: number): DemandTier[] =>
    table
      .filter(([group]) => group === key)
      .toSorted((a, b) => a[1] - b[1])
      .map(([, , max, usdPerKw]) => ({ maxKw: limit(max), usdPerKw }))
  const zeroBased = (list: readonly (readonly number[])[] | null | undefined) =>
    list?.map((row) => row.map((period) => period - 1))
  const weekday = zeroBased(one('ur_dc_sched_weekday')) ?? ONE_PERIOD.weekday
  const demandSchedule = { weekday, weekend: zeroBased(one('ur_dc_sched_weekend')) ?? weekday }
  const periods = Math.max(0, ...(byPeriod ?? []).map(([period]) => period))
  if (byPeriod) known(demandSchedule, periods, `${place}  ur_dc_tou_mat`)
  return {
    demand: byPeriod
      ? {
          periods: Array.from({ length: periods }, (_, period) => rows(byPeriod, period + 1)),
          schedule: demandSchedule,
        }
      : null,
    flatDemand: byMonth ? Array.from({ length: 12 }, (_, month) => rows(byMonth, month)) : null,
  }
}

function known({ weekday, weekend }: Schedule, periods: number, place: string): void {
  const most = Math.max(...weekday.flat(), ...weekend.flat())
  if (most < periods) return
  throw new VppError('invalid', {
    place,
    problem: `a schedule names period ${most}, the rates have ${periods}`,
    fix: 'periods count from 0',
  })
}

/** The metering rule of a reference, by SAM's number. */
export function meteringOf(reference: BillReference, place: string): Metering {
  const trueUpMonth = (option(reference, 'ur_nm_credit_month') ?? 11) + 1
  switch (reference.ur_metering_option) {
    case 0:
      return {
        kind: 'net-metering-kwh',
        yearEndUsdPerKwh:
          option(reference, 'ur_nm_yearend_sell_rate') ?? reference.tariff.yearend_sell_usd_per_kwh ?? 0,
        trueUpMonth,
        rollOver: option(reference, 'ur_nm_credit_rollover') === 1,
      }
    case 1:
      return { kind: 'net-metering-usd', trueUpMonth }
    case 2:
      return { kind: 'net-billing' }
    case 3:
      return {
        kind: 'net-billing-carry',
        trueUpMonth,
        expires: option(reference, 'ur_nb_credit_expire') === 1,
        sameMonth: option(reference, 'ur_nb_apply_credit_current_month') === 1,
      }
    case 4:
      return { kind: 'buy-all-sell-all' }
    default:
      throw new VppError('invalid', {
        place: `${place}  ur_metering_option`,
        problem: `is ${reference.ur_metering_option}`,
        fix: 'give 0 to 4',
      })
  }
}

const HOURS = 8760

/** Load and generation of each hour of SAM's year, whole milliwatt-hours; a home's record is turned to start on 1 January. */
export function yearSeries(
  dir: string,
  name: string,
  reference: BillReference,
): { load: Float64Array; generation: Float64Array } {
  const { load, generation } = reference
  if (load !== undefined && generation !== undefined)
    return { load: fromShape(load), generation: fromShape(generation) }
  const number = /^home0*(\d+)/.exec(name)?.[1] ?? /home (\d+)/.exec(reference.case)?.[1]
  if (number === undefined)
    throw new VppError('invalid', {
      place: `golden-bills/${name}`,
      problem: 'names no home',
      fix: 'call the file home01_… or write `home 1` in case',
    })
  const table = readTable(homesDir(dir), `homes-fontana-2016/home_${homeNumber(Number(number))}.csv`)
  const first = table.columns.includes('clock_local')
    ? Math.max(
        0,
        table.text('clock_local').findIndex((clock) => /-01-01[ T]00:00/.test(clock)),
      )
    : 0
  if (table.rows !== HOURS)
    throw new VppError('invalid', {
      place: table.file,
      problem: `has ${table.rows} rows`,
      fix: `a bill is of a year of ${HOURS} hours`,
    })
  const turned = (column: string): Float64Array => {
    const values = table.numbers(column)
    return Float64Array.from({ length: HOURS }, (_, hour) => Math.round(values[(hour + first) % HOURS] * 1e6))
  }
  return { load: turned('load_kwh'), generation: turned('pv_kwh') }
}

function fromShape({ kwh_12x24: kwh, by_day: byDay }: z.output<typeof shape>): Float64Array {
  const values = new Float64Array(HOURS)
  let hour = 0
  for (let month = 0; month < 12; month++) {
    for (let end = hour + daysOfMonth(month) * 24; hour < end; hour++) {
      const factor = byDay[Math.floor(hour / 24) % byDay.length]
      values[hour] = Math.round(kwh[month][hour % 24] * factor * 1e6)
    }
  }
  return values
}
