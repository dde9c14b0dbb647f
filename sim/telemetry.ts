import type { RandomStream } from '../data/random.ts'

/** What a scenario says of its batteries' meters. */
export interface MeterQuality {
  /** Greatest constant bias of a register, % of its reading. */
  readonly meterClassPercent: number
  /** Smallest step of a register, Wh; 0: whole milliwatt-hours. */
  readonly registerStepWh: number
  /** Refusals to discharge that are flagged and were none, a year. */
  readonly falseRefusalsPerYear: number
}

/**
 * A battery's meter as the market sees it: two registers that only go forward, each with a constant
 * bias within its class. Tokens are minted and burned in register units, so a bias is a part of
 * what the burn must take back.
 */
export interface BatteryMeter {
  readonly quality: MeterQuality
  readonly stream: RandomStream
  /** Registered energy for each unit of true energy. */
  readonly chargeGain: number
  readonly dischargeGain: number
  /** True running sums, kWh. */
  trueChargeKwh: number
  trueDischargeKwh: number
  /** Registers C and D, milliwatt-hours. */
  chargeMilliWh: number
  dischargeMilliWh: number
  /** How long a refusal is still flagged that is none, hours. */
  falseHours: number
}

/** A meter of the given quality: each register's bias is drawn once, uniformly within ± class. */
export function batteryMeter(quality: MeterQuality, stream: RandomStream): BatteryMeter {
  const gain = () => 1 + ((stream.uniform() * 2 - 1) * quality.meterClassPercent) / 100
  return {
    quality,
    stream,
    chargeGain: gain(),
    dischargeGain: gain(),
    trueChargeKwh: 0,
    trueDischargeKwh: 0,
    chargeMilliWh: 0,
    dischargeMilliWh: 0,
    falseHours: 0,
  }
}

const HOURS_PER_YEAR = 8760

/** Adds one interval's true energy and moves the registers; they hold whole steps, at least milliwatt-hours. */
export function advanceMeter(
  meter: BatteryMeter,
  chargedKwh: number,
  dischargedKwh: number,
  stepHours: number,
): void {
  const { registerStepWh, falseRefusalsPerYear } = meter.quality
  meter.trueChargeKwh += chargedKwh
  meter.trueDischargeKwh += dischargedKwh
  meter.chargeMilliWh = register(meter.trueChargeKwh * meter.chargeGain * 1e6, registerStepWh)
  meter.dischargeMilliWh = register(meter.trueDischargeKwh * meter.dischargeGain * 1e6, registerStepWh)
  if (meter.falseHours > 0) meter.falseHours -= stepHours
  else if (falseRefusalsPerYear > 0) {
    const begins = meter.stream.uniform() < (falseRefusalsPerYear * stepHours) / HOURS_PER_YEAR
    if (begins) meter.falseHours = 0.25 + 0.25 * meter.stream.uniform()
  }
}

/** A register that holds whole steps, Wh, or milliwatt-hours where the step is 0. */
export const register = (milliWh: number, stepWh: number): number =>
  stepWh === 0 ? Math.round(milliWh) : Math.floor(milliWh / (stepWh * 1000)) * stepWh * 1000
