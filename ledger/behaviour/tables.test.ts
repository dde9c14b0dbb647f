import { expect, test } from 'vitest'
import * as columns from '../contract/columns.ts'
import { BURNED } from '../contract/events.ts'
import { operationsToJson } from '../contract/json.ts'
import type { Operation } from '../contract/operations.ts'
import { EXPORTED, TGEN } from '../contract/vocabulary.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'
import { localLedger } from './local.ts'
import { NaiveLedger } from './naive/model.ts'
import { ANA, ANA_METER, ANA_PANEL, at, Neighborhood, OPERATOR, ORACLE, UTILITY } from './neighborhood.ts'

/** A ledger and the naive model, given the same; they must stay the same. */
async function pair() {
  const hood = await Neighborhood.open(localLedger)
  const ledger = new LocalLedger()
  const naive = new NaiveLedger()
  const writer = new TransactionWriter()
  let sequence = 0
  const submit = (client: number, operations: readonly Operation[], expected = 'ok') => {
    writer.clear()
    for (const operation of operations) writer.add(operation)
    const transaction = writer.transaction(client, ++sequence)
    const answer = ledger.submit(transaction)
    expect('code' in answer ? answer.code : 'ok').toBe(expected)
    expect(naive.apply(client, operationsToJson(transaction))).toBe(expected)
    expect(ledger.stateHash()).toBe(naive.stateHash())
  }
  submit(OPERATOR, hood.opening)
  return { hood, ledger, submit }
}

test('rows of lots are used again: what the lots cost is bounded by how many live', async () => {
  const { hood, ledger, submit } = await pair()
  for (let interval = 0; interval < 50; interval++) {
    submit(ORACLE, [
      hood.generated(interval, 1000),
      hood.read(interval, 600 * (interval + 1), 540 * interval),
    ])
    submit(OPERATOR, [hood.charged(interval, 600)])
    if (interval > 0) submit(OPERATOR, [hood.delivered(interval - 1, interval, 540)])
    submit(ORACLE, [hood.closed(interval)])
    // A refused transaction gives back what it took.
    submit(ORACLE, [hood.generated(interval + 1, 5), hood.generated(interval + 1, 5)], 'already-minted')
  }
  expect(ledger.view.lotRows).toBeLessThanOrEqual(4)
})

test('hundreds of panels, batteries and accounts; thousands of lots; all of them gone in one transaction', async () => {
  const { hood, ledger, submit } = await pair()
  const like = (asset: number) => hood.opening.find((one) => 'asset' in one && one.asset === asset) as object
  const panels = Array.from({ length: 300 }, (_, index) => 1000 + index)
  submit(OPERATOR, [
    ...panels.map((account) => ({ ...hood.opening[3], account }) as Operation),
    ...panels.map((asset) => ({ ...like(ANA_PANEL), asset }) as Operation),
    ...panels.map((asset) => ({ ...like(4), asset: asset + 1000, owner: asset }) as Operation),
  ])
  expect([...ledger.view.accountNumbers()].slice(-1)).toEqual([1299])
  expect([...ledger.view.assetNumbers()].slice(-1)).toEqual([2299])
  for (let interval = 0; interval < 8; interval++) {
    submit(
      ORACLE,
      panels.map((asset) => ({ ...hood.generated(interval, 10 + (asset % 7)), asset }) as Operation),
    )
  }
  expect(ledger.view.lotRows).toBe(2400)
  // First most of it, refused as a whole: every lot is back; then in earnest.
  const used = panels.map(
    (asset) => ({ ...hood.used(7, 10 + (asset % 7)), lotAsset: asset, actor: ANA }) as Operation,
  )
  submit(OPERATOR, [...used, hood.used(9, 1)], 'unknown-lot')
  submit(OPERATOR, used)
  submit(ORACLE, [hood.closed(7)])
  const exported = 7 * panels.reduce((sum, asset) => sum + 10 + (asset % 7), 0)
  expect(ledger.view.assetAmount(ANA_METER, columns.METER_UNSETTLED)).toBe(exported)
  // Every event is there still, though there were more than ever before.
  const { events } = ledger.view
  expect(events.length).toBe(2100)
  expect(ledger.totals.burnedFor(TGEN, EXPORTED)).toBe(exported)
  for (let index = 0; index < events.length; index++) {
    expect([events.type(index), events.kind(index), events.from(index)]).toEqual([BURNED, TGEN, 0])
    expect(events.milliWh(index)).toBe(10 + (events.asset(index) % 7))
    expect(events.account(index)).toBe(ANA)
  }
  submit(
    ORACLE,
    panels.map((asset) => ({ ...hood.generated(8, 5), asset }) as Operation),
  )
  expect(ledger.view.lotRows).toBe(2400)
})

test('a refused transaction leaves no trace of what it registered, created, set or anchored', async () => {
  const { hood, submit } = await pair()
  const like = (asset: number) => hood.opening.find((one) => 'asset' in one && one.asset === asset) as object
  submit(ORACLE, [hood.generated(0, 1000), hood.read(0, 600, 0)])
  submit(OPERATOR, [hood.charged(0, 600), hood.aside(0, 540)])
  const never = hood.used(9, 1)
  for (let again = 0; again < 2; again++) {
    submit(
      OPERATOR,
      [
        { ...hood.opening[3], account: 70 } as Operation,
        { ...like(ANA_PANEL), asset: 70 } as Operation,
        { ...like(4), asset: 71 } as Operation,
        { ...like(ANA_METER), asset: 72, site: 72 } as Operation,
        { op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: 77 },
        never,
      ],
      'unknown-lot',
    )
    submit(
      ORACLE,
      [
        { op: 'setFactor', actor: ORACLE, battery: 4, factorPpm: 123_456 },
        hood.anchored(1, again === 0 ? 'full' : 'refusal'),
        hood.read(1, 600, 0),
        hood.closed(0),
        { ...never, actor: ORACLE },
      ],
      'unknown-lot',
    )
  }
  // The same deeds, in earnest, after all that.
  submit(OPERATOR, [{ ...like(ANA_PANEL), asset: 70 } as Operation, { ...like(4), asset: 71 } as Operation])
  submit(ORACLE, [hood.anchored(1, 'full'), hood.read(1, 600, 500)])
  submit(OPERATOR, [hood.delivered(0, 1, 500)])
  submit(ORACLE, [hood.anchored(2, 'refusal'), never], 'unknown-lot')
  submit(ORACLE, [hood.anchored(2, 'refusal')])
})

test('a refused transaction leaves no trace of what it offered, bought, settled and cancelled', async () => {
  const { hood, submit } = await pair()
  submit(ORACLE, [hood.generated(0, 1000)])
  const never = hood.used(9, 1)
  const deeds = [hood.offered(0, 500, 135_000), hood.bought(0, 200, 135_000), hood.used(0, 100)]
  submit(OPERATOR, [...deeds, never], 'unknown-lot')
  submit(OPERATOR, deeds)
  submit(UTILITY, [hood.billed(0, 0, 5), never], 'unknown-lot')
  submit(UTILITY, [hood.billed(0, 0, 5)])
  const again = [
    { op: 'cancel', actor: ANA, lotAsset: ANA_PANEL, lotMinute: at(0), lotSource: 0, lotFrom: 0 } as const,
    hood.offered(0, 20, 99_000),
    hood.bought(0, 7, 99_000),
  ]
  submit(OPERATOR, [...again, never], 'unknown-lot')
  submit(OPERATOR, again)
})

test('a refused transaction leaves no trace of what a battery metered, took up and set aside', async () => {
  const { hood, submit } = await pair()
  submit(ORACLE, [hood.generated(0, 1000), hood.read(0, 600, 0)])
  const never = hood.used(9, 1)
  const deeds = [hood.charged(0, 600), hood.aside(0, 100)]
  submit(OPERATOR, [...deeds, never], 'unknown-lot')
  submit(OPERATOR, deeds)
  submit(ORACLE, [hood.read(1, 700, 50), never], 'unknown-lot')
  submit(ORACLE, [hood.read(1, 700, 50)])
  submit(OPERATOR, [hood.delivered(0, 1, 30), never], 'unknown-lot')
  submit(OPERATOR, [hood.delivered(0, 1, 30)])
})

test('a name that no lot has', async () => {
  const { hood, ledger, submit } = await pair()
  submit(ORACLE, [hood.generated(0, 5)])
  const { view } = ledger
  expect(view.findLot(ANA_PANEL, at(0), 0, 0)).toBeGreaterThanOrEqual(0)
  for (const [asset, minute, source, from] of [
    [ANA_PANEL, at(1), 0, 0],
    [ANA_PANEL, at(0), 0, 1],
    [ANA_PANEL, at(0), ANA_PANEL, 0],
    [ANA_METER, at(0), 0, 0],
    [4, at(0), 0, 0],
    [0, at(0), 0, 0],
    [-ANA_PANEL, at(0), 0, 0],
    [2 ** 19, at(0), 0, 0],
    [2 ** 30, at(0), 0, 0],
  ]) {
    expect(view.findLot(asset, minute, source, from)).toBe(-1)
  }
  for (const id of [0, -1, 63, 64, 2 ** 19]) {
    expect(view.accountExists(id)).toBe(false)
    expect(view.assetIs(id, 1)).toBe(false)
  }
  view.client = 0
  expect(view.speaksFor(0)).toBe(false)
})
