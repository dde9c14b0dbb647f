import type { Markup } from '../html/markup.ts'
import { legend } from './legend.ts'
import { linear } from './scale.ts'
import { element, svg, text } from './svg.ts'

export interface FlowBar {
  readonly label: string
  readonly parts: readonly {
    readonly label: string
    readonly className: string
    /** >= 0. */
    readonly value: number
    /** The value as it is said. */
    readonly text: string
  }[]
}

const HEIGHT = 26

/** Bars of parts that lie above each other on one scale: where something came from, where it went. */
export function flowBars(bars: readonly FlowBar[], width: number, alternative: string): Markup {
  const most = Math.max(...bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)))
  const x = linear(0, most > 0 ? most : 1, 0, width)
  const drawn: Markup[] = []
  let top = 0
  for (const { label, parts } of bars) {
    drawn.push(text(label, { x: 0, y: top + 12, class: 'strong' }))
    const shown = parts.filter(({ value }) => value > 0)
    let sum = 0
    for (const part of shown) {
      const [from, to] = [x(sum), x(sum + part.value)]
      drawn.push(
        element('rect', {
          x: from,
          y: top + 20,
          width: Math.max(0.8, to - from - 1),
          height: HEIGHT,
          class: `bar ${part.className}`,
        }),
      )
      sum += part.value
    }
    const key = legend(
      shown.map((part) => ({ label: `${part.label} ${part.text}`, className: part.className })),
      0,
      top + 20 + HEIGHT + 14,
      width,
    )
    drawn.push(...key.parts)
    top += 20 + HEIGHT + 8 + key.height + 10
  }
  return svg(width, top, alternative, drawn)
}
