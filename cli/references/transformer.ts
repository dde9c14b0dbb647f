import { z } from 'zod'
import {
  ageingRate,
  hotSpotC,
  type Paper,
  stateAt,
  stepThermal,
  type ThermalParameters,
} from '../../models/grid/hot-spot.ts'
import { filesMatching, readJson, readTable } from './files.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-transformer'
const HOT_SPOT_K = 0.1
/** Of the rate, and of the days aged. */
const AGEING_FRACTION = 0.01
/** Rates are rounded to six decimals: below this the last digit is more than the tolerance. */
const LEAST_RATE = 1e-3

const number = z.number()
const shape = z.object({
  tool: z.string().default('unnamed'),
  transformer: z.string(),
  specs: z.object({
    no_load_loss: number,
    amb_temp_surcharge: number,
    time_const_oil: number,
    top_oil_temp_rise: number,
    oil_const_k11: number,
    winding_const_k21: number,
    winding_const_k22: number,
    oil_exp_x: number,
    winding_exp_y: number,
    load_loss: number,
    nom_load_sec_side: number,
    winding_oil_gradient: number,
    time_const_windings: number,
    hot_spot_fac: number,
  }),
  dt_min: number.positive(),
  aging: z.string().default(''),
  /** Words that may tell the paper. */
  paper: z.string().default(''),
  insulation: z.string().default(''),
  days_aged: number.optional(),
  max_hot_spot_c: number.optional(),
})
type Case = z.output<typeof shape>

const parametersOf = ({ transformer, specs }: Case): ThermalParameters => ({
  kind: /distribution/i.test(transformer) ? 'distribution' : 'power',
  noLoadLossW: specs.no_load_loss,
  loadLossW: specs.load_loss,
  surchargeK: specs.amb_temp_surcharge,
  topOilRiseK: specs.top_oil_temp_rise,
  windingGradientK: specs.winding_oil_gradient,
  hotSpotFactor: specs.hot_spot_fac,
  oilMinutes: specs.time_const_oil,
  windingMinutes: specs.time_const_windings,
  oilExponent: specs.oil_exp_x,
  windingExponent: specs.winding_exp_y,
  k11: specs.oil_const_k11,
  k21: specs.winding_const_k21,
  k22: specs.winding_const_k22,
})

/** The column tells the paper; where it does not, the words of the file. */
function paperOf(column: string, words: string): Paper {
  if (column.includes('normal')) return 'normal'
  const upgraded = /upgraded/i.test(`${column} ${words.replaceAll(/non-?(?:thermally-?)?\s?upgraded/gi, '')}`)
  return upgraded ? 'upgraded' : 'normal'
}

const relative = (ours: number, theirs: number): number => Math.abs(ours - theirs) / Math.abs(theirs)

function check(dir: string, name: string): Check[] {
  const golden = readJson(dir, `${FOLDER}/${name}.json`, shape)
  const table = readTable(dir, `${FOLDER}/${name}.csv`)
  const parameters = parametersOf(golden)
  const minute = table.numbers('minute')
  const load = table.numbers('load_pu')
  const ambient = table.numbers('ambient_c')
  const topOil = table.numbers('top_oil_c')
  const hotSpot = table.numbers('hot_spot_c')
  const rateColumn = table.columns.find((column) => /^ag(?:e)?ing_rate/.test(column)) ?? 'aging_rate'
  const rate = table.numbers(rateColumn)
  const paper = paperOf(rateColumn, `${golden.aging} ${golden.paper} ${golden.insulation}`)
  const most = { topOil: 0, hotSpot: 0, rate: 0, maximum: -Infinity, days: 0 }
  // The first row is the start; each other one ends a step.
  let state = stateAt(parameters, topOil[0], hotSpot[0])
  for (let row = 0; row < table.rows; row++) {
    const minutes = row === 0 ? 0 : minute[row] - minute[row - 1]
    if (row > 0) state = stepThermal(parameters, state, load[row], ambient[row], minutes)
    const ours = hotSpotC(state)
    const ageing = ageingRate(paper, ours)
    most.topOil = Math.max(most.topOil, Math.abs(state.topOilC - topOil[row]))
    most.hotSpot = Math.max(most.hotSpot, Math.abs(ours - hotSpot[row]))
    if (rate[row] >= LEAST_RATE) most.rate = Math.max(most.rate, relative(ageing, rate[row]))
    most.maximum = Math.max(most.maximum, ours)
    most.days += (ageing * minutes) / 1440
  }
  const one = checksOf(`${FOLDER}/${name}`, golden.tool)
  const paperName = paper === 'normal' ? 'normal paper' : 'thermally upgraded paper'
  return [
    one('top oil', 'K', HOT_SPOT_K, most.topOil),
    one('hot spot', 'K', HOT_SPOT_K, most.hotSpot),
    one(`ageing rate, ${paperName}`, 'of it', AGEING_FRACTION, most.rate),
    ...(golden.max_hot_spot_c === undefined
      ? []
      : [one('highest hot spot', 'K', HOT_SPOT_K, Math.abs(most.maximum - golden.max_hot_spot_c))]),
    ...(golden.days_aged === undefined
      ? []
      : [one(`days aged, ${paperName}`, 'of them', AGEING_FRACTION, relative(most.days, golden.days_aged))]),
  ]
}

/** Temperature and ageing of a transformer under a given load: `golden-transformer/*.{json,csv}`. */
export const transformerReferences: ReferenceFamily = {
  id: 'transformer',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /\.json$/).map((file) => file.slice(0, -'.json'.length)),
  check,
}
