import { standbyKw } from '../../models/battery/conversion.ts'
import { selfConsumption } from '../../models/battery/self-consumption.ts'
import { FULL, REFUSED } from '../../models/burn/fleet.ts'
import type { FlowBlock } from '../flow-block.ts'
import type { HomeInput } from '../market-area.ts'
import { register } from '../telemetry.ts'
import type { BatteryAgent } from './battery-agent.ts'
import { MISSING_KWH } from './home.ts'

const HOURS_PER_MONTH = 720
const HOURS_PER_YEAR = 8760

/**
 * Does the home's battery do nothing but follow the home's own surplus and deficit, at constant efficiencies, with a meter
 * that flags no false refusals? Then `stepPlainBattery` steps it, and nothing else than its own rows decides what it does.
 */
export const isPlain = ({ battery, shared }: HomeInput, agent: BatteryAgent): boolean =>
  battery?.strategy.kind === 'self-consumption' &&
  !shared &&
  agent.parameters.detail === undefined &&
  agent.ageing === null &&
  agent.reserveFraction === 0 &&
  agent.meter.quality.falseRefusalsPerYear === 0

/**
 * A plain battery through a block, time in the inner loop and its state in local variables: bit for bit what `stepHome` does with
 * each of the block's intervals (a test holds the two together), without an object or a power function for each.
 * Solar and load stand in the block; charge, discharge, standby and the meter's columns are filled in.
 */
export function stepPlainBattery(
  block: FlowBlock,
  home: number,
  agent: BatteryAgent,
  count: number,
  stepHours: number,
): void {
  const { energy: flows, homes, chargeRegister, dischargeRegister, flags } = block
  const { solar, load, charge, discharge, standby } = flows
  const { parameters, meter } = agent
  const { capacityKwh, chargeEfficiency, dischargeEfficiency, minSocFraction, maxSocFraction } = parameters
  const { chargeGain, dischargeGain } = meter
  const { registerStepWh } = meter.quality
  const limitKwh = parameters.powerKw * stepHours
  const keptFraction =
    parameters.selfDischargePercentPerMonth > 0
      ? (1 - parameters.selfDischargePercentPerMonth / 100) ** (stepHours / HOURS_PER_MONTH)
      : 1
  // Without a heater the temperature is nothing to it.
  const ownKwh = standbyKw(parameters, 0) * stepHours
  const calendarFade = ((parameters.calendarFadePercentPerYear / 100) * stepHours) / HOURS_PER_YEAR
  const cycleFade = parameters.cycleFadePercentPerThousandEfc / 100
  const perThousandEfc = capacityKwh > 0 ? 1000 * capacityKwh : Number.POSITIVE_INFINITY
  let { energyKwh, sohFraction, throughputKwh } = agent.state
  let { trueChargeKwh, trueDischargeKwh, chargeMilliWh, dischargeMilliWh } = meter
  let { chargedMilliWh, dischargedMilliWh, standbyKwh, standbyMilliWh } = agent
  let refused = false
  let full = false
  for (let row = 0, place = home; row < count; row++, place += homes) {
    const made = solar[place]
    const used = load[place]
    const askedKw = selfConsumption(made / 1e6, used / 1e6, stepHours)
    const askedKwh = askedKw * stepHours
    const healthyKwh = capacityKwh * sohFraction
    const bottomKwh = healthyKwh * minSocFraction
    let drawnKwh = 0
    // What one direction still owes to its running sum waits while the other is asked for: no surplus, no charge.
    let charged = 0
    let discharged = 0
    refused = false
    full = false
    if (askedKw < 0) {
      const roomKwh = Math.max(0, healthyKwh * maxSocFraction - energyKwh) / chargeEfficiency
      const wantedKwh = Math.min(-askedKw * stepHours, limitKwh)
      const chargedKwh = Math.min(wantedKwh, roomKwh)
      energyKwh = Math.max(0, energyKwh + chargedKwh * chargeEfficiency)
      trueChargeKwh += chargedKwh
      chargeMilliWh = register(trueChargeKwh * chargeGain * 1e6, registerStepWh)
      full = roomKwh < wantedKwh && chargedKwh < Math.min(-askedKwh, limitKwh) - MISSING_KWH
      charged = whole(trueChargeKwh, chargedMilliWh, -askedKwh, made - used)
    } else if (askedKw > 0) {
      const thereKwh = Math.max(0, energyKwh - bottomKwh) * dischargeEfficiency
      const wantedKwh = Math.min(askedKw * stepHours, limitKwh)
      const dischargedKwh = Math.min(wantedKwh, thereKwh)
      drawnKwh = dischargedKwh / dischargeEfficiency
      energyKwh = Math.max(0, energyKwh - drawnKwh)
      trueDischargeKwh += dischargedKwh
      dischargeMilliWh = register(trueDischargeKwh * dischargeGain * 1e6, registerStepWh)
      refused = thereKwh < wantedKwh && dischargedKwh < Math.min(askedKwh, limitKwh) - MISSING_KWH
      discharged = whole(trueDischargeKwh, dischargedMilliWh, askedKwh, used - made)
    }
    energyKwh *= keptFraction
    const fromStoreKwh = Math.min(ownKwh, Math.max(0, energyKwh - bottomKwh))
    energyKwh -= fromStoreKwh
    standbyKwh += ownKwh - fromStoreKwh
    sohFraction = Math.max(0, sohFraction - calendarFade - cycleFade * (drawnKwh / perThousandEfc))
    const holdsKwh = capacityKwh * sohFraction
    energyKwh = Math.min(energyKwh, holdsKwh)
    throughputKwh += drawnKwh

    const stood = Math.max(0, Math.round(standbyKwh * 1e6) - standbyMilliWh)
    chargedMilliWh += charged
    dischargedMilliWh += discharged
    standbyMilliWh += stood
    charge[place] = charged
    discharge[place] = discharged
    standby[place] = stood
    chargeRegister[place] = chargeMilliWh
    dischargeRegister[place] = dischargeMilliWh
    flags[place] = (refused ? REFUSED : 0) | (full ? FULL : 0)
    const deliverableKwh = Math.max(0, energyKwh - holdsKwh * minSocFraction) * dischargeEfficiency
    block.deliverable[place] = Math.round(deliverableKwh * 1e6)
    block.meteredDeliverable[place] = Math.round(deliverableKwh * dischargeGain * 1e6)
  }
  agent.state = { energyKwh, sohFraction, throughputKwh }
  meter.trueChargeKwh = trueChargeKwh
  meter.trueDischargeKwh = trueDischargeKwh
  meter.chargeMilliWh = chargeMilliWh
  meter.dischargeMilliWh = dischargeMilliWh
  agent.chargedMilliWh = chargedMilliWh
  agent.dischargedMilliWh = dischargedMilliWh
  agent.standbyKwh = standbyKwh
  agent.standbyMilliWh = standbyMilliWh
  agent.refused = refused
  agent.full = full
}

/** Next whole part of a running sum of kWh; a request within the home's own part never passes it. */
function whole(sumKwh: number, emittedMilliWh: number, askedKwh: number, ownMilliWh: number): number {
  const next = Math.round(sumKwh * 1e6) - emittedMilliWh
  const most = askedKwh <= ownMilliWh / 1e6 + MISSING_KWH ? ownMilliWh : next
  return Math.max(0, Math.min(next, most))
}
