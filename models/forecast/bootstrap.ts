import type { RandomStream } from '../../data/random.ts'

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

const DRAWS = 1000
/** Days that stay together: weather and habits last. */
const BLOCK_DAYS = 7

/**
 * A figure of sums over days with its 95 % interval by the circular block bootstrap (D. N. Politis, J. P. Romano, in
 * "Exploring the Limits of Bootstrap" (1992)): blocks of seven days, drawn with replacement; all homes of a day stay
 * together.
 *
 * @param columns sums by day, a column each
 * @param figure of the columns' totals
 */
export function blockBootstrap(
  columns: readonly Float64Array[],
  figure: (totals: readonly number[]) => number,
  stream: RandomStream,
): Estimate {
  const days = columns[0].length
  const totals = columns.map((column) => column.reduce((sum, value) => sum + value, 0))
  const value = figure(totals)
  if (days < 2 * BLOCK_DAYS) return { value, low: Number.NaN, high: Number.NaN }
  const drawn: number[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    const sums = columns.map(() => 0)
    for (let taken = 0; taken < days;) {
      const start = stream.uint32() % days
      for (let at = 0; at < BLOCK_DAYS && taken < days; at++, taken++) {
        const day = (start + at) % days
        for (let column = 0; column < columns.length; column++) sums[column] += columns[column][day]
      }
    }
    drawn.push(figure(sums))
  }
  drawn.sort((a, b) => a - b)
  return { value, low: drawn[Math.floor(0.025 * DRAWS)], high: drawn[Math.ceil(0.975 * DRAWS) - 1] }
}
