import type { Markup } from '../html/markup.ts'
import { linesDown } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { element, labelWidth, round, svg, text } from './svg.ts'

/** A horizontal bar from one value to another, with what is said at its end. */
export interface FloatingBar {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly value: string
  /** Class that gives the color; its meaning is fixed in the style sheet. */
  readonly className: string
  /** Sum rows are set bold. */
  readonly strong?: boolean
  /** Joined to the next bar by a thin line at `to`. */
  readonly joined?: boolean
}

export interface BarsOptions {
  readonly width: number
  readonly alternative: string
  readonly unit: string
}

/** Bars below each other, zero always in sight; on narrow drawings the label stands above its bar. */
export function floatingBars(
  bars: readonly FloatingBar[],
  { width, alternative, unit }: BarsOptions,
): Markup {
  const narrow = width < 500
  const labels = narrow
    ? 0
    : Math.min(width * 0.4, Math.max(...bars.map(({ label }) => labelWidth(label))) + 14)
  const values = Math.max(...bars.map(({ value }) => labelWidth(value))) + 10
  const rowHeight = narrow ? 40 : 26
  const barHeight = 14
  const top = 6
  const bottom = top + bars.length * rowHeight
  const [least, greatest] = niceRange(
    Math.min(...bars.flatMap(({ from, to }) => [from, to])),
    Math.max(...bars.flatMap(({ from, to }) => [from, to])),
    narrow ? 4 : 6,
  )
  // Room for half a tick's number where there are no labels beside the bars.
  const left = Math.max(6, labels) + (least < 0 ? values : 0)
  const x = linear(least, greatest, left, width - (greatest > 0 ? values : 8))
  const parts: Markup[] = []
  parts.push(...linesDown(ticks(least, greatest, narrow ? 4 : 6), x, top, bottom))
  parts.push(text(unit, { x: width, y: bottom + 30, class: 'tick', 'text-anchor': 'end' }))
  bars.forEach((bar, index) => {
    const y = top + index * rowHeight + (narrow ? 20 : (rowHeight - barHeight) / 2)
    const [low, high] = [Math.min(bar.from, bar.to), Math.max(bar.from, bar.to)]
    const negative = bar.to < bar.from
    const strong = bar.strong === true ? ' strong' : ''
    parts.push(
      element('rect', {
        x: x(low),
        y,
        width: Math.max(1, x(high) - x(low)),
        height: barHeight,
        class: `bar ${bar.className}`,
      }),
      text(
        bar.label,
        narrow ? { x: 0, y: y - 5, class: `label${strong}` } : { x: 0, y: y + 11, class: `label${strong}` },
      ),
      text(bar.value, {
        x: negative && low < 0 ? x(low) - 5 : x(high) + 5,
        y: y + 11,
        class: `value${strong}`,
        'text-anchor': negative && low < 0 ? 'end' : 'start',
      }),
    )
    if (bar.joined === true && index + 1 < bars.length) {
      parts.push(
        element('line', {
          x1: x(bar.to),
          x2: x(bar.to),
          y1: y + barHeight,
          y2: round(y + rowHeight),
          class: 'join',
        }),
      )
    }
  })
  return svg(width, bottom + 34, alternative, parts)
}
