import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { type CommunityResult, RUN_FILES } from '../data/run-files.ts'
import { streamFor } from '../data/random.ts'
import { CommunityEngine } from './engine.ts'
import { randomCommunity } from './testing-community.ts'
import { runGallery, runInto, temporaryFolder } from './testing.ts'

/** Everything of a result that has nothing to do with tokens. */
const withoutTokens = ({
  tgen: _1,
  tstorage: _2,
  shadow: _3,
  batteries: _4,
  story: _5,
  ledger: _6,
  ...rest
}: CommunityResult) => rest

describe.each(['first-neighborhood', 'massachusetts-credits', 'weak-feeder', 'flexible-loads', 'ac-dc'])(
  '%s without tokens',
  (name) => {
    const days = name === 'massachusetts-credits' ? 70 : 12
    const on = runGallery(name, days)
    const off = runGallery(name, days, {
      edit: (scenario) => {
        scenario.ledger.tokens = false
      },
    })

    test('uses, trades and pays the same, to the milliwatt-hour and micro-dollar', () => {
      expect(off.result).toEqual(withoutTokens(on.result))
      for (const [home, columns] of on.series.homes.entries()) expect(off.series.homes[home]).toEqual(columns)
    })

    test('writes nothing to a ledger', () => {
      expect(off.engine.ledger).toMatchObject({ blocks: 0, transactions: 0, operations: 0 })
      expect(on.engine.ledger.transactions).toBeGreaterThan(0)
    })
  },
)

test('where batteries sell out of storage, only trades and what they pay may differ', () => {
  const on = runGallery('markets', 8)
  const off = runGallery('markets', 8, {
    edit: (scenario) => {
      scenario.ledger.tokens = false
    },
  })
  for (const [home, { peer_bought_kwh: _1, peer_sold_kwh: _2, ...columns }] of on.series.homes.entries())
    expect(off.series.homes[home]).toMatchObject(columns)
  // Tokens hold back what is not verified: without them at least as much is offered.
  const supply = ({ series }: typeof on) =>
    series.market.supply_kwh.reduce((sum, milliWh) => sum + milliWh, 0)
  expect(supply(off)).toBeGreaterThan(supply(on))
  const sum = (of: typeof on, key: 'peerBoughtMilliWh' | 'peerSoldMilliWh') =>
    of.result.homes.reduce((all, { total }) => all + total[key], 0)
  expect(sum(off, 'peerBoughtMilliWh')).toBe(sum(off, 'peerSoldMilliWh'))
})

test('balances limit the same trades in random communities of any tariff and mechanism', () => {
  let limited = 0
  for (let number = 0; number < 200; number++) {
    const { area, scenario } = randomCommunity(streamFor(2026, 'tokens-off', number), number)
    // So little that a purchase can empty an account.
    const openingBalanceUsd = (number % 10) / 20
    const run = (tokens: boolean) =>
      new CommunityEngine(area, {
        ...scenario,
        ledger: { ...scenario.ledger, openingBalanceUsd, tokens },
      }).run().result
    const off = run(false)
    expect(off, `community ${number}`).toEqual(withoutTokens(run(true)))
    limited += off.market.intervalsCreditLimited
  }
  expect(limited).toBeGreaterThan(50)
})

describe('a run’s folder without tokens', () => {
  const edit = (scenario: Parameters<NonNullable<Parameters<typeof runGallery>[2]>['edit'] & object>[0]) => {
    scenario.ledger.tokens = false
  }

  test('has no ledger and no columns of tokens', async () => {
    const { dir, results } = await runInto(temporaryFolder(), 'low-income-block', 2, { edit })
    expect(existsSync(join(dir, RUN_FILES.ledger))).toBe(false)
    expect(Object.keys(results.communities[0])).not.toContain('ledger')
    const market = readdirSync(join(dir, RUN_FILES.series)).find((name) => name.includes('market')) ?? ''
    const file = await asyncBufferFromFile(join(dir, RUN_FILES.series, market))
    const names = (await parquetMetadataAsync(file)).schema.map((column) => column.name)
    expect(names).toContain('true_deliverable_kwh')
    expect(names.filter((name) => name.startsWith('tstorage'))).toEqual([])
  })

  test('cannot be asked for beside a ledger that lasts', async () => {
    const out = temporaryFolder()
    await expect(runInto(out, 'one-home', 1, { edit, durable: true })).rejects.toThrow(
      /--durable .*tokens are off.*--tokens on/,
    )
    await expect(runInto(out, 'one-home', 1, { edit, fabric: 'none.json' })).rejects.toThrow(
      /--ledger fabric .*tokens are off/,
    )
  })
})
