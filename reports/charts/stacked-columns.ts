import type { Markup } from '../html/markup.ts'
import { legend } from './legend.ts'
import { linesAcross } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { element, svg, text } from './svg.ts'

export interface StackedSeries {
  readonly label: string
  readonly className: string
  /** One value for each column, >= 0. */
  readonly values: readonly number[]
}

export interface ColumnsOptions {
  readonly width: number
  readonly alternative: string
  readonly unit: string
  /** Labels of the columns, and the short ones for narrow drawings. */
  readonly columns: readonly string[]
  readonly shortColumns: readonly string[]
}

/** Columns of parts, the first series at the bottom. */
export function stackedColumns(series: readonly StackedSeries[], options: ColumnsOptions): Markup {
  const { width, alternative, unit, columns, shortColumns } = options
  const narrow = width < 500
  const key = legend(series, 0, 12, width)
  const [left, top, right] = [52, key.height + 26, width - 2]
  const height = narrow ? 200 : 240
  const bottom = top + height
  const sums = columns.map((_, at) => series.reduce((sum, { values }) => sum + values[at], 0))
  const [, greatest] = niceRange(0, Math.max(...sums), 4)
  const y = linear(0, greatest, bottom, top)
  const step = (right - left) / columns.length
  const barWidth = Math.min(step * 0.72, 56)
  const parts: Markup[] = [...key.parts, text(unit, { x: 0, y: top - 9, class: 'tick' })]
  parts.push(...linesAcross(ticks(0, greatest, 4), y, left, right, (tick) => tick.toLocaleString('en-US')))
  columns.forEach((label, at) => {
    const x = left + step * at + (step - barWidth) / 2
    let base = 0
    for (const { className, values } of series) {
      if (values[at] <= 0) continue
      const high = y(base + values[at])
      parts.push(
        element('rect', { x, y: high, width: barWidth, height: y(base) - high, class: `bar ${className}` }),
      )
      base += values[at]
    }
    const shown = narrow ? shortColumns[at] : label
    parts.push(text(shown, { x: x + barWidth / 2, y: bottom + 15, class: 'tick', 'text-anchor': 'middle' }))
  })
  return svg(width, bottom + 22, alternative, parts)
}
