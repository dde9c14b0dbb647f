import { assert } from '../../data/errors.ts'
import { addPair, type Clearing } from './mechanism.ts'

/**
 * Pairs what the round shared out (`scratch.sold`, `scratch.bought`, equal sums), at most one pair fewer than there
 * are sellers and buyers; each buyer pays its `scratch.rate`. Every ask of the round is at most every bid, so who is
 * paired with whom decides nothing about anyone's being better off; `turn` turns the order round the neighborhood.
 */
export function match(clearing: Clearing, turn: number): void {
  const { sold, bought, rate } = clearing.scratch
  const homes = sold.length
  let buyer = turn % homes
  let wanted = bought[buyer]
  let passed = 0
  let seller = buyer
  for (let step = 0; step < homes; step++) {
    let left = sold[seller]
    while (left > 0) {
      while (wanted === 0) {
        assert(++passed < homes, 'more was sold than bought')
        if (++buyer === homes) buyer = 0
        wanted = bought[buyer]
      }
      const part = left < wanted ? left : wanted
      addPair(clearing, seller, buyer, part, rate[buyer])
      left -= part
      wanted -= part
    }
    if (++seller === homes) seller = 0
  }
}
