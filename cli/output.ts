import { wordWrap } from '../scenarios/word-wrap.ts'

/**
 * What the terminal shows. Standard output carries the result and nothing else; everything said on
 * the way goes to standard error.
 */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** One stable JSON object: the result for other programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/**
 * Columns of text, each as wide as its widest cell; numbers stand on the right. With a `width` the last
 * column is wrapped to stay within it.
 */
export function table(
  rows: readonly (readonly string[])[],
  right: readonly boolean[] = [],
  width = Number.POSITIVE_INFINITY,
): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)))
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0)
  return rows
    .flatMap((row) => {
      const [first, ...more] = wordWrap(row.at(-1) ?? '', width - before)
      return [[...row.slice(0, -1), first], ...more.map((line) => [...row.slice(0, -1).fill(''), line])]
    })
    .map((row) =>
      row
        .map((cell, at) => (right[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
