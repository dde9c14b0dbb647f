import type { HomeResult, MonthResult } from '../data/run-files.ts'
import type { CommunityDone } from './worker.ts'

/** Every home's months as a table of numbers, in memory that threads share: as objects they would be copied twice on their way. */
export interface PackedMonths {
  /** A month's fields, in their order; all months have these. */
  readonly pattern: MonthResult
  /** By home, one after the other. */
  readonly names: readonly (readonly string[])[]
  readonly numbers: Float64Array
}

type Fields = Readonly<Record<string, unknown>>

/** Visits the numbers of a month in the order of its fields. @returns false where its fields are others than the pattern's */
function eachNumber(value: Fields, pattern: Fields, visit: (number: number) => void): boolean {
  const keys = Object.keys(pattern)
  const own = Object.keys(value)
  if (own.length !== keys.length) return false
  for (const [at, key] of keys.entries()) {
    if (own[at] !== key) return false
    const field = value[key]
    if (typeof field === 'number') visit(field)
    else if (typeof field === 'object' && field !== null) {
      if (!eachNumber(field as Fields, pattern[key] as Fields, visit)) return false
    }
  }
  return true
}

/** Null: the months have not all the same fields. */
export function packMonths(homes: readonly HomeResult[]): PackedMonths | null {
  const pattern = homes.find(({ months }) => months.length > 0)?.months[0] as
    | (MonthResult & Fields)
    | undefined
  if (pattern === undefined) return null
  let width = 0
  eachNumber(pattern, pattern, () => width++)
  const months = homes.flatMap((home) => home.months)
  const numbers = new Float64Array(new SharedArrayBuffer(months.length * width * 8))
  let at = 0
  for (const month of months)
    if (!eachNumber(month as MonthResult & Fields, pattern, (number) => (numbers[at++] = number))) return null
  if (at !== numbers.length) return null
  return { pattern, names: homes.map((home) => home.months.map(({ month }) => month)), numbers }
}

/** The months again, by home. */
export function unpackMonths({ pattern, names, numbers }: PackedMonths): MonthResult[][] {
  let at = 0
  const filled = <T extends object>(of: T): T => {
    const copy = { ...of } as Record<string, unknown>
    for (const key of Object.keys(copy)) {
      const field = copy[key]
      if (typeof field === 'number') copy[key] = numbers[at++]
      else if (typeof field === 'object' && field !== null) copy[key] = filled(field)
    }
    return copy as T
  }
  return names.map((home) => home.map((month) => ({ ...filled(pattern), month })))
}

/** What a community's thread found, on its way to another. */
export interface CommunitySent extends CommunityDone {
  /** Months that its homes are without; null: they have them. */
  readonly months: PackedMonths | null
}

export function sent(done: CommunityDone): CommunitySent {
  const { homes } = done.result
  const months = packMonths(homes)
  return {
    ...withMonths(done, months === null ? homes.map((home) => home.months) : homes.map(() => [])),
    months,
  }
}

/** The same as its thread had it. */
export const received = ({ months, ...done }: CommunitySent): CommunityDone =>
  months === null ? done : withMonths(done, unpackMonths(months))

function withMonths(done: CommunityDone, byHome: readonly MonthResult[][]): CommunityDone {
  const homes = done.result.homes.map((home, at) => ({ ...home, months: byHome[at] }))
  return { ...done, result: { ...done.result, homes } }
}
