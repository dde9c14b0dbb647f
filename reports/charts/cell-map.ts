import type { Markup } from '../html/markup.ts'
import { element, svg, text } from './svg.ts'

export interface CellMapOptions {
  readonly width: number
  readonly alternative: string
  readonly xLabel: string
  readonly yLabel: string
  /** Values along the axes, and how they are written. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly axisText: (value: number) => string
  /** Text in a cell. */
  readonly cellText: (value: number) => string
  /** The scenario: a stretch along x at one y; its nearest cells are framed. */
  readonly here: { readonly x: readonly [number, number]; readonly y: number }
}

/** The cell that a value is nearest to, among evenly spaced ones. */
function placeAmong(values: readonly number[], value: number): number {
  const [first, last] = [values[0], values[values.length - 1]]
  const share = Math.max(0, Math.min(1, (value - first) / (last - first || 1)))
  return Math.round(share * (values.length - 1))
}

/** Two-way map: every cell says its value; the fuller its color, the more. Rows go up with y. */
export function cellMap(cells: readonly (readonly number[])[], options: CellMapOptions): Markup {
  const { width, alternative, xLabel, yLabel, x, y, axisText, cellText, here } = options
  const narrow = width < 500
  const [left, top] = [narrow ? 34 : 52, 24]
  const cellWidth = (width - left - 4) / x.length
  const cellHeight = narrow ? 30 : 34
  const bottom = top + cellHeight * y.length
  const most = Math.max(...cells.flat(), 1e-9)
  const parts: Markup[] = [text(yLabel, { x: 0, y: 12, class: 'tick' })]
  cells.forEach((row, at) => {
    const rowTop = bottom - (at + 1) * cellHeight
    parts.push(
      text(axisText(y[at]), {
        x: left - 6,
        y: rowTop + cellHeight / 2 + 4,
        class: 'tick',
        'text-anchor': 'end',
      }),
    )
    row.forEach((value, column) => {
      const share = Math.max(0, value) / most
      parts.push(
        element('rect', {
          x: left + column * cellWidth + 0.5,
          y: rowTop + 0.5,
          width: cellWidth - 1,
          height: cellHeight - 1,
          class: value > 0 ? 'cell pays' : 'cell none-pays',
          'fill-opacity': value > 0 ? String(Math.round((0.25 + 0.75 * share) * 100) / 100) : undefined,
        }),
        text(cellText(value), {
          x: left + (column + 0.5) * cellWidth,
          y: rowTop + cellHeight / 2 + 4,
          class: value > 0 ? 'label' : 'tick',
          'text-anchor': 'middle',
        }),
      )
    })
  })
  x.forEach((value, column) =>
    parts.push(
      text(axisText(value), {
        x: left + (column + 0.5) * cellWidth,
        y: bottom + 15,
        class: 'tick',
        'text-anchor': 'middle',
      }),
    ),
  )
  const px = (value: number) => left + (placeAmong(x, value) + 0.5) * cellWidth
  const py = bottom - (placeAmong(y, here.y) + 0.5) * cellHeight
  const [from, to] = here.x.map(px)
  // A ring around the cell’s number, so that it stays readable.
  parts.push(
    element('rect', {
      x: from - cellWidth / 2 + 2,
      y: py - cellHeight / 2 + 2,
      width: to - from + cellWidth - 4,
      height: cellHeight - 4,
      class: 'ring',
    }),
    text('framed: nearest to this scenario', { x: left, y: bottom + 33, class: 'tick' }),
    text(xLabel, { x: width - 4, y: bottom + (narrow ? 50 : 33), class: 'tick', 'text-anchor': 'end' }),
  )
  return svg(width, bottom + (narrow ? 58 : 42), alternative, parts)
}
