import type { Markup } from '../html/markup.ts'
import { element, svg, text } from './svg.ts'

/** Worth of one size. */
export interface MapCell {
  readonly panelsKw: number
  readonly batteryKwh: number
  /** Thousands of USD. */
  readonly value: number
}

/** Most columns or rows of panels that are drawn; of more every so many, and the best. */
const MOST = 17

/** Panels that are drawn: evenly, with the best and both ends. */
export function drawnSizes(sizes: readonly number[], best: number): number[] {
  const every = Math.ceil((sizes.length - 1) / (MOST - 1)) || 1
  return sizes.filter((size, at) => at % every === 0 || size === best || at === sizes.length - 1)
}

const cellText = (value: number): string => {
  const digits = Math.abs(value) < 9.95 ? 1 : 0
  const shown = Math.abs(value).toFixed(digits)
  return Number(shown) === 0 ? '0' : `${value < 0 ? '−' : ''}${shown}`
}

/**
 * Worth of every pair of sizes as a field of cells, each with its number: better than nothing in one color, worse in
 * another, the further from it the stronger; the best has a frame. Panels run across, on narrow drawings down.
 */
export function sizeMap(
  cells: readonly MapCell[],
  { width, alternative }: { width: number; alternative: string },
): Markup {
  const narrow = width < 500
  let best = cells[0]
  for (const cell of cells) if (cell.value > best.value) best = cell
  const sorted = (values: readonly number[]): number[] => [...new Set(values)].toSorted((a, b) => a - b)
  const panels = drawnSizes(sorted(cells.map(({ panelsKw }) => panelsKw)), best.panelsKw)
  const batteries = sorted(cells.map(({ batteryKwh }) => batteryKwh))
  const [left, top] = [48, narrow ? 58 : 40]
  const [columns, rows] = narrow ? [batteries, panels] : [panels, batteries.toReversed()]
  const cellWidth = (width - left - 2) / columns.length
  const cellHeight = narrow ? 24 : 32
  const greatest = Math.max(...cells.map(({ value }) => Math.abs(value)), 1e-9)
  const parts: Markup[] = [
    text(narrow ? 'battery, kWh →' : 'battery, kWh', { x: 0, y: 12, class: 'tick' }),
    text(narrow ? 'panels, kW ↓' : 'panels, kW →', {
      x: narrow ? 0 : width,
      y: narrow ? 30 : 12,
      class: 'tick',
      'text-anchor': narrow ? 'start' : 'end',
    }),
  ]
  columns.forEach((value, at) =>
    parts.push(
      text(String(value), {
        x: left + (at + 0.5) * cellWidth,
        y: top - 8,
        class: 'tick',
        'text-anchor': 'middle',
      }),
    ),
  )
  rows.forEach((value, row) => {
    const y = top + row * cellHeight
    parts.push(
      text(String(value), { x: left - 8, y: y + cellHeight / 2 + 4, class: 'tick', 'text-anchor': 'end' }),
    )
    columns.forEach((other, column) => {
      const [panelsKw, batteryKwh] = narrow ? [value, other] : [other, value]
      const cell = cells.find((one) => one.panelsKw === panelsKw && one.batteryKwh === batteryKwh)
      if (cell === undefined) return
      const x = left + column * cellWidth
      const strength = 0.08 + 0.37 * (Math.abs(cell.value) / greatest)
      parts.push(
        element('rect', {
          x: x + 0.5,
          y: y + 0.5,
          width: cellWidth - 1,
          height: cellHeight - 1,
          class: `bar ${cell.value < 0 ? 'loss' : 'battery'}`,
          'fill-opacity': strength.toFixed(2),
        }),
        ...(cell === best
          ? [
              element('rect', {
                x: x + 1.5,
                y: y + 1.5,
                width: cellWidth - 3,
                height: cellHeight - 3,
                class: 'frame',
              }),
            ]
          : []),
        text(cellText(cell.value), {
          x: x + cellWidth / 2,
          y: y + cellHeight / 2 + 4,
          class: cell === best ? 'label strong' : 'label',
          'text-anchor': 'middle',
        }),
      )
    })
  })
  return svg(width, top + rows.length * cellHeight + 4, alternative, parts)
}
