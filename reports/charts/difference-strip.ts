import type { Markup } from '../html/markup.ts'
import { labelWidth, element, svg, text } from './svg.ts'
import { linear, niceRange, ticks } from './scale.ts'

export interface DifferenceRow {
  readonly label: string
  readonly differences: readonly number[]
  readonly mean: number
  readonly interval: readonly [number, number] | null
}

/** One row a comparison: every pair's difference as a tick, their mean as a dot, its interval as a bar. */
export function differenceStrip(
  rows: readonly DifferenceRow[],
  options: { readonly width: number; readonly alternative: string; readonly unit: string },
): Markup {
  const { width, alternative, unit } = options
  const names = Math.max(...rows.map(({ label }) => labelWidth(label))) + 12
  // Long names stand over their rows.
  const above = width < 500 || names > width * 0.25
  const [left, right] = [above ? 8 : names, width - 12]
  const all = rows.flatMap(({ differences, interval }) => [...differences, ...(interval ?? [])])
  const x = linear(...niceRange(Math.min(...all), Math.max(...all)), left, right)
  const rowHeight = above ? 52 : 38
  const bottom = 10 + rowHeight * rows.length
  const parts: Markup[] = []
  for (const tick of ticks(x.from, x.to, above ? 4 : 6))
    parts.push(
      element('line', {
        x1: x(tick),
        x2: x(tick),
        y1: 6,
        y2: bottom,
        class: tick === 0 ? 'zero' : 'grid-line',
      }),
      text(tick.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−'), {
        x: x(tick),
        y: bottom + 16,
        class: 'tick',
        'text-anchor': 'middle',
      }),
    )
  rows.forEach(({ label, differences, mean, interval }, row) => {
    const y = 10 + rowHeight * row + (above ? 34 : rowHeight / 2)
    parts.push(
      text(label, {
        x: above ? left : left - 10,
        y: above ? y - 18 : y + 4,
        class: 'label halo',
        'text-anchor': above ? 'start' : 'end',
      }),
      ...differences.map((value) =>
        element('line', { x1: x(value), x2: x(value), y1: y - 8, y2: y + 8, class: 'line sum' }),
      ),
    )
    if (interval !== null)
      parts.push(
        element('rect', {
          x: x(interval[0]),
          y: y - 4,
          width: Math.max(1, x(interval[1]) - x(interval[0])),
          height: 8,
          class: 'area trade',
        }),
      )
    parts.push(element('circle', { cx: x(mean), cy: y, r: 5, class: 'point' }))
  })
  parts.push(text(unit, { x: right, y: bottom + 32, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, bottom + 38, alternative, parts)
}
