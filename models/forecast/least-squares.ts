/** Sums of a least-squares problem, to which rows are added as they come. */
export class NormalEquations {
  readonly width: number
  /** Σ x xᵀ, upper triangle used, and Σ x y. */
  readonly #xx: Float64Array
  readonly #xy: Float64Array
  count = 0

  constructor(width: number) {
    this.width = width
    this.#xx = new Float64Array(width * width)
    this.#xy = new Float64Array(width)
  }

  /** Adds the row of `rows` that begins at `at`. */
  add(rows: Float64Array, at: number, y: number): void {
    const { width } = this
    for (let i = 0; i < width; i++) {
      const x = rows[at + i]
      this.#xy[i] += x * y
      for (let j = i; j < width; j++) this.#xx[i * width + j] += x * rows[at + j]
    }
    this.count++
  }

  /**
   * Ridge: the weights that least Σ (y − x·w)² + λ n Σ wᵢ² without the first, which is the constant; by Cholesky.
   * (A. E. Hoerl, R. W. Kennard, Technometrics 12, 55 (1970).)
   */
  solve(lambda: number): Float64Array {
    const { width } = this
    const a = this.#xx.slice()
    // Even the constant gets a trace of it, so that an empty problem has the solution 0.
    for (let i = 0; i < width; i++) a[i * width + i] += (i === 0 ? 1e-9 : lambda) * Math.max(1, this.count)
    const weights = this.#xy.slice()
    for (let j = 0; j < width; j++) {
      for (let i = j; i < width; i++) {
        let sum = a[j * width + i]
        for (let k = 0; k < j; k++) sum -= a[k * width + i] * a[k * width + j]
        a[j * width + i] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j * width + j]
      }
    }
    for (let i = 0; i < width; i++) {
      for (let k = 0; k < i; k++) weights[i] -= a[k * width + i] * weights[k]
      weights[i] /= a[i * width + i]
    }
    for (let i = width - 1; i >= 0; i--) {
      for (let k = i + 1; k < width; k++) weights[i] -= a[i * width + k] * weights[k]
      weights[i] /= a[i * width + i]
    }
    return weights
  }
}

/** x·w of the row that begins at `at`. */
export function dot(rows: Float64Array, at: number, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += rows[at + i] * weights[i]
  return sum
}
