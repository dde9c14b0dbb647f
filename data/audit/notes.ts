import type { Check } from './check.ts'

/** What the loader had to do to the source's rows. */
export const loaderNotes: Check = ({ load, solar }) =>
  [...new Set([...(load?.notes ?? []), ...(solar?.notes ?? [])])].map((note) => ({
    severity: 'info' as const,
    finding: note,
    action: 'Every row is used once and every hour has one: sums are those of the source.',
  }))
