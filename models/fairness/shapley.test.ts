import { describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { poolingCosts, SampledOrders, shapleyValues } from './shapley.ts'

const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0)

test('the glove game by hand: one left, two right gloves; a pair is worth 1', () => {
  // v(S) = 1 where S holds home 0 and one of the others: 2/3, 1/6, 1/6 (Shapley 1953).
  const worth = Float64Array.from({ length: 8 }, (_, mask) => ((mask & 1) === 1 && mask > 1 ? 1 : 0))
  const shares = shapleyValues(3, worth)
  expect(shares[0]).toBeCloseTo(2 / 3, 14)
  expect(shares[1]).toBeCloseTo(1 / 6, 14)
  expect(shares[2]).toBeCloseTo(1 / 6, 14)
})

const community = (homes: number, rows: number) => {
  const stream = streamFor(7, 'shapley-test')
  const column = (scale: number, shift: number) =>
    Float64Array.from({ length: rows }, () => scale * (stream.uniform() - shift))
  return {
    nets: Array.from({ length: homes }, () => column(4, 0.5)),
    buy: column(0.2, -1),
    sell: new Float64Array(rows).fill(0.05),
  }
}

test('pooling costs are those of each coalition by itself', () => {
  const { nets, buy, sell } = community(4, 20)
  const costs = poolingCosts(nets, buy, sell)
  for (let mask = 0; mask < 16; mask++) {
    let cost = 0
    for (let row = 0; row < 20; row++) {
      const net = nets.reduce((all, home, at) => all + ((mask >> at) & 1) * home[row], 0)
      cost += net > 0 ? net * buy[row] : net * sell[row]
    }
    expect(costs[mask]).toBeCloseTo(cost, 10)
  }
})

describe('a community of eight', () => {
  const { nets, buy, sell } = community(8, 50)
  // A twin of home 0, and one that neither uses nor makes anything.
  nets[6] = nets[0]
  nets[7] = new Float64Array(50)
  const costs = poolingCosts(nets, buy, sell)
  const exact = shapleyValues(8, costs)

  test('shares sum to the whole, twins pay alike, who adds nothing pays nothing', () => {
    expect(sum(exact)).toBeCloseTo(costs[255], 10)
    expect(exact[6]).toBeCloseTo(exact[0], 10)
    expect(exact[7]).toBeCloseTo(0, 12)
  })

  test('nobody pays more than alone: pooling only saves', () => {
    exact.forEach((share, home) => expect(share).toBeLessThanOrEqual(costs[1 << home] + 1e-12))
  })

  test('sampled values have the exact ones within their interval, nineteen times of twenty or so', () => {
    let within = 0
    for (let seed = 0; seed < 50; seed++) {
      const sampled = new SampledOrders(8, 60, streamFor(seed, 'orders'))
      sampled.add(nets, buy, sell)
      const { value, halfWidth, orders } = sampled.result()
      expect(orders).toBe(120)
      expect(sum(value)).toBeCloseTo(costs[255], 9)
      value.forEach((share, home) => {
        if (Math.abs(share - exact[home]) <= halfWidth[home] + 1e-12) within++
      })
    }
    // 400 draws at 95 %: 380 expected, standard deviation below 10 even where homes move together.
    expect(within).toBeGreaterThan(350)
    expect(within).toBeLessThan(400)
  })

  test('intervals that come in parts add up to the same', () => {
    const part = (from: number, to: number) =>
      [nets.map((net) => net.subarray(from, to)), buy.subarray(from, to), sell.subarray(from, to)] as const
    expect(poolingCosts(...part(30, 50), poolingCosts(...part(0, 30)))).toEqual(costs)
    const [whole, parts] = [0, 1].map(() => new SampledOrders(8, 20, streamFor(1, 'orders')))
    whole.add(nets, buy, sell)
    parts.add(...part(0, 30))
    parts.add(...part(30, 50))
    const [expected, found] = [whole.result(), parts.result()]
    found.value.forEach((share, home) => expect(share).toBeCloseTo(expected.value[home], 12))
    found.halfWidth.forEach((half, home) => expect(half).toBeCloseTo(expected.halfWidth[home], 12))
  })
})
