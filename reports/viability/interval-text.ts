import type { Interval, SometimesInterval } from '../../data/viability-files.ts'
import { type Markup, markup } from '../html/markup.ts'
import { percent } from '../number-format.ts'

type Format = (value: number) => string

/** `$14 (P10 $9, P90 $20)`. */
export const withEnds = ({ p10, p50, p90 }: Interval, format: Format): string =>
  `${format(p50)} (P10 ${format(p10)}, P90 ${format(p90)})`

/** `$9 to $20`, or one number where both ends read alike. */
export const ends = ({ p10, p90 }: Interval, format: Format): string =>
  format(p10) === format(p90) ? format(p50Of(p10, p90)) : `${format(p10)} to ${format(p90)}`

const p50Of = (p10: number, p90: number): number => (p10 + p90) / 2

/** For a cell of a table: the middle, its ends small below. */
export const cell = (interval: Interval, format: Format): Markup =>
  markup`<span class="mark">${format(interval.p50)}</span> <span class="interval">${ends(interval, format)}</span>`

/** Of what exists in some draws only, in words. */
export function sometimes({ share, interval, severalShare }: SometimesInterval, format: Format): Markup {
  if (interval === null) return markup`${severalShare > 0 ? 'multiple' : 'none'}`
  const several = severalShare > 0 ? `, multiple in ${percent(severalShare)}` : ''
  const part = share < 1 ? `; none in ${percent(1 - share - severalShare)} of draws${several}` : ''
  return markup`<span class="mark">${format(interval.p50)}</span> <span class="interval">${ends(interval, format)}${part}</span>`
}
