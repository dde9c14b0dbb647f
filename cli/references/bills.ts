import { type BilledYear, billYear } from '../../models/tariff/rate/year.ts'
import { type BillReference, billReference, meteringOf, rateOf, yearSeries } from './bill-inputs.ts'
import { filesMatching, readJson } from './files.ts'
import { type Check, checksOf, greatestDifference, type ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-bills'
/** Half a cent: the references are doubles, a bill is printed to the cent. */
const CENT = 0.005
/** A year's sum may be off by half a cent a month and no more. */
const YEAR = 0.01
const KWH = 1e-3

const usd = (microUsd: number): number => microUsd / 1e6

/** Columns that a reference may hold, month by month, as ours. */
function monthly(ours: BilledYear, without: BilledYear): Record<string, [string, string, number, number[]]> {
  const of = (year: BilledYear, value: (line: BilledYear['months'][number]) => number) =>
    year.months.map((line) => usd(value(line)))
  const kwh = (milliWh: readonly number[]) => milliWh.map((one) => one / 1e6)
  return {
    monthly_bill_with_system: ['bill with system', 'USD', CENT, of(ours, (line) => line.billMicroUsd)],
    monthly_bill_without_system: [
      'bill without system',
      'USD',
      CENT,
      of(without, (line) => line.billMicroUsd),
    ],
    year1_monthly_fixed_with_system: ['fixed charge', 'USD', CENT, of(ours, (line) => line.fixedMicroUsd)],
    year1_monthly_minimum_with_system: [
      'minimum charge',
      'USD',
      CENT,
      of(ours, (line) => line.minimumMicroUsd),
    ],
    year1_monthly_ec_charge_with_system: [
      'energy charge',
      'USD',
      CENT,
      of(ours, (line) => line.energyMicroUsd + line.exportCreditMicroUsd),
    ],
    year1_true_up_credits: ['true-up', 'USD', CENT, of(ours, (line) => -line.trueUpMicroUsd)],
    year1_monthly_electricity_to_grid: ['energy to the grid, net', 'kWh', KWH, kwh(ours.netMilliWh)],
    year1_monthly_cumulative_excess_generation: ['energy carried', 'kWh', KWH, kwh(ours.excessMilliWh)],
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

function check(dir: string, name: string): Check[] {
  const file = `${FOLDER}/${name}`
  const reference: BillReference = readJson(dir, file, billReference)
  const rate = rateOf(reference, file)
  const metering = meteringOf(reference, file)
  const { load, generation } = yearSeries(dir, name, reference)
  const ours = billYear(rate, metering, load, generation)
  const without = billYear(rate, metering, load, new Float64Array(load.length))
  const one = checksOf(file, reference.tool)
  const columns = Object.entries(monthly(ours, without)).flatMap(
    ([key, [quantity, unit, tolerance, values]]) => {
      const theirs = (reference as Record<string, unknown>)[key]
      return Array.isArray(theirs)
        ? [
            one(
              `${quantity}, every month`,
              unit,
              tolerance,
              greatestDifference(Float64Array.from(values), Float64Array.from(theirs as number[])),
            ),
          ]
        : []
    },
  )
  const yearOf = (quantity: string, year: BilledYear, theirs: number) =>
    one(
      quantity,
      'USD',
      YEAR,
      Math.abs(usd(sum(year.months.map(({ billMicroUsd }) => billMicroUsd))) - theirs),
    )
  return [
    ...columns,
    yearOf('bill with system, year', ours, reference.annual_bill_with_system),
    yearOf('bill without system, year', without, reference.annual_bill_without_system),
  ]
}

/** A home's twelve bills under a rate and a metering rule: `home*.json`. */
export const billReferences: ReferenceFamily = {
  id: 'bills',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /^home.+\.json$/),
  check,
}
