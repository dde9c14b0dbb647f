import type { RandomStream } from '../../data/random.ts'
import { FULL, REFUSED, SILENT } from './fleet.ts'
import { registerBetween } from './interpolate.ts'

/** How well a battery is seen. */
export interface TelemetryQuality {
  /** Greatest constant bias of each register, % of its reading. */
  readonly meterClassPercent: number
  /** Smallest step of a register, whole milliwatt-hours, >= 1. */
  readonly quantumMilliWh: number
  /** A point comes up to this much after its interval, minutes. */
  readonly latestMinutes: number
  /** Share of intervals without a point. */
  readonly dropOutFraction: number
  /** Longer gaps: so many a year, of this mean length. */
  readonly gapsPerYear: number
  readonly gapHours: number
  /** Greatest constant error of the clock that stamps the points, seconds. */
  readonly clockSeconds: number
  /** Refusals that are flagged and were none, a year; each stands for a quarter of an hour or two. */
  readonly falseRefusalsPerYear: number
  /** Reported state of charge: greatest bias off and on the plateau, and its smallest step; fractions. */
  readonly socBiasFraction: number
  readonly socPlateauFraction: number
  readonly socStepFraction: number
}

/** A meter that sees everything. */
export const PERFECT: TelemetryQuality = {
  meterClassPercent: 0,
  quantumMilliWh: 1,
  latestMinutes: 0,
  dropOutFraction: 0,
  gapsPerYear: 0,
  gapHours: 0,
  clockSeconds: 0,
  falseRefusalsPerYear: 0,
  socBiasFraction: 0,
  socPlateauFraction: 0,
  socStepFraction: 0,
}

/** One battery's telemetry: what was drawn for it, and where its last point stood. */
export interface Telemetry {
  readonly quality: TelemetryQuality
  readonly stream: RandomStream
  /** Registered energy for each unit of true energy. */
  readonly chargeGain: number
  readonly dischargeGain: number
  readonly clockHours: number
  readonly socBias: number
  readonly plateauBias: number
  gapLeftHours: number
  falseLeftHours: number
  /** Last point: hours by its stamp, registers. */
  pointHours: number
  pointCharge: number
  pointDischarge: number
  /** What the interval's end shows: registers in whole milliwatt-hours, flags. */
  charge: number
  discharge: number
  flags: number
}

export function newTelemetry(quality: TelemetryQuality, stream: RandomStream): Telemetry {
  const within = (most: number) => (stream.uniform() * 2 - 1) * most
  return {
    quality,
    stream,
    chargeGain: 1 + within(quality.meterClassPercent / 100),
    dischargeGain: 1 + within(quality.meterClassPercent / 100),
    clockHours: within(quality.clockSeconds / 3600),
    socBias: within(quality.socBiasFraction),
    plateauBias: within(quality.socPlateauFraction),
    gapLeftHours: 0,
    falseLeftHours: 0,
    pointHours: 0,
    pointCharge: 0,
    pointDischarge: 0,
    charge: 0,
    discharge: 0,
    flags: 0,
  }
}

const HOURS_PER_YEAR = 8760

/**
 * The end of one interval as telemetry shows it, written into `charge`, `discharge` and `flags`. Its point
 * comes somewhat later and is stamped by a wrong clock: the registers at the interval's end are read from
 * the straight line between points. True sums are in kWh: at the interval's start, at its end and at the
 * end of the next one, in which the point may lie.
 *
 * @param flags REFUSED and FULL as they truly are
 */
export function observe(
  telemetry: Telemetry,
  chargeKwh: readonly [number, number, number],
  dischargeKwh: readonly [number, number, number],
  flags: number,
  hours: number,
  stepHours: number,
): void {
  const { quality, stream } = telemetry
  const late = (quality.latestMinutes / 60) * stream.uniform()
  if (telemetry.gapLeftHours > 0) telemetry.gapLeftHours -= stepHours
  else if (stream.uniform() < (quality.gapsPerYear * stepHours) / HOURS_PER_YEAR) {
    telemetry.gapLeftHours = -quality.gapHours * Math.log(1 - stream.uniform())
  }
  if (telemetry.falseLeftHours > 0) telemetry.falseLeftHours -= stepHours
  else if (stream.uniform() < (quality.falseRefusalsPerYear * stepHours) / HOURS_PER_YEAR) {
    telemetry.falseLeftHours = 0.25 + 0.25 * stream.uniform()
  }
  const dropped = stream.uniform() < quality.dropOutFraction
  if (dropped || telemetry.gapLeftHours > 0) {
    telemetry.flags = SILENT
    return
  }
  const at = late + telemetry.clockHours
  const charge = reading(chargeKwh, at / stepHours, telemetry.chargeGain, quality.quantumMilliWh)
  const discharge = reading(dischargeKwh, at / stepHours, telemetry.dischargeGain, quality.quantumMilliWh)
  const stamp = hours + late
  // A register never goes back, whatever the clocks say.
  const pointCharge = Math.max(telemetry.pointCharge, charge)
  const pointDischarge = Math.max(telemetry.pointDischarge, discharge)
  const { pointHours } = telemetry
  const chargeHere = registerBetween(pointHours, telemetry.pointCharge, stamp, pointCharge, hours)
  const dischargeHere = registerBetween(pointHours, telemetry.pointDischarge, stamp, pointDischarge, hours)
  telemetry.charge = Math.max(telemetry.charge, chargeHere)
  telemetry.discharge = Math.max(telemetry.discharge, dischargeHere)
  telemetry.pointHours = stamp
  telemetry.pointCharge = pointCharge
  telemetry.pointDischarge = pointDischarge
  telemetry.flags = (flags & (REFUSED | FULL)) | (telemetry.falseLeftHours > 0 ? REFUSED : 0)
}

/** The register at a time around an interval's end, in parts of a step: before it below zero. */
function reading(
  [start, end, next]: readonly [number, number, number],
  offset: number,
  gain: number,
  quantum: number,
): number {
  const kwh = offset < 0 ? end + offset * (end - start) : end + offset * (next - end)
  return Math.floor((kwh * gain * 1e6) / quantum) * quantum
}

/**
 * The state of charge that the battery reports, [0, 1]: biased, more so on the plateau of its voltage
 * (20 to 90 % of LFP), in steps.
 */
export function reportedSoc(telemetry: Telemetry, socFraction: number, plateau: boolean): number {
  const { quality, socBias, plateauBias } = telemetry
  const onPlateau = plateau && socFraction > 0.2 && socFraction < 0.9
  const soc = socFraction + (onPlateau ? plateauBias : socBias)
  const step = quality.socStepFraction
  const stepped = step > 0 ? Math.round(soc / step) * step : soc
  return Math.min(1, Math.max(0, stepped))
}
