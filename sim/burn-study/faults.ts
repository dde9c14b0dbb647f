import type { Telemetry } from '../../models/burn/telemetry.ts'
import { STEPS_PER_DAY, STEPS_PER_YEAR } from './demand.ts'
import type { Truth } from './truth.ts'

/** What goes wrong, or is done on purpose, in a battery of the study. */
export const FAULTS = [
  'soc-too-high',
  'stuck-sensor',
  'swapped-battery',
  'meter-at-limit',
  'capacity-step',
  'lock-outs',
] as const
export type FaultName = (typeof FAULTS)[number]

/** Interval at which it begins: a day in December, a third into the year. */
export const FAULT_STEP = Math.floor(STEPS_PER_YEAR / (3 * STEPS_PER_DAY)) * STEPS_PER_DAY + 40
/** A sensor sticks for two weeks; a lock-out lasts three hours and comes twice. */
const STUCK_STEPS = 14 * STEPS_PER_DAY
const LOCKED_STEPS = 12
const LOCK_OUTS = [FAULT_STEP + 3 * STEPS_PER_DAY, FAULT_STEP + 60 * STEPS_PER_DAY + 31]

/** Before the step of the truth. */
export function strikeTruth(fault: FaultName | null, truth: Truth, step: number): void {
  const { parameters } = truth
  if (fault === 'capacity-step' && step === FAULT_STEP) {
    // A quarter of the cells is gone, with what was in them.
    parameters.capacityKwh *= 0.75
    truth.state = { ...truth.state, energyKwh: truth.state.energyKwh * 0.75 }
  } else if (fault === 'swapped-battery' && step === FAULT_STEP) {
    // A used, smaller one, empty, with another inverter; meter and registration stay.
    parameters.capacityKwh *= 0.6
    parameters.chargeEfficiency = 0.95
    parameters.dischargeEfficiency = 0.95
    truth.state = { ...truth.state, energyKwh: parameters.capacityKwh * parameters.minSocFraction }
  } else if (fault === 'lock-outs') {
    truth.locked = LOCK_OUTS.some((from) => step >= from && step < from + LOCKED_STEPS)
  }
}

/** Meter at its class limit where it hurts most: charge read high, discharge low. */
export const limitGains = (fault: FaultName | null, classPercent: number): readonly [number, number] | null =>
  fault === 'meter-at-limit' ? [1 + classPercent / 100, 1 - classPercent / 100] : null

/** After telemetry: a stuck sensor repeats its last registers and says nothing of limits. */
export function strikeTelemetry(
  fault: FaultName | null,
  telemetry: Telemetry,
  stuck: { charge: number; discharge: number },
  step: number,
): void {
  if (fault !== 'stuck-sensor') return
  if (step < FAULT_STEP || step >= FAULT_STEP + STUCK_STEPS) {
    stuck.charge = telemetry.charge
    stuck.discharge = telemetry.discharge
    return
  }
  telemetry.charge = stuck.charge
  telemetry.discharge = stuck.discharge
  telemetry.flags = 0
}

/** The owner reports a full battery, always. */
export const strikeSoc = (fault: FaultName | null, soc: number): number =>
  fault === 'soc-too-high' ? 1 : soc
