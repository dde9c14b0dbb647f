import type { Markup } from '../html/markup.ts'
import { element, text } from './svg.ts'

const tickText = (value: number): string => String(value).replace('-', '−')

/** A line down the drawing at each value of a scale that runs across, with its number below. */
export const linesDown = (
  values: readonly number[],
  x: (value: number) => number,
  top: number,
  bottom: number,
): Markup[] =>
  values.flatMap((value) => [
    element('line', {
      x1: x(value),
      x2: x(value),
      y1: top,
      y2: bottom,
      class: value === 0 ? 'zero' : 'grid-line',
    }),
    text(tickText(value), { x: x(value), y: bottom + 14, class: 'tick', 'text-anchor': 'middle' }),
  ])

/** A line across the drawing at each value of a scale that runs upwards, with its number on the left. */
export const linesAcross = (
  values: readonly number[],
  y: (value: number) => number,
  left: number,
  right: number,
  label: (value: number) => string = tickText,
): Markup[] =>
  values.flatMap((value) => [
    element('line', {
      x1: left,
      x2: right,
      y1: y(value),
      y2: y(value),
      class: value === 0 ? 'zero' : 'grid-line',
    }),
    text(label(value), { x: left - 6, y: y(value) + 4, class: 'tick', 'text-anchor': 'end' }),
  ])
