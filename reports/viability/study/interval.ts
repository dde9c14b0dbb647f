import { quantileSorted } from 'simple-statistics'
import type { Interval, SometimesInterval } from '../../../data/viability-files.ts'

/** Percentiles of values, at least one. */
export function intervalOf(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => {
    const value = quantileSorted(sorted, share)
    return value === 0 ? 0 : value
  }
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
}

export const intervalOrNull = (values: readonly (number | null)[]): Interval | null => {
  const there = values.filter((value) => value !== null)
  return there.length === values.length && there.length > 0 ? intervalOf(there) : null
}

/** Of what exists in some draws only: `several` stands for one that has more than one answer. */
export function sometimesOf(values: readonly (number | null | 'several')[]): SometimesInterval {
  const there = values.filter((value): value is number => typeof value === 'number')
  return {
    share: there.length / values.length,
    interval: there.length === 0 ? null : intervalOf(there),
    severalShare: values.filter((value) => value === 'several').length / values.length,
  }
}

export const shareOf = <T>(values: readonly T[], is: (value: T) => boolean): number =>
  values.filter(is).length / values.length
