import type { BurnFleet } from './fleet.ts'

/** A battery that was told to keep a reserve refuses earlier: so much more may be predicted, kWh. */
export const RESERVE_GATE_KWH = 1
/** Doubted refusals that close among themselves so often in a row are believed. */
const AGREEING = 3
/** Between two of them so much must have been charged, part of nameplate energy. */
const LEAST_CYCLE = 0.25

/**
 * Is a refusal to discharge believable? Not while the prediction holds more than `gateKwh + 3·scale`
 * (a cold lock-out or a fault then): no anchor is submitted, and nothing is burned.
 */
export const refusalIsPlausible = (midKwh: number, scale: number, gateKwh: number): boolean =>
  midKwh <= gateKwh + 3 * scale

/**
 * A refusal that was not believed: true once three in a row say the same. Each time a quarter of the
 * battery and more was charged since the one before, and came out again but for the learnt loss, so that it
 * stood as empty at both: then it is the prediction that is wrong (a capacity that stepped down, a
 * battery that was swapped), not the battery.
 */
export function doubtRefusal(
  fleet: BurnFleet,
  battery: number,
  charge: number,
  discharge: number,
  hours: number,
): boolean {
  const chargedKwh = (charge - fleet.doubtedCharge[battery]) / 1e6
  const dischargedKwh = (discharge - fleet.doubtedDischarge[battery]) / 1e6
  const elapsed = hours - fleet.doubtedHours[battery]
  const first = fleet.doubtedHours[battery] === 0
  if (!first && chargedKwh < (LEAST_CYCLE * fleet.nameplateMilliWh[battery]) / 1e6) return false
  fleet.doubted[battery]++
  const left = fleet.eta[battery] * chargedKwh - dischargedKwh - fleet.betaKw[battery] * elapsed
  const open = 0.2 + 0.03 * (chargedKwh + dischargedKwh)
  fleet.doubtedAgreeing[battery] = !first && Math.abs(left) <= open ? fleet.doubtedAgreeing[battery] + 1 : 0
  fleet.doubtedCharge[battery] = charge
  fleet.doubtedDischarge[battery] = discharge
  fleet.doubtedHours[battery] = hours
  return fleet.doubtedAgreeing[battery] >= AGREEING
}

/** After a refusal that was believed, doubts start again. */
export function endDoubt(fleet: BurnFleet, battery: number): void {
  fleet.doubtedAgreeing[battery] = 0
  fleet.doubtedHours[battery] = 0
}
