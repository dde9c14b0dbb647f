import { beforeEach, describe, expect, test } from 'vitest'
import type { NewLedger } from './ledger-under-test.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_METER,
  ANA_PANEL,
  at,
  BEN,
  KWH,
  Neighborhood,
  OPERATOR,
  ORACLE,
  STRANGER,
  UTILITY,
} from './neighborhood.ts'
import { evidenceOf } from './suite-evidence.ts'
import { intervalsOf } from './suite-intervals.ts'

/** What every ledger must do, told in the words of the domain. */
export function behaviourOf(name: string, newLedger: NewLedger): void {
  intervalsOf(name, newLedger)
  evidenceOf(name, newLedger)
  describe(`${name}: generation`, () => {
    let hood: Neighborhood
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
    })

    test('given a panel, when the oracle attests an interval, then a lot of that energy is active', async () => {
      await hood.accepted(ORACLE, [hood.generated(0, 800_000)])
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toMatchObject({
        owner: ANA,
        active: 800_000,
        setAside: 0,
      })
    })
    test('an interval is minted once, and intervals go forward', async () => {
      await hood.accepted(ORACLE, [hood.generated(1, 5)])
      expect(await hood.try(ORACLE, [hood.generated(1, 5)])).toBe('already-minted')
      expect(await hood.try(ORACLE, [hood.generated(0, 5)])).toBe('already-minted')
    })
    test('no more than 1.1 × nameplate × interval: 12 kW for five minutes is 1.1 kWh', async () => {
      expect(await hood.try(ORACLE, [hood.generated(0, 1_100_001)])).toBe('exceeds-nameplate')
      expect(await hood.try(ORACLE, [hood.generated(0, 1_100_000)])).toBe('ok')
    })
    test('intervals start on their grid', async () => {
      const odd = { ...hood.generated(0, 5), minute: at(0) + 1 } as ReturnType<typeof hood.generated>
      expect(await hood.try(ORACLE, [odd])).toBe('bad-interval')
    })
    test('only the oracle attests', async () => {
      expect(await hood.try(OPERATOR, [hood.generated(0, 5)])).toBe('not-authorised')
      const asAna = { ...hood.generated(0, 5), actor: ANA }
      expect(await hood.try(OPERATOR, [asAna])).toBe('wrong-role')
    })
    test('what is used at home is gone, and no more than there is can be used', async () => {
      await hood.accepted(ORACLE, [hood.generated(0, 1000)])
      expect(await hood.try(OPERATOR, [hood.used(0, 1001)])).toBe('exceeds-lot')
      await hood.accepted(OPERATOR, [hood.used(0, 1000)])
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toBeNull()
      expect(await hood.try(OPERATOR, [hood.used(0, 1)])).toBe('unknown-lot')
    })
    test('when the interval closes, what nobody bought is exported and waits to be settled', async () => {
      await hood.accepted(ORACLE, [hood.generated(0, 1000)])
      await hood.accepted(OPERATOR, [hood.used(0, 300)])
      await hood.accepted(ORACLE, [hood.closed(0)])
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toBeNull()
      expect(await hood.ledger.unsettledExport(ANA_METER)).toBe(700)
      expect(await hood.try(ORACLE, [hood.closed(0)])).toBe('interval-closed')
      expect(await hood.try(ORACLE, [hood.generated(0, 5)])).toBe('already-minted')
    })
    test('a closed interval takes no late mint', async () => {
      await hood.accepted(ORACLE, [hood.closed(3)])
      expect(await hood.try(ORACLE, [hood.generated(2, 5)])).toBe('interval-closed')
    })
  })

  describe(`${name}: trade`, () => {
    let hood: Neighborhood
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, 1_000_000)])
    })

    test('given an offer, when a neighbor takes part of it, then money and energy move once', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 600_000, 150_000), hood.bought(0, 400_000, 150_000)])
      // 0.4 kWh at 0.15 USD is 60,000 µ$; the fee of 0.01 USD is 4,000 µ$.
      expect(await hood.ledger.money(BEN)).toEqual({ balance: 5_000 * KWH - 64_000, credit: 0 })
      expect(await hood.ledger.money(ANA)).toEqual({ balance: 5_000 * KWH, credit: 60_000 })
      expect(await hood.ledger.money(OPERATOR)).toEqual({ balance: 5_000 * KWH, credit: 4_000 })
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toMatchObject({
        active: 600_000,
        offered: 200_000,
      })
    })
    test('amounts are rounded up once per trade: a milliwatt-hour is never free', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 10, 150_000), hood.bought(0, 1, 150_000)])
      expect(await hood.ledger.money(BEN)).toEqual({ balance: 5_000 * KWH - 2, credit: 0 })
    })
    test('only what is offered, at its rate, up to its size', async () => {
      expect(await hood.try(OPERATOR, [hood.bought(0, 1, 150_000)])).toBe('no-offer')
      await hood.accepted(OPERATOR, [hood.offered(0, 100, 150_000)])
      expect(await hood.try(OPERATOR, [hood.bought(0, 1, 149_999)])).toBe('no-offer')
      expect(await hood.try(OPERATOR, [hood.bought(0, 101, 150_000)])).toBe('exceeds-lot')
    })
    test('one open offer for a part, and what is offered cannot be used', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 900_000, 1)])
      expect(await hood.try(OPERATOR, [hood.offered(0, 1, 1)])).toBe('already-offered')
      expect(await hood.try(OPERATOR, [hood.used(0, 100_001)])).toBe('exceeds-lot')
      const cancel = { op: 'cancel', actor: ANA, ...hood.solarLot(0) } as const
      await hood.accepted(OPERATOR, [cancel])
      expect(await hood.try(OPERATOR, [cancel])).toBe('no-offer')
      expect(await hood.try(OPERATOR, [hood.used(0, 1_000_000)])).toBe('ok')
    })
    test('nobody offers, uses or stores the lot of another', async () => {
      for (const operation of [
        hood.offered(0, 1, 1, STRANGER),
        hood.used(0, 1, STRANGER),
        hood.charged(0, 1, STRANGER),
      ]) {
        expect(await hood.try(STRANGER, [operation])).toBe('not-owner')
      }
      expect(await hood.try(STRANGER, [hood.offered(0, 1, 1)])).toBe('not-authorised')
    })
    test('nobody trades with themself', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 5, 1)])
      expect(await hood.try(OPERATOR, [hood.bought(0, 1, 1, ANA)])).toBe('own-offer')
    })
    test('the load must be the buyer’s own', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 5, 1)])
      expect(await hood.try(STRANGER, [hood.bought(0, 1, 1, STRANGER)])).toBe('unknown-asset')
    })
    test('offers expire when the interval closes', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 5, 1)])
      await hood.accepted(ORACLE, [hood.closed(0)])
      expect(await hood.try(OPERATOR, [hood.bought(0, 1, 1)])).toBe('unknown-lot')
    })
    test('the credit limit refuses a trade, and the whole transaction with it', async () => {
      const poor = await Neighborhood.open(newLedger, 63_999)
      await poor.accepted(ORACLE, [poor.generated(0, 1_000_000)])
      await poor.accepted(OPERATOR, [poor.offered(0, 600_000, 150_000)])
      const before = await poor.ledger.stateHash()
      expect(await poor.try(OPERATOR, [poor.used(0, 1), poor.bought(0, 400_000, 150_000)])).toBe(
        'credit-limit',
      )
      expect(await poor.ledger.stateHash()).toBe(before)
      expect(await poor.try(OPERATOR, [poor.bought(0, 399_990, 150_000)])).toBe('ok')
    })
  })

  describe(`${name}: storage`, () => {
    let hood: Neighborhood
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, 1_000_000), hood.read(0, 800_001, 0)])
    })

    test('charging burns Tgen and mints Tstorage at the factor, rounded down; the rest is loss', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 800_001)])
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 0)).toMatchObject({
        owner: ANA,
        active: 720_000,
      })
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toMatchObject({ active: 199_999 })
      expect(await hood.ledger.battery(ANA_BATTERY)).toMatchObject({ active: 720_000, setAside: 0 })
    })
    test('no more is exchanged than the register took', async () => {
      expect(await hood.try(OPERATOR, [hood.charged(0, 800_002)])).toBe('exceeds-charge')
    })
    test('a neighbor’s energy can be bought into a battery, and is the buyer’s there', async () => {
      const into = { ...hood.bought(0, 500_000, 1, STRANGER), use: 'exchanged', target: ANA_BATTERY } as const
      await hood.accepted(OPERATOR, [hood.offered(0, 500_000, 1)])
      await hood.accepted(STRANGER, [into])
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 0)).toMatchObject({
        owner: STRANGER,
        active: 450_000,
      })
    })
    test('grid charge is a shadow lot: the rest of the register, once', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 300_000)])
      const shadow = { ...hood.generated(0, 500_001), asset: ANA_BATTERY } as ReturnType<
        typeof hood.generated
      >
      await hood.accepted(ORACLE, [shadow])
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_BATTERY, 0)).toMatchObject({ active: 450_000 })
      expect(await hood.try(ORACLE, [shadow])).toBe('already-minted')
    })
    test('the next reading waits until the charge is minted in full', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 300_000)])
      expect(await hood.try(ORACLE, [hood.read(1, 800_001, 0)])).toBe('open-charge')
    })
    test('registers and time only go forward', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 800_001)])
      expect(await hood.try(ORACLE, [hood.read(1, 800_000, 0)])).toBe('register-backwards')
      expect(await hood.try(ORACLE, [hood.read(0, 800_001, 0)])).toBe('register-backwards')
    })
    test('delivery is counted against the metered discharge; what no lot covers is unclaimed', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 800_001)])
      await hood.accepted(ORACLE, [hood.read(1, 800_001, 730_000)])
      expect(await hood.try(OPERATOR, [hood.delivered(0, 1, 720_001)])).toBe('exceeds-lot')
      expect(await hood.try(OPERATOR, [hood.delivered(0, 0, 5)])).toBe('bad-interval')
      await hood.accepted(OPERATOR, [hood.delivered(0, 1, 720_000)])
      await hood.accepted(ORACLE, [hood.read(2, 800_001, 730_000)])
      expect(await hood.ledger.battery(ANA_BATTERY)).toEqual({ active: 0, setAside: 0, unclaimed: 10_000 })
    })
    test('no more is delivered than the register gave', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 800_001)])
      await hood.accepted(ORACLE, [hood.read(1, 800_001, 100)])
      expect(await hood.try(OPERATOR, [hood.delivered(0, 1, 101)])).toBe('exceeds-discharge')
    })
    test('a battery never holds more tokens than its nameplate energy', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 800_001)])
      let charge = 800_001
      for (let interval = 1; interval <= 12; interval++) {
        charge += 1_000_000
        await hood.accepted(ORACLE, [hood.generated(interval, 1_000_000), hood.read(interval, charge, 0)])
        await hood.accepted(OPERATOR, [hood.charged(interval, 1_000_000)])
      }
      expect((await hood.ledger.battery(ANA_BATTERY)).active).toBe(10 * KWH)
    })
    test('a new factor holds for mints to come, not for what is minted', async () => {
      await hood.accepted(OPERATOR, [hood.charged(0, 400_000)])
      await hood.accepted(ORACLE, [
        { op: 'setFactor', actor: ORACLE, battery: ANA_BATTERY, factorPpm: 950_000 },
      ])
      await hood.accepted(OPERATOR, [hood.charged(0, 400_001)])
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 0)).toMatchObject({ minted: 360_000 })
      expect(await hood.ledger.lot(ANA_BATTERY, at(0), ANA_PANEL, 400_000)).toMatchObject({ minted: 380_000 })
    })
  })

  describe(`${name}: set aside, verify, burn`, () => {
    let hood: Neighborhood
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, 1_000_000), hood.read(0, 1_000_000, 0)])
      await hood.accepted(OPERATOR, [hood.charged(0, 1_000_000)])
    })

    test('what is set aside cannot be delivered while something active is left', async () => {
      await hood.accepted(OPERATOR, [hood.aside(0, 400_000)])
      await hood.accepted(ORACLE, [hood.generated(1, 100_000), hood.read(1, 1_100_000, 0)])
      await hood.accepted(OPERATOR, [hood.charged(1, 100_000)])
      await hood.accepted(ORACLE, [hood.read(2, 1_100_000, 900_000)])
      expect(await hood.try(OPERATOR, [hood.delivered(0, 2, 500_001)])).toBe('active-first')
      await hood.accepted(OPERATOR, [
        hood.delivered(0, 2, 500_000),
        hood.delivered(1, 2, 90_000),
        hood.delivered(0, 2, 5),
      ])
      expect(await hood.ledger.battery(ANA_BATTERY)).toMatchObject({ active: 0, setAside: 399_995 })
    })
    test('only the operator sets aside and releases, and no more than there is', async () => {
      expect(await hood.try(OPERATOR, [hood.aside(0, 5, ANA)])).toBe('wrong-role')
      expect(await hood.try(OPERATOR, [hood.aside(0, 900_001)])).toBe('exceeds-lot')
      await hood.accepted(OPERATOR, [hood.aside(0, 10)])
      expect(await hood.try(OPERATOR, [hood.back(0, 11)])).toBe('exceeds-set-aside')
      await hood.accepted(OPERATOR, [hood.back(0, 10)])
      expect(await hood.ledger.battery(ANA_BATTERY)).toMatchObject({ active: 900_000, setAside: 0 })
    })
    test('at a refusal the contract burns what is set aside beyond one per cent of nameplate energy', async () => {
      await hood.accepted(ORACLE, [hood.read(1, 1_000_000, 500_000)])
      await hood.accepted(OPERATOR, [hood.delivered(0, 1, 500_000), hood.aside(0, 400_000)])
      await hood.accepted(ORACLE, [hood.anchored(2, 'refusal')])
      // S = 0.4 kWh, E_hi = 1 % of 10 kWh = 0.1 kWh: 0.3 kWh are verified to be gone.
      expect(await hood.ledger.battery(ANA_BATTERY)).toMatchObject({ active: 0, setAside: 100_000 })
    })
    test('what is not set aside is not burned, whatever the anchor says', async () => {
      await hood.accepted(ORACLE, [hood.read(1, 1_000_000, 0), hood.anchored(2, 'refusal')])
      expect(await hood.ledger.battery(ANA_BATTERY)).toMatchObject({ active: 900_000, setAside: 0 })
    })
    test('an anchor stands at the end of the last reading, its deliveries posted', async () => {
      await hood.accepted(ORACLE, [hood.read(1, 1_000_000, 100)])
      expect(await hood.try(ORACLE, [hood.anchored(2, 'refusal')])).toBe('stale-anchor')
      await hood.accepted(OPERATOR, [hood.delivered(0, 1, 100)])
      expect(await hood.try(ORACLE, [hood.anchored(1, 'refusal')])).toBe('stale-anchor')
      expect(await hood.try(ORACLE, [hood.anchored(2, 'refusal')])).toBe('ok')
      expect(await hood.try(ORACLE, [hood.anchored(2, 'full')])).toBe('already-anchored')
    })
    test('a full battery’s first bound is 1.06 × what it was registered with, and a margin', async () => {
      await hood.accepted(OPERATOR, [hood.aside(0, 900_000)])
      await hood.accepted(ORACLE, [hood.read(1, 1_000_000, 0), hood.anchored(2, 'full')])
      // 1.06 × 9.5 kWh + 0.05 kWh is above the stock: nothing is verified to be gone.
      expect(await hood.ledger.battery(ANA_BATTERY)).toMatchObject({ active: 0, setAside: 900_000 })
    })
  })

  describe(`${name}: settlement, idempotency, form`, () => {
    let hood: Neighborhood
    beforeEach(async () => {
      hood = await Neighborhood.open(newLedger)
      await hood.accepted(ORACLE, [hood.generated(0, 1_000_000)])
    })

    test('a bill posts as arrears if need be, folds credits and pays each export once', async () => {
      await hood.accepted(OPERATOR, [hood.offered(0, 400_000, 150_000), hood.bought(0, 400_000, 150_000)])
      await hood.accepted(ORACLE, [hood.closed(0)])
      expect(await hood.try(UTILITY, [hood.billed(1, 600_001, 0)])).toBe('exceeds-export')
      await hood.accepted(UTILITY, [hood.billed(1, 600_000, 6_000 * KWH)])
      expect(await hood.ledger.money(ANA)).toEqual({ balance: 60_000 - 1_000 * KWH, credit: 0 })
      expect(await hood.ledger.money(UTILITY)).toEqual({ balance: 5_000 * KWH, credit: 6_000 * KWH })
      expect(await hood.try(UTILITY, [hood.billed(1, 0, 1)])).toBe('already-settled')
      expect(await hood.try(OPERATOR, [hood.billed(2, 0, 1, OPERATOR)])).toBe('wrong-role')
    })
    test('the same id with the same body: the same receipt, one effect', async () => {
      const operations = [hood.used(0, 100)]
      const first = await hood.ledger.submit(OPERATOR, 77, operations)
      for (let again = 0; again < 5; again++) {
        expect(await hood.ledger.submit(OPERATOR, 77, operations)).toEqual(first)
      }
      expect(await hood.ledger.lot(ANA_PANEL, at(0), 0, 0)).toMatchObject({ active: 999_900 })
    })
    test('the same id with another body is a conflict', async () => {
      await hood.ledger.submit(OPERATOR, 77, [hood.used(0, 100)])
      expect(await hood.ledger.submit(OPERATOR, 77, [hood.used(0, 101)])).toEqual({ refused: 'conflict' })
    })
    test('numbers come in any order within a window of 4,096, and below it are too old', async () => {
      const submit = (sequence: number) => hood.ledger.submit(OPERATOR, sequence, [hood.used(0, 1)])
      expect(await submit(5000)).toHaveProperty('ok')
      expect(await submit(905)).toHaveProperty('ok')
      expect(await submit(904)).toEqual({ refused: 'too-old' })
    })
    test('accounts and assets are registered once, by the operator', async () => {
      const again = { ...(register(ANA) as object), actor: OPERATOR } as ReturnType<typeof register>
      expect(await hood.try(OPERATOR, [again])).toBe('already-exists')
      expect(await hood.try(UTILITY, [{ ...again, actor: UTILITY, account: 40 }])).toBe('wrong-role')
      expect(await hood.try(OPERATOR, [{ ...again, account: 40, agent: 39 }])).toBe('unknown-account')
    })
    test('nothing below one milliwatt-hour moves', async () => {
      expect(await hood.try(OPERATOR, [hood.used(0, 0)])).toBe('zero-quantity')
      expect(await hood.try(OPERATOR, [hood.used(0, -5)])).toBe('zero-quantity')
    })
  })
}

const register = (account: number) =>
  ({
    op: 'register',
    actor: OPERATOR,
    account,
    role: 'household',
    agent: OPERATOR,
    openingMicroUsd: 0,
    creditLimitMicroUsd: 0,
    label: 'again',
    credential: '',
  }) as const
