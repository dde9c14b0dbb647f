import type { BatteryParameters } from '../battery/battery.ts'
import type { DispatchSeries } from './series.ts'

/** A made-up home: a restless load, a hill of solar, two prices a day. For tests alone. */
export function madeUpSeries({
  days = 14,
  stepHours = 1,
  solarKw = 5,
  flat = false,
  firstMonth = 7,
}: {
  days?: number
  stepHours?: number
  solarKw?: number
  flat?: boolean
  firstMonth?: number
} = {}): DispatchSeries {
  const count = Math.round((days * 24) / stepHours)
  const hourOf = (at: number) => (at * stepHours) % 24
  const column = (value: (at: number, hour: number) => number) =>
    Float64Array.from({ length: count }, (_, at) => value(at, hourOf(at)))
  const noise = (at: number) => ((Math.floor(at * stepHours) * 7919) % 997) / 997
  return {
    stepHours,
    loadKwh: column((at, hour) => (0.3 + noise(at) + (hour >= 17 && hour < 22 ? 1.5 : 0)) * stepHours),
    solarKwh: column(
      (at, hour) =>
        solarKw *
        Math.max(0, Math.sin(((hour - 6) / 12) * Math.PI)) *
        (0.3 + 0.7 * noise(at + 13)) *
        stepHours,
    ),
    importUsdPerKwh: column((_, hour) =>
      flat ? 0.3 : hour >= 16 && hour < 21 ? 0.54 : hour < 6 ? 0.2 : 0.3,
    ),
    exportUsdPerKwh: column(() => (flat ? 0.3 : 0.05)),
    localHour: column((_, hour) => hour),
    localMonth: new Uint8Array(count).fill(firstMonth),
    localDay: Int32Array.from({ length: count }, (_, at) => Math.floor((at * stepHours) / 24)),
    temperatureC: column(() => 20),
  }
}

export const madeUpBattery: BatteryParameters = {
  capacityKwh: 10,
  powerKw: 4,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
  standbyW: 0,
  selfDischargePercentPerMonth: 0,
  minSocFraction: 0,
  maxSocFraction: 1,
  calendarFadePercentPerYear: 0,
  cycleFadePercentPerThousandEfc: 0,
}
