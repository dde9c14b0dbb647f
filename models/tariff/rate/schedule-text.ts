import type { Schedule } from './rate.ts'

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
