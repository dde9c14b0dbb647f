import { expect, test } from 'vitest'
import { checkEnergy } from './energy-invariants.ts'
import { IntervalFlows } from './interval-flows.ts'

/** One home that sells a part of its surplus to another. */
function twoHomes(): IntervalFlows {
  const flows = new IntervalFlows(2)
  flows.solar.set([500, 0])
  flows.load.set([200, 300])
  flows.charge.set([100, 0])
  flows.standby.set([1, 0])
  flows.meter(0)
  flows.meter(1)
  flows.peerSold.set([150, 0])
  flows.peerBought.set([0, 150])
  return flows
}

test('a sound interval passes', () => {
  const flows = twoHomes()
  expect([...flows.export]).toEqual([199, 0])
  expect(() => checkEnergy(flows, 2)).not.toThrow()
})

test.each([
  ['solar', 0, 501, /home 0: 501 mWh supplied, 500 used/],
  ['standby', 0, 2, /home 0: 500 mWh supplied, 501 used/],
  ['peerBought', 1, 149, /bought 149 mWh and sold 150/],
  ['peerBought', 1, 301, /home 1 bought more than it imported/],
  ['peerSold', 0, 200, /home 0 sold more than it exported/],
] as const)('one milliwatt-hour amiss in %s of home %i stops the run', (name, home, value, words) => {
  const flows = twoHomes()
  flows[name][home] = value
  expect(() => checkEnergy(flows, 2)).toThrow(words)
})

test('a meter goes one way only', () => {
  const flows = twoHomes()
  flows.import[0] += 5
  flows.export[0] += 5
  expect(() => checkEnergy(flows, 2)).toThrow(/imports and exports at once/)
})
