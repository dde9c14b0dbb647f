import type { Markup } from '../html/markup.ts'
import { linesDown } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { element, labelWidth, svg, text } from './svg.ts'

export interface IntervalRow {
  readonly label: string
  readonly className: string
  readonly value: number
  /** Ends of the interval; NaN: none. */
  readonly low: number
  readonly high: number
}

export interface IntervalsOptions {
  readonly width: number
  readonly alternative: string
  readonly unit: string
  /** Value that a dashed line stands at, with what it is. */
  readonly mark?: { readonly at: number; readonly label: string }
  /** Ends of the scale; left out: round numbers about all, with zero. */
  readonly range?: readonly [number, number]
}

const ROW = 24

/** A dot and its interval for each row, names on the left. */
export function intervals(rows: readonly IntervalRow[], options: IntervalsOptions): Markup {
  const { width, alternative, unit, mark, range } = options
  // A name longer than half the drawing must leave room for its row.
  const left = Math.min(width / 2, Math.max(...rows.map(({ label }) => labelWidth(label))) + 14)
  const values = rows
    .flatMap(({ value, low, high }) => [value, low, high])
    .filter((value) => Number.isFinite(value))
  const [from, to] =
    range ?? niceRange(Math.min(...values, mark?.at ?? 0), Math.max(...values, mark?.at ?? 0), 5)
  const x = linear(from, to, left, width - 24)
  const inside = (value: number) => x(Math.max(from, Math.min(to, value)))
  const top = 20
  const bottom = top + ROW * rows.length
  const parts: Markup[] = []
  parts.push(...linesDown(ticks(from, to, width < 500 ? 3 : 6), x, top, bottom))
  if (mark !== undefined)
    parts.push(
      element('line', { x1: x(mark.at), x2: x(mark.at), y1: top - 4, y2: bottom, class: 'line load dashed' }),
      text(mark.label, { x: x(mark.at), y: top - 8, class: 'tick', 'text-anchor': 'middle' }),
    )
  rows.forEach(({ label, className, value, low, high }, at) => {
    const y = top + ROW * (at + 0.5)
    parts.push(text(label, { x: 0, y: y + 4, class: 'label' }))
    if (Number.isFinite(low))
      parts.push(
        element('line', { x1: inside(low), x2: inside(high), y1: y, y2: y, class: `line ${className}` }),
      )
    // Beyond the scale an arrow's place is its end: the table has the number.
    parts.push(element('circle', { cx: inside(value), cy: y, r: 4, class: `bar ${className}` }))
  })
  parts.push(text(unit, { x: width - 24, y: bottom + 28, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, bottom + 34, alternative, parts)
}
