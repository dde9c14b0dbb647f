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

export class ExactEnergy {
  readonly #factor: bigint
  /** Milliwatt-hours of one unit in one interval, where that is a whole number; else 0. */
  readonly #whole: number
  /** What is not yet given out, in 1 / (3600 · 10^40) mWh. */
  #rest = 0n

  /** @param stepSeconds length of an interval: a mean power is multiplied by it */
  constructor(unit: EnergyUnit, stepSeconds: number) {
    const milliWh = UNIT_MILLI_WH[unit]
    const seconds = isEnergy(unit) ? 3600 : stepSeconds
    this.#factor = BigInt(milliWh) * BigInt(seconds)
    const whole = (milliWh * seconds) / 3600
    this.#whole = Number.isInteger(whole) ? whole : 0
  }

  /** The next interval's whole milliwatt-hours; NaN when the text is no decimal number. */
  next(cell: string): number {
    if (this.#rest === 0n && this.#whole !== 0) {
      // Few digits and nothing left over: exact in a double, and fast.
      const value = Number(cell)
      const milliWh = value * this.#whole
      const rounded = Math.round(milliWh)
      if (
        cell.length <= 12 &&
        rounded / this.#whole === value &&
        Math.abs(milliWh) < 2 ** 50 &&
        /^\d+(?:\.\d+)?$/.test(cell)
      )
        return rounded
    }
    const parts = decimalParts(cell)
    if (parts === null) return Number.NaN
    const shift = SCALE_DIGITS + parts.exponent
    const scaled = shift >= 0 ? parts.mantissa * 10n ** BigInt(shift) : parts.mantissa / 10n ** BigInt(-shift)
    this.#rest += scaled * this.#factor
    const unit = SECONDS * SCALE
    const doubled = 2n * this.#rest + unit
    // Floor of rest + ½, also below zero.
    let whole = doubled / (2n * unit)
    if (doubled < 0n && doubled % (2n * unit) !== 0n) whole -= 1n
    this.#rest -= whole * unit
    return Number(whole)
  }
}
