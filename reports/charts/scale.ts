/** A linear map from data to drawing. */
export interface Scale {
  (value: number): number
  readonly from: number
  readonly to: number
}

export function linear(from: number, to: number, start: number, end: number): Scale {
  const span = to === from ? 1 : to - from
  const scale = (value: number): number => start + ((value - from) / span) * (end - start)
  return Object.assign(scale, { from, to })
}

function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw))
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw * 0.999) ?? raw
}

/** Round steps of 1, 2 or 5 · 10^n that cover the range with about `count` ticks. */
export function ticks(from: number, to: number, count = 5): number[] {
  const span = to - from
  if (!(span > 0)) return [from]
  const step = roundStep(span / count)
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  // Whole multiples, so that 0.30000000000000004 never shows.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

/** A range widened to round numbers, with zero in it. */
export function niceRange(least: number, greatest: number, count = 5): [number, number] {
  const low = Math.min(0, least)
  const high = Math.max(0, greatest)
  if (low === high) return [0, 1]
  const step = roundStep((high - low) / count)
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step]
}
