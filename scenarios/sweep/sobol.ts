import { VppError } from '../../data/errors.ts'

/**
 * Primitive polynomials (with all coefficients, as bits) and first direction integers of the dimensions after
 * the first: Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM
 * J. Sci. Comput. 30 (2008), table new-joe-kuo-6.
 */
const DIRECTIONS: readonly (readonly [polynomial: number, ...first: number[]])[] = [
  [3, 1],
  [7, 1, 3],
  [11, 1, 3, 1],
  [13, 1, 1, 1],
  [19, 1, 1, 3, 3],
  [25, 1, 3, 5, 13],
  [37, 1, 1, 5, 5, 17],
  [41, 1, 1, 5, 5, 5],
  [47, 1, 1, 7, 11, 19],
  [55, 1, 1, 5, 1, 1],
  [59, 1, 1, 1, 3, 11],
  [61, 1, 3, 5, 5, 31],
  [67, 1, 3, 3, 9, 7, 49],
  [91, 1, 1, 1, 15, 21, 21],
  [97, 1, 3, 1, 13, 27, 49],
  [103, 1, 1, 1, 15, 7, 5],
  [109, 1, 3, 1, 15, 13, 25],
  [115, 1, 1, 5, 5, 19, 61],
  [131, 1, 3, 7, 11, 23, 15, 103],
  [137, 1, 3, 7, 13, 13, 15, 69],
]

const BITS = 32

/** Parameters that a Sobol sequence can have here. */
export const SOBOL_DIMENSIONS = DIRECTIONS.length + 1

/** Direction numbers of one dimension: bit k of a point's Gray code adds (by exclusive or) the k-th. */
function directions(dimension: number): Uint32Array {
  const numbers = new Uint32Array(BITS)
  if (dimension === 0) {
    for (let bit = 0; bit < BITS; bit++) numbers[bit] = 2 ** (BITS - 1 - bit)
    return numbers
  }
  const [polynomial, ...first] = DIRECTIONS[dimension - 1]
  const degree = first.length
  first.forEach((value, bit) => (numbers[bit] = value * 2 ** (BITS - 1 - bit)))
  for (let bit = degree; bit < BITS; bit++) {
    let value = numbers[bit - degree] ^ (numbers[bit - degree] >>> degree)
    for (let term = 1; term < degree; term++)
      if ((polynomial >> (degree - term)) & 1) value ^= numbers[bit - term]
    numbers[bit] = value
  }
  return numbers
}

/**
 * The first `count` points of the Sobol sequence in [0, 1)^dimensions, 32 bits exactly, in the order of
 * Antonov and Saleev (Gray code).
 * @param shift word for each dimension that is added to every point by exclusive or (a digital shift keeps the
 * sequence's evenness); zeros leave the published sequence
 */
export function sobol(count: number, dimensions: number, shift: readonly number[] = []): Float64Array[] {
  if (dimensions > SOBOL_DIMENSIONS)
    throw new VppError('invalid', {
      place: 'design sobol',
      problem: `has ${dimensions} parameters; must be at most ${SOBOL_DIMENSIONS}`,
      fix: 'use latin-hypercube',
    })
  const table = Array.from({ length: dimensions }, (_, dimension) => directions(dimension))
  const state = new Uint32Array(dimensions)
  return Array.from({ length: count }, (_, index) => {
    if (index > 0) {
      const bit = 31 - Math.clz32(index & -index)
      for (let dimension = 0; dimension < dimensions; dimension++) state[dimension] ^= table[dimension][bit]
    }
    return Float64Array.from(state, (word, dimension) => ((word ^ (shift[dimension] ?? 0)) >>> 0) / 2 ** BITS)
  })
}
