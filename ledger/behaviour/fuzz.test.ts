import { beforeAll, describe, expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { ACCOUNT_BALANCE, ACCOUNT_CREDIT } from '../contract/columns.ts'
import type { Transaction } from '../contract/decide.ts'
import { type Operation, OPERATIONS, type OperationName } from '../contract/operations.ts'
import { REFUSALS } from '../contract/refusal.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'
import { localLedger } from './local.ts'
import { ANA, ANA_BATTERY, BEN, Neighborhood, OPERATOR, ORACLE, STRANGER, UTILITY } from './neighborhood.ts'

const EACH = Number(process.env.VPP_FUZZ ?? 50_000)
const draw = streamFor(Number(process.env.VPP_SEED ?? 1), 'fuzz')
const below = (limit: number): number => draw.uint32() % limit
const pick = <T>(list: readonly T[]): T => list[below(list.length)]

let hood: Neighborhood
let ledger: LocalLedger
let state: string
const writer = new TransactionWriter()
let sequence = 1_000_000

function encoded(client: number, operations: readonly Operation[]): Transaction {
  writer.clear()
  for (const operation of operations) writer.add(operation)
  return writer.transaction(client, ++sequence)
}

/** Submits what must be refused; the answer's code. */
function refusedWith(transaction: Transaction): string {
  const answer = ledger.submit(transaction)
  if (!('code' in answer)) {
    throw new Error(`accepted: client ${transaction.client}, words ${transaction.words.join(' ')}`)
  }
  expect(REFUSALS[answer.code]).toBeTypeOf('string')
  return answer.code
}

/** A neighborhood in the middle of an interval: something minted, stored, set aside, offered, owed. */
beforeAll(async () => {
  hood = await Neighborhood.open(localLedger)
  ledger = new LocalLedger()
  const steps: [number, Operation[]][] = [
    [OPERATOR, [...hood.opening]],
    [ORACLE, [hood.generated(0, 900_000), hood.read(0, 400_000, 0)]],
    [OPERATOR, [hood.charged(0, 400_000)]],
    [ORACLE, [hood.closed(0), hood.generated(1, 800_000), hood.read(1, 500_000, 100_000)]],
    [OPERATOR, [hood.aside(0, 50_000), hood.offered(1, 300_000, 135_000)]],
  ]
  for (const [client, operations] of steps) {
    const answer = ledger.submit(encoded(client, operations))
    expect(answer, JSON.stringify(answer)).toHaveProperty('block')
  }
  state = ledger.stateHash()
})

describe('whoever may not, cannot', () => {
  /** Allowed to the account that is named as actor, and to whom it may not be. */
  const acts: [Operation, readonly number[]][] = []
  beforeAll(() => {
    const others = (...allowed: number[]) =>
      [OPERATOR, UTILITY, ORACLE, ANA, BEN, STRANGER, 0, 99, 2 ** 20].filter((id) => !allowed.includes(id))
    const registered = hood.opening.filter(({ op }) => op === 'register' || op === 'createAsset')
    for (const operation of registered) {
      const fresh =
        operation.op === 'register' ? { ...operation, account: 77 } : { ...operation, asset: 77, site: 77 }
      acts.push([fresh, others(OPERATOR)])
    }
    const oracle = [
      hood.generated(2, 5),
      hood.read(2, 500_000, 100_000),
      hood.anchored(2, 'full'),
      hood.closed(1),
      { op: 'setFactor', actor: ORACLE, battery: ANA_BATTERY, factorPpm: 900_000 } as Operation,
    ]
    for (const operation of oracle) acts.push([operation, others(ORACLE)])
    acts.push([hood.billed(0, 0, 5), others(UTILITY)])
    acts.push([hood.aside(0, 5), others(OPERATOR)], [hood.back(0, 5), others(OPERATOR)])
    acts.push([{ op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: 1 }, others(OPERATOR, UTILITY)])
    // Ana's lots: the operator may speak for her as her agent, nobody else, and nobody in their own name.
    const anas = [
      hood.used(1, 5),
      hood.charged(1, 5),
      hood.offered(1, 5, 9),
      hood.delivered(0, 1, 5),
      { op: 'cancel', actor: ANA, ...hood.solarLot(1) } as Operation,
    ]
    for (const operation of anas) acts.push([operation, others(ANA)])
    acts.push([hood.bought(1, 5, 135_000), [OPERATOR, ORACLE, ANA, STRANGER, 0, 99]])
  })

  test(`${EACH} attempts are refused with a code, the state unchanged`, () => {
    const codes = new Map<string, number>()
    for (let attempt = 0; attempt < EACH; attempt++) {
      const [operation, forbidden] = pick(acts)
      const impostor = pick(forbidden)
      // In another's name, or in the own name; sometimes behind an operation that is allowed.
      const own = below(2) === 0
      const bad = own ? { ...operation, actor: impostor } : operation
      const speakers = own ? [impostor] : [STRANGER, BEN, ANA].filter((id) => id !== operation.actor)
      const client = pick(speakers)
      const code = refusedWith(encoded(client, [bad]))
      codes.set(code, (codes.get(code) ?? 0) + 1)
      if (attempt % 5_000 === 0) expect(ledger.stateHash()).toBe(state)
    }
    expect(ledger.stateHash()).toBe(state)
    expect([...codes.keys()].toSorted()).toEqual([
      'credit-limit',
      'not-authorised',
      'not-owner',
      'own-offer',
      'unknown-asset',
      'wrong-role',
    ])
  })

  test('an allowed operation before the forbidden one has no effect either', () => {
    for (const [operation] of acts) {
      const before = hood.used(1, 7)
      const forbidden = { ...operation, actor: STRANGER }
      expect(refusedWith(encoded(OPERATOR, [before, forbidden]))).toBe('not-authorised')
    }
    expect(ledger.stateHash()).toBe(state)
  })
})

describe('what is malformed is refused', () => {
  const sample = (): Operation[] =>
    [
      hood.generated(2, 5),
      hood.used(1, 5),
      hood.billed(0, 0, 5),
      hood.read(2, 500_000, 100_000),
      hood.bought(1, 5, 135_000),
      ...hood.opening.slice(0, 1),
      ...hood.opening.slice(-1),
    ] as Operation[]

  /** Each makes of a sound transaction one that cannot be sound. */
  const damages: ((sound: Transaction) => Transaction)[] = [
    (sound) => ({ ...sound, words: sound.words.slice(0, below(sound.words.length)) }),
    (sound) => ({ ...sound, words: Int32Array.of(...sound.words, draw.uint32() | 0) }),
    (sound) => ({ ...sound, operations: pick([0, -1, 2, 3, 2 ** 31, 0.5, Number.NaN]) }),
    (sound) => withWord(sound, 0, (header) => (header & ~0xff) | pick([0, 17, 18, 100, 255])),
    (sound) => withWord(sound, 0, (header) => (header & 0xff) | (pick([0, 1, 2, 500, 0xffffff]) << 8)),
    // A negative account, asset or quantity.
    (sound) => withWord(sound, 1, () => -1 - below(2 ** 30)),
    (sound) => ({ ...sound, sequence: pick([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) }),
    (sound) => ({ ...sound, client: pick([-1, 0.5, Number.NaN]) }),
  ]

  test(`${EACH} of all kinds are refused with a code, the state unchanged`, () => {
    for (let attempt = 0; attempt < EACH; attempt++) {
      const operation = pick(sample())
      const sound = encoded(operation.actor, [operation])
      const copy = { ...sound, words: sound.words.slice() }
      refusedWith(pick(damages)(copy))
      if (attempt % 5_000 === 0) expect(ledger.stateHash()).toBe(state)
    }
    expect(ledger.stateHash()).toBe(state)
  })

  test('any words at all are answered, and never thrown at; money stays what it was', () => {
    const target = new LocalLedger()
    expect(target.submit(encoded(OPERATOR, hood.opening))).toHaveProperty('block')
    let accepted = 0
    for (let attempt = 0; attempt < EACH; attempt++) {
      const words = Int32Array.from({ length: below(24) }, () => pick([draw.uint32() | 0, below(40), 0]))
      if (words.length > 0) words[0] = pick([words[0], (words.length << 8) | (1 + below(16))])
      const client = pick([OPERATOR, ORACLE, UTILITY])
      const answer = target.submit({ client, sequence: ++sequence, words, operations: 1 })
      if ('block' in answer) accepted++
      else expect(REFUSALS[answer.code]).toBeTypeOf('string')
    }
    // Now and then chance writes a tariff; hardly anything else is allowed by chance.
    expect(accepted).toBeLessThan(EACH / 50)
    const { view, totals } = target
    let money = 0
    for (const account of view.accountNumbers()) {
      money += view.accountAmount(account, ACCOUNT_BALANCE) + view.accountAmount(account, ACCOUNT_CREDIT)
    }
    expect(money).toBe(totals.openingMicroUsd)
  })

  test('texts have one encoding: no other padding, no bytes that are no UTF-8, no length that is too large', () => {
    const texts: [OperationName, Operation][] = [
      ['register', { ...hood.opening[0], account: 78, label: 'abcde' } as Operation],
      ['createAsset', { ...(hood.opening.at(-1) as object), asset: 78, location: 'abcde' } as Operation],
    ]
    for (const [name, operation] of texts) {
      const sound = encoded(OPERATOR, [operation])
      const { fields } = OPERATIONS[name]
      // The first text's length word is the third word from the end of the fixed part.
      const length = sound.words.findIndex((word, index) => word === 5 && index > fields.length - 2)
      expect(sound.words[length]).toBe(5)
      const damage = (change: (words: Int32Array) => void) => {
        const words = sound.words.slice()
        change(words)
        return refusedWith({ ...sound, words, sequence: ++sequence })
      }
      expect(damage((words) => (words[length + 2] |= 0x100))).toBe('malformed')
      expect(damage((words) => (words[length + 1] = -1))).toBe('malformed')
      expect(damage((words) => (words[length] = 513))).toBe('malformed')
      expect(damage((words) => (words[length] = -4))).toBe('malformed')
      expect(damage((words) => (words[length] = 12))).toBe('malformed')
    }
    expect(ledger.stateHash()).toBe(state)
  })
})

function withWord(sound: Transaction, index: number, change: (word: number) => number): Transaction {
  sound.words[index] = change(sound.words[index])
  return sound
}
