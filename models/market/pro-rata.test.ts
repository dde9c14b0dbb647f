import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareProRata } from './pro-rata.ts'

const share = (claims: number[], total: number): number[] => {
  const shares = new Int32Array(claims.length)
  shareProRata(Int32Array.from(claims), total, shares)
  return [...shares]
}
const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)

test('by hand: the remainder goes to the largest fraction, on a tie to the first', () => {
  expect(share([3, 3, 3], 10)).toEqual([3, 3, 3])
  expect(share([1, 1, 1], 2)).toEqual([1, 1, 0])
  expect(share([5, 3, 2], 7)).toEqual([4, 2, 1])
  expect(share([0, 7, 0], 3)).toEqual([0, 3, 0])
  expect(share([4, 4], 0)).toEqual([0, 0])
})

test('shares are whole, sum to the total, are no more than a unit off and no more than the claim', () => {
  const claims = fc.array(fc.integer({ min: 0, max: 2_000_000_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(claims, fc.double({ min: 0, max: 1.2, noNaN: true }), (values, part) => {
      const all = sum(values)
      const total = Math.floor(all * part)
      const shares = share(values, total)
      expect(sum(shares)).toBe(Math.min(total, all))
      values.forEach((claim, at) => {
        expect(shares[at]).toBeLessThanOrEqual(claim)
        expect(shares[at]).toBeGreaterThanOrEqual(0)
        const exact = (BigInt(claim) * BigInt(Math.min(total, all))) / BigInt(Math.max(1, all))
        expect(Math.abs(shares[at] - Number(exact))).toBeLessThanOrEqual(1)
      })
    }),
  )
})
