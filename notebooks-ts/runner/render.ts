import { figure } from '../../reports/html/figure.ts'
import { Markup, markup, type Part } from '../../reports/html/markup.ts'
import { plainPage } from '../../reports/html/plain-page.ts'
import { table } from '../../reports/html/table.ts'
import { type Cell, cellText, type Output } from '../api/output.ts'
import type { ExecutedCell, ExecutedNotebook } from './host.ts'
import { markdown } from './markdown.ts'

/** Rows of a table that are shown: a page is for reading. */
const MOST_ROWS = 200

function tableOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  const numeric = columns.map((_, at) => rows.every((row) => typeof row[at] !== 'string'))
  const shown = rows.slice(0, MOST_ROWS).map((row): Part[] => row.map(cellText))
  const more = rows.length - shown.length
  return markup`${table(
    columns.map((label, at) => ({ label, number: numeric[at] })),
    shown,
  )}${more > 0 ? markup`<p class="note">and ${more} more rows</p>` : ''}`
}

function outputMarkup(output: Output, number: () => number, id: string): Markup {
  if (output.kind === 'text') return markup`<pre class="output">${output.text}</pre>\n`
  if (output.kind === 'table') return tableOf(output.columns, output.rows)
  const { picture, title, columns, rows } = output.picture
  return figure(number(), {
    id,
    title,
    draw: (width) => new Markup(width > 500 ? picture.wide : picture.narrow),
    note: '',
    data: tableOf(columns, rows),
  })
}

/** A notebook that was run as one HTML file: text, code, tables and pictures; the same outputs give the same bytes. */
export function notebookPage({ name, cells, error }: ExecutedNotebook): string {
  let figures = 0
  const body = cells.map((cell: ExecutedCell, at) => {
    if (cell.kind === 'text') return markdown(cell.body)
    const outputs = cell.outputs.map((output, place) =>
      outputMarkup(output, () => ++figures, `output-${at + 1}-${place + 1}`),
    )
    const failed =
      error !== null && error.cell === at
        ? markup`<p class="lose">line ${error.line}: ${error.message}</p>`
        : ''
    return markup`<section class="cell">${cell.title === '' ? '' : markup`<h2>${cell.title}</h2>`}
<details><summary>Code</summary><pre><code>${cell.body}</code></pre></details>
${outputs}${failed}</section>\n`
  })
  return plainPage(name, markup`${body}`)
}
