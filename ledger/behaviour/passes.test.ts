import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import * as columns from '../contract/columns.ts'
import { operationsToJson } from '../contract/json.ts'
import type { Operation } from '../contract/operations.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'
import { localLedger } from './local.ts'
import { changedWithOldVersion, valuesOf } from './view-checks.ts'
import { NaiveLedger } from './naive/model.ts'
import { ANA_BATTERY, ANA_METER, Neighborhood, OPERATOR, ORACLE } from './neighborhood.ts'

const SECOND_BATTERY = 8
const CYCLES = 150
/** Noon of a day, minutes. */
const START = 24_500_160

/**
 * Batteries that are filled, drained and anchored over and over, with everything set aside: what is
 * burned at each anchor is then the whole excess over E_hi, so that the state shows E_hi itself. The
 * ledger and the naive model must agree after each transaction; the deeds stand at the rules' limits.
 */
test.each([1, 2, 3])(
  'passes from full to refusal, seed %i: the same E_hi as the naive model',
  async (seed) => {
    const draw = streamFor(seed, 'passes')
    const below = (limit: number): number => draw.uint32() % limit
    const pick = <T>(list: readonly T[]): T => list[below(list.length)]
    const ledger = new LocalLedger()
    const { view } = ledger
    const naive = new NaiveLedger()
    const writer = new TransactionWriter()
    const hood = await Neighborhood.open(localLedger)
    let sequence = 0
    const submit = (client: number, operations: readonly Operation[]): void => {
      writer.clear()
      for (const operation of operations) writer.add(operation)
      const transaction = writer.transaction(client, ++sequence)
      const before = valuesOf(view)
      const answer = ledger.submit(transaction)
      if (before.size > 0) expect(changedWithOldVersion(view, before, ledger.transactions)).toEqual([])
      const code = 'code' in answer ? answer.code : 'ok'
      expect(code).toBe(naive.apply(client, operationsToJson(transaction)))
      expect(code).toBe('ok')
      expect(ledger.stateHash()).toBe(naive.stateHash())
    }
    submit(OPERATOR, hood.opening)
    const first = hood.opening.find((one) => 'asset' in one && one.asset === ANA_BATTERY) as object
    // Another size, another row of passes, and a standby that rounds.
    const other = { asset: SECOND_BATTERY, site: ANA_METER, energyMilliWh: 6_400_001, standbyW: 7 }
    submit(OPERATOR, [{ ...first, ...other, deliverableMilliWh: 6_000_003 } as Operation])

    const lotsOf = (battery: number) =>
      [...view.lotsOf(battery)].map((lot) => {
        const [lotAsset, lotMinute, lotSource, lotFrom] = view.nameOf(lot)
        const [low, mid, high] = view.lots.subarray(lot + columns.LOT_LOW, lot + columns.LOT_HIGH + 1)
        return { name: { lotAsset, lotMinute, lotSource, lotFrom }, active: mid - low, held: high - low }
      })
    const registers = (battery: number) => ({
      charge: view.batteryAmount(battery, columns.BATTERY_CHARGE),
      discharge: view.batteryAmount(battery, columns.BATTERY_DISCHARGE),
    })
    const read = (battery: number, minute: number, charge: number, discharge: number): Operation => ({
      op: 'reading',
      actor: ORACLE,
      battery,
      minute,
      chargeMilliWh: charge,
      dischargeMilliWh: discharge,
    })
    const anchor = (battery: number, minute: number, kind: 'full' | 'refusal'): Operation => ({
      op: 'anchor',
      actor: ORACLE,
      battery,
      minute: minute + 5,
      kind,
    })
    const mint = (battery: number, minute: number, milliWh: number): Operation => ({
      op: 'mint',
      actor: ORACLE,
      asset: battery,
      minute,
      carbonMilligramPerKwh: 0,
      milliWh,
    })
    const setAllAside = (battery: number): void => {
      const moves = lotsOf(battery).flatMap(({ name, active }): Operation[] =>
        active === 0 ? [] : [{ op: 'setAside', actor: OPERATOR, ...name, milliWh: active }],
      )
      if (moves.length > 0) submit(OPERATOR, moves)
    }
    const deliver = (battery: number, minute: number, discharged: number): void => {
      let left = discharged
      const burns = lotsOf(battery).flatMap(({ name, held }): Operation[] => {
        const milliWh = Math.min(left, held)
        left -= milliWh
        return milliWh === 0 ? [] : [{ op: 'burn', actor: 10, ...name, reason: 'consumed', minute, milliWh }]
      })
      // From the last lot backwards nothing active is left elsewhere; all of it was set aside.
      for (const one of burns) submit(OPERATOR, [one])
    }

    let minute = START
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const battery = pick([ANA_BATTERY, ANA_BATTERY, SECOND_BATTERY])
      const energy = view.batteryAmount(battery, columns.BATTERY_ENERGY)
      minute += 5 * pick([1, 12, 288, 105_120, 3])
      let { charge, discharge } = registers(battery)
      charge += 2 * energy
      submit(ORACLE, [read(battery, minute, charge, discharge), mint(battery, minute, 2 * energy)])
      setAllAside(battery)
      submit(ORACLE, [anchor(battery, minute, 'full')])
      if (below(8) === 0) continue

      // On the way down: what was charged in between, at the limit; what came out, also beyond belief.
      minute += 5 * pick([1, 7, 100, 2000])
      const between = pick([0, 0, 99_999, 100_000, 100_001])
      const out = pick([
        energy - below(2_000_000),
        energy - below(2_000_000),
        Math.floor(energy * 0.8) + below(1000),
        2 * energy,
        2 * energy - 1_000_000,
        0,
      ])
      charge += between
      discharge += out
      submit(ORACLE, [
        read(battery, minute, charge, discharge),
        ...(between > 0 ? [mint(battery, minute, between)] : []),
      ])
      setAllAside(battery)
      deliver(battery, minute, out)
      submit(ORACLE, [anchor(battery, minute, 'refusal')])
    }
    expect(view.batteryField(ANA_BATTERY, columns.PASS_COUNT)).toBeGreaterThan(columns.PASSES_KEPT)
    expect(ledger.totals.burnedFor(3, 5)).toBeGreaterThan(1_000_000)
  },
)
