import { xyChart } from '../../reports/charts/xy.ts'
import { NARROW, WIDE } from '../../reports/html/figure.ts'

/** What to draw. */
export interface PlotSpec {
  /** The finding, as a sentence. */
  readonly title: string
  /** Lines through the points (the default), points alone, or bars. */
  readonly kind?: 'line' | 'points' | 'bars'
  /** Numbers, times, or names that stand evenly. */
  readonly x: readonly number[] | readonly string[] | readonly Date[]
  readonly xLabel?: string
  /** What the values are, with their unit. */
  readonly yLabel: string
  /** One or more series, each a value for every x; NaN or null: a gap. */
  readonly series: readonly { readonly label: string; readonly values: readonly (number | null)[] }[]
}

/** A drawing for `show`: SVG for wide and narrow pages, and its data. */
export interface Picture {
  readonly picture: { readonly wide: string; readonly narrow: string }
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

const isDates = (x: PlotSpec['x']): x is readonly Date[] => x[0] instanceof Date

const HOUR = 3_600_000
const ROUND_HOURS = [1, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 90, 24 * 365]

/** Round times of UTC in a range, about so many. */
function timeTicks(from: number, to: number, count: number): number[] {
  const wanted = (to - from) / count
  const step = (ROUND_HOURS.find((hours) => hours * HOUR >= wanted) ?? 24 * 365) * HOUR
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step)
}

/** Day and hour of a time on the axis, UTC. */
const timeText = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(5, 16).replace('T', ' ').replace(' 00:00', '')

/**
 * Draws one or more series over a common axis.
 * @throws RangeError where a series is not as long as the axis, or there is nothing to draw
 */
export function plot(spec: PlotSpec): Picture {
  const { title, kind = 'line', x, yLabel, series } = spec
  const dates = isDates(x)
  const numbers = dates ? x.map((time) => time.getTime()) : x
  if (x.length === 0 || series.length === 0) throw new RangeError(`plot: nothing to draw in "${title}"`)
  for (const { label, values } of series)
    if (values.length !== x.length)
      throw new RangeError(`plot: ${label} has ${values.length} values, the axis ${x.length}`)
  const filled = series.map(({ label, values }) => ({
    label,
    values: values.map((value) => value ?? Number.NaN),
  }))
  const draw = (width: number) =>
    xyChart(filled, {
      width,
      alternative: title,
      kind,
      x: numbers,
      xLabel: spec.xLabel ?? (dates ? 'UTC' : ''),
      yLabel,
      ...(dates ? { xText: timeText, xTicks: timeTicks } : {}),
    }).html
  return {
    picture: { wide: draw(WIDE), narrow: draw(NARROW) },
    title,
    columns: [spec.xLabel ?? (dates ? 'UTC' : 'x'), ...series.map(({ label }) => label)],
    rows: numbers.map((value, row) => [
      dates && typeof value === 'number' ? new Date(value).toISOString() : value,
      ...series.map(({ values }) => values[row]),
    ]),
  }
}
