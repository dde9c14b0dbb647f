import { expect, test } from 'vitest'
import { localLedger } from '../behaviour/local.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_METER,
  ANA_PANEL,
  at,
  BEN,
  Neighborhood,
  OPERATOR,
  ORACLE,
  UTILITY,
} from '../behaviour/neighborhood.ts'
import { LocalLedger } from '../local/ledger.ts'
import { ASSET_FIRST_LOT } from './columns.ts'
import { EVENT_NAMES, EventBuffer, MINTED } from './events.ts'
import type { Operation } from './operations.ts'
import { TransactionWriter } from './writer.ts'

test('events tell what happened to which part of which lot, to whom, and what was paid', async () => {
  const hood = await Neighborhood.open(localLedger)
  const ledger = new LocalLedger()
  let sequence = 0
  const told = (client: number, ...operations: Operation[]) => {
    const writer = new TransactionWriter()
    for (const operation of operations) writer.add(operation)
    expect(ledger.submit(writer.transaction(client, ++sequence))).toHaveProperty('block')
    const { events } = ledger.view
    return Array.from({ length: events.length }, (_, index) => ({
      what: EVENT_NAMES[events.type(index) - 1],
      kind: events.kind(index),
      reason: events.reason(index),
      asset: events.asset(index),
      minute: events.minute(index),
      source: events.source(index),
      lotFrom: events.lotFrom(index),
      from: events.from(index),
      milliWh: events.milliWh(index),
      account: events.account(index),
      microUsd: events.microUsd(index),
    }))
  }
  const none = { kind: 0, reason: 0, minute: 0, source: 0, lotFrom: 0, from: 0, milliWh: 0, microUsd: 0 }
  expect(told(OPERATOR, ...hood.opening)[1]).toEqual({
    ...none,
    what: 'opened',
    asset: 0,
    account: UTILITY,
    microUsd: 5_000_000_000,
  })
  const panel = { ...none, kind: 1, asset: ANA_PANEL, minute: at(0), account: ANA }
  expect(told(ORACLE, hood.generated(0, 1000), hood.read(0, 600, 0))).toEqual([
    { ...panel, what: 'minted', milliWh: 1000 },
  ])
  expect(told(OPERATOR, hood.used(0, 100))).toEqual([
    { ...panel, what: 'burned', reason: 1, from: 0, milliWh: 100 },
  ])
  const stored = {
    ...none,
    kind: 2,
    asset: ANA_BATTERY,
    minute: at(0),
    source: ANA_PANEL,
    lotFrom: 100,
    account: ANA,
  }
  expect(told(OPERATOR, hood.charged(0, 600))).toEqual([
    { ...stored, what: 'minted', milliWh: 540 },
    { ...panel, what: 'burned', reason: 3, from: 100, milliWh: 540 },
    { ...panel, what: 'burned', reason: 4, from: 640, milliWh: 60 },
  ])
  expect(told(OPERATOR, hood.offered(0, 200, 2_000_000))).toEqual([])
  expect(told(OPERATOR, hood.bought(0, 150, 2_000_000))).toEqual([
    { ...none, what: 'paid', asset: BEN, account: ANA, microUsd: 300 },
    { ...none, what: 'paid', asset: BEN, account: OPERATOR, microUsd: 2 },
    { ...panel, what: 'burned', reason: 1, from: 700, milliWh: 150, account: BEN },
  ])
  expect(told(ORACLE, hood.closed(0))).toEqual([
    { ...panel, what: 'burned', reason: 2, from: 850, milliWh: 150 },
  ])
  const lot = hood.storedLot(0, 100)
  expect(told(OPERATOR, { op: 'setAside', actor: OPERATOR, ...lot, milliWh: 240 })).toEqual([
    { ...stored, what: 'set-aside', from: 300, milliWh: 240 },
  ])
  expect(told(OPERATOR, { op: 'release', actor: OPERATOR, ...lot, milliWh: 40 })).toEqual([
    { ...stored, what: 'released', from: 300, milliWh: 40 },
  ])
  expect(told(ORACLE, hood.read(1, 600, 50), hood.read(2, 600, 50))).toEqual([
    { ...none, what: 'unclaimed', asset: ANA_BATTERY, minute: at(1), milliWh: 50, account: ANA },
  ])
  expect(told(UTILITY, hood.billed(2, 150, -7))).toEqual([
    { ...none, what: 'settled', asset: ANA, account: UTILITY, microUsd: -7 },
  ])
  expect(ledger.totals.openingMicroUsd).toBe(25_000_000_000)
  expect([ledger.totals.minted(2), ledger.totals.setAside(2), ledger.totals.active(2)]).toEqual([
    540, 200, 340,
  ])
  expect(ledger.view.assetField(ANA_METER, ASSET_FIRST_LOT)).toBe(0)
})

test('thousands of events in one transaction are kept', () => {
  const lots = new Float64Array(16)
  const events = new EventBuffer(lots)
  for (let index = 0; index < 5000; index++) events.ofLot(MINTED, 1, 0, 0, index, index + 1, index % 7)
  expect(events.length).toBe(5000)
  for (const index of [0, 1023, 1024, 2048, 4999]) {
    expect([events.type(index), events.from(index), events.milliWh(index), events.account(index)]).toEqual([
      MINTED,
      index,
      index + 1,
      index % 7,
    ])
  }
  events.clear()
  expect(events.length).toBe(0)
})
