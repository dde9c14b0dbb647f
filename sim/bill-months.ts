import type { MarketArea } from './market-area.ts'

/** Intervals of a month of the area. */
export function stepsOfMonth(area: MarketArea, month: number): number {
  return area.monthOfStep.lastIndexOf(month) - area.monthOfStep.indexOf(month) + 1
}

/** `2016-08` so many years later: a run that repeats its days counts on. */
export const laterMonth = (month: string, years: number): string =>
  `${Number(month.slice(0, 4)) + years}${month.slice(4)}`

/** How many intervals from `at` on are of its month and of one run through the series, at most `most`. */
export function leftOfMonth({ monthOfStep, axis }: MarketArea, at: number, most: number): number {
  const end = Math.min(axis.count, at + most)
  let next = at + 1
  while (next < end && monthOfStep[next] === monthOfStep[at]) next++
  return next - at
}
