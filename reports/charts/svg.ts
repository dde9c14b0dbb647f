import { escape, Markup } from '../html/markup.ts'

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** A coordinate with one decimal: enough for paper, and the same bytes everywhere. */
export const round = (value: number): number => Math.round(value * 10) / 10

function attributes(values: Attributes): string {
  let text = ''
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    text += ` ${name}="${typeof value === 'number' ? round(value) : escape(value)}"`
  }
  return text
}

/** One element; children are elements. Colors come from classes, so that themes and print can set them. */
export const element = (name: string, values: Attributes, children: readonly Markup[] = []): Markup =>
  new Markup(
    children.length === 0
      ? `<${name}${attributes(values)}/>`
      : `<${name}${attributes(values)}>${children.map(({ html }) => html).join('')}</${name}>`,
  )

export const text = (content: string, values: Attributes): Markup =>
  new Markup(`<text${attributes(values)}>${escape(content)}</text>`)

/** The drawing with its text alternative; it scales to the width of its figure. */
export function svg(width: number, height: number, alternative: string, children: readonly Markup[]): Markup {
  const values = {
    viewBox: `0 0 ${width} ${round(height)}`,
    class: 'chart',
    role: 'img',
    'aria-label': alternative,
  }
  return new Markup(`<svg${attributes(values)}>${children.map(({ html }) => html).join('')}</svg>`)
}

/** Path through points, a new piece after every gap (NaN). */
export function linePath(xs: readonly number[], ys: readonly number[]): string {
  let path = ''
  let pen = false
  for (let at = 0; at < xs.length; at++) {
    if (Number.isNaN(ys[at])) {
      pen = false
      continue
    }
    path += `${pen ? 'L' : 'M'}${round(xs[at])} ${round(ys[at])}`
    pen = true
  }
  return path
}

/** Closed path between an upper and a lower edge. */
export function bandPath(xs: readonly number[], upper: readonly number[], lower: readonly number[]): string {
  if (xs.length === 0) return ''
  const back = xs.toReversed()
  const under = lower.toReversed()
  return `${linePath(xs, upper)}${linePath(back, under).replace('M', 'L')}Z`
}

/** Width of a label in units of the drawing; a rough mean for system fonts at 12 units. */
export const labelWidth = (label: string, size = 12): number => label.length * size * 0.56
