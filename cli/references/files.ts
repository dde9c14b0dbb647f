import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { VppError } from '../../data/errors.ts'

const malformed = (place: string, problem: string, fix: string, cause?: unknown): VppError =>
  new VppError('invalid', { place, problem, fix }, cause)

/** Files of a folder whose name matches, sorted; none when there is no such folder. */
export function filesMatching(folder: string, pattern: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .toSorted()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw malformed(folder, 'cannot be listed', 'is it a folder that may be read?', cause)
  }
}

function readText(dir: string, name: string): string {
  try {
    return readFileSync(join(dir, name), 'utf8')
  } catch (cause) {
    throw malformed(
      name,
      'cannot be read',
      'is the reference set complete? give its folder with --data',
      cause,
    )
  }
}

/** A JSON file of a known shape. */
export function readJson<Shape extends z.ZodType>(dir: string, name: string, shape: Shape): z.output<Shape> {
  let json: unknown
  try {
    json = JSON.parse(readText(dir, name))
  } catch (cause) {
    if (cause instanceof VppError) throw cause
    throw malformed(name, `is no JSON: ${(cause as Error).message}`, 'was it cut off?', cause)
  }
  const parsed = shape.safeParse(json)
  if (parsed.success) return parsed.data
  throw new VppError(
    'invalid',
    parsed.error.issues.map(({ path, message }) => ({
      place: `${name}${path.length > 0 ? `  ${path.join('.')}` : ''}`,
      problem: message,
      fix: `the layout is that of ${name.split('/')[0]}`,
    })),
  )
}

/** Named columns of a CSV file of numbers with a header, all of one length. */
export function readColumns<Name extends string>(
  dir: string,
  name: string,
  columns: readonly Name[],
): Record<Name, Float64Array> {
  const text = readText(dir, name)
  const lines = text.split(/\r?\n/)
  if (lines.pop() !== '') throw malformed(name, 'the last line does not end', 'was it cut off?')
  const header = (lines.shift() ?? '').split(',')
  const read = columns.map((column) => {
    const index = header.indexOf(column)
    if (index < 0)
      throw malformed(`${name}:1`, `has no column ${column}`, `its columns are ${header.join(', ')}`)
    return Float64Array.from(lines, (line, row) => {
      const cell = line.split(',', index + 1)[index] ?? ''
      const value = Number(cell)
      if (cell.trim() === '' || !Number.isFinite(value)) {
        throw malformed(
          `${name}:${row + 2}`,
          `${column} is ${JSON.stringify(cell)}, not a number`,
          'was it cut off?',
        )
      }
      return value
    })
  })
  if (lines.length === 0) throw malformed(name, 'has no rows', 'was it cut off?')
  return Object.fromEntries(columns.map((column, at) => [column, read[at]])) as Record<Name, Float64Array>
}

/** Two files that belong together must have as many rows. */
export function sameLength(name: string, rows: number, other: string, otherRows: number): void {
  if (rows === otherRows) return
  throw malformed(name, `has ${rows} rows, ${other} has ${otherRows}`, 'was one of them cut off?')
}
