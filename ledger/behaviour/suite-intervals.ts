import { beforeEach, describe, expect, test } from 'vitest'
import type { Operation } from '../contract/operations.ts'
import type { NewLedger } from './ledger-under-test.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_METER,
  ANA_PANEL,
  at,
  BEN,
  BEN_LOAD,
  KWH,
  Neighborhood,
  OPERATOR,
  ORACLE,
  UTILITY,
} from './neighborhood.ts'

/** What every ledger must do when intervals close late, offers wait, and energy goes to the grid. */
export function intervalsOf(name: string, newLedger: NewLedger): void {
  let hood: Neighborhood
  const storedOffer = (interval: number, milliWh: number, rate = 200_000): Operation => ({
    op: 'offer',
    actor: ANA,
    ...hood.storedLot(0),
    minute: at(interval),
    rateMicroUsdPerKwh: rate,
    milliWh,
  })
  const storedPurchase = (milliWh: number, rate = 200_000, actor = BEN): Operation => ({
    op: 'trade',
    actor,
    ...hood.storedLot(0),
    use: 'consumed',
    target: BEN_LOAD,
    rateMicroUsdPerKwh: rate,
    milliWh,
  })
  const exported = (milliWh: number, interval: number): Operation =>
    ({ ...hood.delivered(0, interval, milliWh), reason: 'exported' }) as Operation

  describe(`${name}: intervals that close late`, () => {
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
    })
    test('given three open intervals, when the last closes, then nothing of any of them is left', async () => {
      await hood.accepted(ORACLE, [hood.generated(0, 100), hood.generated(1, 200), hood.generated(2, 300)])
      await hood.accepted(ORACLE, [hood.closed(2)])
      for (const interval of [0, 1, 2]) {
        expect(await hood.ledger.lot(ANA_PANEL, at(interval), 0, 0)).toBeNull()
      }
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(600)
    })
    test('given three open intervals, when the first closes, then the later ones stay', async () => {
      await hood.accepted(ORACLE, [hood.generated(0, 100), hood.generated(1, 200), hood.generated(2, 300)])
      await hood.accepted(ORACLE, [hood.closed(0)])
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toBeNull()
      expect(await hood.ledger.lot(ANA_PANEL, at(2), 0, 0)).toMatchObject({ active: 300 })
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(100)
      expect(await hood.try(ORACLE, [hood.closed(0)])).toBe('interval-closed')
    })
    test('a lot that ran empty earlier in a transaction is unknown later in it', async () => {
      await hood.accepted(ORACLE, [hood.generated(0, 100)])
      expect(await hood.try(OPERATOR, [hood.used(0, 100), hood.used(0, 1)])).toBe('unknown-lot')
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toMatchObject({ active: 100 })
    })
    test('a site’s two panels close together', async () => {
      const panel = hood.opening.find((one) => 'asset' in one && one.asset === ANA_PANEL)
      await hood.accepted(OPERATOR, [{ ...panel, asset: 70 } as Operation])
      await hood.accepted(ORACLE, [
        hood.generated(0, 100),
        { ...hood.generated(0, 50), asset: 70 } as Operation,
        hood.closed(0),
      ])
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(150)
      expect(await hood.ledger.lot(70, at(0), 0, 0)).toBeNull()
    })
  })

  describe(`${name}: storage on offer`, () => {
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, KWH), hood.read(0, KWH, 0)])
      await hood.accepted(OPERATOR, [hood.charged(0, KWH)])
    })
    test('given an offer for a later interval, when that comes and the battery delivers, then it can be bought', async () => {
      await hood.accepted(OPERATOR, [storedOffer(2, 300_000)])
      expect(await hood.try(OPERATOR, [storedPurchase(100_000)])).toBe('no-offer')
      await hood.accepted(ORACLE, [hood.read(2, KWH, 250_000)])
      await hood.accepted(OPERATOR, [storedPurchase(100_000)])
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 0)).toMatchObject({
        active: 800_000,
        offered: 200_000,
      })
      expect(await hood.try(OPERATOR, [storedPurchase(150_001)])).toBe('exceeds-discharge')
    })
    test('an offer whose interval has passed is none: the part is free again', async () => {
      await hood.accepted(OPERATOR, [storedOffer(1, 900_000)])
      expect(await hood.try(OPERATOR, [storedOffer(2, 1)])).toBe('already-offered')
      await hood.accepted(ORACLE, [hood.read(2, KWH, 900_000)])
      expect(await hood.try(OPERATOR, [storedPurchase(1)])).toBe('no-offer')
      await hood.accepted(OPERATOR, [hood.delivered(0, 2, 500_000)])
      // What is kept of the old offer is never more than what is active.
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 0)).toMatchObject({
        active: 400_000,
        offered: 400_000,
      })
      await hood.accepted(OPERATOR, [storedOffer(2, 400_000)])
    })
    test('an offer is for the interval at hand or a later one, on the grid of intervals', async () => {
      await hood.accepted(ORACLE, [hood.read(1, KWH, 0)])
      expect(await hood.try(OPERATOR, [storedOffer(0, 1)])).toBe('bad-interval')
      const odd = { ...storedOffer(2, 1), minute: at(2) + 1 } as Operation
      expect(await hood.try(OPERATOR, [odd])).toBe('bad-interval')
    })
    test('what is set aside shrinks the offer to what stays active', async () => {
      await hood.accepted(OPERATOR, [storedOffer(1, 900_000), hood.aside(0, 700_000)])
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 0)).toMatchObject({ offered: 200_000 })
    })
    test('grid-charged energy is never offered', async () => {
      await hood.accepted(ORACLE, [
        hood.read(1, 2 * KWH, 0),
        { ...hood.generated(1, KWH), asset: ANA_BATTERY } as Operation,
      ])
      const shadow = { lotAsset: ANA_BATTERY, lotMinute: at(1), lotSource: ANA_BATTERY, lotFrom: 0 }
      expect(await hood.try(OPERATOR, [{ ...storedOffer(1, 5), ...shadow }])).toBe('never-offered')
    })
  })

  describe(`${name}: energy that goes to the grid`, () => {
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, KWH), hood.read(0, KWH, 0)])
      await hood.accepted(OPERATOR, [hood.charged(0, KWH)])
    })
    test('what a battery exports of solar is to be settled, once', async () => {
      await hood.accepted(ORACLE, [hood.read(1, KWH, 400_000)])
      await hood.accepted(OPERATOR, [exported(400_000, 1)])
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(400_000)
      await hood.accepted(UTILITY, [hood.billed(1, 400_000, -20_000)])
      expect(await hood.try(UTILITY, [hood.billed(2, 1, 0)])).toBe('exceeds-export')
    })
    test('what it exports of grid charge earns no credit', async () => {
      await hood.accepted(ORACLE, [
        hood.read(1, 2 * KWH, 0),
        { ...hood.generated(1, KWH), asset: ANA_BATTERY } as Operation,
        hood.read(2, 2 * KWH, 400_000),
      ])
      const shadow = { lotAsset: ANA_BATTERY, lotMinute: at(1), lotSource: ANA_BATTERY, lotFrom: 0 }
      await hood.accepted(OPERATOR, [{ ...exported(400_000, 2), ...shadow }])
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(0)
    })
    test('what the utility buys is paid by the trade, not settled again', async () => {
      await hood.accepted(ORACLE, [hood.generated(1, 1000)])
      await hood.accepted(OPERATOR, [hood.offered(1, 600, 50_000)])
      await hood.accepted(UTILITY, [hood.bought(1, 600, 50_000, UTILITY)])
      await hood.accepted(ORACLE, [hood.closed(1)])
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(400)
      expect((await hood.ledger.money(ANA)).credit).toBe(30)
    })
  })
}
