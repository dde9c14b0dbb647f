import type { HomeResult } from '../../data/run-files.ts'
import { fromUtility, toUtility } from '../kpi/sums.ts'

/** Where energy went in a run, milliwatt-hours; each name is a stream in the flow picture. */
export interface EnergyFlows {
  solarToLoad: number
  solarToBattery: number
  solarToNeighbors: number
  solarToUtility: number
  utilityToLoad: number
  utilityToBattery: number
  utilityToStandby: number
  batteryToLoad: number
  batteryToLosses: number
  /** More (or, negative, less) in the batteries at the end than at the start. */
  batteryKept: number
  neighborsToLoad: number
}

/**
 * Streams from a home's annual sums. The dispatch charges from surplus and discharges into load, so
 * export and charge come from solar; a charge beyond the surplus came from the grid. Standby of an
 * empty battery is counted as bought from the utility as far as the home bought anything.
 */
export function flowsOf(homes: readonly HomeResult[]): EnergyFlows {
  const flows: EnergyFlows = {
    solarToLoad: 0,
    solarToBattery: 0,
    solarToNeighbors: 0,
    solarToUtility: 0,
    utilityToLoad: 0,
    utilityToBattery: 0,
    utilityToStandby: 0,
    batteryToLoad: 0,
    batteryToLosses: 0,
    batteryKept: 0,
    neighborsToLoad: 0,
  }
  for (const { total, batteryStartMilliWh, batteryEndMilliWh } of homes) {
    const gridCharge = Math.min(
      Math.max(0, total.chargeMilliWh + total.exportMilliWh - total.solarMilliWh),
      fromUtility(total),
    )
    const standby = Math.min(total.standbyMilliWh, fromUtility(total) - gridCharge)
    const kept = batteryEndMilliWh - batteryStartMilliWh
    flows.solarToBattery += total.chargeMilliWh - gridCharge
    flows.solarToNeighbors += total.peerSoldMilliWh
    flows.solarToUtility += toUtility(total)
    flows.solarToLoad += total.solarMilliWh - (total.chargeMilliWh - gridCharge) - total.exportMilliWh
    flows.utilityToBattery += gridCharge
    flows.utilityToStandby += standby
    flows.utilityToLoad += fromUtility(total) - gridCharge - standby
    flows.batteryToLoad += total.dischargeMilliWh
    flows.batteryKept += kept
    flows.batteryToLosses += total.chargeMilliWh - total.dischargeMilliWh - kept
    flows.neighborsToLoad += total.peerBoughtMilliWh
  }
  return flows
}
