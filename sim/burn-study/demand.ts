import { disaggregate, LOAD_SPREAD, SOLAR_SPREAD } from '../../data/disaggregate.ts'
import { FONTANA_HOMES, loadFontanaCommon, loadFontanaHome } from '../../data/fontana.ts'
import type { RandomStream } from '../../data/random.ts'

/** Quarters of an hour: the study's settlement interval. */
export const STEP_HOURS = 0.25
export const STEPS_PER_DAY = 96
export const STEPS_PER_YEAR = 365 * STEPS_PER_DAY

/** A year of one home, from the embedded measured homes; quarters are derived from their hours. */
export interface Demand {
  readonly home: number
  /** Solar less load, kWh in each quarter; above zero: surplus. */
  readonly surplusKwh: Float64Array
  /** Mean load of a day, kWh. */
  readonly dailyLoadKwh: number
  /** Outside, °C, by the hour. */
  readonly outsideC: Float64Array
}

/** Homes with solar that works; the solar of home 15 is out most of the year. */
const HOMES = FONTANA_HOMES.filter((home) => home !== 15)

const hours = new Map<number, { load: Float64Array; solar: Float64Array }>()
let outside: Float64Array | undefined

function measured(home: number): { load: Float64Array; solar: Float64Array } {
  let columns = hours.get(home)
  if (columns === undefined) {
    const { frame } = loadFontanaHome(home)
    columns = { load: frame.columns.loadMilliWh, solar: frame.columns.solarMilliWh }
    hours.set(home, columns)
  }
  return columns
}

/** A home, its load and its solar each scaled. */
export function drawDemand(stream: RandomStream, loadScale: number, solarScale: number): Demand {
  const home = HOMES[Math.floor(stream.uniform() * HOMES.length)]
  const { load, solar } = measured(home)
  outside ??= loadFontanaCommon().frame.columns.temperature
  const loads = disaggregate(load, 4, 'stochastic', { stream, spread: LOAD_SPREAD })
  const solars = disaggregate(solar, 4, 'stochastic', { stream, spread: SOLAR_SPREAD })
  const surplusKwh = new Float64Array(STEPS_PER_YEAR)
  let sum = 0
  for (let step = 0; step < STEPS_PER_YEAR; step++) {
    sum += loads[step]
    surplusKwh[step] = (solarScale * solars[step] - loadScale * loads[step]) / 1e6
  }
  return { home, surplusKwh, dailyLoadKwh: (loadScale * sum) / 1e6 / 365, outsideC: outside }
}
