/** Reads a file of the origin by its path there. */
export type ReadOrigin = (path: string) => string

/**
 * Makes files of a set from its origin's: a pure function from texts to texts, file by file. What comes
 * out is compared with the catalogue's SHA-256 before it is written.
 */
export interface Converter {
  readonly set: string
  /** Files of the origin that it reads, as messages name them. */
  readonly needs: string
  readonly convert: (read: ReadOrigin) => Generator<{ readonly name: string; readonly text: string }>
}

/** Rounds as numpy does: scaled, to the even neighbor at a half, and back. */
export function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits
  const scaled = value * scale
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  const whole = rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1
  return whole / scale
}

/** A number as Python writes a float: `1.0`, `8e-05`; the sets were written by Python. */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  if (value !== 0 && Math.abs(value) < 1e-4) {
    const [mantissa, exponent] = value.toExponential().split('e')
    return `${mantissa}e-${exponent.slice(1).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
