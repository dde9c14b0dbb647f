import { describe, expect, test } from 'vitest'
import type { Operation } from '../contract/operations.ts'
import { answer, hood, refused, type Case } from './mid-interval.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_LOAD,
  ANA_METER,
  ANA_PANEL,
  at,
  BEN,
  BEN_METER,
  OPERATOR,
  ORACLE,
  STRANGER,
  UTILITY,
} from './neighborhood.ts'

const MONEY = Math.floor((2 ** 53 - 1) / 1024)
const account = (id: number, more: object = {}): Operation =>
  ({ ...(hood.opening[3] as object), account: id, ...more }) as Operation
const asset = (id: number, like: number, more: object = {}): Operation =>
  ({
    ...(hood.opening.find((one) => 'asset' in one && one.asset === like) as object),
    asset: id,
    ...more,
  }) as Operation
/** Every number at its limit: the last value that is refused, with all that the refusal says, and the first that is taken. */
const cases: Case[] = [
  // register
  [
    'no more than a million accounts',
    () => [OPERATOR, account(2 ** 20)],
    () => expect.objectContaining({ code: 'malformed' }) as object,
  ],
  ['the last account', () => [OPERATOR, account(2 ** 20 - 1)], () => 'ok'],
  [
    'money beyond the limit',
    () => [OPERATOR, account(40, { openingMicroUsd: MONEY + 1 })],
    () => refused('out-of-range', 'account 40', MONEY + 1, MONEY),
  ],
  [
    'debt beyond the limit',
    () => [OPERATOR, account(40, { openingMicroUsd: -MONEY - 1 })],
    () => refused('out-of-range', 'account 40', -MONEY - 1, MONEY),
  ],
  [
    'money at the limit',
    () => [OPERATOR, account(40, { openingMicroUsd: MONEY, creditLimitMicroUsd: MONEY })],
    () => 'ok',
  ],
  [
    'a credit limit beyond it',
    () => [OPERATOR, account(40, { creditLimitMicroUsd: MONEY + 1 })],
    () => refused('out-of-range', 'account 40', 5e9, MONEY),
  ],
  [
    'a negative credit limit',
    () => [OPERATOR, account(40, { creditLimitMicroUsd: -1 })],
    () => refused('out-of-range', 'account 40', 5e9, MONEY),
  ],
  [
    'an account twice',
    () => [OPERATOR, account(ANA)],
    () => refused('already-exists', `account ${ANA}`, 0, 0),
  ],
  [
    'an agent that is none',
    () => [OPERATOR, account(40, { agent: 41 })],
    () => refused('unknown-account', 'account 41', 0, 0),
  ],
  ['its own agent', () => [OPERATOR, account(40, { agent: 40 })], () => 'ok'],
  [
    'by a household',
    () => [STRANGER, account(40, { actor: STRANGER })],
    () => refused('wrong-role', `account ${STRANGER}`, 3, 1),
  ],
  // createAsset
  [
    'an asset twice',
    () => [OPERATOR, asset(ANA_PANEL, ANA_PANEL)],
    () => refused('already-exists', `asset ${ANA_PANEL}`, 0, 0),
  ],
  [
    'an owner that is none',
    () => [OPERATOR, asset(70, ANA_PANEL, { owner: 41 })],
    () => refused('unknown-account', 'account 41', 0, 0),
  ],
  [
    'a meter behind a meter',
    () => [OPERATOR, asset(70, ANA_METER, { site: ANA_METER })],
    () => refused('unknown-asset', `asset ${ANA_METER}`, 0, 0),
  ],
  [
    'a panel behind a panel',
    () => [OPERATOR, asset(70, ANA_PANEL, { site: ANA_PANEL })],
    () => refused('unknown-asset', `asset ${ANA_PANEL}`, 0, 0),
  ],
  [
    'an interval of nothing',
    () => [OPERATOR, asset(70, ANA_PANEL, { intervalMinutes: 0 })],
    () => refused('bad-interval', 'asset 70', 0, 0),
  ],
  [
    'an interval that does not divide the day',
    () => [OPERATOR, asset(70, ANA_PANEL, { intervalMinutes: 7 })],
    () => refused('bad-interval', 'asset 70', 7, 0),
  ],
  [
    'an interval of two days',
    () => [OPERATOR, asset(70, ANA_PANEL, { intervalMinutes: 2880 })],
    () => refused('bad-interval', 'asset 70', 2880, 0),
  ],
  ['an interval of a day', () => [OPERATOR, asset(70, ANA_PANEL, { intervalMinutes: 1440 })], () => 'ok'],
  ['an interval of a minute', () => [OPERATOR, asset(70, ANA_PANEL, { intervalMinutes: 1 })], () => 'ok'],
  [
    'a negative nameplate',
    () => [OPERATOR, asset(70, ANA_PANEL, { nameplateW: -1 })],
    () => refused('out-of-range', 'asset 70', -1, 0),
  ],
  ['no nameplate at all', () => [OPERATOR, asset(70, ANA_PANEL, { nameplateW: 0 })], () => 'ok'],
  [
    'a negative standby',
    () => [OPERATOR, asset(70, ANA_BATTERY, { standbyW: -1 })],
    () => refused('out-of-range', 'asset 70', 5000, 0),
  ],
  [
    'energy beyond the limit',
    () => [OPERATOR, asset(70, ANA_BATTERY, { energyMilliWh: 1e12 + 1 })],
    () => refused('out-of-range', 'asset 70', 1e12 + 1, 1e12),
  ],
  [
    'energy at the limit',
    () => [OPERATOR, asset(70, ANA_BATTERY, { energyMilliWh: 1e12, deliverableMilliWh: 1e12 })],
    () => 'ok',
  ],
  [
    'deliverable beyond the limit',
    () => [OPERATOR, asset(70, ANA_BATTERY, { deliverableMilliWh: 1e12 + 1 })],
    () => refused('out-of-range', 'asset 70', 1e7, 1e12),
  ],
  [
    'negative energy',
    () => [OPERATOR, asset(70, ANA_BATTERY, { energyMilliWh: -1 })],
    () => refused('out-of-range', 'asset 70', -1, 1e12),
  ],
  [
    'negative deliverable',
    () => [OPERATOR, asset(70, ANA_BATTERY, { deliverableMilliWh: -1 })],
    () => refused('out-of-range', 'asset 70', 1e7, 1e12),
  ],
  [
    'an empty battery',
    () => [OPERATOR, asset(70, ANA_BATTERY, { energyMilliWh: 0, deliverableMilliWh: 0 })],
    () => 'ok',
  ],
  [
    'a factor of nothing',
    () => [OPERATOR, asset(70, ANA_BATTERY, { factorPpm: 0 })],
    () => refused('out-of-range', 'asset 70', 0, 1e6),
  ],
  [
    'a factor above one',
    () => [OPERATOR, asset(70, ANA_BATTERY, { factorPpm: 1_000_001 })],
    () => refused('out-of-range', 'asset 70', 1_000_001, 1e6),
  ],
  ['a factor of one', () => [OPERATOR, asset(70, ANA_BATTERY, { factorPpm: 1_000_000 })], () => 'ok'],
  ['the least factor', () => [OPERATOR, asset(70, ANA_BATTERY, { factorPpm: 1 })], () => 'ok'],
  [
    'a panel of a consumer',
    () => [OPERATOR, asset(70, ANA_PANEL, { owner: BEN, site: BEN_METER })],
    () => refused('wrong-role', `account ${BEN}`, 1, 2),
  ],
  [
    'a battery of a consumer',
    () => [OPERATOR, asset(70, ANA_BATTERY, { owner: BEN, site: BEN_METER })],
    () => refused('wrong-role', `account ${BEN}`, 2, 2),
  ],
  ['a battery of the operator', () => [OPERATOR, asset(70, ANA_BATTERY, { owner: OPERATOR })], () => 'ok'],
  [
    'a load of the utility',
    () => [OPERATOR, asset(70, ANA_LOAD, { owner: UTILITY })],
    () => refused('wrong-role', `account ${UTILITY}`, 4, 4),
  ],
  // mint
  [
    'of nothing',
    () => [ORACLE, hood.generated(2, 0)],
    () => refused('zero-quantity', `asset ${ANA_PANEL}`, 0, 0),
  ],
  ['of one milliwatt-hour', () => [ORACLE, hood.generated(2, 1)], () => 'ok'],
  [
    'with negative carbon',
    () => [ORACLE, { ...hood.generated(2, 5), carbonMilligramPerKwh: -1 } as Operation],
    () => refused('out-of-range', `asset ${ANA_PANEL}`, -1, 0),
  ],
  [
    'by a load',
    () => [ORACLE, { ...hood.generated(2, 5), asset: ANA_LOAD } as Operation],
    () => refused('unknown-asset', `asset ${ANA_LOAD}`, 0, 0),
  ],
  [
    'off the grid of intervals',
    () => [ORACLE, { ...hood.generated(2, 5), minute: at(2) + 1 } as Operation],
    () => refused('bad-interval', `asset ${ANA_PANEL}`, at(2) + 1, 5),
  ],
  [
    'of the last interval again',
    () => [ORACLE, hood.generated(1, 5)],
    () => refused('already-minted', `asset ${ANA_PANEL}`, at(1), at(1)),
  ],
  [
    'beyond the nameplate',
    () => [ORACLE, hood.generated(2, 1_100_001)],
    () => refused('exceeds-nameplate', `asset ${ANA_PANEL}`, 1_100_001, 1_100_000),
  ],
  [
    'more shadow than was charged',
    () => [ORACLE, { ...hood.generated(1, 100_001), asset: ANA_BATTERY } as Operation],
    () => refused('exceeds-charge', `asset ${ANA_BATTERY}`, 100_001, 100_000),
  ],
  [
    'all that was charged',
    () => [ORACLE, { ...hood.generated(1, 100_000), asset: ANA_BATTERY } as Operation],
    () => 'ok',
  ],
  [
    'shadow of another interval',
    () => [ORACLE, { ...hood.generated(2, 5), asset: ANA_BATTERY } as Operation],
    () => refused('bad-interval', `asset ${ANA_BATTERY}`, at(2), at(1)),
  ],
  [
    'in a closed interval',
    () => [ORACLE, { ...hood.generated(0, 5), asset: 70 } as Operation],
    () => refused('unknown-asset', 'asset 70', 0, 0),
  ],
  // settle, setTariff
  ['all that was exported', () => [UTILITY, hood.billed(1, 500_000, 5)], () => 'ok'],
  [
    'more than was exported',
    () => [UTILITY, hood.billed(1, 500_001, 5)],
    () => refused('exceeds-export', `asset ${ANA_METER}`, 500_001, 500_000),
  ],
  [
    'less than nothing',
    () => [UTILITY, hood.billed(1, -1, 5)],
    () => refused('exceeds-export', `asset ${ANA_METER}`, -1, 500_000),
  ],
  ['an amount at the limit', () => [UTILITY, hood.billed(1, 0, -MONEY)], () => 'ok'],
  [
    'an amount beyond it',
    () => [UTILITY, hood.billed(1, 0, MONEY + 1)],
    () => refused('out-of-range', `account ${ANA}`, MONEY + 1, 5e9 - MONEY - 1),
  ],
  [
    'of an account that is none',
    () => [UTILITY, { ...hood.billed(1, 0, 5), account: 41 } as Operation],
    () => refused('unknown-account', 'account 41', 0, 0),
  ],
  [
    'of another’s meter',
    () => [UTILITY, { ...hood.billed(1, 0, 5), site: BEN_METER } as Operation],
    () => refused('unknown-asset', `asset ${BEN_METER}`, 0, 0),
  ],
  [
    'by the operator',
    () => [OPERATOR, hood.billed(1, 0, 5, OPERATOR)],
    () => refused('wrong-role', `account ${OPERATOR}`, 4, 3),
  ],
  [
    'a negative fee',
    () => [OPERATOR, { op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: -1 }],
    () => refused('out-of-range', `account ${OPERATOR}`, -1, 0),
  ],
  [
    'no fee, by the utility',
    () => [UTILITY, { op: 'setTariff', actor: UTILITY, platformFeeMicroUsdPerKwh: 0 }],
    () => 'ok',
  ],
  // reading, anchor, setFactor, closeInterval
  [
    'while charge is open',
    () => [ORACLE, hood.read(2, 500_000, 100_000)],
    () => refused('open-charge', `asset ${ANA_BATTERY}`, 0, 100_000),
  ],
  [
    'a reading of the same interval',
    () => [ORACLE, hood.read(1, 600_000, 100_000)],
    () => refused('register-backwards', `asset ${ANA_BATTERY}`, at(1), at(1)),
  ],
  [
    'a charge register that goes back',
    () => [ORACLE, hood.read(2, 499_999, 100_000)],
    () => refused('register-backwards', `asset ${ANA_BATTERY}`, at(2), at(1)),
  ],
  [
    'a discharge register that goes back',
    () => [ORACLE, hood.read(2, 500_000, 99_999)],
    () => refused('register-backwards', `asset ${ANA_BATTERY}`, at(2), at(1)),
  ],
  [
    'a reading off the grid',
    () => [ORACLE, { ...hood.read(2, 500_000, 100_000), minute: at(2) + 1 } as Operation],
    () => refused('bad-interval', `asset ${ANA_BATTERY}`, at(2) + 1, 5),
  ],
  [
    'a reading of a panel',
    () => [ORACLE, { ...hood.read(2, 5, 5), battery: ANA_PANEL } as Operation],
    () => refused('unknown-asset', `asset ${ANA_PANEL}`, 0, 0),
  ],
  [
    'a register at 2^53',
    () => [ORACLE, hood.read(2, 2 ** 53, 100_000)],
    () => refused('out-of-range', `asset ${ANA_BATTERY}`, 2 ** 53, 2 ** 53 - 1),
  ],
  [
    'the other at 2^53',
    () => [ORACLE, hood.read(2, 500_000, 2 ** 53)],
    () => refused('out-of-range', `asset ${ANA_BATTERY}`, 500_000, 2 ** 53 - 1),
  ],
  [
    'both at the limit',
    () => [ORACLE, hood.read(2, 2 ** 53 - 1, 2 ** 53 - 1)],
    () => refused('open-charge', `asset ${ANA_BATTERY}`, 0, 100_000),
  ],
  [
    'an anchor before its mints',
    () => [ORACLE, hood.anchored(2, 'full')],
    () => refused('stale-anchor', `asset ${ANA_BATTERY}`, at(2), at(2)),
  ],
  [
    'an anchor of no kind',
    () => [ORACLE, { ...hood.anchored(2, 'full'), kind: 'half' } as unknown as Operation],
    () => refused('malformed', `asset ${ANA_BATTERY}`, 0, 0),
  ],
  [
    'a factor of nothing at all',
    () => [ORACLE, { op: 'setFactor', actor: ORACLE, battery: ANA_BATTERY, factorPpm: 0 }],
    () => refused('out-of-range', `asset ${ANA_BATTERY}`, 0, 1e6),
  ],
  [
    'a factor of one for it',
    () => [ORACLE, { op: 'setFactor', actor: ORACLE, battery: ANA_BATTERY, factorPpm: 1_000_000 }],
    () => 'ok',
  ],
  [
    'a factor above one for it',
    () => [ORACLE, { op: 'setFactor', actor: ORACLE, battery: ANA_BATTERY, factorPpm: 1_000_001 }],
    () => refused('out-of-range', `asset ${ANA_BATTERY}`, 1_000_001, 1e6),
  ],
  [
    'a close of a closed interval',
    () => [ORACLE, hood.closed(0)],
    () => refused('interval-closed', `asset ${ANA_METER}`, at(0), at(0)),
  ],
  [
    'a close off the grid',
    () => [ORACLE, { ...hood.closed(1), minute: at(1) + 2 } as Operation],
    () => refused('bad-interval', `asset ${ANA_METER}`, at(1) + 2, 5),
  ],
  [
    'a close of a panel',
    () => [ORACLE, { ...hood.closed(1), site: ANA_PANEL } as Operation],
    () => refused('unknown-asset', `asset ${ANA_PANEL}`, 0, 0),
  ],
  [
    'a client that speaks for nobody',
    () => [77, hood.closed(1)],
    () => refused('not-authorised', `account ${ORACLE}`, 0, 0),
  ],
]

describe('limits of accounts, assets, evidence and settlement', () => {
  test.each(cases)('%s', (_, given, expected) => {
    const [client, operation] = given()
    expect(answer(client, operation)).toEqual(expected())
  })
})
