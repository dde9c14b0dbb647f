/**
 * Turns decimal texts of energy or mean power into whole milliwatt-hours without losing anything: the
 * exact running sum is rounded and differenced, so that the sum over a series is the exact decimal
 * sum of its cells rounded once, and no cell is further than one milliwatt-hour from its own value.
 */
const UNIT_MILLI_WH = { MWh: 1e9, kWh: 1e6, Wh: 1e3, MW: 1e9, kW: 1e6, W: 1e3 } as const
export type EnergyUnit = keyof typeof UNIT_MILLI_WH
export const ENERGY_UNITS = Object.keys(UNIT_MILLI_WH) as EnergyUnit[]

/** Decimals that are kept of the running sum; cells may have any number of digits. */
const SCALE_DIGITS = 40
const SCALE = 10n ** BigInt(SCALE_DIGITS)
const SECONDS = 3600n

const isEnergy = (unit: EnergyUnit): boolean => unit.endsWith('h')

/** Mantissa and power of ten of a decimal text; null when it is none. */
export function decimalParts(cell: string): { mantissa: bigint; exponent: number } | null {
  const match = /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(cell)
  if (match === null) return null
  const [, sign, whole, part, exponent = '0'] = match
  if (whole === '' && part === '') return null
  return {
    mantissa: BigInt(`${sign === '-' ? '-' : ''}${whole}${part}`),
    exponent: Number(exponent) - part.length,
  }
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))
/** Decimals that fit a double together with a usual energy: the fast way. */
const FAST = /^\d{1,9}(?:\.\d{1,6})?$/
const MICRO = 1_000_000

export class ExactEnergy {
  readonly #factor: bigint
  /** A millionth of a unit is p / q milliwatt-hours. */
  readonly #p: number
  readonly #q: number
  /** What is not yet given out: a part in 1 / q mWh, and one in 1 / (3600 · 10^40) mWh. */
  #rest = 0
  #fineRest = 0n

  /** @param stepSeconds whole length of an interval: a mean power is multiplied by it */
  constructor(unit: EnergyUnit, stepSeconds: number) {
    const factor = UNIT_MILLI_WH[unit] * (isEnergy(unit) ? 3600 : stepSeconds)
    this.#factor = BigInt(factor)
    const divisor = greatestDivisor(factor, 3600 * MICRO)
    this.#p = factor / divisor
    this.#q = (3600 * MICRO) / divisor
  }

  /** The next interval's whole milliwatt-hours; NaN when the text is no decimal number. */
  next(cell: string): number {
    if (this.#fineRest === 0n && FAST.test(cell)) {
      const total = this.#rest + Math.round(Number(cell) * MICRO) * this.#p
      if (total < 2 ** 51) {
        const whole = Math.floor((2 * total + this.#q) / (2 * this.#q))
        this.#rest = total - whole * this.#q
        return whole
      }
    }
    return this.#slow(cell)
  }

  #slow(cell: string): number {
    const parts = decimalParts(cell)
    if (parts === null) return Number.NaN
    const unit = SECONDS * SCALE
    const shift = SCALE_DIGITS + parts.exponent
    const scaled = shift >= 0 ? parts.mantissa * 10n ** BigInt(shift) : parts.mantissa / 10n ** BigInt(-shift)
    let rest = this.#fineRest + (BigInt(this.#rest) * unit) / BigInt(this.#q) + scaled * this.#factor
    const doubled = 2n * rest + unit
    // Floor of rest + ½, also below zero.
    let whole = doubled / (2n * unit)
    if (doubled < 0n && doubled % (2n * unit) !== 0n) whole -= 1n
    rest -= whole * unit
    // Back to the fast way where what is left has few digits.
    const coarse = (rest * BigInt(this.#q)) / unit
    const exact = coarse * unit === rest * BigInt(this.#q)
    this.#rest = exact ? Number(coarse) : 0
    this.#fineRest = exact ? 0n : rest
    return Number(whole)
  }
}
