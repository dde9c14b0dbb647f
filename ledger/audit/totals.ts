/** Burn reasons, as the specification numbers them. */
export const REASONS = ['', 'consumed', 'exported', 'exchanged', 'conversion-loss', 'storage-loss']
export const CONSUMED = 1
export const EXPORTED = 2
export const EXCHANGED = 3
export const CONVERSION_LOSS = 4
export const STORAGE_LOSS = 5

/** Columns of `Totals`: 1 to 5 are the burn reasons. */
export const TOTAL_MINTED = 0
export const TOTAL_SET_ASIDE = 6
export const TOTAL_RELEASED = 7
const COLUMNS = 8
const CARRY = 2 ** 52
const CARRY_BIG = BigInt(CARRY)

/**
 * Everything that was ever minted, burned, set aside or released, by kind, milliwatt-hours. Only ever added to,
 * in two limbs, so that a century of a country's energy stays exact.
 */
export class Totals {
  readonly #low = new Float64Array(4 * COLUMNS)
  readonly #carries = new Float64Array(4 * COLUMNS)

  /** Adds less than 2^51 mWh. */
  add(kind: number, column: number, milliWh: number): void {
    const at = kind * COLUMNS + column
    const sum = this.#low[at] + milliWh
    if (sum < CARRY) this.#low[at] = sum
    else {
      this.#low[at] = sum - CARRY
      this.#carries[at]++
    }
  }

  /** One sum, exact. */
  of(kind: number, column: number): bigint {
    const at = kind * COLUMNS + column
    const low = BigInt(this.#low[at])
    return this.#carries[at] === 0 ? low : low + BigInt(this.#carries[at]) * CARRY_BIG
  }

  /** What must be active if nothing was lost: minted − burned − set aside + released. */
  active(kind: number): bigint {
    let sum = this.of(kind, TOTAL_MINTED) + this.of(kind, TOTAL_RELEASED) - this.of(kind, TOTAL_SET_ASIDE)
    for (let reason = CONSUMED; reason < STORAGE_LOSS; reason++) sum -= this.of(kind, reason)
    return sum
  }

  /** What must be set aside: set aside − released − lost. */
  aside(kind: number): bigint {
    return this.of(kind, TOTAL_SET_ASIDE) - this.of(kind, TOTAL_RELEASED) - this.of(kind, STORAGE_LOSS)
  }
}
