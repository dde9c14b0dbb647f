/** A home that runs by itself through an outage: what it has and what it must serve. */
export interface IslandedHome {
  readonly stepHours: number
  /** By interval, kWh: what must be served, and what the sun gives. */
  readonly criticalKwh: ArrayLike<number>
  readonly solarKwh: ArrayLike<number>
  /** Deliverable energy in the battery before each interval, kWh. */
  readonly storedKwh: ArrayLike<number>
  /** Most that the battery holds, deliverable, kWh, and gives or takes, kW. */
  readonly capacityKwh: number
  readonly powerKw: number
  /** Stored deliverable energy for each kWh of solar that charges it. */
  readonly chargeFraction: number
}

/**
 * Hours through which the critical load is served when an outage begins at each interval: the battery starts with what the
 * run left in it, solar serves and then charges it, and the first interval that cannot be served in full ends the count. The
 * series is taken as a circle: an outage in its last days goes on in its first.
 *
 * @param mostHours longest outage that is looked at
 */
export function servedHours(home: IslandedHome, mostHours: number): Float64Array {
  const { stepHours, criticalKwh, solarKwh, storedKwh, capacityKwh, powerKw, chargeFraction } = home
  const count = criticalKwh.length
  const most = Math.min(Math.round(mostHours / stepHours), count)
  const power = powerKw * stepHours
  const hours = new Float64Array(count)
  for (let start = 0; start < count; start++) {
    let stored = storedKwh[start]
    let step = 0
    for (; step < most; step++) {
      const at = (start + step) % count
      const left = solarKwh[at] - criticalKwh[at]
      if (left < 0) {
        if (-left > stored + 1e-9 || -left > power + 1e-9) break
        stored += left
      } else stored = Math.min(capacityKwh, stored + Math.min(left, power) * chargeFraction)
    }
    hours[start] = step * stepHours
  }
  return hours
}
