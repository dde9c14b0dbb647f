import { VppError } from '../errors.ts'

/** Which moment of its interval a row's label names. Radiation and energy belong to the whole interval. */
export type IntervalLabel = 'start' | 'middle' | 'end'

/** What a reader of a file is told about it, beside its text. */
export interface SourceOptions {
  /** What messages call the file. */
  readonly name: string
  /** Calendar year that a typical year, or a file of several years' months, shall stand for. */
  readonly year?: number | undefined
  /** Settles which moment a label names where the file does not say, or contradicts itself. */
  readonly labels?: IntervalLabel | undefined
  /** IANA zone, or an offset like `-05:00`, of labels without one; settles a file that contradicts itself. */
  readonly timeZone?: string | undefined
}

/** What a file's own clock is: the axis of what was read from it is UTC all the same. */
export interface SourceClock {
  readonly labels: IntervalLabel
  /** `UTC-05:00`, `America/New_York`. */
  readonly timeZone: string
  /** Where the sun stood for the irradiance, seconds after the interval's start; absent: its middle. */
  readonly sunSeconds?: number
}

/** Stops at a place of a file that cannot be read as it is; `fix` names the option that settles it. */
export function refuse(name: string, line: number, problem: string, fix: string, cause?: unknown): never {
  throw new VppError('invalid', { place: line > 0 ? `${name}:${line}` : name, problem, fix }, cause)
}

/** `UTC-05:00` of −5 hours. */
export function offsetName(hours: number): string {
  const minutes = Math.round(Math.abs(hours) * 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return `UTC${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** A decimal number and nothing else (`Number` would take an empty cell for 0, and `0x10`). */
export function decimal(cell: string): number {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(cell) ? Number(cell) : Number.NaN
}
