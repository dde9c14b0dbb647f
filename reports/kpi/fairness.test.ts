import { expect, test } from 'vitest'
import { sampleRun } from '../testing/sample-run.ts'
import { costTests } from '../../models/finance/cost-tests.ts'
import { costTestInput } from './cost-tests.ts'
import { burdens } from './fairness.ts'
import { homesOf } from './sums.ts'

test('burden is reckoned for homes with a stated income alone', () => {
  const { results, scenario } = sampleRun({ homes: 4, days: 365 })
  expect(burdens(results, scenario)).toEqual([])
  const communities = scenario.communities.map((community) => ({
    ...community,
    homes: community.homes.map((home, at) =>
      at === 0 ? { ...home, income: { usdPerYear: 10_000, source: 'assumed' } } : home,
    ),
  }))
  const [burden, ...others] = burdens(results, { ...scenario, communities })
  expect(others).toEqual([])
  const bill = homesOf(results)[0].months.reduce((sum, { bills }) => sum + bills.plant.netMicroUsd, 0) / 1e6
  expect(burden.after).toBeCloseTo(bill / 10_000, 12)
})

test('what participants save, the operator takes and the utility loses are one sum', () => {
  const { results, scenario } = sampleRun({ homes: 6, days: 365 })
  const input = costTestInput({ results, scenario })
  const fees =
    results.communities.reduce((sum, { operatorIncomeMicroUsd }) => sum + operatorIncomeMicroUsd, 0) / 1e6
  expect(input.billSavingUsd + fees).toBeCloseTo(input.lostRevenueUsd, 6)
  expect(costTests(input).map(({ name }) => name)).toEqual(['PCT', 'RIM', 'PAC', 'TRC', 'SCT'])
})
