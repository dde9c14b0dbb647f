import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import type { Operation } from '../contract/operations.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { localLedger } from '../behaviour/local.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_METER,
  at,
  BEN,
  BEN_LOAD,
  Neighborhood,
  OPERATOR,
  ORACLE,
  UTILITY,
} from '../behaviour/neighborhood.ts'
import { LocalLedger } from '../local/ledger.ts'
import { decode } from './decode.ts'
import { Replay } from './replay.ts'

/** Long runs set this; `npm test` takes what fits. */
const OPERATIONS = Number(process.env.VPP_LEDGER_OPERATIONS ?? 300_000)
const SEED = Number(process.env.VPP_SEED ?? 1)

/**
 * Random operations on a small neighborhood, most of them nearly allowed: what the ledger accepts, the
 * second implementation must accept with the same state; what it refuses must leave no trace.
 */
test(`${OPERATIONS} random operations: both implementations agree`, { timeout: 600_000 }, async () => {
  const draw = streamFor(SEED, 'ledger')
  const pick = <T>(list: readonly T[]): T => list[draw.uint32() % list.length]
  const ledger = new LocalLedger()
  const replay = new Replay()
  const writer = new TransactionWriter()
  const hood = await Neighborhood.open(localLedger)
  let sequence = 0
  const submit = (client: number, operations: readonly Operation[]): boolean => {
    writer.clear()
    for (const operation of operations) writer.add(operation)
    const transaction = writer.transaction(client, ++sequence)
    const answer = ledger.submit(transaction)
    if ('code' in answer) return false
    // The audit decodes the binary form itself.
    replay.apply(client, decode(transaction.words, transaction.operations))
    return true
  }
  expect(submit(OPERATOR, hood.opening)).toBe(true)

  const quantity = () => pick([1, 7, 1000, 50_000, 400_000, 900_000]) + (draw.uint32() % 3)
  const someStored = () => {
    const links = [...ledger.view.livingLots()].filter((row) => ledger.view.lotAsset[row] === ANA_BATTERY)
    if (links.length === 0) return hood.storedLot(0)
    const row = pick(links)
    const { lotAsset, lotMinute, lotSource, lotFrom } = ledger.view
    return {
      lotAsset: lotAsset[row],
      lotMinute: lotMinute[row],
      lotSource: lotSource[row],
      lotFrom: lotFrom[row],
    }
  }
  let interval = 0
  const moves: ((client: number) => Operation)[] = [
    () => hood.generated(interval, quantity()),
    () => hood.charged(interval, quantity()),
    () => hood.offered(interval, quantity(), pick([1, 135_000])),
    () => hood.bought(interval, quantity(), pick([1, 135_000])),
    () =>
      ({
        ...hood.bought(interval, quantity(), 135_000, UTILITY),
        use: 'exchanged',
        target: ANA_BATTERY,
      }) as Operation,
    () => hood.used(interval, quantity()),
    () => ({ ...hood.delivered(0, interval, quantity()), ...someStored() }),
    () => ({ op: 'cancel', actor: ANA, ...hood.solarLot(interval) }),
    () => ({
      op: 'offer',
      actor: ANA,
      ...someStored(),
      minute: at(interval),
      rateMicroUsdPerKwh: 9,
      milliWh: quantity(),
    }),
    () => ({
      op: 'trade',
      actor: BEN,
      ...someStored(),
      use: 'consumed',
      target: BEN_LOAD,
      rateMicroUsdPerKwh: 9,
      milliWh: quantity(),
    }),
    () => ({ op: 'setAside', actor: OPERATOR, ...someStored(), milliWh: quantity() }),
    () => ({ op: 'release', actor: OPERATOR, ...someStored(), milliWh: quantity() }),
    () =>
      hood.read(
        interval,
        ledger.view.batteryCharge[ANA_BATTERY] + pick([0, 0, quantity()]),
        ledger.view.batteryDischarge[ANA_BATTERY] + pick([0, quantity()]),
      ),
    () => ({ ...hood.generated(interval, quantity()), asset: ANA_BATTERY }) as Operation,
    () =>
      ({
        ...hood.generated(interval, Math.max(1, ledger.view.batteryDeltaCharge[ANA_BATTERY])),
        asset: ANA_BATTERY,
      }) as Operation,
    () => hood.anchored(interval + 1, pick(['refusal', 'full'])),
    () => ({
      op: 'setFactor',
      actor: ORACLE,
      battery: ANA_BATTERY,
      factorPpm: 850_000 + (draw.uint32() % 150_000),
    }),
    () => hood.closed(interval),
    () => hood.billed(interval, ledger.view.siteUnsettled[ANA_METER], 5 - (draw.uint32() % 10)),
    () => ({ op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: pick([0, 10_000]) }),
  ]
  const clientOf = (operation: Operation): number =>
    [ORACLE, UTILITY].includes(operation.actor) ? operation.actor : OPERATOR

  let accepted = 0
  let refused = 0
  for (let done = 0; done < OPERATIONS;) {
    if (draw.uint32() % 12 === 0) interval++
    const first = pick(moves)(OPERATOR)
    const client = draw.uint32() % 50 === 0 ? pick([OPERATOR, UTILITY, ORACLE, BEN]) : clientOf(first)
    const operations = [first]
    while (operations.length < 4 && draw.uint32() % 3 === 0) operations.push(pick(moves)(OPERATOR))
    const check = done % 997 === 0
    const before = check ? ledger.stateHash() : ''
    if (submit(client, operations)) accepted += operations.length
    else {
      refused += operations.length
      if (check) expect(ledger.stateHash()).toBe(before)
    }
    done += operations.length
    if (check) {
      expect(replay.stateHash()).toBe(ledger.stateHash())
      expect(replay.imbalance()).toBe('')
    }
  }
  expect(replay.stateHash()).toBe(ledger.stateHash())
  expect(accepted).toBeGreaterThan(OPERATIONS * 0.05)
  expect(refused).toBeGreaterThan(OPERATIONS * 0.05)
})
