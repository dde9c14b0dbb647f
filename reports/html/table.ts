import { Markup, markup, type Part } from './markup.ts'

export interface Column {
  readonly label: Part
  /** Numbers are right-aligned with tabular digits. */
  readonly number?: boolean
  /** Shown small under the label. */
  readonly unit?: string
}

export interface TableOptions {
  readonly caption?: Part
  readonly id?: string
  readonly className?: string
  /** A last row, set apart. */
  readonly total?: readonly Part[]
}

/** Text of a part, for the label of a region that scrolls. */
const plain = (part: Part): string => markup`${part}`.html.replaceAll(/<[^>]*>/g, '').replaceAll('&quot;', '')

/** A table with a head that repeats in print; it scrolls inside itself, never the page. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Part[])[],
  options: TableOptions = {},
): Markup {
  const { caption, id, className, total } = options
  const cell = (part: Part, index: number): Markup => {
    const kind = columns[index].number === true ? markup` class="n"` : markup``
    return index === 0 ? markup`<th scope="row"${kind}>${part}</th>` : markup`<td${kind}>${part}</td>`
  }
  const head = columns.map(
    ({ label, number, unit }) =>
      markup`<th scope="col"${number === true ? markup` class="n"` : ''}>${label}${unit === undefined ? '' : markup`<small>${unit}</small>`}</th>`,
  )
  const label = caption === undefined ? 'Table' : plain(caption)
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${new Markup(label)}"${id === undefined ? '' : markup` id="${id}"`}><table${className === undefined ? '' : markup` class="${className}"`}>${
    caption === undefined ? '' : markup`<caption>${caption}</caption>`
  }<thead><tr>${head}</tr></thead><tbody>${rows.map((row) => markup`<tr>${row.map(cell)}</tr>`)}</tbody>${
    total === undefined ? '' : markup`<tfoot><tr>${total.map(cell)}</tr></tfoot>`
  }</table></div>`
}
