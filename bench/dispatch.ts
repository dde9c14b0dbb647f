/**
 * How far from the optimum is each strategy, and what does a year of planning cost? The twelve embedded
 * homes, hour by hour, each with the same battery, under the data set's prices. Writes dispatch.md beside
 * this file: `node bench/dispatch.ts`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadFontanaCommon, loadFontanaHome } from '../data/fontana.ts'
import { localClock } from '../data/local-clock.ts'
import { type BatteryParameters, newBattery } from '../models/battery/battery.ts'
import { perfectForecast, persistenceForecast } from '../models/dispatch/forecast.ts'
import { optimumBattery, perfectForesight } from '../models/dispatch/optimum.ts'
import { costWithout, runDispatch } from '../models/dispatch/run.ts'
import type { DispatchSeries } from '../models/dispatch/series.ts'
import { modelPredictive } from '../models/dispatch/strategies/model-predictive.ts'
import { selfConsumption } from '../models/dispatch/strategies/self-consumption.ts'
import { timeOfUse } from '../models/dispatch/strategies/time-of-use.ts'
import type { Strategy, StrategyContext } from '../models/dispatch/strategy.ts'
import { highsSolver } from '../sim/highs.ts'

const HOMES = [1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16]
const BATTERY: BatteryParameters = {
  capacityKwh: 10,
  powerKw: 5,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
  standbyW: 0,
  selfDischargePercentPerMonth: 0,
  minSocFraction: 0,
  maxSocFraction: 1,
  calendarFadePercentPerYear: 0,
  cycleFadePercentPerThousandEfc: 0,
}

function seriesOf(home: number): DispatchSeries {
  const { frame } = loadFontanaHome(home)
  const { loadMilliWh, solarMilliWh } = frame.columns
  const clock = localClock(frame.axis, 'America/Los_Angeles')
  return {
    stepHours: 1,
    loadKwh: Float64Array.from(loadMilliWh, (value) => value / 1e6),
    solarKwh: Float64Array.from(solarMilliWh, (value) => value / 1e6),
    importUsdPerKwh: loadFontanaCommon().frame.columns.price,
    exportUsdPerKwh: new Float64Array(frame.axis.count).fill(0.05),
    localHour: clock.hour,
    localMonth: clock.month,
    localDay: clock.day,
    temperatureC: new Float64Array(frame.axis.count).fill(20),
  }
}

const solver = await highsSolver()
const plan = { horizonHours: 48, planHours: 1, wearUsdPerKwh: 0 }
const STRATEGIES: Record<string, (context: StrategyContext) => Strategy> = {
  'self-consumption': selfConsumption,
  'time of use': (context) => timeOfUse(context, { gridCharge: true }),
  'planned, day before': (context) =>
    modelPredictive(context, plan, persistenceForecast(context.series), solver, selfConsumption(context)),
  'planned, perfect': (context) =>
    modelPredictive(context, plan, perfectForecast(context.series), solver, selfConsumption(context)),
}

const names = Object.keys(STRATEGIES)
const rows: string[] = []
let least = 1
let slowest = 0
for (const home of HOMES) {
  const series = seriesOf(home)
  const none = costWithout(series)
  const bound = perfectForesight(series, optimumBattery(BATTERY, 0)).usd
  const shares = names.map((name) => {
    const started = performance.now()
    const context = { battery: BATTERY, series }
    const { usd, ruledSteps } = runDispatch(
      series,
      BATTERY,
      newBattery(BATTERY, 0),
      STRATEGIES[name](context),
    )
    if (ruledSteps > 0) throw new Error(`${ruledSteps} solves failed`)
    if (usd < bound - 1e-6) throw new Error(`home ${home}: ${name} costs less than the bound`)
    const share = (none - usd) / (none - bound)
    if (name.startsWith('planned')) slowest = Math.max(slowest, performance.now() - started)
    if (name === 'planned, perfect') least = Math.min(least, share)
    return (100 * share).toFixed(2)
  })
  rows.push(`| ${home} | ${none.toFixed(2)} | ${bound.toFixed(2)} | ${shares.join(' | ')} |`)
}

writeFileSync(
  join(import.meta.dirname, 'dispatch.md'),
  `# Distance to the optimum

A year of the twelve embedded homes, hourly, each with 10 kWh, 5 kW and 0.95 a way, export at 5 cents. Cost without a battery
and with perfect foresight (USD), and what part of the saving between them each strategy reaches (%). Planning: HiGHS, 48
hours ahead, every hour. Written by \`bench/dispatch.ts\`.

| home | no battery | bound | ${names.join(' | ')} |
|---|---|---|${'---|'.repeat(names.length)}
${rows.join('\n')}

With a perfect forecast the least is ${(100 * least).toFixed(2)} %; the slowest year of planning took ${(slowest / 1000).toFixed(1)} s on a shared core.
`,
)
