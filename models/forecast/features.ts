import type { Issue } from './issue.ts'
import type { PlantHistory } from './plant.ts'

/** Degrees at which homes begin to cool and to heat, °C. */
const COOL_ABOVE_C = 20
const HEAT_BELOW_C = 14

export const isWeekend = (weekday: number): boolean => weekday >= 5

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length

/** The first that is a number. */
const known = (...values: readonly number[]): number => values.find((value) => !Number.isNaN(value)) ?? 0

/** What linear and other models look at: a row for each slot of the day ahead, all in units of the home. */
export interface Features {
  readonly width: number
  /** Slots × width. */
  readonly rows: Float64Array
  /** kWh that one unit of the target is, by slot; 0: nothing to forecast. */
  readonly unitKwh: Float64Array
}

export const LOAD_WIDTH = 17
export const SOLAR_WIDTH = 10

/**
 * Typical energy of a slot over the last four weeks, kWh: the unit of a load. The mean of the roots, squared, so that
 * a few hours of something new (a vehicle) do not change the unit that all hours are seen in.
 */
export function loadUnit({ past, slotsPerDay, day }: Issue): number {
  const first = Math.max(0, day - 28) * slotsPerDay
  let sum = 0
  let count = 0
  for (let at = first; at < past.length; at++) {
    if (Number.isNaN(past[at])) continue
    sum += Math.sqrt(Math.max(0, past[at]))
    count++
  }
  return count === 0 ? 0 : (sum / count) ** 2
}

/**
 * Loads are learnt as square roots of the home's units: their spread grows with their size, and quantiles pass
 * through any growing function unchanged.
 */
export const loadToUnits = (kwh: number, unitKwh: number): number => Math.sqrt(Math.max(0, kwh) / unitKwh)
export const loadFromUnits = (value: number, unitKwh: number): number => Math.max(0, value) ** 2 * unitKwh

/** Lags, late means, calendar and forecast temperature of a load. */
export function loadFeatures(issue: Issue): Features {
  const { past, slotsPerDay: slots, day, weekday, temperatureAheadC, temperaturePastC } = issue
  const unit = loadUnit(issue)
  const rows = new Float64Array(slots * LOAD_WIDTH)
  const unitKwh = new Float64Array(slots).fill(unit)
  if (unit === 0) return { width: LOAD_WIDTH, rows, unitKwh: new Float64Array(slots) }
  const at = (back: number, slot: number): number =>
    back > day || slot < 0 || slot >= slots
      ? Number.NaN
      : loadToUnits(past[(day - back) * slots + slot], unit)
  const over = (backs: readonly number[], slot: number): number =>
    mean(backs.map((back) => at(back, slot)).filter((value) => !Number.isNaN(value)))
  const week = Array.from({ length: 7 }, (_, index) => index + 1)
  const weekend = isWeekend(weekday[day])
  const alike: number[] = []
  const month: number[] = []
  for (let back = 1; back <= Math.min(28, day); back++) {
    month.push(back)
    if (isWeekend(weekday[day - back]) === weekend) alike.push(back)
  }
  const yesterday = mean(Array.from({ length: slots }, (_, slot) => known(at(1, slot), 1)))
  const perHour = slots / 24
  const evening = mean(
    Array.from({ length: Math.round(3 * perHour) }, (_, index) => known(at(1, slots - 1 - index), 1)),
  )
  const heat = (celsius: number) => Math.max(0, HEAT_BELOW_C - celsius) / 10
  const cool = (celsius: number) => Math.max(0, celsius - COOL_ABOVE_C) / 10
  const warmth = (slot: number, back: number, by: (celsius: number) => number): number => {
    if (temperatureAheadC === null || temperaturePastC === null || back > day) return 0
    const value = back === 0 ? temperatureAheadC[slot] : temperaturePastC[(day - back) * slots + slot]
    return Number.isNaN(value) ? 0 : by(value)
  }
  const dayMean = (back: number, by: (celsius: number) => number): number =>
    mean(Array.from({ length: slots }, (_, slot) => warmth(slot, back, by)))
  const coolDay = dayMean(0, cool)
  const heatDay = dayMean(0, heat)
  const past7 = week.filter((back) => back <= day)
  const coolWeek = known(mean(past7.map((back) => dayMean(back, cool))), 0)
  const heatWeek = known(mean(past7.map((back) => dayMean(back, heat))), 0)
  for (let slot = 0; slot < slots; slot++) {
    const week7 = known(over(past7, slot), 1)
    const long = known(over(month, slot), week7)
    rows.set(
      [
        1,
        known(at(1, slot), week7),
        known(at(2, slot), week7),
        known(at(7, slot), week7),
        known(mean([at(1, slot - 1), at(1, slot + 1)].filter((value) => !Number.isNaN(value))), week7),
        week7,
        known(over(alike, slot), long),
        long,
        yesterday,
        evening,
        weekend ? 1 : 0,
        weekend ? long : 0,
        warmth(slot, 0, cool),
        coolDay - coolWeek,
        heatDay - heatWeek,
        (coolDay - coolWeek) * long,
        warmth(slot, 0, heat),
      ],
      slot * LOAD_WIDTH,
    )
  }
  return { width: LOAD_WIDTH, rows, unitKwh }
}

/** Late clear-sky indices and the forecast one of a plant. */
export function solarFeatures(issue: Issue, history: PlantHistory): Features {
  const { slotsPerDay: slots, day, clearnessAhead } = issue
  const unitKwh = history.clear(issue)
  const rows = new Float64Array(slots * SOLAR_WIDTH)
  // A day's index: that of its energy, so that noon counts and dusk hardly.
  const dayIndex = (back: number): number => {
    let sum = 0
    let weight = 0
    for (let slot = 0; slot < slots; slot++) {
      const value = history.at(day - back, slot)
      if (Number.isNaN(value)) continue
      sum += value * unitKwh[slot]
      weight += unitKwh[slot]
    }
    return weight > 0 ? sum / weight : Number.NaN
  }
  const days = Array.from({ length: 7 }, (_, index) => dayIndex(index + 1))
  const week = known(mean(days.filter((value) => !Number.isNaN(value))), 0.8)
  const ahead = (slot: number): number =>
    clearnessAhead === null || slot < 0 || slot >= slots ? Number.NaN : clearnessAhead[slot]
  let sum = 0
  let weight = 0
  for (let slot = 0; slot < slots; slot++) {
    if (Number.isNaN(ahead(slot))) continue
    sum += ahead(slot) * unitKwh[slot]
    weight += unitKwh[slot]
  }
  // Without a weather forecast all of it is one number, which a fit leaves alone.
  const aheadDay = weight > 0 ? sum / weight : 0.8
  for (let slot = 0; slot < slots; slot++) {
    const here = known(ahead(slot), aheadDay)
    const yesterday = known(days[0], week)
    rows.set(
      [
        1,
        known(history.at(day - 1, slot), yesterday),
        known(history.at(day - 2, slot), yesterday),
        yesterday,
        week,
        here,
        known(ahead(slot - Math.round(slots / 24)), here),
        known(ahead(slot + Math.round(slots / 24)), here),
        aheadDay,
        here * (1 - here),
      ],
      slot * SOLAR_WIDTH,
    )
  }
  return { width: SOLAR_WIDTH, rows, unitKwh }
}
