import { add, complex, type Complex, divide, multiply, scale } from './complex.ts'

/** A symmetric complex matrix by rows: the diagonal and what is beside it. */
export type SymmetricRows = readonly Map<number, Complex>[]

/**
 * L·D·Lᵀ of a symmetric complex matrix, the row of least degree first: on a tree nothing fills in, and solving is the
 * backward and forward sweep from the leaves to the root and back; meshes cost their fill and no more.
 */
export class SymmetricFactor {
  readonly size: number
  /** Rows in the order of elimination, and where each one's entries of L begin. */
  readonly #order: Int32Array
  readonly #start: Int32Array
  readonly #row: Int32Array
  readonly #re: Float64Array
  readonly #im: Float64Array
  /** 1 / D by place in the order. */
  readonly #inverseRe: Float64Array
  readonly #inverseIm: Float64Array

  constructor(matrix: SymmetricRows) {
    this.size = matrix.length
    const rows = matrix.map((row) => new Map(row))
    const left = new Set(rows.keys())
    const order: number[] = []
    const start = [0]
    const row: number[] = []
    const values: Complex[] = []
    const pivots: Complex[] = []
    while (left.size > 0) {
      let next = -1
      for (const at of left) if (next < 0 || rows[at].size < rows[next].size) next = at
      left.delete(next)
      const pivot = rows[next].get(next) ?? complex(0)
      const others = [...rows[next]].filter(([at]) => at !== next)
      for (const [at, value] of others) {
        const part = divide(value, pivot)
        row.push(at)
        values.push(part)
        rows[at].delete(next)
        for (const [to, other] of others) {
          const before = rows[at].get(to) ?? complex(0)
          rows[at].set(to, add(before, scale(multiply(part, other), -1)))
        }
      }
      order.push(next)
      start.push(row.length)
      pivots.push(divide(complex(1), pivot))
    }
    this.#order = Int32Array.from(order)
    this.#start = Int32Array.from(start)
    this.#row = Int32Array.from(row)
    this.#re = Float64Array.from(values, ({ re }) => re)
    this.#im = Float64Array.from(values, ({ im }) => im)
    this.#inverseRe = Float64Array.from(pivots, ({ re }) => re)
    this.#inverseIm = Float64Array.from(pivots, ({ im }) => im)
  }

  /** Solves in place: the right side goes in, the solution comes out. */
  solve(re: Float64Array, im: Float64Array): void {
    const order = this.#order
    const start = this.#start
    const row = this.#row
    const lRe = this.#re
    const lIm = this.#im
    const size = this.size
    for (let at = 0; at < size; at++) {
      const k = order[at]
      const bRe = re[k]
      const bIm = im[k]
      for (let l = start[at]; l < start[at + 1]; l++) {
        const i = row[l]
        re[i] -= lRe[l] * bRe - lIm[l] * bIm
        im[i] -= lRe[l] * bIm + lIm[l] * bRe
      }
    }
    const dRe = this.#inverseRe
    const dIm = this.#inverseIm
    for (let at = size - 1; at >= 0; at--) {
      const k = order[at]
      let bRe = re[k] * dRe[at] - im[k] * dIm[at]
      let bIm = re[k] * dIm[at] + im[k] * dRe[at]
      for (let l = start[at]; l < start[at + 1]; l++) {
        const i = row[l]
        bRe -= lRe[l] * re[i] - lIm[l] * im[i]
        bIm -= lRe[l] * im[i] + lIm[l] * re[i]
      }
      re[k] = bRe
      im[k] = bIm
    }
  }
}
