import type { BatteryParameters, BatteryState } from '../../models/battery/battery.ts'
import { stepBattery } from '../../models/battery/battery.ts'
import { selfConsumption } from '../../models/battery/self-consumption.ts'
import type { IntervalFlows } from '../interval-flows.ts'
import { advanceMeter, type BatteryMeter } from '../telemetry.ts'

/** A battery agent: what it is, how it stands, and what its meter shows. */
export interface BatteryAgent {
  readonly parameters: BatteryParameters
  state: BatteryState
  readonly meter: BatteryMeter
  /** Whole milliwatt-hours that left the running sums so far; see `whole`. */
  chargedMilliWh: number
  dischargedMilliWh: number
  standbyKwh: number
  standbyMilliWh: number
  /** Discharge was asked for and not met, below the power limit: empty. */
  refused: boolean
  /** Charge was offered and not taken, below the power limit: full. */
  full: boolean
}

/** Part of a request that must be missing before it counts as refused or not taken, kWh. */
const MISSING_KWH = 1e-6

/**
 * One home's interval: the battery follows self-consumption, then the site meter is read. Energy
 * in the flows is whole: the running sums are rounded and differenced, and never pass what there is
 * to store or to supply, so that rounding cannot look like trade.
 */
export function stepHome(
  flows: IntervalFlows,
  home: number,
  battery: BatteryAgent | null,
  stepHours: number,
): void {
  if (battery === null) {
    flows.meter(home)
    return
  }
  const solar = flows.solar[home]
  const load = flows.load[home]
  const powerKw = selfConsumption(solar / 1e6, load / 1e6, stepHours)
  const step = stepBattery(battery.parameters, battery.state, powerKw, stepHours)
  battery.state = step.state
  advanceMeter(battery.meter, step.chargedKwh, step.dischargedKwh)
  battery.standbyKwh += step.standbyImportKwh
  const surplus = Math.max(0, solar - load)
  const deficit = Math.max(0, load - solar)
  const charged = whole(battery.meter.trueChargeKwh, battery.chargedMilliWh, surplus)
  const discharged = whole(battery.meter.trueDischargeKwh, battery.dischargedMilliWh, deficit)
  const standby = whole(battery.standbyKwh, battery.standbyMilliWh, Number.MAX_SAFE_INTEGER)
  battery.chargedMilliWh += charged
  battery.dischargedMilliWh += discharged
  battery.standbyMilliWh += standby
  flows.charge[home] = charged
  flows.discharge[home] = discharged
  flows.standby[home] = standby

  const limitKwh = battery.parameters.powerKw * stepHours
  const asked = powerKw * stepHours
  battery.refused = asked > 0 && step.dischargedKwh < Math.min(asked, limitKwh) - MISSING_KWH
  battery.full = asked < 0 && step.chargedKwh < Math.min(-asked, limitKwh) - MISSING_KWH
  flows.meter(home)
}

/** Next whole part of a running sum of kWh, at most `most`; what is left over comes with the next. */
function whole(sumKwh: number, emittedMilliWh: number, most: number): number {
  return Math.max(0, Math.min(Math.round(sumKwh * 1e6) - emittedMilliWh, most))
}
