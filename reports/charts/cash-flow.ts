import type { Markup } from '../html/markup.ts'
import { linesAcross } from './axis.ts'
import { legend } from './legend.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { element, labelWidth, linePath, svg, text } from './svg.ts'

export interface CashFlowOptions {
  readonly width: number
  readonly alternative: string
  /** By year, today first, USD: what moves, and the running sums of it. */
  readonly flows: readonly number[]
  readonly cumulative: readonly number[]
  readonly discounted: readonly number[]
  /** Where the sums come to stay above zero; null: nowhere. */
  readonly paybackYears: number | null
  readonly discountedPaybackYears: number | null
}

/** Money of every year as columns, its running sum and the discounted one as lines, with the moment that it is back. */
export function cashFlow(options: CashFlowOptions): Markup {
  const { width, alternative, flows, cumulative, discounted, paybackYears, discountedPaybackYears } = options
  const narrow = width < 500
  const key = legend(
    [
      { label: 'of the year', className: 'grid' },
      { label: 'sum', className: 'load', kind: 'line' },
      { label: 'sum, discounted', className: 'load', kind: 'dashed' },
    ],
    0,
    12,
    width,
  )
  const [left, top, right] = [62, key.height + 26, width - 8]
  const bottom = top + (narrow ? 210 : 250)
  const all = [...flows, ...cumulative, ...discounted]
  const [low, high] = niceRange(Math.min(...all), Math.max(...all), 5)
  const y = linear(low, high, bottom, top)
  const x = linear(0, flows.length, left, right)
  const middle = (year: number): number => x(year + 0.5)
  const slot = x(1) - x(0)
  const parts: Markup[] = [...key.parts, text('USD', { x: 0, y: top - 9, class: 'tick' })]
  parts.push(
    ...linesAcross(ticks(low, high, 5), y, left, right, (tick) =>
      tick.toLocaleString('en-US').replace('-', '−'),
    ),
  )
  flows.forEach((usd, year) =>
    parts.push(
      element('rect', {
        x: x(year) + slot * 0.14,
        y: Math.min(y(usd), y(0)),
        width: slot * 0.72,
        height: Math.abs(y(usd) - y(0)),
        class: `bar ${usd < 0 ? 'loss' : 'grid'}`,
      }),
    ),
  )
  const line = (sums: readonly number[], className: string) =>
    element('path', {
      d: linePath(
        sums.map((_, year) => middle(year)),
        sums.map((usd) => y(usd)),
      ),
      class: `line load ${className}`,
    })
  parts.push(line(cumulative, ''), line(discounted, 'dashed'))
  // The sums come from below: above the line there is room to the left of a mark, below it to the right.
  for (const [years, label, above] of [
    [paybackYears, 'back', true],
    [discountedPaybackYears, 'discounted', false],
  ] as const) {
    if (years === null || years <= 0) continue
    const at = middle(years)
    const said = `${label}: ${years.toFixed(1)} years`
    const wide = labelWidth(said) + 8
    const end = above ? at - wide > left : at + wide > width
    parts.push(
      element('circle', { cx: at, cy: y(0), r: 5, class: 'point' }),
      text(said, {
        x: end ? at - 8 : at + 8,
        y: above ? y(0) - 16 : y(0) + 18,
        class: 'label halo',
        'text-anchor': end ? 'end' : 'start',
      }),
    )
  }
  for (const year of ticks(0, flows.length - 1, narrow ? 4 : 8))
    parts.push(
      text(String(year), { x: middle(year), y: bottom + 15, class: 'tick', 'text-anchor': 'middle' }),
    )
  parts.push(text('year', { x: right, y: bottom + 31, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, bottom + 38, alternative, parts)
}
