import type { PoolingShares } from '../data/run-files.ts'
import { streamFor } from '../data/random.ts'
import { poolingCosts, sampledShapley, shapleyValues } from '../models/fairness/shapley.ts'
import type { CommunityEngine } from './engine.ts'
import { MarketWorth } from './market-worth.ts'
import { keptSteps } from './series.ts'

/** Most net sums that are made for exact values, and for sampled ones: each takes a few nanoseconds. */
const EXACT_SUMS = 4e7
const SAMPLED_SUMS = 5e7

/**
 * Each home's fair share of what pooling all meters would save, by Shapley: hour by hour at the retail price and at what
 * a seller forgoes, over the first run through the series, delivery and fees left out. Exact while all coalitions can be
 * counted in a fraction of a second, else sampled in a seeded order with a 95 % interval.
 */
export function poolingShares({ area, scenario, series, steps }: CommunityEngine): PoolingShares {
  const perHour = Math.max(1, Math.round(3600 / area.axis.stepSeconds))
  const hours = Math.floor(Math.min(steps, keptSteps(area.axis)) / perHour)
  const members = area.homes.length
  const buy = new Float64Array(hours)
  const sell = new Float64Array(hours)
  const worth = new MarketWorth(scenario, area)
  for (let hour = 0; hour < hours; hour++) {
    // A price holds for its hour at least. µ$ per kWh over a million is µ$ per milliwatt-hour.
    const price = area.priceMicroUsdPerKwh[hour * perHour]
    worth.at(hour * perHour)
    buy[hour] = price / 1e6
    sell[hour] = worth.worth.forgone[0] / 1e6
  }
  const nets = series.homes.map((columns) => {
    const net = new Float64Array(hours)
    for (let step = 0; step < hours * perHour; step++)
      net[Math.floor(step / perHour)] += columns.import_kwh[step] - columns.export_kwh[step]
    return net
  })
  const alone = nets.map((net) => Math.round(poolingCosts([net], buy, sell)[1]))
  if (members < 16 && hours * 2 ** members <= EXACT_SUMS) {
    const values = shapleyValues(members, poolingCosts(nets, buy, sell))
    return {
      method: 'exact',
      orders: 0,
      aloneMicroUsd: alone,
      shapleyMicroUsd: whole(values),
      halfWidthMicroUsd: [],
    }
  }
  const pairs = Math.min(500, Math.max(8, Math.floor(SAMPLED_SUMS / (2 * members * Math.max(1, hours)))))
  const stream = streamFor(scenario.seed, 'shapley', area.id)
  const { value, halfWidth, orders } = sampledShapley(nets, buy, sell, pairs, stream)
  return {
    method: 'sampled',
    orders,
    aloneMicroUsd: alone,
    shapleyMicroUsd: whole(value),
    halfWidthMicroUsd: whole(halfWidth),
  }
}

const whole = (values: Float64Array): number[] => Array.from(values, Math.round)
