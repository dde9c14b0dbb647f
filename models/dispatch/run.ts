import { type BatteryParameters, type BatteryState, stepBattery } from '../battery/battery.ts'
import { type DispatchSeries, stepsOf } from './series.ts'
import type { Strategy } from './strategy.ts'

/** What a year under a strategy comes to; energy in kWh at the AC side. */
export interface DispatchTotals {
  /** Imports at their price less exports at theirs, USD. */
  readonly usd: number
  readonly chargeKwh: number
  readonly dischargeKwh: number
  readonly standbyKwh: number
  readonly importKwh: number
  readonly exportKwh: number
  readonly lossKwh: number
  readonly state: BatteryState
  /** Intervals that a failed solver left to the rule. */
  readonly ruledSteps: number
}

/** Called after each interval with what moved, kWh. */
export type OnStep = (
  step: number,
  chargeKwh: number,
  dischargeKwh: number,
  importKwh: number,
  exportKwh: number,
) => void

/** Runs one battery under a strategy over the whole series. */
export function runDispatch(
  series: DispatchSeries,
  battery: BatteryParameters,
  start: BatteryState,
  strategy: Strategy,
  onStep: OnStep = () => {},
): DispatchTotals {
  const { loadKwh, solarKwh, importUsdPerKwh, exportUsdPerKwh, stepHours, temperatureC } = series
  let state = start
  const sums = { usd: 0, charge: 0, discharge: 0, standby: 0, import: 0, export: 0, loss: 0 }
  for (let step = 0; step < stepsOf(series); step++) {
    const load = loadKwh[step]
    const solar = solarKwh[step]
    const powerKw = strategy.powerKw({ step, solarKwh: solar, loadKwh: load, state })
    const moved = stepBattery(battery, state, powerKw, stepHours, {
      temperatureC: temperatureC[step],
      solarKw: solar / stepHours,
    })
    const net = load - solar + moved.chargedKwh - moved.dischargedKwh + moved.standbyImportKwh
    state = moved.state
    sums.charge += moved.chargedKwh
    sums.discharge += moved.dischargedKwh
    sums.standby += moved.standbyImportKwh
    sums.loss += moved.lossKwh
    if (net > 0) {
      sums.import += net
      sums.usd += net * importUsdPerKwh[step]
    } else {
      sums.export -= net
      sums.usd += net * exportUsdPerKwh[step]
    }
    onStep(step, moved.chargedKwh, moved.dischargedKwh, Math.max(0, net), Math.max(0, -net))
  }
  return {
    usd: sums.usd,
    chargeKwh: sums.charge,
    dischargeKwh: sums.discharge,
    standbyKwh: sums.standby,
    importKwh: sums.import,
    exportKwh: sums.export,
    lossKwh: sums.loss,
    state,
    ruledSteps: strategy.ruledSteps ?? 0,
  }
}

/** Cost without a battery, USD. */
export function costWithout(series: DispatchSeries): number {
  let usd = 0
  for (let step = 0; step < stepsOf(series); step++) {
    const net = series.loadKwh[step] - series.solarKwh[step]
    usd += net * (net > 0 ? series.importUsdPerKwh[step] : series.exportUsdPerKwh[step])
  }
  return usd
}
