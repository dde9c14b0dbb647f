import type { Markup } from '../html/markup.ts'
import { type BarsOptions, type FloatingBar, floatingBars } from './floating-bars.ts'

export interface WaterfallStep {
  readonly label: string
  /** Change of the running sum; for a sum row, nothing. */
  readonly change: number
  readonly className: string
}

/** From a start through changes to an end; the end is the sum, so nothing can be missing. */
export function waterfall(
  start: { label: string; value: number },
  steps: readonly WaterfallStep[],
  endLabel: string,
  format: (value: number) => string,
  signedFormat: (value: number) => string,
  options: BarsOptions,
): Markup {
  const bars: FloatingBar[] = [
    {
      label: start.label,
      from: 0,
      to: start.value,
      value: format(start.value),
      className: 'sum',
      strong: true,
      joined: true,
    },
  ]
  let running = start.value
  for (const { label, change, className } of steps) {
    bars.push({
      label,
      from: running,
      to: running + change,
      value: signedFormat(change),
      className,
      joined: true,
    })
    running += change
  }
  bars.push({ label: endLabel, from: 0, to: running, value: format(running), className: 'sum', strong: true })
  return floatingBars(bars, options)
}
