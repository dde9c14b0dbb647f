import type { Markup } from '../html/markup.ts'
import { linear } from './scale.ts'
import { element, labelWidth, svg, text } from './svg.ts'

export interface GanttBar {
  readonly label: string
  /** First and last month, counted from 1. */
  readonly from: number
  readonly to: number
}

export interface GanttMark {
  /** Short name beside the mark. */
  readonly name: string
  /** At the end of this month. */
  readonly month: number
}

/** Bars below each other over months, with diamonds and dashed lines where something is decided. */
export function gantt(
  bars: readonly GanttBar[],
  marks: readonly GanttMark[],
  { width, months, alternative }: { width: number; months: number; alternative: string },
): Markup {
  const narrow = width < 500
  const left = narrow ? 6 : Math.max(...bars.map(({ label }) => labelWidth(label))) + 14
  const right = width - 14
  const top = 30
  const row = narrow ? 38 : 27
  const bottom = top + bars.length * row
  const x = linear(0, months, left, right)
  const step = Math.max(1, Math.ceil(months / (narrow ? 8 : 12) / 3) * 3)
  const ticks = Array.from({ length: Math.floor(months / step) + 1 }, (_, at) => at * step)
  const parts: Markup[] = ticks.flatMap((month) => [
    element('line', { x1: x(month), x2: x(month), y1: top, y2: bottom, class: 'grid-line' }),
    text(String(month), { x: x(month), y: bottom + 15, class: 'tick', 'text-anchor': 'middle' }),
  ])
  bars.forEach(({ label, from, to }, at) => {
    const y = top + at * row + (narrow ? 19 : 6)
    parts.push(
      element('rect', {
        x: x(from - 1),
        y,
        width: Math.max(2, x(to) - x(from - 1)),
        height: 14,
        class: 'bar grid',
      }),
      text(label, narrow ? { x: left, y: y - 5, class: 'label halo' } : { x: 0, y: y + 11, class: 'label' }),
    )
  })
  for (const { name, month } of marks) {
    const at = x(month)
    parts.push(
      element('line', { x1: at, x2: at, y1: top - 4, y2: bottom, class: 'join' }),
      element('path', { d: `M${at} ${top - 14}l6 6l-6 6l-6 -6Z`, class: 'bar trade' }),
      text(name, { x: at - 9, y: top - 5, class: 'tick', 'text-anchor': 'end' }),
    )
  }
  parts.push(text('month', { x: right, y: bottom + 31, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, bottom + 36, alternative, parts)
}
