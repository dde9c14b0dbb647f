/** One cell of a notebook: code, or text. */
export interface NotebookCell {
  readonly kind: 'code' | 'text'
  readonly title: string
  /** Line of its marker, from 1. */
  readonly line: number
  /** Code as it stands; text without its comment marks. */
  readonly body: string
}

const MARKER = /^\/\/ %%(?: +(.*?))?\s*$/

/**
 * The cells of a notebook: `// %% Title` begins one of code, `// %% [markdown] Title` one of text in comments.
 * What stands before the first marker is a cell of code if there is any.
 */
export function cellsOf(source: string): NotebookCell[] {
  const cells: { kind: 'code' | 'text'; title: string; line: number; lines: string[] }[] = [
    { kind: 'code', title: '', line: 1, lines: [] },
  ]
  for (const [at, line] of source.split('\n').entries()) {
    const marker = MARKER.exec(line)
    if (marker === null) {
      cells[cells.length - 1].lines.push(line)
      continue
    }
    const text = marker[1] ?? ''
    const isText = text.startsWith('[markdown]')
    cells.push({
      kind: isText ? 'text' : 'code',
      title: isText ? text.slice('[markdown]'.length).trim() : text,
      line: at + 1,
      lines: [],
    })
  }
  return cells
    .map(({ kind, title, line, lines }) => ({
      kind,
      title,
      line,
      body: (kind === 'text' ? lines.map((one) => one.replace(/^\/\/ ?/, '')) : lines)
        .join('\n')
        .replace(/^\n+|\s+$/g, ''),
    }))
    .filter(({ body, title }) => body !== '' || title !== '')
}

/** Name of the function that the runner puts at every cell's beginning. */
export const CELL_FUNCTION = '__vppCell'

/**
 * The notebook as the module that is run: each marker's line calls the runner, all other lines stay where they
 * are, so that errors name the notebook's own lines.
 */
export const instrumented = (source: string): string =>
  source
    .split('\n')
    .map((line, at) => (MARKER.test(line) ? `;globalThis.${CELL_FUNCTION}(${at + 1});` : line))
    .join('\n')
