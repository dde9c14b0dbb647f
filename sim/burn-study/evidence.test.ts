import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import {
  BATTERY_ACTIVE,
  BATTERY_SET_ASIDE,
  LOT_HIGH,
  LOT_LOW,
  LOT_MID,
} from '../../ledger/contract/columns.ts'
import { TransactionWriter } from '../../ledger/contract/writer.ts'
import { LocalLedger } from '../../ledger/local/ledger.ts'
import {
  endPass,
  fullHigh,
  newEvidence,
  openPass,
  refusalHigh,
  verifiedLoss,
} from '../../models/burn/evidence.ts'
import type { Operation } from '../../ledger/contract/operations.ts'

const [OPERATOR, ORACLE, OWNER, METER, BATTERY] = [1, 2, 3, 4, 5]
const INTERVAL = 15

/** The study burns by the contract's own rule: held against the contract, anchor by anchor. */
test.each([1, 2, 3])('the study’s evidence burns what the contract burns, seed %i', (seed) => {
  const draw = streamFor(seed, 'evidence')
  const ledger = new LocalLedger()
  const writer = new TransactionWriter()
  const sequences = new Map<number, number>()
  const submit = (client: number, operations: readonly Operation[]) => {
    const sequence = (sequences.get(client) ?? 0) + 1
    sequences.set(client, sequence)
    writer.clear()
    for (const one of operations) writer.add(one)
    const answer = ledger.submit(writer.transaction(client, sequence))
    if ('code' in answer) throw new Error(JSON.stringify(answer))
  }
  const account = (number: number, role: string): Operation =>
    ({
      op: 'register',
      actor: OPERATOR,
      account: number,
      role,
      agent: OPERATOR,
      openingMicroUsd: 0,
      creditLimitMicroUsd: 0,
      label: role,
      credential: '',
    }) as Operation
  const asset = (
    number: number,
    kind: string,
    energyMilliWh: number,
    deliverableMilliWh: number,
  ): Operation =>
    ({
      op: 'createAsset',
      actor: OPERATOR,
      asset: number,
      kind,
      owner: OWNER,
      site: METER,
      intervalMinutes: INTERVAL,
      nameplateW: 5000,
      energyMilliWh,
      deliverableMilliWh,
      standbyW: energyMilliWh > 0 ? 7 : 0,
      factorPpm: energyMilliWh > 0 ? 1_000_000 : 0,
      location: 'x',
      label: kind,
    }) as Operation
  submit(OPERATOR, [
    account(OPERATOR, 'operator'),
    account(ORACLE, 'oracle'),
    account(OWNER, 'household'),
    asset(METER, 'meter', 0, 0),
    asset(BATTERY, 'battery', 10_000_007, 9_400_003),
  ])
  const { view } = ledger
  const evidence = newEvidence(
    Float64Array.of(10_000_007),
    Float64Array.of(9_400_003),
    Float64Array.of(7),
    INTERVAL,
  )
  let minute = INTERVAL * 1000
  let charge = 0
  let discharge = 0
  for (let cycle = 0; cycle < 60; cycle++) {
    for (const kind of ['full', 'refusal'] as const) {
      minute += INTERVAL * (1 + (draw.uint32() % 300))
      const charged = kind === 'full' ? 9_000_000 + (draw.uint32() % 3_000_000) : draw.uint32() % 150_000
      const delivered = kind === 'full' ? 0 : 7_500_000 + (draw.uint32() % 1_000_000)
      charge += charged
      discharge += delivered
      submit(ORACLE, [
        {
          op: 'reading',
          actor: ORACLE,
          battery: BATTERY,
          minute,
          chargeMilliWh: charge,
          dischargeMilliWh: discharge,
        },
        { op: 'mint', actor: ORACLE, asset: BATTERY, minute, carbonMilligramPerKwh: 0, milliWh: charged },
      ] as Operation[])
      moveAll(ledger, submit, minute, delivered)
      const aside = view.batteryAmount(BATTERY, BATTERY_SET_ASIDE)
      const stock = view.batteryAmount(BATTERY, BATTERY_ACTIVE) + aside
      const end = minute + INTERVAL
      if (kind === 'refusal') endPass(evidence, 0, end, charge, discharge)
      const high = kind === 'full' ? fullHigh(evidence, 0, end) : refusalHigh(evidence, 0)
      if (kind === 'full') openPass(evidence, 0, end, charge, discharge)
      submit(ORACLE, [{ op: 'anchor', actor: ORACLE, battery: BATTERY, minute: end, kind }])
      expect(view.batteryAmount(BATTERY, BATTERY_SET_ASIDE)).toBe(aside - verifiedLoss(stock, aside, high))
    }
  }
  expect(evidence.passes[0]).toBeGreaterThan(20)
})

/** Delivers what the register gave, oldest lot first, and sets the rest aside. */
function moveAll(
  ledger: LocalLedger,
  submit: (client: number, operations: readonly Operation[]) => void,
  minute: number,
  delivered: number,
): void {
  let left = delivered
  for (const { name, active, held } of lotsOf(ledger)) {
    const part = Math.min(left, active)
    if (part > 0) {
      submit(OPERATOR, [{ op: 'burn', actor: OWNER, ...name, reason: 'consumed', minute, milliWh: part }])
    }
    left -= part
    expect(held).toBeGreaterThanOrEqual(active)
  }
  for (const { name, held, active } of lotsOf(ledger)) {
    const part = active > 0 ? 0 : Math.min(left, held)
    if (part > 0) {
      submit(OPERATOR, [{ op: 'burn', actor: OWNER, ...name, reason: 'consumed', minute, milliWh: part }])
    }
    left -= part
  }
  for (const { name, active } of lotsOf(ledger)) {
    if (active > 0) submit(OPERATOR, [{ op: 'setAside', actor: OPERATOR, ...name, milliWh: active }])
  }
}

function lotsOf({ view }: LocalLedger) {
  return [...view.lotsOf(BATTERY)].map((lot) => {
    const { lots } = view
    const [lotAsset, lotMinute, lotSource, lotFrom] = view.nameOf(lot)
    return {
      name: { lotAsset, lotMinute, lotSource, lotFrom },
      active: lots[lot + LOT_MID] - lots[lot + LOT_LOW],
      held: lots[lot + LOT_HIGH] - lots[lot + LOT_LOW],
    }
  })
}
