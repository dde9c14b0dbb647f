import type { PublishedTariff } from '../../../data/tariffs/published.ts'

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Mean over the year of a published price, USD per kWh; supply and delivery where its lines tell them apart. */
export function meanPrice({ price }: PublishedTariff): {
  readonly usdPerKwh: number
  readonly supplyUsdPerKwh: number | null
  readonly deliveryUsdPerKwh: number | null
} {
  if ('lines' in price) {
    const sum = (supply: boolean) =>
      price.lines
        .filter((line) => (line.supply === true) === supply)
        .reduce((all, { usdPerKwh }) => all + mean(usdPerKwh), 0)
    const supplyUsdPerKwh = sum(true)
    const deliveryUsdPerKwh = sum(false)
    return { usdPerKwh: supplyUsdPerKwh + deliveryUsdPerKwh, supplyUsdPerKwh, deliveryUsdPerKwh }
  }
  const hours = (rows: readonly string[]) =>
    mean(rows.flatMap((row) => Array.from(row, (period) => price.periods[Number(period)].usdPerKwh)))
  const usdPerKwh = (5 * hours(price.weekday) + 2 * hours(price.weekend)) / 7
  return { usdPerKwh, supplyUsdPerKwh: null, deliveryUsdPerKwh: null }
}
