import type { Markup } from '../html/markup.ts'
import { element, labelWidth, text } from './svg.ts'

export interface LegendItem {
  readonly label: string
  readonly className: string
  readonly kind?: 'area' | 'line' | 'dashed'
}

/** Swatches with their names in rows from (x, y); y is the middle of the first row. */
export function legend(
  items: readonly LegendItem[],
  x: number,
  y: number,
  width: number,
): { parts: Markup[]; height: number } {
  const parts: Markup[] = []
  let [at, row] = [x, y]
  for (const { label, className, kind = 'area' } of items) {
    const size = 22 + labelWidth(label) + 10
    if (at > x && at + size > width) {
      at = x
      row += 18
    }
    parts.push(
      kind === 'area'
        ? element('rect', { x: at, y: row - 6, width: 14, height: 11, class: `bar ${className}` })
        : element('line', {
            x1: at,
            x2: at + 16,
            y1: row,
            y2: row,
            class: `line ${className}${kind === 'dashed' ? ' dashed' : ''}`,
          }),
      text(label, { x: at + 20, y: row + 4, class: 'label' }),
    )
    at += size
  }
  return { parts, height: row - y + 18 }
}
