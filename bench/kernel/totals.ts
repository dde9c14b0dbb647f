import { type KernelState, SUMS } from '../../sim/kernel/kernel.ts'

/** Totals over all homes, home after home as in C: SUMS, then energy and health at the end. */
export function totalsOf({ sums, energyKwh, sohFraction }: KernelState): number[] {
  return [...SUMS.map((name) => sums[name]), energyKwh, sohFraction].map((column) =>
    column.reduce((sum, value) => sum + value, 0),
  )
}

/** Greatest deviation of totals from others, relative; 0: equal to the last bit. */
export const deviation = (ours: readonly number[], theirs: readonly number[]): number =>
  Math.max(...ours.map((value, at) => (value === theirs[at] ? 0 : Math.abs(value / theirs[at] - 1))))

/** Agreement in words. */
export const agreement = (worst: number): string =>
  worst === 0 ? 'equal to the last bit' : `equal within ${worst.toExponential(0)} of each`
