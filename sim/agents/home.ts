import { deliverableKwh, stepBattery, withHealth } from '../../models/battery/battery.ts'
import type { Conditions } from '../../models/battery/conversion.ts'
import { FULL, REFUSED } from '../../models/burn/fleet.ts'
import type { IntervalFlows } from '../interval-flows.ts'
import { advanceMeter } from '../telemetry.ts'
import type { BatteryAgent } from './battery-agent.ts'

/** Part of a request that must be missing before it counts as refused or not taken, kWh. */
export const MISSING_KWH = 1e-6

/**
 * One home's interval: the battery does what its strategy asks, then the site meter is read. Energy in
 * the flows is whole: the running sums are rounded and differenced. A request within the home's own
 * surplus or deficit never passes it, so that rounding cannot look like trade.
 *
 * @param step interval of the strategy's series
 * @param solar what the strategy is told of solar and load, milliwatt-hours: the home's own, or for the
 *   shared battery what the community leaves over and lacks
 */
export function stepHome(
  flows: IntervalFlows,
  home: number,
  battery: BatteryAgent | null,
  step: number,
  stepHours: number,
  temperatureC: number,
  solar: number = flows.solar[home],
  load: number = flows.load[home],
): void {
  if (battery === null) {
    flows.meter(home)
    return
  }
  const wantedKw = battery.strategy.powerKw({
    step,
    solarKwh: solar / 1e6,
    loadKwh: load / 1e6,
    state: battery.state,
  })
  const powerKw = keepReserve(battery, wantedKw, Math.max(0, load - solar) / 1e6, stepHours)
  const conditions = { temperatureC, solarKw: flows.solar[home] / 1e6 / stepHours }
  const moved = moveBattery(battery, powerKw, stepHours, conditions)
  advanceMeter(battery.meter, moved.chargedKwh, moved.dischargedKwh, stepHours)
  battery.standbyKwh += moved.standbyImportKwh
  const asked = powerKw * stepHours
  const charged = whole(
    battery.meter.trueChargeKwh,
    battery.chargedMilliWh,
    within(-asked, Math.max(0, solar - load)),
  )
  const discharged = whole(
    battery.meter.trueDischargeKwh,
    battery.dischargedMilliWh,
    within(asked, Math.max(0, load - solar)),
  )
  const standby = whole(battery.standbyKwh, battery.standbyMilliWh, Number.MAX_SAFE_INTEGER)
  battery.chargedMilliWh += charged
  battery.dischargedMilliWh += discharged
  battery.standbyMilliWh += standby
  flows.charge[home] = charged
  flows.discharge[home] = discharged
  flows.standby[home] = standby

  const limitKwh = battery.parameters.powerKw * stepHours
  const missing = Math.min(Math.abs(asked), limitKwh) - MISSING_KWH
  battery.refused = moved.atLimit && asked > 0 && moved.dischargedKwh < missing
  battery.full = moved.atLimit && asked < 0 && moved.chargedKwh < missing
  flows.meter(home)
  tell(flows, home, battery)
}

/** What the battery's meter shows at the interval's end, and what only the judge may know. */
function tell(flows: IntervalFlows, home: number, battery: BatteryAgent): void {
  const { meter, parameters, state } = battery
  flows.chargeRegister[home] = meter.chargeMilliWh
  flows.dischargeRegister[home] = meter.dischargeMilliWh
  flows.flags[home] = (battery.refused || meter.falseHours > 0 ? REFUSED : 0) | (battery.full ? FULL : 0)
  const deliverable = deliverableKwh(parameters, state)
  flows.deliverable[home] = Math.round(deliverable * 1e6)
  flows.meteredDeliverable[home] = Math.round(deliverable * meter.dischargeGain * 1e6)
}

/**
 * Discharge for others ends at the reserve: what the home itself lacks is always served, beyond it no more than what the
 * battery can deliver from above the reserve.
 */
function keepReserve(battery: BatteryAgent, powerKw: number, lackKwh: number, stepHours: number): number {
  if (battery.reserveFraction === 0 || powerKw * stepHours <= lackKwh) return powerKw
  const { parameters, state, reserveFraction } = battery
  const kept = { ...state, energyKwh: parameters.capacityKwh * state.sohFraction * reserveFraction }
  const spareKwh = Math.max(0, deliverableKwh(parameters, state) - deliverableKwh(parameters, kept))
  return Math.min(powerKw, Math.max(lackKwh, spareKwh) / stepHours)
}

/** Steps the battery and its ageing; what no longer fits a faded battery is gone. */
function moveBattery(battery: BatteryAgent, powerKw: number, stepHours: number, conditions: Conditions) {
  const { parameters, ageing } = battery
  const before = battery.state
  const moved = stepBattery(parameters, before, powerKw, stepHours, conditions)
  battery.state = moved.state
  if (ageing !== null) {
    const usableKwh = parameters.capacityKwh * before.sohFraction
    const soc = (energyKwh: number) => (usableKwh > 0 ? Math.min(1, energyKwh / usableKwh) : 0)
    ageing.step(soc(before.energyKwh), soc(moved.state.energyKwh), conditions.temperatureC, stepHours)
    const { state, lossKwh } = withHealth(parameters, moved.state, ageing.healthFraction)
    battery.state = state
    battery.fadedKwh += lossKwh
  }
  return moved
}

/** Most that a request may come to in whole milliwatt-hours: the home's own part where it asks no more. */
const within = (askedKwh: number, ownMilliWh: number): number =>
  askedKwh <= ownMilliWh / 1e6 + MISSING_KWH ? ownMilliWh : Number.MAX_SAFE_INTEGER

/** Next whole part of a running sum of kWh, at most `most`; what is left over comes with the next. */
function whole(sumKwh: number, emittedMilliWh: number, most: number): number {
  return Math.max(0, Math.min(Math.round(sumKwh * 1e6) - emittedMilliWh, most))
}
