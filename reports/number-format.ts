/**
 * Numbers for people: three significant figures, digits grouped by commas, a real minus sign. Exact
 * amounts (bills, token accounts, hashes) have their own functions and say so. A no-break space keeps
 * a number and its unit on one line.
 */
const MINUS = '−'
export const NOTHING = '–'

function group(digits: string): string {
  const [whole, fraction] = digits.split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** `12345.6` → `12,300`, `0.0456` → `0.0456`, `3` → `3`; trailing zeros after the point stay away. */
export function threeFigures(value: number): string {
  if (!Number.isFinite(value)) return NOTHING
  const size = Math.abs(value)
  if (size < 1e-9) return '0'
  const exponent = Math.floor(Math.log10(Number(size.toPrecision(3))))
  const text =
    exponent >= 2
      ? String(roundTo(size, exponent - 2))
      : Number(size.toPrecision(3)).toFixed(decimals(size, exponent))
  return (value < 0 ? MINUS : '') + group(text)
}

const roundTo = (size: number, power: number): number => Math.round(size / 10 ** power) * 10 ** power

/** Fraction digits of three significant figures, none for whole numbers, at most six. */
function decimals(size: number, exponent: number): number {
  // 0.54 USD is 54 ¢, whatever the last bit of 100 × 0.54 says.
  if (Number.isInteger(Number(size.toPrecision(12)))) return 0
  return Math.min(6, Math.max(0, 2 - exponent))
}

/** With its sign, zero without. */
export const signed = (value: number): string =>
  value > 1e-9 ? `+${threeFigures(value)}` : threeFigures(value)

export const kwh = (milliWh: number): string => threeFigures(milliWh / 1e6)

/** `−$14.20`, always two decimals up to $100 and whole dollars from $1,000: 14.2 would read as a slip. */
export function usd(value: number): string {
  const size = Math.abs(value)
  const text = size >= 100 ? threeFigures(size) : group(size.toFixed(2))
  return `${value < 0 && Number(size.toFixed(2)) > 0 ? MINUS : ''}$${text}`
}

export const signedUsd = (value: number): string => (value >= 0.005 ? `+${usd(value)}` : usd(value))

/** Exact to the cent, as on a bill. */
export const centsExact = (microUsd: number): string => {
  const cents = Math.round(Math.abs(microUsd) / 10_000)
  return `${microUsd < 0 && cents > 0 ? MINUS : ''}${group((cents / 100).toFixed(2))}`
}

/** USD per kWh as cents: `0.0512` → `5.12 ¢`. */
export const centsPerKwh = (usdPerKwh: number): string => `${threeFigures(usdPerKwh * 100)}\u00a0¢`

export const percent = (fraction: number): string => `${threeFigures(fraction * 100)}\u00a0%`
export const signedPercent = (fraction: number): string => `${signed(fraction * 100)}\u00a0%`

/** Whole milliwatt-hours as kWh with all six decimals: nothing rounded away. */
export function kwhExact(milliWh: number): string {
  const size = Math.abs(milliWh)
  const whole = Math.floor(size / 1e6)
  const part = String(size - whole * 1e6).padStart(6, '0')
  return `${milliWh < 0 ? MINUS : ''}${group(String(whole))}.${part}`
}

/** Grouped whole number. */
export const whole = (value: number): string =>
  (value < 0 ? MINUS : '') + group(String(Math.abs(Math.round(value))))

/** `1 home`, `12 homes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`
