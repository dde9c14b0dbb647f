import { centsExact } from '../number-format.ts'
import type { Statement } from './statement.ts'

/** Cents as `$12.30`, without a sign. */
export const dollars = (cents: number): string => `$${centsExact(Math.abs(cents) * 10_000)}`

/** With its sign where it is below zero: `−$12.30`. */
export const signedDollars = (cents: number): string => `${cents < 0 ? '−' : ''}${dollars(cents)}`

/** Whole kilowatt-hours, one decimal below ten. */
export const energyText = (milliWh: number): string => {
  const kwh = Math.abs(milliWh) / 1e6
  return `${kwh < 9.95 ? kwh.toFixed(1) : Math.round(kwh).toLocaleString('en-US')} kWh`
}

/** The one net charge in words. */
export const chargeText = ({ netCents }: Statement): string =>
  netCents > 0
    ? `You pay ${dollars(netCents)}`
    : netCents < 0
      ? `You get ${dollars(netCents)}`
      : 'You pay nothing'

/** A comparison in words; a loss is said as one. */
export const savedText = (savedCents: number): string =>
  savedCents > 0 ? `${dollars(savedCents)} less` : savedCents < 0 ? `${dollars(savedCents)} more` : 'the same'

/** What the month came to, in a sentence: against today's rules, named. */
export function outcomeText({ comparisons }: Statement): string {
  const { savedCents } = comparisons.find(({ against }) => against === 'today')!
  if (savedCents === 0) return 'This is what you would also pay under today’s rules.'
  return savedCents > 0
    ? `You save ${dollars(savedCents)} against today’s rules.`
    : `You lose ${dollars(savedCents)} against today’s rules: under them you would pay less.`
}

/** Month in part: said beside its name. */
export const coverText = ({ covered }: Statement): string =>
  covered > 0.999 ? '' : `${Math.round(covered * 100)} % of the month`
