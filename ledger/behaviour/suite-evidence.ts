import { beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '../contract/operations.ts'
import type { NewLedger } from './ledger-under-test.ts'
import { ANA, ANA_BATTERY, ANA_PANEL, KWH, Neighborhood, OPERATOR, ORACLE, UTILITY } from './neighborhood.ts'

/** What the evidence does not support is refused, whoever asks (tokens.md, invariant 7): given, when, then. */
export function evidenceOf(name: string, newLedger: NewLedger): void {
  describe(`${name}: evidence of a storage loss`, () => {
    let hood: Neighborhood
    const batteryNow = () => hood.ledger.battery(ANA_BATTERY)
    /** 0.9 kWh of Tstorage, 0.4 kWh of it set aside, read at interval 1. */
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, 1_000_000), hood.read(0, 1_000_000, 0)])
      await hood.accepted(OPERATOR, [hood.charged(0, 1_000_000), hood.aside(0, 400_000)])
      await hood.accepted(ORACLE, [hood.read(1, 1_000_000, 0)])
    })

    test('given a reading, when someone else than the oracle anchors, then it is refused and nothing burns', async () => {
      const anchor = hood.anchored(2, 'refusal')
      for (const client of [OPERATOR, UTILITY]) {
        expect(await hood.try(client, [anchor])).toBe('not-authorised')
      }
      expect(await hood.try(OPERATOR, [{ ...anchor, actor: OPERATOR }])).toBe('wrong-role')
      expect(await hood.try(OPERATOR, [{ ...anchor, actor: ANA }])).toBe('wrong-role')
      expect(await batteryNow()).toMatchObject({ setAside: 400_000 })
    })
    test('given an asset that is no battery, when it is anchored, then it is refused', async () => {
      const anchor = { ...hood.anchored(2, 'refusal'), battery: ANA_PANEL } as Operation
      expect(await hood.try(ORACLE, [anchor])).toBe('unknown-asset')
      expect(await hood.try(ORACLE, [{ ...anchor, battery: 999 } as Operation])).toBe('unknown-asset')
    })
    test('given the last closed interval, when an anchor lies in the future or in the past, then it is stale', async () => {
      expect(await hood.try(ORACLE, [hood.anchored(3, 'refusal')])).toBe('stale-anchor')
      expect(await hood.try(ORACLE, [hood.anchored(1, 'refusal')])).toBe('stale-anchor')
      expect(await hood.try(ORACLE, [hood.anchored(2, 'refusal')])).toBe('ok')
    })
    test('given an anchor, when the same window is claimed again, then it is refused and burns once', async () => {
      await hood.accepted(ORACLE, [hood.anchored(2, 'refusal')])
      const after = await batteryNow()
      for (const kind of ['refusal', 'full'] as const) {
        expect(await hood.try(ORACLE, [hood.anchored(2, kind)])).toBe('already-anchored')
      }
      expect(await batteryNow()).toEqual(after)
    })
    test('given a battery that was never read, when it is anchored full, then there is nothing to stand on', async () => {
      const fresh = await Neighborhood.open(newLedger)
      expect(await fresh.try(ORACLE, [fresh.anchored(0, 'full')])).toBe('stale-anchor')
      expect(await fresh.try(ORACLE, [fresh.anchored(1, 'refusal')])).toBe('stale-anchor')
    })
    test('given a charge that is not minted in full, when it is anchored, then it is stale', async () => {
      await hood.accepted(ORACLE, [hood.read(2, 1_200_000, 0)])
      expect(await hood.try(ORACLE, [hood.anchored(3, 'full')])).toBe('stale-anchor')
    })
    test('given tokens, when a discharge is not yet delivered from them, then an anchor is stale', async () => {
      await hood.accepted(ORACLE, [hood.read(2, 1_000_000, 50_000)])
      expect(await hood.try(ORACLE, [hood.anchored(3, 'refusal')])).toBe('stale-anchor')
      await hood.accepted(OPERATOR, [hood.delivered(0, 2, 50_000)])
      expect(await hood.try(ORACLE, [hood.anchored(3, 'refusal')])).toBe('ok')
    })
    test('given a gap of readings, when the next anchor comes, then the window reaches over it and counts once', async () => {
      await hood.accepted(ORACLE, [hood.anchored(2, 'refusal')])
      // Ten intervals unseen; an anchor inside the gap has no reading of its own.
      expect(await hood.try(ORACLE, [hood.anchored(7, 'refusal')])).toBe('stale-anchor')
      await hood.accepted(ORACLE, [hood.read(12, 1_000_000, 0), hood.anchored(13, 'refusal')])
      expect(await hood.try(ORACLE, [hood.anchored(7, 'refusal')])).toBe('stale-anchor')
      // What was active then stays: an anchor burns only what was set aside before it.
      expect(await batteryNow()).toMatchObject({ active: 500_000 })
    })
    test('given registers, when one of them goes back, then the reading is refused', async () => {
      expect(await hood.try(ORACLE, [hood.read(2, 999_999, 0)])).toBe('register-backwards')
      await hood.accepted(ORACLE, [hood.read(2, 1_000_000, 10)])
      expect(await hood.try(ORACLE, [hood.read(3, 1_000_000, 9)])).toBe('register-backwards')
      expect(await hood.try(ORACLE, [hood.read(1, 1_000_000, 20)])).toBe('register-backwards')
    })
    test('given tokens set aside, when a loss is burned by an argument, then no role can', async () => {
      for (const [client, actor] of [
        [ORACLE, ORACLE],
        [OPERATOR, OPERATOR],
        [OPERATOR, ANA],
      ] as const) {
        const burn = { ...hood.delivered(0, 1, 1000), actor, reason: 'storage-loss' } as Operation
        let answer: string
        try {
          answer = await hood.try(client, [burn])
        } catch {
          answer = 'not encoded'
        }
        expect(answer).not.toBe('ok')
      }
      expect(await batteryNow()).toMatchObject({ active: 500_000, setAside: 400_000 })
    })
    test('given an anchor, when it carries a quantity to burn, then the quantity is not heard', async () => {
      const anchor = {
        ...hood.anchored(2, 'refusal'),
        milliWh: 400_000,
        energyHigh: 0,
      } as unknown as Operation
      await hood.accepted(ORACLE, [anchor])
      // S = 0.9 kWh, E_hi = 0.1 kWh: 0.8 kWh exceed it, of which 0.4 kWh are set aside.
      expect(await batteryNow()).toMatchObject({ active: 500_000, setAside: 0 })
    })
    test('given less set aside than the anchor shows to be gone, then only that is burned', async () => {
      await hood.accepted(OPERATOR, [hood.back(0, 399_999)])
      await hood.accepted(ORACLE, [hood.anchored(2, 'refusal')])
      expect(await batteryNow()).toMatchObject({ active: 899_999, setAside: 0 })
    })
    test('given no pass yet, when it is anchored full, then 1.06 × what it was registered with bounds it', async () => {
      const charge = 10 * KWH
      await hood.accepted(ORACLE, [
        hood.read(2, charge, 0),
        { ...hood.generated(2, 9 * KWH), asset: ANA_BATTERY } as Operation,
        hood.anchored(3, 'full'),
      ])
      // 9 kWh are claimed; 1.06 × 9.5 kWh and 0.05 kWh may be there: nothing is verified to be gone.
      expect(await batteryNow()).toMatchObject({ active: 8_600_000, setAside: 400_000 })
    })
    test('given a factor out of range, or not from the oracle, then it is refused', async () => {
      const factor = (factorPpm: number, actor = ORACLE): Operation => ({
        op: 'setFactor',
        actor,
        battery: ANA_BATTERY,
        factorPpm,
      })
      expect(await hood.try(ORACLE, [factor(0)])).toBe('out-of-range')
      expect(await hood.try(ORACLE, [factor(1_000_001)])).toBe('out-of-range')
      expect(await hood.try(OPERATOR, [factor(900_000, OPERATOR)])).toBe('wrong-role')
    })
    test('given charge from the grid, when it is claimed as solar, then there is no Tgen to exchange', async () => {
      await hood.accepted(ORACLE, [hood.read(2, 1_500_000, 0)])
      // No generation in the interval, and none left of the one before.
      expect(await hood.try(OPERATOR, [hood.charged(2, 500_000)])).toBe('unknown-lot')
      await hood.accepted(ORACLE, [hood.generated(2, 100_000)])
      expect(await hood.try(OPERATOR, [hood.charged(2, 500_000)])).toBe('exceeds-lot')
      // A meter that attests more than the panel can make is refused as well.
      expect(await hood.try(ORACLE, [hood.generated(3, 1_100_001)])).toBe('exceeds-nameplate')
    })
  })
}
