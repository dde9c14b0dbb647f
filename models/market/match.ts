import { assert } from '../../data/errors.ts'
import type { Clearing } from './mechanism.ts'

/** Who buys how much from whom; `count` rows are in use. */
export interface Matches {
  count: number
  readonly seller: Uint16Array
  readonly buyer: Uint16Array
  readonly milliWh: Int32Array
}

export const newMatches = (homes: number): Matches => ({
  count: 0,
  seller: new Uint16Array(homes * 2),
  buyer: new Uint16Array(homes * 2),
  milliWh: new Int32Array(homes * 2),
})

/**
 * Pairs sellers with buyers, at most one pair fewer than there are of both. All pay the same rate,
 * so who is paired with whom moves no money; `first` turns the order round the neighborhood, so that
 * no home is always the last.
 */
export function match(clearing: Clearing, first: number, matches: Matches): void {
  matches.count = 0
  const homes = clearing.sold.length
  let buyer = first % homes
  let wanted = clearing.bought[buyer]
  let passed = 0
  for (let turn = 0; turn < homes; turn++) {
    const seller = (first + turn) % homes
    let left = clearing.sold[seller]
    while (left > 0) {
      while (wanted === 0) {
        assert(++passed < homes, 'more was sold than bought')
        buyer = (buyer + 1) % homes
        wanted = clearing.bought[buyer]
      }
      const part = Math.min(left, wanted)
      matches.seller[matches.count] = seller
      matches.buyer[matches.count] = buyer
      matches.milliWh[matches.count] = part
      matches.count++
      left -= part
      wanted -= part
    }
  }
}
