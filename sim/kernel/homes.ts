import { assert } from '../../data/errors.ts'
import type { BatteryParameters } from '../../models/battery/battery.ts'

/** A home as the kernel takes it. */
export interface KernelHome {
  /** Which of the profiles it uses and makes energy by. */
  readonly profile: number
  /** Its load and solar over the profile's. */
  readonly loadScale: number
  readonly solarScale: number
  /** With constant efficiencies; null: none. */
  readonly battery: BatteryParameters | null
  readonly startSocFraction: number
}

/** Makes a column of so many numbers: plain, or in memory that threads share. */
export type NewColumn = (length: number) => Float64Array

/**
 * What does not change of a community's homes, one column a parameter; limits and reciprocals are worked out once, so
 * that the loop multiplies only.
 */
export interface KernelHomes {
  readonly profile: Int32Array
  readonly loadScale: Float64Array
  readonly solarScale: Float64Array
  /** Usable energy when new, kWh; 0 without a battery. */
  readonly capacityKwh: Float64Array
  /** Most AC energy in or out within a step, kWh. */
  readonly limitKwh: Float64Array
  readonly chargeEfficiency: Float64Array
  readonly perChargeEfficiency: Float64Array
  readonly dischargeEfficiency: Float64Array
  readonly perDischargeEfficiency: Float64Array
  readonly minSocFraction: Float64Array
  readonly maxSocFraction: Float64Array
  /** Standby of a step, kWh. */
  readonly standbyKwh: Float64Array
  /** Part of the stored energy that is left after a step at rest. */
  readonly keptFraction: Float64Array
  /** Health lost in a step, and for each kWh drawn from the store. */
  readonly calendarFade: Float64Array
  readonly fadePerKwh: Float64Array
  /** Stored energy at the start, kWh. */
  readonly startKwh: Float64Array
}

/** Columns of numbers, in the order in which they are passed on. */
export const HOME_COLUMNS = [
  'loadScale',
  'solarScale',
  'capacityKwh',
  'limitKwh',
  'chargeEfficiency',
  'perChargeEfficiency',
  'dischargeEfficiency',
  'perDischargeEfficiency',
  'minSocFraction',
  'maxSocFraction',
  'standbyKwh',
  'keptFraction',
  'calendarFade',
  'fadePerKwh',
  'startKwh',
] as const satisfies readonly Exclude<keyof KernelHomes, 'profile'>[]

type HomeColumn = (typeof HOME_COLUMNS)[number]

const HOURS_PER_MONTH = 720
const HOURS_PER_YEAR = 8760
const plain: NewColumn = (length) => new Float64Array(length)

/** Columns from homes; what each number means and where it is from stands with `stepBattery`. */
export function kernelHomes(
  homes: readonly KernelHome[],
  stepHours: number,
  newColumn: NewColumn = plain,
): KernelHomes {
  const columns = Object.fromEntries(HOME_COLUMNS.map((name) => [name, newColumn(homes.length)])) as Record<
    HomeColumn,
    Float64Array
  >
  homes.forEach((home, at) => {
    const row = rowOf(home, stepHours)
    for (const name of HOME_COLUMNS) columns[name][at] = row[name]
  })
  return { profile: Int32Array.from(homes, ({ profile }) => profile), ...columns }
}

function rowOf(
  { loadScale, solarScale, battery, startSocFraction }: KernelHome,
  stepHours: number,
): Record<HomeColumn, number> {
  assert(battery?.detail === undefined, 'the kernel knows constant efficiencies only')
  const { capacityKwh, chargeEfficiency, dischargeEfficiency } = battery ?? NONE
  const { standbyW, selfDischargePercentPerMonth, powerKw } = battery ?? NONE
  const { calendarFadePercentPerYear, cycleFadePercentPerThousandEfc } = battery ?? NONE
  return {
    loadScale,
    solarScale,
    capacityKwh,
    limitKwh: powerKw * stepHours,
    chargeEfficiency,
    perChargeEfficiency: 1 / chargeEfficiency,
    dischargeEfficiency,
    perDischargeEfficiency: 1 / dischargeEfficiency,
    minSocFraction: battery?.minSocFraction ?? 0,
    maxSocFraction: battery?.maxSocFraction ?? 1,
    standbyKwh: (standbyW / 1000) * stepHours,
    keptFraction: (1 - selfDischargePercentPerMonth / 100) ** (stepHours / HOURS_PER_MONTH),
    calendarFade: ((calendarFadePercentPerYear / 100) * stepHours) / HOURS_PER_YEAR,
    // Finite, so that nothing drawn from next to nothing fades it by nothing.
    fadePerKwh:
      capacityKwh > 0
        ? Math.min(cycleFadePercentPerThousandEfc / 100 / (1000 * capacityKwh), Number.MAX_VALUE)
        : 0,
    startKwh: capacityKwh * startSocFraction,
  }
}

/** A battery that holds nothing: the loop needs no second path. */
const NONE = {
  capacityKwh: 0,
  powerKw: 0,
  chargeEfficiency: 1,
  dischargeEfficiency: 1,
  standbyW: 0,
  selfDischargePercentPerMonth: 0,
  calendarFadePercentPerYear: 0,
  cycleFadePercentPerThousandEfc: 0,
} as const

/** Some of the homes, `from` up to but not including `to`, over the same memory. */
export function homesBetween(homes: KernelHomes, from: number, to: number): KernelHomes {
  const columns = HOME_COLUMNS.map((name) => [name, homes[name].subarray(from, to)] as const)
  return {
    profile: homes.profile.subarray(from, to),
    ...(Object.fromEntries(columns) as Record<HomeColumn, Float64Array>),
  }
}
