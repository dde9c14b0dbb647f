import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { streamFor } from '../data/random.ts'
import { MECHANISM_NAMES } from '../models/market/registry.ts'
import { BILL_CASES } from '../data/run-files.ts'
import { randomCommunity } from './testing-community.ts'
import { CommunityEngine } from './engine.ts'
import { tokensOf } from './testing.ts'

/** `npm run suite:market` sets the number: 100,000 in all, each with the ledger and every mechanism beside it. */
const COMMUNITIES = Number(process.env.VPP_COMMUNITIES ?? 1500)

/** What is left over where homes, operator and utility meet, µ$: must be 0. */
function leftOver(engine: CommunityEngine): { own: number; compared: number; ledger: number; cases: number } {
  const { result } = engine.run()
  const homes = (name: (typeof BILL_CASES)[number]) =>
    result.homes.flatMap(({ months }) => months).reduce((sum, { bills }) => sum + bills[name].netMicroUsd, 0)
  const cases = BILL_CASES.reduce((sum, name) => {
    const operator = name === 'plant' ? result.operatorIncomeMicroUsd : 0
    return sum + Math.abs(homes(name) - operator - result.utilityRevenueMicroUsd[name])
  }, 0)
  const compared = (result.mechanisms ?? []).reduce(
    (sum, { homeNetMicroUsd, operatorMicroUsd, utilityMicroUsd }) =>
      sum + Math.abs(homeNetMicroUsd.reduce((all, net) => all + net, 0) - operatorMicroUsd - utilityMicroUsd),
    0,
  )
  const { balancesMicroUsd, openingMicroUsd } = tokensOf(result).ledger
  return {
    own: homes('plant') - result.operatorIncomeMicroUsd - result.utilityRevenueMicroUsd.plant,
    compared,
    ledger: balancesMicroUsd - openingMicroUsd,
    cases,
  }
}

/** Export rules under which a month's bill alone tells what a home has. */
const PAID_AT_ONCE = new Set(['flat', 'net-metering', 'net-billing', 'buy-all-sell-all'])

/** Does the run's mechanism leave a home worse off that pays no premium by choice, beyond the rounding of its trades? */
function someoneLoses({ area, books, market, scenario }: CommunityEngine): boolean {
  if (!PAID_AT_ONCE.has(scenario.tariff.export.kind)) return false
  const rounding = 2 * market.result().trades + 8
  return books.some(({ months }, home) => {
    const of = (name: 'own-battery' | 'plant') =>
      months.reduce((sum, { bills }) => sum + bills[name].netMicroUsd, 0)
    const { greenPremiumUsdPerKwh: green, localPremiumUsdPerKwh: local } = area.homes[home].trading
    return green + local === 0 && of('plant') - of('own-battery') > rounding
  })
}

test('no micro-dollar comes or goes in random communities, over all roles and mechanisms, and nobody loses', () => {
  const seen = new Map<string, number>()
  let trades = 0
  let assignedMicroUsd = 0
  let homes = 0
  const start = performance.now()
  for (let number = 0; number < COMMUNITIES; number++) {
    const { area, scenario } = randomCommunity(streamFor(2026, 'money', number), number)
    const engine = new CommunityEngine(area, scenario)
    expect(leftOver(engine), `community ${number}`).toEqual({ own: 0, compared: 0, ledger: 0, cases: 0 })
    expect(someoneLoses(engine), `community ${number}`).toBe(false)
    const { mechanism } = scenario.market
    seen.set(mechanism, (seen.get(mechanism) ?? 0) + 1)
    trades += engine.market.result().trades
    assignedMicroUsd += engine.credits?.result().assignedMicroUsd ?? 0
    homes += area.homes.length
  }
  expect([...seen.keys()].toSorted()).toEqual([...MECHANISM_NAMES].toSorted())
  expect(trades).toBeGreaterThan(COMMUNITIES)
  expect(assignedMicroUsd).toBeGreaterThan(0)
  if (process.env.VPP_FIGURES !== undefined) {
    const seconds = ((performance.now() - start) / 1000).toFixed(0)
    const rows = [...seen].map(([name, count]) => `| ${name} | ${count} |`)
    writeFileSync(
      process.env.VPP_FIGURES,
      `# Money in random communities

Each with any tariff, preferences, loads and sun, run with its ledger; every mechanism beside the run's own on the same
flows. Held in each: homes' net bills = operator's income + utility's revenue in every case, the same under every
mechanism, and balances = opening balances; where exports are paid at once, no home that pays no premium by choice is worse
off by trading than without, but for the rounding of its trades. Node ${process.version}, ${process.platform}-${process.arch}. Written by \`sim/money.test.ts\`
(\`npm run suite:market\`); \`npm test\` runs the first 1,500.

| what | how many |
|---|---|
| communities | ${COMMUNITIES} |
| homes in them | ${homes} |
| trades on their ledgers | ${trades} |
| micro-dollars left over | 0 |
| seconds on a shared core | ${seconds} |
${rows.join('\n')}
`,
    )
  }
})
