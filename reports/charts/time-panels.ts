import type { Markup } from '../html/markup.ts'
import { legend } from './legend.ts'
import { linesAcross } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { bandPath, element, linePath, svg, text } from './svg.ts'

export interface TimeSeries {
  readonly label: string
  readonly className: string
  readonly kind: 'area' | 'line' | 'dashed'
  /** One value per interval; NaN: none. */
  readonly values: readonly number[]
}

export interface TimePanel {
  readonly unit: string
  readonly series: readonly TimeSeries[]
  readonly height: number
}

/** A mark on the time axis, at an interval (fractions allowed). */
export interface TimeTick {
  readonly at: number
  readonly label: string
}

export interface PanelsOptions {
  readonly width: number
  readonly alternative: string
  /** Number of intervals. */
  readonly count: number
  readonly ticks: readonly TimeTick[]
  /** Labels stand in the middle between two ticks (days) instead of at them (hours). */
  readonly between: boolean
}

const LEFT = 40

/** Panels over one time axis, each with its own unit, its series named above it. */
export function timePanels(panels: readonly TimePanel[], options: PanelsOptions): Markup {
  const { width, alternative, count } = options
  const parts: Markup[] = []
  const x = linear(0, count, LEFT, width - 2)
  let top = 0
  for (const panel of panels) top = drawPanel(panel, top, x, options, parts)
  for (const [index, { at, label }] of options.ticks.entries()) {
    const next = options.ticks[index + 1]?.at ?? count
    const middle = options.between ? (at + next) / 2 : at
    parts.push(text(label, { x: x(middle), y: top + 6, class: 'tick', 'text-anchor': 'middle' }))
  }
  return svg(width, top + 14, alternative, parts)
}

function drawPanel(
  panel: TimePanel,
  from: number,
  x: (at: number) => number,
  options: PanelsOptions,
  parts: Markup[],
): number {
  const { width, count } = options
  const key = legend(
    [...panel.series, { label: panel.unit, className: 'none', kind: 'line' }],
    LEFT,
    from + 10,
    width,
  )
  const top = from + key.height + 6
  const bottom = top + panel.height
  const values = panel.series.flatMap((series) => series.values.filter((value) => !Number.isNaN(value)))
  // A loop, not a spread: a week of minutes is more than a call takes.
  const [least, greatest] = niceRange(
    values.reduce((a, b) => Math.min(a, b), 0),
    values.reduce((a, b) => Math.max(a, b), 0),
    3,
  )
  const y = linear(least, greatest, bottom, top)
  parts.push(...key.parts)
  for (const { at } of options.ticks) {
    parts.push(element('line', { x1: x(at), x2: x(at), y1: top, y2: bottom, class: 'grid-line' }))
  }
  parts.push(...linesAcross(ticks(least, greatest, 3), y, LEFT, width - 2))
  const middles = Array.from({ length: count }, (_, at) => x(at + 0.5))
  for (const { kind, className, values: points } of panel.series) {
    const ys = points.map((value) => y(value))
    parts.push(
      kind === 'area'
        ? element('path', {
            d: bandPath(
              middles,
              ys,
              points.map(() => y(0)),
            ),
            class: `area ${className}`,
          })
        : element('path', {
            d: linePath(middles, ys),
            class: `line ${className}${kind === 'dashed' ? ' dashed' : ''}`,
          }),
    )
  }
  return bottom + 14
}
