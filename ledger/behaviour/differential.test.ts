import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import {
  BATTERY_CHARGE,
  BATTERY_DISCHARGE,
  BATTERY_MINUTE,
  BATTERY_OPEN_CHARGE,
  LOT_HIGH,
  LOT_LOW,
  LOT_MID,
  METER_UNSETTLED,
} from '../contract/columns.ts'
import { operationsToJson } from '../contract/json.ts'
import type { Operation } from '../contract/operations.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'
import { changedWithOldVersion, decideOnReadSet, valuesOf } from './view-checks.ts'
import { localLedger } from './local.ts'
import { NaiveLedger } from './naive/model.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_METER,
  ANA_PANEL,
  at,
  BEN,
  BEN_LOAD,
  BEN_METER,
  KWH,
  Neighborhood,
  OPERATOR,
  ORACLE,
  UTILITY,
} from './neighborhood.ts'

/** `npm run long:ledger` sets this to ten million; `npm test` takes what fits. */
const OPERATIONS = Number(process.env.VPP_LEDGER_OPERATIONS ?? 1_000_000)
const SECOND_PANEL = 7
const SEED = Number(process.env.VPP_SEED ?? 1)

/**
 * Random operations on a small neighborhood, most of them nearly allowed: the ledger and the naive
 * model must give the same answer to each transaction, refusals with the same code, and have the same
 * state; on a view that holds only the read set the contract must decide alike.
 */
test(`${OPERATIONS} random operations: 0 differences`, { timeout: 1_200_000 }, async () => {
  const draw = streamFor(SEED, 'ledger')
  const pick = <T>(list: readonly T[]): T => list[draw.uint32() % list.length]
  const ledger = new LocalLedger()
  const { view } = ledger
  const naive = new NaiveLedger()
  const writer = new TransactionWriter()
  const hood = await Neighborhood.open(localLedger)
  let sequence = 0
  const submit = (client: number, operations: readonly Operation[], narrow: boolean): string => {
    writer.clear()
    for (const operation of operations) writer.add(operation)
    const transaction = writer.transaction(client, ++sequence)
    const alone = narrow ? decideOnReadSet(view, transaction) : ''
    const before = narrow ? valuesOf(view) : null
    const answer = ledger.submit(transaction)
    if (before !== null) expect(changedWithOldVersion(view, before, ledger.transactions)).toEqual([])
    const code = 'code' in answer ? answer.code : 'ok'
    if (narrow) expect(alone).toBe(code)
    const expected = naive.apply(client, operationsToJson(transaction))
    if (code !== expected) {
      throw new Error(`${JSON.stringify(operations)}: the ledger says ${code}, the model ${expected}`)
    }
    return code
  }
  expect(submit(OPERATOR, hood.opening, false)).toBe('ok')
  const panel = hood.opening.find((operation) => 'asset' in operation && operation.asset === ANA_PANEL)
  expect(submit(OPERATOR, [{ ...panel, asset: SECOND_PANEL } as Operation], true)).toBe('ok')

  const quantity = () => pick([1, 7, 1000, 50_000, 400_000, 900_000]) + (draw.uint32() % 3)
  const some = (asset: number) => {
    const lots = [...view.lotsOf(asset)]
    if (lots.length === 0) return asset === ANA_BATTERY ? hood.storedLot(0) : hood.solarLot(interval)
    const lot = pick(lots)
    const [lotAsset, lotMinute, lotSource, lotFrom] = view.nameOf(lot)
    return { lotAsset, lotMinute, lotSource, lotFrom }
  }
  const someSolar = () => some(pick([ANA_PANEL, ANA_PANEL, SECOND_PANEL]))
  const someStored = () => some(ANA_BATTERY)
  const openCharge = () => view.batteryAmount(ANA_BATTERY, BATTERY_OPEN_CHARGE)
  let interval = 0
  const everythingAside = (): Operation[] =>
    [...view.lotsOf(ANA_BATTERY)].flatMap((lot) => {
      const [lotAsset, lotMinute, lotSource, lotFrom] = view.nameOf(lot)
      const milliWh = view.lots[lot + LOT_MID] - view.lots[lot + LOT_LOW]
      if (milliWh === 0) return []
      return [{ op: 'setAside', actor: OPERATOR, lotAsset, lotMinute, lotSource, lotFrom, milliWh }]
    })
  const wholeLot = (): Operation => {
    const name = someStored()
    const lot = view.findLot(name.lotAsset, name.lotMinute, name.lotSource, name.lotFrom)
    const milliWh = lot < 0 ? 1 : view.lots[lot + LOT_HIGH] - view.lots[lot + LOT_LOW]
    const minute = Math.max(0, view.batteryField(ANA_BATTERY, BATTERY_MINUTE))
    return { op: 'burn', actor: ANA, ...name, reason: 'consumed', minute, milliWh }
  }
  const trade = { op: 'trade', actor: BEN, use: 'consumed', target: BEN_LOAD } as const
  const minute = () => at(interval + pick([0, 0, 0, 1, 2, -1]))
  const rateMicroUsdPerKwh = 135_000
  /** How often, and what. */
  const weighted: [number, () => Operation][] = [
    [
      8,
      () =>
        ({
          ...hood.generated(interval + pick([0, 0, 1]), quantity()),
          asset: pick([ANA_PANEL, SECOND_PANEL]),
          carbonMilligramPerKwh: draw.uint32() % 3,
        }) as Operation,
    ],
    [1, () => hood.generated(interval, 2 * KWH)],
    [4, () => ({ ...hood.charged(interval, quantity(), pick([ANA, ANA, BEN])), ...someSolar() })],
    [
      4,
      () => ({ ...hood.offered(interval, quantity(), rateMicroUsdPerKwh), ...someSolar(), minute: minute() }),
    ],
    [4, () => ({ ...trade, ...someSolar(), rateMicroUsdPerKwh, milliWh: quantity() })],
    [1, () => ({ ...trade, ...someSolar(), rateMicroUsdPerKwh: 1, milliWh: quantity() })],
    [
      1,
      () => ({
        ...trade,
        actor: pick([ANA, UTILITY]),
        ...someSolar(),
        rateMicroUsdPerKwh,
        milliWh: quantity(),
      }),
    ],
    [
      1,
      () => ({
        ...trade,
        actor: UTILITY,
        use: 'exchanged',
        ...someSolar(),
        target: pick([ANA_BATTERY, BEN_LOAD]),
        rateMicroUsdPerKwh,
        milliWh: quantity(),
      }),
    ],
    [
      4,
      () =>
        ({
          ...hood.used(interval, quantity()),
          ...someSolar(),
          minute: minute(),
          reason: pick(['consumed', 'consumed', 'exported']),
        }) as Operation,
    ],
    [
      4,
      () =>
        ({
          ...hood.delivered(0, interval, quantity()),
          ...someStored(),
          reason: pick(['consumed', 'exported', 'exported', 'exchanged']),
          minute: view.batteryField(ANA_BATTERY, BATTERY_MINUTE),
        }) as Operation,
    ],
    [1, () => ({ op: 'cancel', actor: ANA, ...someSolar() })],
    [1, () => ({ op: 'cancel', actor: ANA, ...someStored() })],
    [
      3,
      () => ({
        op: 'offer',
        actor: ANA,
        ...someStored(),
        minute: minute(),
        rateMicroUsdPerKwh: 9,
        milliWh: quantity(),
      }),
    ],
    [4, () => ({ ...trade, ...someStored(), rateMicroUsdPerKwh: 9, milliWh: quantity() })],
    [
      3,
      () => ({
        op: 'setAside',
        actor: OPERATOR,
        ...pick([someStored, someStored, someStored, someSolar])(),
        milliWh: quantity(),
      }),
    ],
    [2, () => ({ op: 'release', actor: OPERATOR, ...someStored(), milliWh: quantity() })],
    [
      6,
      () =>
        hood.read(
          interval,
          view.batteryAmount(ANA_BATTERY, BATTERY_CHARGE) + pick([-1, 0, quantity(), quantity(), quantity()]),
          view.batteryAmount(ANA_BATTERY, BATTERY_DISCHARGE) + pick([0, quantity()]),
        ),
    ],
    [
      8,
      () =>
        ({
          ...hood.generated(interval, Math.max(1, openCharge() + pick([0, 0, 0, 1]))),
          minute:
            view.batteryField(ANA_BATTERY, BATTERY_MINUTE) < 0
              ? at(interval)
              : view.batteryField(ANA_BATTERY, BATTERY_MINUTE),
          asset: ANA_BATTERY,
        }) as Operation,
    ],
    [
      5,
      () =>
        ({
          ...hood.anchored(0, pick(['refusal', 'full'])),
          minute: Math.max(0, view.batteryField(ANA_BATTERY, BATTERY_MINUTE) + pick([5, 5, 5, 10])),
        }) as Operation,
    ],
    // Whole lots, so that they do not pile up: what a lot holds, on a register that moved as far.
    [3, () => wholeLot()],
    [
      2,
      () =>
        hood.read(
          interval,
          view.batteryAmount(ANA_BATTERY, BATTERY_CHARGE),
          view.batteryAmount(ANA_BATTERY, BATTERY_DISCHARGE) + 2 * KWH,
        ),
    ],
    [
      1,
      () => ({
        op: 'setFactor',
        actor: ORACLE,
        battery: pick([ANA_BATTERY, ANA_BATTERY, ANA_PANEL]),
        factorPpm: 850_000 + (draw.uint32() % 160_000),
      }),
    ],
    [1, () => hood.closed(interval - (draw.uint32() % 4))],
    [
      1,
      () =>
        hood.billed(
          interval,
          view.assetAmount(ANA_METER, METER_UNSETTLED) + pick([0, 0, 1]),
          (draw.uint32() % 400_000) - 200_000,
        ),
    ],
    [
      1,
      () =>
        ({
          ...hood.billed(interval, 0, pick([3_000_000_000, -3_000_000_000])),
          account: BEN,
          site: BEN_METER,
        }) as Operation,
    ],
    [1, () => ({ op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: pick([0, 10_000]) })],
    [
      1,
      () => ({
        op: 'mint',
        actor: ORACLE,
        asset: BEN_LOAD,
        minute: at(interval),
        carbonMilligramPerKwh: 0,
        milliWh: 5,
      }),
    ],
    [1, () => ({ ...hood.generated(interval, 0) })],
  ]
  const moves = weighted.flatMap(([times, move]) => Array.from({ length: times }, () => move))
  const clientOf = (operation: Operation): number =>
    [ORACLE, UTILITY].includes(operation.actor) ? operation.actor : OPERATOR

  const answers = new Map<string, number>()
  for (let done = 0, checked = 0; done < OPERATIONS;) {
    if (draw.uint32() % 25 === 0) interval++
    if (draw.uint32() % 60 === 0) {
      // Nothing is active in the battery: now what is set aside may be delivered, or burned as lost.
      const all = everythingAside()
      if (all.length > 0) expect(submit(OPERATOR, all, true)).toBe('ok')
      done += all.length
    }
    const first = pick(moves)()
    const client = draw.uint32() % 50 === 0 ? pick([OPERATOR, UTILITY, ORACLE, BEN]) : clientOf(first)
    const operations = [first]
    while (operations.length < 4 && draw.uint32() % 3 === 0) operations.push(pick(moves)())
    const code = submit(client, operations, draw.uint32() % 64 === 0)
    answers.set(code, (answers.get(code) ?? 0) + operations.length)
    done += operations.length
    if (done - checked < 500) continue
    checked = done
    expect(naive.stateHash()).toBe(ledger.stateHash())
    const { now, opening } = naive.money()
    expect(now).toBe(opening)
  }
  expect(naive.stateHash()).toBe(ledger.stateHash())
  if (process.env.VPP_FIGURES !== undefined) writeFileSync(process.env.VPP_FIGURES, figures(answers))
  // A run in which nothing is accepted, or hardly a rule is asked, proves nothing.
  expect(answers.get('ok')).toBeGreaterThan(OPERATIONS * 0.05)
  expect([...answers.keys()].length).toBeGreaterThan(20)
})

/** What `npm run suite:ledger` leaves in bench/. */
function figures(answers: Map<string, number>): string {
  const rows = [...answers].toSorted(([, a], [, b]) => b - a)
  return `# The ledger against the naive model

${OPERATIONS.toLocaleString('en-US')} random operations, seed ${SEED}: every answer and, every 500 operations, the state hash the same; 0 differences.
Written by \`npm run suite:ledger\`; \`npm test\` runs the same with a million. Node ${process.version}.

| answer | operations |
|---|---|
${rows.map(([answer, count]) => `| ${answer} | ${count.toLocaleString('en-US')} |`).join('\n')}
`
}
