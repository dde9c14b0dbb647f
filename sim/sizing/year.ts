import type { BillLines } from '../../data/run-files.ts'
import { newBattery } from '../../models/battery/battery.ts'
import { programPayment } from '../../models/dispatch/demand-response.ts'
import { runDispatch } from '../../models/dispatch/run.ts'
import { demandResponse } from '../../models/dispatch/strategies/demand-response.ts'
import { selfConsumption } from '../../models/dispatch/strategies/self-consumption.ts'
import { timeOfUse } from '../../models/dispatch/strategies/time-of-use.ts'
import type { Strategy, StrategyContext } from '../../models/dispatch/strategy.ts'
import type { YearOutcome } from '../../models/sizing/plan.ts'
import type { Size } from '../../models/sizing/size.ts'
import { battery as batterySchema } from '../../scenarios/schema-home.ts'
import { batteryParameters } from '../agents/battery-agent.ts'
import { buysAll } from '../bills.ts'
import { caseMeter } from '../case-meter.ts'
import { billRules, type TariffPlan } from '../tariff-plan.ts'
import type { SizedStrategy, SizingHome } from './home.ts'

/** What a year is lived with. */
export interface YearOptions {
  readonly size: Size
  readonly strategy: SizedStrategy
  /** Part of their power that panels have, and of its energy that the battery has: 1 new. */
  readonly panelsHealth: number
  readonly batteryHealth: number
  /** Against the year that was read: more or less sun, more or less use. */
  readonly sunFactor: number
  readonly loadFactor: number
  /** Also bill it after the rule for exports has ended. */
  readonly after: boolean
}

/** Energy of each interval at the meter, whole milliwatt-hours: what the utility supplies and takes. */
export interface MeteredYear {
  readonly importMilliWh: Float64Array
  readonly exportMilliWh: Float64Array
}

export interface SimulatedYear extends YearOutcome, MeteredYear {
  readonly bills: readonly BillLines[]
}

/** Lives a year with a plant, interval by interval, and bills it by the project's own meters. */
export function simulateYear(home: SizingHome, options: YearOptions): SimulatedYear {
  const { size, panelsHealth, sunFactor, loadFactor } = options
  const { loadKwh, sunKwhPerKw, sunLimitKwhPerKw, series, axis } = home
  const limit = size.panelsKw * sunLimitKwhPerKw
  const panels = size.panelsKw * panelsHealth * sunFactor
  const solarKwh = sunKwhPerKw.map((value) => Math.min(limit, value * panels))
  const whole = {
    ...series,
    loadKwh: loadFactor === 1 ? loadKwh : loadKwh.map((value) => value * loadFactor),
    solarKwh,
  }
  const importMilliWh = new Float64Array(axis.count)
  const exportMilliWh = new Float64Array(axis.count)
  const twoMeters = buysAll(home.plan)
  let chargingUsd = 0
  const given = new Float64Array(size.batteryKwh > 0 ? axis.count : 0)
  const meter = (step: number, charge: number, discharge: number, bought: number, sold: number): void => {
    const load = whole.loadKwh[step]
    const solar = solarKwh[step]
    if (twoMeters) {
      // One meter has all that is used, the other all that is made.
      const use = bought - sold + solar
      importMilliWh[step] = Math.round(Math.max(0, use) * 1e6)
      exportMilliWh[step] = Math.round((use > 0 ? solar : solar - use) * 1e6)
    } else {
      importMilliWh[step] = Math.round(bought * 1e6)
      exportMilliWh[step] = Math.round(sold * 1e6)
    }
    if (size.batteryKwh === 0) return
    given[step] = discharge
    const fromSun = Math.min(charge, Math.max(0, solar - load))
    chargingUsd += fromSun * series.exportUsdPerKwh[step] + (charge - fromSun) * series.importUsdPerKwh[step]
  }
  const moved = { charge: 0, discharge: 0 }
  if (size.batteryKwh === 0) {
    for (let step = 0; step < axis.count; step++) {
      const net = whole.loadKwh[step] - solarKwh[step]
      meter(step, 0, 0, Math.max(0, net), Math.max(0, -net))
    }
  } else {
    const { parameters, start } = batteryOf(home, options)
    const strategy = strategyOf(home, options.strategy, { battery: parameters, series: whole })
    const run = runDispatch(whole, parameters, start, strategy, meter)
    moved.charge = run.chargeKwh
    moved.discharge = run.dischargeKwh
  }
  const metered = { importMilliWh, exportMilliWh }
  const acKw = size.panelsKw / home.dcAcRatio
  const bills = billYear(home, home.plan, metered, acKw)
  return {
    ...metered,
    bills,
    billUsd: sumUsd(bills),
    billAfterUsd: options.after ? sumUsd(billYear(home, home.after, metered, acKw)) : null,
    solarKwh: sum(solarKwh),
    importKwh: sum(importMilliWh) / 1e6,
    exportKwh: sum(exportMilliWh) / 1e6,
    chargeKwh: moved.charge,
    dischargeKwh: moved.discharge,
    chargingUsd,
    calledKw: options.strategy === 'demand-response' && size.batteryKwh > 0 ? calledKw(home, given) : 0,
  }
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0)

export const sumUsd = (bills: readonly BillLines[]): number =>
  bills.reduce((all, { netMicroUsd }) => all + netMicroUsd, 0) / 1e6

/** Mean power over the events, kW; of two parts of a season, in a year that begins within it, each counts for its days. */
function calledKw({ events, series }: SizingHome, dischargeKwh: Float64Array): number {
  const seasons = events.seasons.reduce((total, { fraction }) => total + fraction, 0)
  if (seasons === 0) return 0
  const program = { ...events.program, usdPerKwSeason: 1, capKw: Number.POSITIVE_INFINITY }
  return programPayment({ ...events, program }, series.stepHours, (step) => dischargeKwh[step]) / seasons
}

/** A home battery as the scenarios have it by default, its fade taken as it stands in the year. */
function batteryOf(home: SizingHome, { size, batteryHealth }: YearOptions) {
  const settings = batterySchema.parse({
    capacityKwh: size.batteryKwh * batteryHealth,
    powerKw: size.batteryKw,
    calendarFadePercentPerYear: 0,
    cycleFadePercentPerThousandEfc: 0,
  })
  const parameters = batteryParameters(settings, size.panelsKw / home.dcAcRatio)
  return { parameters, start: newBattery(parameters, settings.initialSocFraction) }
}

function strategyOf(home: SizingHome, kind: SizedStrategy, context: StrategyContext): Strategy {
  switch (kind) {
    case 'self-consumption':
      return selfConsumption(context)
    case 'time-of-use':
      return timeOfUse(context, { gridCharge: true })
    case 'demand-response':
      return demandResponse(context, home.events, selfConsumption(context))
  }
}

/**
 * Bills a metered year month by month. Where credits are carried the year is billed twice, and the second one counts: a
 * year that begins with what a year like it has left.
 *
 * @param trade called before each month is closed: what neighbors sold to the home
 */
export function billYear(
  { months, role, carries }: SizingHome,
  plan: TariffPlan,
  { importMilliWh, exportMilliWh }: MeteredYear,
  solarKw: number,
  trade: (meter: ReturnType<typeof caseMeter>, month: number) => void = () => {},
): BillLines[] {
  let at = 0
  const meter = caseMeter(plan, billRules(plan, role, solarKw), () => ({
    name: months.names[at],
    covered: months.covered[at],
  }))
  const passes = carries && solarKw > 0 && plan.rate !== null ? 2 : 1
  const bills: BillLines[] = []
  for (let pass = 0; pass < passes; pass++) {
    let step = 0
    for (at = 0; at < months.names.length; at++) {
      for (; step < importMilliWh.length && months.ofStep[step] === at; step++)
        meter.interval(step, importMilliWh[step], exportMilliWh[step])
      trade(meter, at)
      const bill = meter.close(months.covered[at])
      if (pass === passes - 1) bills.push(bill)
    }
  }
  return bills
}
