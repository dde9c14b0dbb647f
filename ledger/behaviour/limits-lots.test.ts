import { describe, expect, test } from 'vitest'
import type { Operation } from '../contract/operations.ts'
import { answer, hood, refused, solar, stored, type Case } from './mid-interval.ts'
import { ANA, ANA_BATTERY, ANA_LOAD, ANA_PANEL, at, BEN_LOAD, OPERATOR, STRANGER } from './neighborhood.ts'

/** Every number at its limit: the last value that is refused, with all that the refusal says, and the first that is taken. */
const cases: Case[] = [
  // exchange
  ['an exchange of all that is free and charged', () => [OPERATOR, hood.charged(1, 100_000)], () => 'ok'],
  [
    'an exchange of more than was charged',
    () => [OPERATOR, hood.charged(1, 100_001)],
    () => refused('exceeds-charge', `asset ${ANA_BATTERY}`, 100_001, 100_000),
  ],
  [
    'an exchange of what is offered',
    () => [OPERATOR, hood.charged(1, 500_001)],
    () => refused('exceeds-lot', solar, 500_001, 500_000),
  ],
  [
    'an exchange of nothing',
    () => [OPERATOR, hood.charged(1, 0)],
    () => refused('zero-quantity', solar, 0, 0),
  ],
  [
    'an exchange into a load',
    () => [OPERATOR, { ...hood.charged(1, 5), battery: ANA_LOAD } as Operation],
    () => refused('unknown-asset', `asset ${ANA_LOAD}`, 0, 0),
  ],
  [
    'an exchange of storage',
    () => [OPERATOR, { ...hood.charged(1, 5), ...hood.storedLot(0) }],
    () => refused('unknown-lot', stored, 0, 0),
  ],
  [
    'of another’s lot',
    () => [STRANGER, hood.charged(1, 5, STRANGER)],
    () => refused('not-owner', solar, STRANGER, ANA),
  ],
  [
    'of a lot that is none',
    () => [OPERATOR, hood.charged(2, 5)],
    () => refused('unknown-lot', `lot ${ANA_PANEL}/${at(2)}/0/0`, 0, 0),
  ],
  // offer, cancel, trade
  [
    'a second offer',
    () => [OPERATOR, hood.offered(1, 5, 9)],
    () => refused('already-offered', solar, 5, 300_000),
  ],
  [
    'an offer of all that is active',
    () => [OPERATOR, { ...hood.offered(1, 310_000, 9), ...hood.storedLot(0) }],
    () => 'ok',
  ],
  [
    'an offer of more',
    () => [OPERATOR, { ...hood.offered(1, 310_001, 9), ...hood.storedLot(0) }],
    () => refused('exceeds-lot', stored, 310_001, 310_000),
  ],
  [
    'an offer at a negative rate',
    () => [OPERATOR, { ...hood.offered(1, 5, -1), ...hood.storedLot(0) }],
    () => refused('out-of-range', stored, -1, 0),
  ],
  ['an offer for nothing', () => [OPERATOR, { ...hood.offered(1, 5, 0), ...hood.storedLot(0) }], () => 'ok'],
  [
    'an offer of nothing',
    () => [OPERATOR, { ...hood.offered(1, 0, 9), ...hood.storedLot(0) }],
    () => refused('zero-quantity', stored, 0, 0),
  ],
  [
    'an offer for the past',
    () => [OPERATOR, { ...hood.offered(0, 5, 9), ...hood.storedLot(0) }],
    () => refused('bad-interval', stored, at(0), at(1)),
  ],
  [
    'no offer to cancel',
    () => [OPERATOR, { op: 'cancel', actor: ANA, ...hood.storedLot(0) }],
    () => refused('no-offer', stored, 0, 0),
  ],
  ['all that is offered', () => [OPERATOR, hood.bought(1, 300_000, 135_000)], () => 'ok'],
  [
    'more than is offered',
    () => [OPERATOR, hood.bought(1, 300_001, 135_000)],
    () => refused('exceeds-lot', solar, 300_001, 300_000),
  ],
  [
    'at another rate',
    () => [OPERATOR, hood.bought(1, 5, 135_001)],
    () => refused('no-offer', solar, 135_001, 135_000),
  ],
  [
    'for another’s load',
    () => [OPERATOR, { ...hood.bought(1, 5, 135_000), target: ANA_LOAD } as Operation],
    () => refused('unknown-asset', `asset ${ANA_LOAD}`, 0, 0),
  ],
  [
    'into a battery',
    () => [OPERATOR, { ...hood.bought(1, 5, 135_000), use: 'exchanged', target: ANA_BATTERY } as Operation],
    () => 'ok',
  ],
  [
    'into a load',
    () => [OPERATOR, { ...hood.bought(1, 5, 135_000), use: 'exchanged' } as Operation],
    () => refused('unknown-asset', `asset ${BEN_LOAD}`, 0, 0),
  ],
  [
    'from oneself',
    () => [OPERATOR, hood.bought(1, 5, 135_000, ANA)],
    () => refused('own-offer', solar, 0, 0),
  ],
  ['nothing', () => [OPERATOR, hood.bought(1, 0, 135_000)], () => refused('zero-quantity', solar, 0, 0)],
  [
    'for no use',
    () => [OPERATOR, { ...hood.bought(1, 5, 135_000), use: 'eaten' } as unknown as Operation],
    () => refused('malformed', solar, 0, 0),
  ],
  // burn
  ['all that is free', () => [OPERATOR, hood.used(1, 500_000)], () => 'ok'],
  [
    'what is offered',
    () => [OPERATOR, hood.used(1, 500_001)],
    () => refused('exceeds-lot', solar, 500_001, 500_000),
  ],
  [
    'Tgen for another reason',
    () => [OPERATOR, { ...hood.used(1, 5), reason: 'exported' } as Operation],
    () => refused('malformed', solar, 2, 0),
  ],
  [
    'Tgen of another interval',
    () => [OPERATOR, { ...hood.used(1, 5), minute: at(2) } as Operation],
    () => refused('bad-interval', solar, at(2), at(1)),
  ],
  ['all that was discharged', () => [OPERATOR, hood.delivered(0, 1, 100_000)], () => 'ok'],
  [
    'more than was discharged',
    () => [OPERATOR, hood.delivered(0, 1, 100_001)],
    () => refused('exceeds-discharge', `asset ${ANA_BATTERY}`, 100_001, 100_000),
  ],
  [
    'storage in another interval',
    () => [OPERATOR, hood.delivered(0, 2, 5)],
    () => refused('bad-interval', stored, at(2), at(1)),
  ],
  [
    'storage for another reason',
    () => [OPERATOR, { ...hood.delivered(0, 1, 5), reason: 'exchanged' } as Operation],
    () => refused('malformed', stored, 3, 0),
  ],
  [
    'more than the lot holds',
    () => [OPERATOR, hood.delivered(0, 1, 360_001)],
    () => refused('exceeds-lot', stored, 360_001, 360_000),
  ],
  // set aside, release
  ['all that is active set aside', () => [OPERATOR, hood.aside(0, 310_000)], () => 'ok'],
  [
    'more set aside',
    () => [OPERATOR, hood.aside(0, 310_001)],
    () => refused('exceeds-lot', stored, 310_001, 310_000),
  ],
  ['nothing set aside', () => [OPERATOR, hood.aside(0, 0)], () => refused('zero-quantity', stored, 0, 0)],
  [
    'Tgen set aside',
    () => [OPERATOR, { ...hood.aside(0, 5), ...hood.solarLot(1) }],
    () => refused('unknown-lot', solar, 0, 0),
  ],
  ['all released', () => [OPERATOR, hood.back(0, 50_000)], () => 'ok'],
  [
    'more released',
    () => [OPERATOR, hood.back(0, 50_001)],
    () => refused('exceeds-set-aside', stored, 50_001, 50_000),
  ],
  ['nothing released', () => [OPERATOR, hood.back(0, 0)], () => refused('zero-quantity', stored, 0, 0)],
]

describe('limits of lots', () => {
  test.each(cases)('%s', (_, given, expected) => {
    const [client, operation] = given()
    expect(answer(client, operation)).toEqual(expected())
  })

  test('a buyer goes below zero by its credit limit, and no further', () => {
    const owes = { account: 40, openingMicroUsd: 100, creditLimitMicroUsd: 50 }
    const opening = [
      { ...hood.opening[3], ...owes } as Operation,
      {
        ...hood.opening.find((one) => 'asset' in one && one.asset === BEN_LOAD),
        asset: 70,
        owner: 40,
      } as Operation,
    ]
    const buys = (milliWh: number) => ({ ...hood.bought(1, milliWh, 135_000, 40), target: 70 }) as Operation
    // 0.135 and 0.01 µ$ for each milliwatt-hour, both rounded up.
    expect(answer(OPERATOR, ...opening, buys(1000))).toBe('ok')
    expect(answer(OPERATOR, ...opening, buys(1034))).toEqual(
      refused('credit-limit', 'account 40', 151, 150, 2),
    )
  })

  test('the refusal names the operation that was refused, not the first', () => {
    expect(answer(OPERATOR, hood.used(1, 1), hood.used(1, 1), hood.used(1, 500_000))).toEqual(
      refused('exceeds-lot', solar, 500_000, 499_998, 2),
    )
  })
})
