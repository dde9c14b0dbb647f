/**
 * How good each interval is among those that follow: the share of the next `window` intervals (this one
 * left out) whose value is higher than this one's, equal ones counted by half. 1: nothing cheaper
 * comes, 0: everything that comes is cheaper; a flat series gives ½ everywhere.
 *
 * @param values price, carbon, … of each interval; less is better
 * @param window intervals that are looked ahead, cut at the end of the series
 */
export function rankAhead(values: ArrayLike<number>, window: number): Float64Array {
  return Float64Array.from(values, (here, at) => {
    const end = Math.min(values.length, at + 1 + window)
    let better = 0
    for (let next = at + 1; next < end; next++) {
      if (values[next] > here) better += 1
      else if (values[next] === here) better += 0.5
    }
    return end === at + 1 ? 0.5 : better / (end - at - 1)
  })
}
