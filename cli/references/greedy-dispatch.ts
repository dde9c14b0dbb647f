import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { type BatteryParameters, newBattery, stepBattery } from '../../models/battery/battery.ts'
import { selfConsumption } from '../../models/battery/self-consumption.ts'
import { optimumBattery, perfectForesight } from '../../models/dispatch/optimum.ts'
import { filesMatching, readColumns, readJson, sameLength } from './files.ts'
import { readHome, readImportPrice, type ReferenceHome } from './homes.ts'
import { type Check, greatestDifference, type ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-dispatch'
/** The files have six decimals: half a unit of the last, and what the summands were rounded by. */
const HOURLY_KWH = 2e-6
const TOTAL_KWH = 1e-6
const USD = 1e-6
const SHARE = 1e-9

const number = z.number()
const shape = z.object({
  tool: z.string().default('unnamed'),
  dt_h: number.positive(),
  capacity_kwh: number.positive(),
  power_kw: number.positive(),
  eta_one_way: number.positive().max(1),
  initial_energy_kwh: number.min(0),
  price: z.string(),
  cost_no_battery: number,
  cost_greedy: number,
  cost_lp_optimum_perfect_foresight: number.optional(),
  cost_lp_optimum_export_at_retail: number.optional(),
  greedy_totals: z.object({
    charge: number,
    discharge: number,
    import: number,
    export: number,
    end_energy: number,
  }),
  self_consumption_greedy: number.nullish(),
  self_sufficiency_greedy: number.nullish(),
})
type Reference = z.output<typeof shape>

const HOURLY = {
  charge_kwh: 'charge',
  discharge_kwh: 'discharge',
  energy_end_kwh: 'stored energy',
  import_kwh: 'import',
  export_kwh: 'export',
} as const
type Column = keyof typeof HOURLY
type Columns = Record<Column, Float64Array>
const COLUMNS = Object.keys(HOURLY) as Column[]

/** A reference's battery: losses of its two efficiencies alone. */
const batteryOf = (reference: Reference): BatteryParameters => ({
  capacityKwh: reference.capacity_kwh,
  powerKw: reference.power_kw,
  chargeEfficiency: reference.eta_one_way,
  dischargeEfficiency: reference.eta_one_way,
  standbyW: 0,
  selfDischargePercentPerMonth: 0,
  minSocFraction: 0,
  maxSocFraction: 1,
  calendarFadePercentPerYear: 0,
  cycleFadePercentPerThousandEfc: 0,
})

/** The self-consumption rule through our battery model, row by row. */
function dispatch(reference: Reference, home: ReferenceHome): Columns {
  const rows = home.loadKwh.length
  const ours = Object.fromEntries(COLUMNS.map((column) => [column, new Float64Array(rows)])) as Columns
  const battery = batteryOf(reference)
  let state = { ...newBattery(battery, 0), energyKwh: reference.initial_energy_kwh }
  for (let row = 0; row < rows; row++) {
    const powerKw = selfConsumption(home.solarKwh[row], home.loadKwh[row], reference.dt_h)
    const step = stepBattery(battery, state, powerKw, reference.dt_h)
    const net = home.loadKwh[row] - home.solarKwh[row] + step.chargedKwh - step.dischargedKwh
    ours.charge_kwh[row] = step.chargedKwh
    ours.discharge_kwh[row] = step.dischargedKwh
    ours.energy_end_kwh[row] = step.state.energyKwh
    ours.import_kwh[row] = Math.max(0, net)
    ours.export_kwh[row] = Math.max(0, -net)
    state = step.state
  }
  return ours
}

const sum = (column: Float64Array): number => column.reduce((all, value) => all + value, 0)

function cost(
  imports: Float64Array,
  exports: Float64Array,
  price: Float64Array,
  exportPrice: number,
): number {
  return imports.reduce((all, kwh, row) => all + kwh * price[row] - exports[row] * exportPrice, 0)
}

/** The perfect-foresight optimum, USD. */
function optimumUsd(
  reference: Reference,
  home: ReferenceHome,
  importUsdPerKwh: Float64Array,
  exportUsdPerKwh: Float64Array,
): number {
  const rows = home.loadKwh.length
  const series = {
    stepHours: reference.dt_h,
    loadKwh: home.loadKwh,
    solarKwh: home.solarKwh,
    importUsdPerKwh,
    exportUsdPerKwh,
    localHour: new Float64Array(rows),
    localMonth: new Uint8Array(rows),
    localDay: new Int32Array(rows),
    temperatureC: new Float64Array(rows).fill(25),
  }
  return perfectForesight(series, optimumBattery(batteryOf(reference), reference.initial_energy_kwh)).usd
}

/** `common.csv price_usd_per_kwh for import, 0.05 flat for export` */
function prices(reference: Reference, source: string): { importNamed: string; exportPrice: number } {
  const found = /^(.+) for import, ([\d.]+) flat for export$/.exec(reference.price)
  if (found !== null) return { importNamed: found[1], exportPrice: Number(found[2]) }
  throw new VppError('invalid', {
    place: `${source}  price`,
    problem: `is ${JSON.stringify(reference.price)}`,
    fix: 'write `common.csv COLUMN for import, NUMBER flat for export`',
  })
}

/** Each row of each column. */
const rowChecks = (ours: Columns, theirs: Columns, source: string, computedBy: string): Check[] =>
  COLUMNS.map((column) => ({
    quantity: `${HOURLY[column]}, every row`,
    source,
    computedBy,
    unit: 'kWh',
    tolerance: HOURLY_KWH,
    deviation: greatestDifference(ours[column], theirs[column]),
  }))

/** Sums over all rows and what they cost. */
function totalChecks(
  reference: Reference,
  source: string,
  ours: Columns,
  home: ReferenceHome,
  price: Float64Array,
  exportPrice: number,
): Check[] {
  const computedBy = reference.tool
  const one = (quantity: string, unit: string, tolerance: number, difference: number): Check => ({
    quantity,
    source,
    computedBy,
    unit,
    tolerance,
    deviation: Math.abs(difference),
  })
  const totals = reference.greedy_totals
  const imported = sum(ours.import_kwh)
  const exported = sum(ours.export_kwh)
  const stored = ours.energy_end_kwh.at(-1) ?? 0
  const deficit = home.loadKwh.map((load, row) => Math.max(0, load - home.solarKwh[row]))
  const surplus = home.loadKwh.map((load, row) => Math.max(0, home.solarKwh[row] - load))
  const plain = cost(deficit, surplus, price, exportPrice)
  const greedy = cost(ours.import_kwh, ours.export_kwh, price, exportPrice)
  const checks = [
    one('total charge', 'kWh', TOTAL_KWH, sum(ours.charge_kwh) - totals.charge),
    one('total discharge', 'kWh', TOTAL_KWH, sum(ours.discharge_kwh) - totals.discharge),
    one('total import', 'kWh', TOTAL_KWH, imported - totals.import),
    one('total export', 'kWh', TOTAL_KWH, exported - totals.export),
    one('energy at the end', 'kWh', TOTAL_KWH, stored - totals.end_energy),
    one('cost without battery', 'USD', USD, plain - reference.cost_no_battery),
    one('cost with battery', 'USD', USD, greedy - reference.cost_greedy),
  ]
  const consumed = reference.self_consumption_greedy
  const supplied = reference.self_sufficiency_greedy
  const optimum = reference.cost_lp_optimum_perfect_foresight
  // A home without solar has no self-consumption, and not every reference has an optimum.
  if (typeof consumed === 'number') {
    const share = 1 - exported / sum(home.solarKwh)
    checks.push(one('self-consumption (home, AC)', 'fraction', SHARE, share - consumed))
  }
  if (typeof supplied === 'number') {
    const share = 1 - imported / sum(home.loadKwh)
    checks.push(one('self-sufficiency (home, AC)', 'fraction', SHARE, share - supplied))
  }
  if (optimum !== undefined) {
    const bound = optimumUsd(
      reference,
      home,
      price,
      price.map(() => exportPrice),
    )
    checks.push(one('cost below the optimum', 'USD', USD, Math.max(0, optimum - greedy)))
    checks.push(one('cost of the optimum', 'USD', USD, bound - optimum))
  }
  const retail = reference.cost_lp_optimum_export_at_retail
  if (retail !== undefined) {
    // The reference pays a millionth less than retail, so that its program has a bottom.
    const bound = optimumUsd(
      reference,
      home,
      price,
      price.map((usd) => usd - 1e-6),
    )
    checks.push(one('cost of the optimum, export at retail', 'USD', USD, bound - retail))
  }
  return checks
}

function check(dir: string, name: string): Check[] {
  const json = `${FOLDER}/dispatch_home${name}.json`
  const csv = `${FOLDER}/greedy_home${name}.csv`
  const reference = readJson(dir, json, shape)
  const theirs = readColumns(dir, csv, COLUMNS)
  const home = readHome(dir, name)
  sameLength(csv, theirs.charge_kwh.length, home.file, home.loadKwh.length)
  const { importNamed, exportPrice } = prices(reference, json)
  const price = readImportPrice(dir, json, importNamed, home)
  const ours = dispatch(reference, home)
  return [
    ...rowChecks(ours, theirs, csv, reference.tool),
    ...totalChecks(reference, json, ours, home, price, exportPrice),
  ]
}

/** Self-consumption dispatch of one home and one battery: `greedy_homeNN.csv` and `dispatch_homeNN.json`. */
export const greedyDispatch: ReferenceFamily = {
  id: 'greedy-dispatch',
  find: (dir) => {
    const pattern = /^(?:greedy_home(\w+)\.csv|dispatch_home(\w+)\.json)$/
    const names = filesMatching(`${dir}/${FOLDER}`, pattern).map((file) => {
      const found = pattern.exec(file)
      return found?.[1] ?? found?.[2] ?? ''
    })
    return [...new Set(names)].toSorted()
  },
  check,
}
