/** A commercial or industrial site: a load around the clock, and one while it is open. */
export interface CommercialParameters {
  /** Power when open and in full use, kW. */
  readonly peakKw: number
  /** Part of the peak that is drawn when closed. */
  readonly baseFraction: number
  /** Local hours of opening, from midnight; closing after midnight is not modelled. */
  readonly openHour: number
  readonly closeHour: number
  /** Hours of starting up before opening, and of closing down after. */
  readonly rampHours: number
  /** Part of a weekday's use on Saturday and on Sunday, beyond the base. */
  readonly saturdayFraction: number
  readonly sundayFraction: number
}

/**
 * Mean power at a local time, kW: base, straight ramps to full use, base. An assumption in the shape of
 * metered offices and shops, not a measurement: where a meter's series is there, use that.
 *
 * @param hour local hour of the day, 0 to 24, the middle of the interval
 * @param weekday 1 Monday to 7 Sunday
 */
export function commercialKw(site: CommercialParameters, hour: number, weekday: number): number {
  const { peakKw, baseFraction, openHour, closeHour, rampHours } = site
  const up = rampHours === 0 ? Number(hour >= openHour) : (hour - (openHour - rampHours)) / rampHours
  const down = rampHours === 0 ? Number(hour < closeHour) : (closeHour + rampHours - hour) / rampHours
  const use = Math.max(0, Math.min(1, up, down))
  const part = weekday === 7 ? site.sundayFraction : weekday === 6 ? site.saturdayFraction : 1
  return peakKw * (baseFraction + (1 - baseFraction) * use * part)
}
