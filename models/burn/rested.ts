import type { BurnFleet } from './fleet.ts'
import { lowNow, middleNow, scaleNow } from './predict.ts'

/** A one-sided bound that must hold at every rested reading of a year at once. */
const BOUND_SDS = 3.5

/**
 * A rested battery's open-circuit voltage, where it tells the charge (off the plateau): the prediction
 * starts anew from what it shows, if that is a better lower bound. It is no evidence: the contract knows
 * nothing of it, nothing is burned by it, and neither losses nor widths are learnt from it.
 *
 * @param energyKwh deliverable energy by the voltage
 * @param sdKwh its standard deviation
 * @returns whether the prediction started anew
 */
export function startAtRest(
  fleet: BurnFleet,
  battery: number,
  energyKwh: number,
  sdKwh: number,
  charge: number,
  discharge: number,
  hours: number,
): boolean {
  const middle = middleNow(fleet, battery, charge, discharge, hours)
  const scale = scaleNow(fleet, battery, charge, discharge, hours)
  const low = lowNow(fleet, battery, middle, scale, 0)
  const shown = energyKwh - BOUND_SDS * sdKwh
  if (shown <= low) return false
  fleet.anchorLowKwh[battery] = shown
  fleet.anchorKwh[battery] = middle
  fleet.anchorCharge[battery] = charge
  fleet.anchorDischarge[battery] = discharge
  fleet.anchorHours[battery] = hours
  return true
}
