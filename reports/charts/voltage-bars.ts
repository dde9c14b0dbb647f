import type { Markup } from '../html/markup.ts'
import { linear, ticks } from './scale.ts'
import { element, labelWidth, svg, text } from './svg.ts'

export interface VoltageBar {
  readonly label: string
  /** Lowest and highest voltage, per unit. */
  readonly minPu: number
  readonly maxPu: number
}

export interface VoltageOptions {
  readonly width: number
  readonly alternative: string
  /** Limits, drawn as lines. */
  readonly limits: { readonly minPu: number; readonly maxPu: number }
}

const ROW = 22

/** A bar for each bus, from its lowest to its highest voltage, between the limits. */
export function voltageBars(
  bars: readonly VoltageBar[],
  { width, alternative, limits }: VoltageOptions,
): Markup {
  const least = Math.min(limits.minPu, ...bars.map(({ minPu }) => minPu))
  const most = Math.max(limits.maxPu, ...bars.map(({ maxPu }) => maxPu))
  const room = (most - least) * 0.04
  const left = Math.min(width * 0.4, Math.max(...bars.map(({ label }) => labelWidth(label))) + 12)
  const x = linear(least - room, most + room, left, width - 12)
  const top = 20
  const bottom = top + bars.length * ROW
  const parts: Markup[] = []
  for (const tick of ticks(least - room, most + room, width < 500 ? 4 : 8)) {
    parts.push(
      element('line', { x1: x(tick), x2: x(tick), y1: top, y2: bottom, class: 'grid-line' }),
      text(tick.toFixed(2), { x: x(tick), y: bottom + 14, class: 'tick', 'text-anchor': 'middle' }),
    )
  }
  for (const [limit, name] of [
    [limits.minPu, 'lower limit'],
    [limits.maxPu, 'upper limit'],
  ] as const) {
    parts.push(
      element('line', { x1: x(limit), x2: x(limit), y1: top - 4, y2: bottom, class: 'zero' }),
      text(name, { x: x(limit), y: top - 8, class: 'tick', 'text-anchor': limit > 1 ? 'end' : 'start' }),
    )
  }
  for (const [row, { label, minPu, maxPu }] of bars.entries()) {
    const y = top + row * ROW + 4
    parts.push(
      text(label, { x: 0, y: y + 11, class: 'label' }),
      element('rect', {
        x: x(minPu),
        y,
        width: Math.max(1, x(maxPu) - x(minPu)),
        height: ROW - 8,
        class: 'bar grid',
      }),
    )
  }
  parts.push(text('p.u.', { x: width, y: bottom + 30, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, bottom + 34, alternative, parts)
}
