import type { PublishedTariff } from '../../../data/tariffs/published.ts'
import { type EnergyTier, flatRate, type Rate, type Schedule } from './rate.ts'
import { scheduleOf } from './schedule-text.ts'

const tier = (buyUsdPerKwh: number, sellUsdPerKwh = 0): EnergyTier[] => [
  { max: null, unit: 'kWh', buyUsdPerKwh, sellUsdPerKwh },
]

/** One period a month. */
const byMonth = (): Schedule => {
  const rows = Array.from({ length: 12 }, (_, month) => Array.from({ length: 24 }, () => month))
  return { weekday: rows, weekend: rows }
}

/** Lines are added in whole nano-dollars, so that their sum is what a reader gets. */
const sum = (values: readonly number[]): number =>
  values.reduce((all, value) => all + Math.round(value * 1e9), 0) / 1e9

const inMonth = (values: readonly number[], month: number): number => values[values.length === 1 ? 0 : month]

/** A published tariff as a rate. */
export function publishedRate({ price, fixedUsdPerMonth: fixed }: PublishedTariff): Rate {
  const rest = {
    ...flatRate(0),
    fixedUsdPerMonth: fixed[0],
    ...(fixed.length === 12 ? { fixedUsdByMonth: fixed } : {}),
  }
  if ('periods' in price)
    return {
      ...rest,
      energy: price.periods.map(({ usdPerKwh }) => tier(usdPerKwh)),
      schedule: scheduleOf(price.weekday, price.weekend),
    }
  const total = (month: number) => sum(price.lines.map(({ usdPerKwh }) => inMonth(usdPerKwh, month)))
  if (price.lines.every(({ usdPerKwh }) => usdPerKwh.length === 1))
    return { ...rest, energy: [tier(total(0))] }
  return {
    ...rest,
    energy: Array.from({ length: 12 }, (_, month) => tier(total(month))),
    schedule: byMonth(),
  }
}
