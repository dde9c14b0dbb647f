import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvRows } from './csv-rows.ts'

function split(text: string, piece: number): { cells: string[][]; lines: number[] } {
  const cells: string[][] = []
  const lines: number[] = []
  const rows = new CsvRows('x.csv', (row, line) => {
    cells.push(row)
    lines.push(line)
  })
  for (let at = 0; at < text.length; at += piece) rows.push(text.slice(at, at + piece))
  rows.end()
  return { cells, lines }
}

test('agrees with csv-parse on any cells, in pieces of any size', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', '7', 'ü'), maxLength: 6 })
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('\n', '\r\n'),
      (table, quoteAll, piece, end) => {
        const text = table
          .map((row) =>
            row
              .map((value) =>
                quoteAll || /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
              )
              .join(','),
          )
          .map((row) => row + end)
          .join('')
        const expected = parse(text, {
          relax_column_count: true,
          skip_empty_lines: true,
          record_delimiter: end,
        })
        expect(split(text, piece).cells).toEqual(expected)
      },
    ),
    { numRuns: 300 },
  )
})

test('lines are those of the file, over empty lines and lines within quotes', () => {
  expect(split('a,b\n\n1,"x\ny"\n2,z\n', 3)).toEqual({
    cells: [
      ['a', 'b'],
      ['1', 'x\ny'],
      ['2', 'z'],
    ],
    lines: [1, 3, 5],
  })
})

test('a quote left open, and text after a closing one', () => {
  expect(() => split('a,b\n1,"x\n2,y\n', 5)).toThrow(/x\.csv:2 {2}ends within quotes/)
  expect(() => split('a,b\n1,"x"y\n', 5)).toThrow(/x\.csv:2 {2}goes on after a closing quote/)
  expect(() => split(`a,b\n1,"${'x'.repeat(1_100_000)}`, 1 << 16)).toThrow(/is a quote left open/)
})
