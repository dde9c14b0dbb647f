import type { Markup } from '../html/markup.ts'
import { legend } from './legend.ts'
import { linesAcross } from './axis.ts'
import { linear, niceRange, ticks } from './scale.ts'
import { bandPath, element, linePath, svg, text } from './svg.ts'

export interface FanOptions {
  readonly width: number
  readonly alternative: string
  readonly unit: string
  /** Color of bands and line. */
  readonly className: string
  /** Pairs of edges from the outermost in, each with its name. */
  readonly bands: readonly {
    readonly label: string
    readonly low: readonly number[]
    readonly high: readonly number[]
  }[]
  readonly middle: readonly number[]
  readonly actual: readonly number[]
  /** Slots in a day, and a name for each day. */
  readonly slotsPerDay: number
  readonly days: readonly string[]
}

const LEFT = 40
const HEIGHT = 170

/** A forecast as bands about its median, with what was measured on top. */
export function fan(options: FanOptions): Markup {
  const { width, alternative, unit, className, bands, middle, actual, slotsPerDay, days } = options
  const key = legend(
    [
      ...bands.map(({ label }, at) => ({
        label,
        className: `${className} band-${at}`,
        kind: 'area' as const,
      })),
      { label: 'median', className, kind: 'line' },
      { label: `measured, ${unit}`, className: 'measured', kind: 'dashed' },
    ],
    LEFT,
    10,
    width,
  )
  const top = key.height + 12
  const bottom = top + HEIGHT
  const greatest = [...actual, ...bands[0].high].reduce((most, value) => (value > most ? value : most), 0)
  const [, high] = niceRange(0, greatest, 3)
  const x = linear(0, middle.length, LEFT, width - 2)
  const y = linear(0, high, bottom, top)
  const xs = middle.map((_, at) => x(at + 0.5))
  const points = (values: readonly number[]) => values.map((value) => y(value))
  const parts: Markup[] = [...key.parts]
  bands.forEach(({ low, high: upper }, at) =>
    parts.push(
      element('path', { d: bandPath(xs, points(upper), points(low)), class: `area ${className} band-${at}` }),
    ),
  )
  parts.push(...linesAcross(ticks(0, high, 3), y, LEFT, width - 2))
  parts.push(
    element('path', { d: linePath(xs, points(middle)), class: `line ${className}` }),
    element('path', { d: linePath(xs, points(actual)), class: 'line measured dashed' }),
  )
  days.forEach((label, day) =>
    parts.push(
      text(label, {
        x: x((day + 0.5) * slotsPerDay),
        y: bottom + 15,
        class: 'tick',
        'text-anchor': 'middle',
      }),
    ),
  )
  return svg(width, bottom + 22, alternative, parts)
}
