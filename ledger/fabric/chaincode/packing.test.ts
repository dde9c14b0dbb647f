import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packed, PackedReader, PackedWriter, packTexts, unpacked, unpackTexts } from './packing.ts'

const whole = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -300, max: 300 }),
  fc.constantFrom(
    0,
    -1,
    2 ** 30 - 1,
    2 ** 30,
    2 ** 48,
    -(2 ** 48),
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ),
)

describe('packed numbers', () => {
  test('come back exactly, in their order', () => {
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 300 }), (numbers) => {
        const writer = new PackedWriter()
        for (const number of numbers) writer.i64(number)
        const reader = new PackedReader(writer.take())
        for (const number of numbers) {
          expect(reader.peekI64()).toBe(number)
          expect(reader.i64()).toBe(number)
        }
        expect(reader.ended).toBe(true)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
  test.each([
    [0, 1],
    [-1, 1],
    [63, 1],
    [64, 2],
    [24_500_160, 4],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('%i takes %i bytes', (number, bytes) => {
    expect(packed(number)).toHaveLength(bytes)
    expect(unpacked(packed(number))).toBe(number)
  })
  test('a value that is cut off is told, never read as another', () => {
    for (const number of [64, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      expect(() => unpacked(packed(number).slice(0, -1))).toThrow(RangeError)
    }
    expect(() => unpacked(new Uint8Array())).toThrow(RangeError)
  })
  test('texts come back with their numbers', () => {
    const rows = [[3, 'street/ana', 'Ana’s "panel"'] as const]
    expect(unpackTexts(packTexts(rows))).toEqual(rows)
    expect(unpackTexts(new Uint8Array())).toEqual([])
  })
})
