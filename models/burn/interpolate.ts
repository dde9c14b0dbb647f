/**
 * A register between two telemetry points, whole milliwatt-hours: the straight line, rounded down. Values
 * at successive boundaries are differenced afterwards, so that the parts of a stretch add up to what
 * its ends say, whatever was rounded: energy is kept.
 *
 * @param fromTime time of the earlier point, any unit
 * @param from register there
 * @param toTime time of the later point, in the same unit, later than `fromTime`
 * @param to register there, not below `from`
 * @param time within the two
 */
export function registerBetween(
  fromTime: number,
  from: number,
  toTime: number,
  to: number,
  time: number,
): number {
  if (time >= toTime) return to
  if (time <= fromTime) return from
  return from + Math.floor(((to - from) * (time - fromTime)) / (toTime - fromTime))
}

/**
 * A verified loss over the intervals between two anchors, in proportion to what each moved and waited: each interval's
 * part, whole milliwatt-hours, adds up to the whole.
 * @param weights of the intervals, >= 0; all zero: by time
 */
export function attribute(milliWh: number, weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const parts = new Float64Array(weights.length)
  let sum = 0
  let given = 0
  for (let at = 0; at < weights.length; at++) {
    sum += total > 0 ? weights[at] : 1
    const upTo = Math.floor((milliWh * sum) / (total > 0 ? total : weights.length))
    const end = at === weights.length - 1 ? milliWh : upTo
    parts[at] = end - given
    given = end
  }
  return parts
}
