import type { Markup } from '../html/markup.ts'
import { linear, ticks } from './scale.ts'
import { element, round, svg, text } from './svg.ts'

export interface BreakEvenInput {
  /** What a kWh from a neighbor saves its buyer, ¢/kWh, at the cheapest and the dearest hour. */
  readonly avoidedLeast: number
  readonly avoidedGreatest: number
  /** What the seller gives up, ¢/kWh: least and greatest of the scenario. */
  readonly forgone: readonly [number, number]
  /** Delivery and fees on a traded kWh, ¢/kWh. */
  readonly charges: number
}

/**
 * Two-way map: a trade pays below the line `charges = avoided − forgone`. Two lines where the retail
 * price changes with the hour: below the lower one it always pays, above the upper one never.
 */
export function breakEvenMap(
  input: BreakEvenInput,
  { width, alternative }: { width: number; alternative: string },
): Markup {
  const { avoidedLeast, avoidedGreatest, forgone, charges } = input
  const narrow = width < 500
  const most = Math.ceil((Math.max(avoidedGreatest, forgone[1], charges) * 1.12) / 5) * 5
  const [left, top, right] = [44, 24, width - 10]
  const bottom = top + (narrow ? 250 : 290)
  const x = linear(0, most, left, right)
  const y = linear(0, most, bottom, top)
  const triangle = (avoided: number) =>
    `M${round(x(0))} ${round(y(0))}L${round(x(0))} ${round(y(avoided))}L${round(x(avoided))} ${round(y(0))}Z`
  const parts: Markup[] = [
    element('path', { d: triangle(avoidedGreatest), class: 'area pays-sometimes' }),
    element('path', { d: triangle(avoidedLeast), class: 'area pays' }),
  ]
  for (const tick of ticks(0, most, narrow ? 4 : 6)) {
    parts.push(
      text(String(tick), { x: x(tick), y: bottom + 15, class: 'tick', 'text-anchor': 'middle' }),
      text(String(tick), { x: left - 6, y: y(tick) + 4, class: 'tick', 'text-anchor': 'end' }),
      element('line', { x1: x(tick), x2: x(tick), y1: bottom, y2: bottom + 4, class: 'zero' }),
      element('line', { x1: left - 4, x2: left, y1: y(tick), y2: y(tick), class: 'zero' }),
    )
  }
  const line = (avoided: number, className: string) =>
    element('line', { x1: x(0), y1: y(avoided), x2: x(avoided), y2: y(0), class: `line ${className}` })
  // Inside the lower triangle, away from the scenario's point and its label.
  const labelAt = Math.abs(charges - avoidedLeast * 0.42) < most * 0.1 ? 0.07 : 0.42
  const one = Math.abs(avoidedGreatest - avoidedLeast) < 0.05
  parts.push(
    line(avoidedGreatest, one ? 'load' : 'load dashed'),
    ...(one ? [] : [line(avoidedLeast, 'load')]),
    element('line', { x1: left, x2: right, y1: bottom, y2: bottom, class: 'zero' }),
    element('line', { x1: left, x2: left, y1: top, y2: bottom, class: 'zero' }),
    text('delivery + fees, ¢/kWh', { x: 0, y: 12, class: 'tick' }),
    text('what the seller gives up, ¢/kWh', {
      x: right,
      y: bottom + 32,
      class: 'tick',
      'text-anchor': 'end',
    }),
    text('no trade pays', { x: x(most * 0.97), y: y(most * 0.9), class: 'label', 'text-anchor': 'end' }),
    text(one ? 'a trade pays' : 'pays at every hour', {
      x: x(avoidedLeast * 0.04),
      y: y(avoidedLeast * labelAt),
      class: 'label',
    }),
  )
  if (!one) {
    const middle = (avoidedLeast + avoidedGreatest) / 4
    parts.push(
      text('pays at dear hours', {
        x: x(middle),
        y: y(middle * 1.02),
        class: 'label halo',
        'text-anchor': 'middle',
      }),
    )
  }
  const [low, high] = forgone
  if (high > low) {
    parts.push(
      element('line', { x1: x(low), x2: x(high), y1: y(charges), y2: y(charges), class: 'line trade' }),
    )
  }
  for (const value of high > low ? [low, high] : [low]) {
    parts.push(element('circle', { cx: x(value), cy: y(charges), r: 6, class: 'point' }))
  }
  const rightHalf = x(high) > width * 0.6
  parts.push(
    text('this scenario', {
      x: rightHalf ? x(low) - 11 : x(high) + 11,
      y: y(charges) - 8,
      class: 'label strong halo',
      'text-anchor': rightHalf ? 'end' : 'start',
    }),
  )
  return svg(width, bottom + 40, alternative, parts)
}
