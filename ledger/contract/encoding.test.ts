import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { transactionFromJson, transactionToJson } from './json-transaction.ts'
import { operationsToJson } from './json.ts'
import { type Operation, OPERATIONS, type OperationName } from './operations.ts'
import { WordReader, WordWriter } from './word-stream.ts'
import { readI64, writeI64 } from './words.ts'
import { TransactionWriter } from './writer.ts'

const whole = fc.maxSafeInteger()
const u32 = fc.integer({ min: 0, max: 0x7fffffff })

/** Any operation of the table, its fields of the right form. */
const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  ...(Object.keys(OPERATIONS) as OperationName[]).map((op) =>
    fc.record({
      op: fc.constant(op),
      ...Object.fromEntries(
        OPERATIONS[op].fields.map(([name, type]) => [
          name,
          type === 'u32'
            ? u32
            : type === 'i64'
              ? whole
              : type === 'text'
                ? fc.string({ unit: 'grapheme', maxLength: 40 })
                : fc.constantFrom(...(type as readonly string[])),
        ]),
      ),
    }),
  ),
) as unknown as fc.Arbitrary<Operation>

describe('the encodings', () => {
  test('64-bit integers come back, negative ones too', () => {
    const words = new Int32Array(2)
    fc.assert(
      fc.property(whole, (value) => {
        writeI64(words, 0, value)
        expect(readI64(words, 0)).toBe(value)
        expect(new BigInt64Array(words.buffer)[0]).toBe(BigInt(value))
      }),
    )
  })

  test('any operations: JSON → binary → JSON is the same', () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { minLength: 1, maxLength: 20 }), (operations) => {
        const writer = new TransactionWriter()
        for (const operation of operations) writer.add(operation)
        expect(operationsToJson(writer.transaction(1, 1))).toEqual(operations)
      }),
    )
  })

  test('the methods of the hot path write what `add` writes', () => {
    const fast = new TransactionWriter()
    fast.mint(3, 7, 24_500_100, 9, 123_456)
    fast.exchange(10, 7, 24_500_100, 8, 1000)
    fast.offer(10, 7, 24_500_100, 135_000, 2 ** 40)
    fast.trade(11, 7, 24_500_100, 1, 6, 135_000, 77)
    fast.burn(10, 8, 24_500_100, 7, 2 ** 33, 1, 24_500_105, 5)
    fast.setAside(1, 8, 24_500_100, 7, 9, 5)
    fast.release(1, 8, 24_500_100, 7, 9, 6)
    fast.reading(3, 8, 24_500_100, 2 ** 45, 1)
    fast.closeInterval(3, 5, 24_500_100)
    const lot = (lotAsset: number, lotSource = 0, lotFrom = 0) => ({
      lotAsset,
      lotMinute: 24_500_100,
      lotSource,
      lotFrom,
    })
    const minute = 24_500_100
    const same: Operation[] = [
      { op: 'mint', actor: 3, asset: 7, minute, carbonMilligramPerKwh: 9, milliWh: 123_456 },
      { op: 'exchange', actor: 10, ...lot(7), battery: 8, milliWh: 1000 },
      { op: 'offer', actor: 10, ...lot(7), minute, rateMicroUsdPerKwh: 135_000, milliWh: 2 ** 40 },
      {
        op: 'trade',
        actor: 11,
        ...lot(7),
        use: 'consumed',
        target: 6,
        rateMicroUsdPerKwh: 135_000,
        milliWh: 77,
      },
      { op: 'burn', actor: 10, ...lot(8, 7, 2 ** 33), reason: 'consumed', minute: minute + 5, milliWh: 5 },
      { op: 'setAside', actor: 1, ...lot(8, 7, 9), milliWh: 5 },
      { op: 'release', actor: 1, ...lot(8, 7, 9), milliWh: 6 },
      { op: 'reading', actor: 3, battery: 8, minute, chargeMilliWh: 2 ** 45, dischargeMilliWh: 1 },
      { op: 'closeInterval', actor: 3, site: 5, minute },
    ] as unknown as Operation[]
    expect(operationsToJson(fast.transaction(1, 1))).toEqual(same)
    const slow = new TransactionWriter()
    for (const operation of same) slow.add(operation)
    expect(slow.transaction(1, 1)).toEqual(fast.transaction(1, 1))
  })

  test('a writer grows, and what it had stays', () => {
    const fast = new TransactionWriter()
    const slow = new TransactionWriter()
    const label = 'x'.repeat(99)
    for (let at = 0; at < 3000; at++) {
      fast.mint(3, 7, at, 0, at)
      slow.add({
        op: 'mint',
        actor: 3,
        asset: 7,
        minute: at,
        carbonMilligramPerKwh: 0,
        milliWh: at,
      } as unknown as Operation)
    }
    expect(fast.transaction(1, 1).words).toEqual(slow.transaction(1, 1).words)
    expect(operationsToJson(fast.transaction(1, 1)).at(-1)).toMatchObject({ minute: 2999, milliWh: 2999 })
    const out = new WordWriter()
    for (let at = 0; at < 600; at++) {
      out.i64(at)
      out.text(label)
    }
    const from = new WordReader(out.words)
    for (let at = 0; at < 600; at++) {
      expect(from.ended).toBe(false)
      expect([from.peekI64(), from.i64(), from.text()]).toEqual([at, at, label])
    }
    expect(from.ended).toBe(true)
  })

  test('words that fill the room of a writer to the last are kept in it', () => {
    const out = new WordWriter()
    for (let at = 0; at < 512; at++) out.i64(at)
    const before = out.words.buffer
    expect([out.words.length, new WordReader(out.words.subarray(1022)).i64()]).toEqual([1024, 511])
    out.i64(512)
    expect([out.words.buffer === before, out.words.length, out.words[1024]]).toEqual([false, 1026, 512])
  })
})

describe('the JSON of a transaction', () => {
  test('any transaction comes back from its text, and has one text', () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { minLength: 1, maxLength: 8 }), (operations) => {
        const writer = new TransactionWriter()
        for (const operation of operations) writer.add(operation)
        const transaction = writer.transaction(7, 9)
        const text = transactionToJson(transaction)
        expect(transactionFromJson(text)).toEqual(transaction)
        const shuffled = JSON.stringify({
          operations: operations.map((one) => Object.fromEntries(Object.entries(one).toReversed())),
          sequence: 9,
          client: 7,
        })
        const again = transactionFromJson(shuffled)
        expect('problem' in again ? again.problem : transactionToJson(again)).toBe(text)
      }),
    )
  })

  const mint = {
    op: 'mint',
    actor: 3,
    asset: 7,
    minute: 24_500_100,
    carbonMilligramPerKwh: 0,
    milliWh: 5,
  }
  const text = (operation: object) => JSON.stringify({ client: 3, sequence: 1, operations: [operation] })
  test.each([
    ['no JSON', '{', /no JSON/],
    ['no object', '[]', /must have client/],
    ['no operation', '{"client":3,"sequence":1,"operations":[]}', /not empty/],
    ['no client', text(mint).replace('"client":3', '"client":-1'), /client must be an account/],
    ['a client too large', text(mint).replace('"client":3', '"client":2147483648'), /client must be/],
    ['null', 'null', /must have client/],
    ['a number', '5', /must have client/],
    [
      'an operation that is null',
      '{"client":3,"sequence":1,"operations":[null]}',
      /operations\[0\].op is no/,
    ],
    ['an operation that is a list', '{"client":3,"sequence":1,"operations":[[]]}', /op is no operation/],
    ['an operation without a name', text({ op: 5 }), /op is no operation/],
    [
      'another name for a member',
      text({ ...mint, minute: undefined, minutes: 5 }),
      /exactly the fields of mint: actor, asset, minute/,
    ],
    [
      'a negative account',
      text({ ...mint, actor: -1 }),
      /actor is -1; must be a whole number from 0 to 2\^31/,
    ],
    ['a word too large', text({ ...mint, actor: 2 ** 31 }), /actor is 2147483648/],
    ['a fraction of a unit', text({ ...mint, milliWh: 0.5 }), /between ±\(2\^53 − 1\)/],
    [
      'a use that is none',
      text({ op: 'anchor', actor: 1, battery: 1, minute: 5, kind: 'half' }),
      /kind is "half"; must be one of refusal, full/,
    ],
    [
      'a text too long',
      text({
        op: 'register',
        actor: 1,
        account: 2,
        role: 'oracle',
        agent: 2,
        openingMicroUsd: 0,
        creditLimitMicroUsd: 0,
        label: 'é'.repeat(257),
        credential: '',
      }),
      /a text of at most 512 bytes/,
    ],
    [
      'a text that is a number',
      text({
        op: 'register',
        actor: 1,
        account: 2,
        role: 'oracle',
        agent: 2,
        openingMicroUsd: 0,
        creditLimitMicroUsd: 0,
        label: 5,
        credential: '',
      }),
      /a text of at most/,
    ],
    ['sequence 0', text(mint).replace('"sequence":1', '"sequence":0'), /sequence/],
    ['a member too many', text({ ...mint, note: 'x' }), /exactly the fields of mint/],
    ['a member too few', text({ ...mint, minute: undefined }), /exactly the fields/],
    ['a fraction', text({ ...mint, milliWh: 1.5 }), /operations\[0\]\.milliWh is 1.5/],
    ['a number as text', text({ ...mint, milliWh: '5' }), /milliWh/],
    ['beyond 2^53', text(mint).replace('"milliWh":5', '"milliWh":9007199254740993'), /milliWh/],
    ['minus zero', text(mint).replace('"asset":7', '"asset":-0'), /asset/],
    ['an operation that is none', text({ op: '__proto__' }), /no operation/],
    ['a role that is none', text({ ...mint, op: 'anchor' }), /exactly the fields of anchor/],
    [
      'a lone surrogate',
      text({
        op: 'register',
        actor: 1,
        account: 2,
        role: 'oracle',
        agent: 2,
        openingMicroUsd: 0,
        creditLimitMicroUsd: 0,
        label: '\ud800',
        credential: '',
      }),
      /label/,
    ],
  ])('%s is no transaction', (_, json, problem) => {
    expect(transactionFromJson(json)).toEqual({ problem: expect.stringMatching(problem) as string })
  })
})
