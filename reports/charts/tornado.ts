import type { Markup } from '../html/markup.ts'
import { linesDown } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { element, labelWidth, svg, text } from './svg.ts'

export interface TornadoRow {
  readonly label: string
  readonly lowResult: number
  readonly highResult: number
  /** What the input is at that end, with its unit. */
  readonly lowInput: string
  readonly highInput: string
}

export interface TornadoOptions {
  readonly width: number
  readonly alternative: string
  readonly unit: string
  readonly base: number
}

/** One bar for each input from the result at its low value to that at its high value; the ends say the input. */
export function tornado(rows: readonly TornadoRow[], options: TornadoOptions): Markup {
  const { width, alternative, unit, base } = options
  const narrow = width < 500
  const names = narrow ? 0 : Math.max(...rows.map(({ label }) => labelWidth(label))) + 12
  const inputs = Math.max(...rows.flatMap((row) => [labelWidth(row.lowInput), labelWidth(row.highInput)])) + 8
  const rowHeight = narrow ? 42 : 28
  const [top, barHeight] = [22, 14]
  const bottom = top + rows.length * rowHeight
  const all = [base, ...rows.flatMap(({ lowResult, highResult }) => [lowResult, highResult])]
  const [least, greatest] = [Math.min(...all), Math.max(...all)]
  // A tornado shows differences: zero is there only where it lies among them.
  const crosses = least < 0 && greatest > 0
  const room = (greatest - least || 1) * 0.06
  const [from, to] = crosses ? niceRange(least, greatest, 5) : [least - room, greatest + room]
  const x = linear(from, to, names + inputs, width - inputs)
  const parts: Markup[] = [
    ...linesDown(ticks(from, to, narrow ? 3 : 5), x, top, bottom),
    element('line', { x1: x(base), x2: x(base), y1: top - 4, y2: bottom, class: 'line load dashed' }),
    text('this run', { x: x(base), y: top - 8, class: 'tick', 'text-anchor': 'middle' }),
  ]
  rows.forEach(({ label, lowResult, highResult, lowInput, highInput }, at) => {
    const y = top + at * rowHeight + (narrow ? 22 : (rowHeight - barHeight) / 2)
    const bar = (result: number, className: string) =>
      element('rect', {
        x: Math.min(x(result), x(base)),
        y,
        width: Math.max(0.5, Math.abs(x(result) - x(base))),
        height: barHeight,
        class: `bar ${className}`,
      })
    const end = (result: number, other: number, input: string) => {
      const left = result < other || (result === other && input === lowInput)
      return text(input, {
        x: left ? Math.min(x(result), x(base)) - 5 : Math.max(x(result), x(base)) + 5,
        y: y + 11,
        class: 'tick halo',
        'text-anchor': left ? 'end' : 'start',
      })
    }
    parts.push(
      text(label, narrow ? { x: 0, y: y - 6, class: 'label' } : { x: 0, y: y + 11, class: 'label' }),
      bar(lowResult, 'grid'),
      bar(highResult, 'solar'),
      end(lowResult, highResult, lowInput),
      end(highResult, lowResult, highInput),
    )
  })
  parts.push(text(unit, { x: width - 8, y: bottom + 30, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, bottom + 36, alternative, parts)
}
