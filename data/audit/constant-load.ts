import { type Check, hoursOf, plural, startOf } from './check.ts'

/** A measured load does not repeat to the last digit for this long. */
const SUSPICIOUS_HOURS = 5

/** The same value again and again: a stuck meter, or a gap that somebody filled. */
export const constantLoad: Check = ({ load, timeZone }) => {
  if (load === null) return []
  let runs = 0
  let longest = 0
  let longestStart = 0
  for (let at = 0; at < load.milliWh.length;) {
    let end = at + 1
    while (end < load.milliWh.length && load.milliWh[end] === load.milliWh[at]) end++
    const length = end - at
    if (hoursOf(load, length) >= SUSPICIOUS_HOURS) {
      runs++
      if (length > longest) {
        longest = length
        longestStart = at
      }
    }
    at = end
  }
  if (runs === 0) return []
  return [
    {
      severity: 'warning',
      finding: `${plural(runs, 'run')} of one constant load for ${SUSPICIOUS_HOURS} hours or more, the longest ${plural(hoursOf(load, longest), 'hour')} from ${startOf(load, longestStart, timeZone)}.`,
      action: 'Left as measured.',
    },
  ]
}
