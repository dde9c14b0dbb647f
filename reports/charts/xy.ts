import type { Markup } from '../html/markup.ts'
import { legend } from './legend.ts'
import { linesAcross } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { element, labelWidth, linePath, svg, text } from './svg.ts'

/** Classes that give a series its color, in their order. */
const COLORS = ['grid', 'solar', 'battery', 'trade', 'loss', 'load'] as const

export interface XySeries {
  readonly label: string
  /** One for each x; NaN: a gap. */
  readonly values: readonly number[]
}

export interface XyOptions {
  readonly width: number
  readonly alternative: string
  /** Lines through the points, points alone, or columns beside each other. */
  readonly kind: 'line' | 'points' | 'bars'
  /** Numbers, or names that stand evenly. */
  readonly x: readonly number[] | readonly string[]
  readonly xLabel: string
  readonly yLabel: string
  /** Where the x axis is labelled; else at round numbers. */
  readonly xTicks?: (from: number, to: number, count: number) => number[]
  /** Text of a number on the x axis. */
  readonly xText?: (value: number) => string
}

const numberText = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−')

/** One or more series over a common axis. */
export function xyChart(series: readonly XySeries[], options: XyOptions): Markup {
  const { width, alternative, kind, x, xLabel, yLabel, xText = numberText, xTicks = ticks } = options
  const key = legend(
    series.map(({ label }, at) => ({
      label,
      className: COLORS[at % COLORS.length],
      kind: kind === 'line' ? 'line' : 'area',
    })),
    0,
    12,
    width,
  )
  const [left, top, right] = [58, key.height + 26, width - 10]
  const bottom = top + (width < 500 ? 180 : 230)
  const finite = series.flatMap(({ values }) => values.filter(Number.isFinite))
  const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)]
  const y = linear(...(kind === 'bars' ? niceRange(low, high, 4) : around(low, high)), bottom, top)
  const named = typeof x[0] === 'string'
  const numbers = named ? x.map((_, at) => at + 0.5) : (x as readonly number[])
  const [from, to] = named || kind === 'bars' ? [0, x.length] : [Math.min(...numbers), Math.max(...numbers)]
  const places = kind === 'bars' ? numbers.map((_, at) => at + 0.5) : numbers
  const across = linear(from, to, left, right)
  const parts: Markup[] = [...key.parts, text(yLabel, { x: 0, y: top - 9, class: 'tick' })]
  parts.push(...linesAcross(ticks(y.from, y.to, 4), y, left, right, numberText))
  const most = width < 500 ? 4 : 8
  const labels =
    named || kind === 'bars'
      ? x.map((value, at) => [at + 0.5, typeof value === 'string' ? value : xText(value)] as const)
      : xTicks(from, to, most - 1).map((tick) => [tick, xText(tick)] as const)
  // Names that would meet stand in rows; of numbers some are left out.
  const widest = Math.max(...labels.map(([, label]) => labelWidth(label))) + 10
  const rows = named ? Math.min(4, Math.ceil((widest * labels.length) / (right - left))) : 1
  const every = named ? 1 : Math.ceil(labels.length / most)
  for (const [index, [at, label]] of labels.entries()) {
    if (index % every > 0) continue
    const row = (index / every) % rows
    parts.push(
      text(label, {
        x: Math.min(across(at), width - labelWidth(label) / 2),
        y: bottom + 16 + 15 * row,
        class: 'tick',
        'text-anchor': 'middle',
      }),
    )
  }
  const foot = bottom + 15 * (rows - 1)
  series.forEach(({ values }, at) => parts.push(...drawn(values, at)))
  parts.push(text(xLabel, { x: right, y: foot + 33, class: 'tick', 'text-anchor': 'end' }))
  return svg(width, foot + 40, alternative, parts)

  function drawn(values: readonly number[], at: number): Markup[] {
    const color = COLORS[at % COLORS.length]
    if (kind === 'line') {
      const path = linePath(
        places.map((place) => across(place)),
        values.map((value) => (Number.isFinite(value) ? y(value) : Number.NaN)),
      )
      return [element('path', { d: path, class: `line ${color}` })]
    }
    const shown = values.flatMap((value, row) =>
      Number.isFinite(value) ? [[places[row], value] as const] : [],
    )
    if (kind === 'points')
      return shown.map(([place, value]) =>
        element('circle', { cx: across(place), cy: y(value), r: 3.2, class: `area ${color}` }),
      )
    const slot = (right - left) / x.length
    const bar = Math.min(48, (slot * 0.8) / series.length)
    return shown.map(([place, value]) =>
      element('rect', {
        x: across(place) + (at - series.length / 2) * bar,
        y: Math.min(y(value), y(0)),
        width: bar * 0.94,
        height: Math.abs(y(value) - y(0)),
        class: `bar ${color}`,
      }),
    )
  }
}

/** A range with a little room, on round numbers, without zero where the data are far from it. */
function around(low: number, high: number): [number, number] {
  if (low >= 0 && low < high / 2) return niceRange(0, high, 4)
  if (high <= 0 && high > low / 2) return niceRange(low, 0, 4)
  const room = (high - low || Math.abs(high) || 1) * 0.08
  return [low - room, high + room]
}
