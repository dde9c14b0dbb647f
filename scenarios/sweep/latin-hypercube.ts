import { streamFor } from '../../data/random.ts'

/**
 * `count` points in [0, 1)^dimensions of which each of `count` equal parts of every dimension holds exactly
 * one, at a place drawn within the part (McKay, Beckman and Conover, 1979). Each dimension draws from a stream of its own
 * name: another parameter shifts nobody's draws.
 */
export function latinHypercube(count: number, names: readonly string[], seed: number): Float64Array[] {
  const columns = names.map((name) => {
    const stream = streamFor(seed, 'latin-hypercube', name)
    const parts = Array.from({ length: count }, (_, part) => part)
    for (let last = count - 1; last > 0; last--) {
      const other = Math.floor(stream.uniform() * (last + 1))
      const kept = parts[last]
      parts[last] = parts[other]
      parts[other] = kept
    }
    return parts.map((part) => (part + stream.uniform()) / count)
  })
  return Array.from({ length: count }, (_, row) => Float64Array.from(columns, (column) => column[row]))
}
