/** What an occupant cares about, each from 0 (nothing) to 1. */
export interface Preferences {
  /** 1: devices run as if nothing were flexible; 0: all of the comfort limits may be used. */
  readonly comfort: number
  readonly green: number
  readonly local: number
  readonly price: number
}

/** What is known of an interval, each from 0 (wait) to 1 (run now). */
export interface Signals {
  /** Rank of the price among the next day's; 1 while the home's own solar would be exported for less. */
  readonly price: number
  /** Rank of the grid's carbon; 1 while solar of the home is left over. */
  readonly green: number
  /** 1 while neighbors together generate more than they use. */
  readonly local: number
}

/**
 * How much an occupant wants devices to run now, 0 to 1: the mean of the signals, weighted by what the
 * occupant cares about. Nobody who cares about nothing is flexible: ½.
 */
export function desire(preferences: Preferences, signals: Signals): number {
  const { green, local, price } = preferences
  const weight = green + local + price
  if (weight === 0) return 0.5
  return (green * signals.green + local * signals.local + price * signals.price) / weight
}

/** Set point of a store of heat: `setpoint` at ½, up to `band` · (1 − comfort) above or below. */
export const flexibleSetpoint = (setpoint: number, band: number, comfort: number, want: number): number =>
  setpoint + (2 * want - 1) * (1 - comfort) * band
