import type { Schedule } from './rate.ts'

/** A row of a schedule as people write it: 24 digits, the period of each hour. */
export const SCHEDULE_ROW = /^\d{24}$/

const rows = (texts: readonly string[]): number[][] =>
  Array.from({ length: 12 }, (_, month) => Array.from(texts[texts.length === 1 ? 0 : month], Number))

/**
 * A schedule of texts, one for all months or twelve, January first.
 * @param weekend left out: the same
 */
export const scheduleOf = (weekday: readonly string[], weekend: readonly string[] = weekday): Schedule => ({
  weekday: rows(weekday),
  weekend: rows(weekend),
})
