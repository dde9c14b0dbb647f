import { hash } from 'node:crypto'
import type { TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { zoneOffset } from '../data/formats/label-axis.ts'
import { loadScaled, type Profile, type ScaledProfile } from '../data/profile.ts'
import { billFactors } from '../models/load/bill-scale.ts'
import { commercialKw, type CommercialParameters } from '../models/load/commercial.ts'
import type { LoadSource } from '../scenarios/schema.ts'

/** The load of a home from where its scenario says: measured, a file, or the commercial model. */
export function loadSource(
  load: LoadSource,
  axis: TimeAxis,
  timeZone: string,
  baseDir: string,
): ScaledProfile {
  return 'commercial' in load
    ? { source: commercialProfile(load.commercial, axis, timeZone), factor: 1 }
    : loadScaled(load, 'load', baseDir)
}

/** The commercial model on the run's own steps, whole milliwatt-hours. */
export function commercialProfile(site: CommercialParameters, axis: TimeAxis, timeZone: string): Profile {
  const offsetAt = zoneOffset(timeZone)
  const stepHours = axis.stepSeconds / 3600
  const milliWh = Float64Array.from({ length: axis.count }, (_, at) => {
    const middle = axis.startSeconds + (at + 0.5) * axis.stepSeconds
    const wall = middle + offsetAt(middle)
    const hour = (wall % 86_400) / 3600
    // 1970-01-01 was a Thursday.
    const weekday = ((Math.floor(wall / 86_400) + 3) % 7) + 1
    return Math.round(commercialKw(site, hour, weekday) * stepHours * 1e6)
  })
  return {
    name: 'commercial model',
    axis,
    milliWh,
    nameplateKw: null,
    input: {
      name: `commercial model ${site.peakKw} kW`,
      sha256: hash('sha256', JSON.stringify(site), 'hex'),
      source: 'models/load/commercial.ts: an assumed shape',
      licence: 'Apache-2.0',
    },
    notes: [],
  }
}

/**
 * Scales a load on the run's steps to what the home was billed in each calendar month; a month that is
 * simulated in part has that part of the bill. The running sum is rounded.
 */
export function scaleToBill(
  milliWh: Int32Array,
  load: LoadSource,
  months: { names: readonly string[]; ofStep: Uint16Array; covered: readonly number[] },
  priceMicroUsdPerKwh: Int32Array,
  fixedUsdPerMonth: number,
  place: string,
): Int32Array {
  const { bill } = load
  if (bill === undefined) return milliWh
  const list = 'kwhPerMonth' in bill ? bill.kwhPerMonth : bill.usdPerMonth
  const billed = months.names.map((name, at) => list[Number(name.slice(5)) - 1] * months.covered[at])
  const price =
    'usdPerMonth' in bill
      ? {
          microUsdPerKwh: priceMicroUsdPerKwh,
          fixedUsd: months.covered.map((part) => part * fixedUsdPerMonth),
        }
      : undefined
  let factors: Float64Array
  try {
    factors = billFactors(milliWh, months.ofStep, billed, price)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const [month, problem] = cause.message.split(': ')
    throw new VppError(
      'invalid',
      {
        place: `${place}.load.bill (${months.names[Number(month)]})`,
        problem,
        fix: 'correct the bill of that month, or give another shape',
      },
      cause,
    )
  }
  let sum = 0
  let given = 0
  return milliWh.map((value, step) => {
    sum += value * factors[months.ofStep[step]]
    const whole = Math.round(sum) - given
    given += whole
    return whole
  })
}
