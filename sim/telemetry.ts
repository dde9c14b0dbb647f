import type { RandomStream } from '../data/random.ts'

/**
 * A battery's meter as the market sees it: two registers that only go forward, each with a constant
 * bias within its class. Tokens are minted and burned in register units, so a bias is a part of
 * what the burn must take back.
 */
export interface BatteryMeter {
  /** Registered energy for each unit of true energy. */
  readonly chargeGain: number
  readonly dischargeGain: number
  /** True running sums, kWh. */
  trueChargeKwh: number
  trueDischargeKwh: number
  /** Registers C and D, milliwatt-hours. */
  chargeMilliWh: number
  dischargeMilliWh: number
}

/** A meter of the given class: each register's bias is drawn once, uniformly within ± class. */
export function batteryMeter(classPercent: number, stream: RandomStream): BatteryMeter {
  const gain = () => 1 + ((stream.uniform() * 2 - 1) * classPercent) / 100
  return {
    chargeGain: gain(),
    dischargeGain: gain(),
    trueChargeKwh: 0,
    trueDischargeKwh: 0,
    chargeMilliWh: 0,
    dischargeMilliWh: 0,
  }
}

/** Adds one interval's true energy and moves the registers; they hold whole milliwatt-hours. */
export function advanceMeter(meter: BatteryMeter, chargedKwh: number, dischargedKwh: number): void {
  meter.trueChargeKwh += chargedKwh
  meter.trueDischargeKwh += dischargedKwh
  meter.chargeMilliWh = Math.round(meter.trueChargeKwh * meter.chargeGain * 1e6)
  meter.dischargeMilliWh = Math.round(meter.trueDischargeKwh * meter.dischargeGain * 1e6)
}
