import type { BillLines, HomeResult, MonthResult, RunResults } from '../../data/run-files.ts'
import { localMonths } from '../../data/local-time.ts'
import type { ScenarioView } from '../scenario-view.ts'
import { type ExactCents, inCents } from './cents.ts'

/** What a comparison is with. */
export type Against = 'today' | 'no-trading' | 'no-solar'

/** One home's month for the person who lives there. Energy in whole milliwatt-hours, money in whole cents. */
export interface Statement {
  readonly homeId: string
  readonly label: string
  /** Local month, `2016-08`, and how it is called: `August 2016`. */
  readonly month: string
  readonly monthName: string
  /** Part of the month that was simulated, (0, 1]. */
  readonly covered: number
  readonly tariff: string
  readonly usedMilliWh: number
  readonly madeMilliWh: number
  readonly boughtMilliWh: { readonly utility: number; readonly neighbors: number }
  readonly soldMilliWh: { readonly utility: number; readonly neighbors: number }
  /** What went into the battery and did not come out in the month; below zero: more came out. Null: no battery. */
  readonly keptMilliWh: number | null
  /** Lines that are not zero, and the one net charge: their sum, to the cent. */
  readonly lines: readonly { readonly label: string; readonly cents: number }[]
  readonly netCents: number
  /** The same month under other terms; saved > 0: the home pays less than that. */
  readonly comparisons: readonly {
    readonly against: Against
    readonly label: string
    readonly netCents: number
    readonly savedCents: number
  }[]
}

/** Lines of a bill in plain words, in the order of a bill; several of them may be one line here. */
const LINES: readonly (readonly [label: string, lines: readonly (keyof BillLines)[]])[] = [
  ['Electricity from the utility', ['energyMicroUsd']],
  ['For your highest use at one time', ['demandMicroUsd']],
  ['For being connected', ['fixedMicroUsd', 'minimumMicroUsd']],
  ['Charge on your solar panels', ['solarChargeMicroUsd']],
  ['Electricity from neighbors', ['peerPaidMicroUsd']],
  ['Wires that brought it', ['peerDeliveryMicroUsd']],
  ['Fee of the neighborhood market', ['platformFeeMicroUsd']],
  ['Credit for electricity sold to the utility', ['exportCreditMicroUsd', 'trueUpMicroUsd']],
  ['Received from neighbors', ['peerReceivedMicroUsd']],
  ['Credits shared among neighbors', ['assignedCreditMicroUsd']],
  ['Your discount', ['discountMicroUsd']],
  ['Paid for your help on hot afternoons', ['programMicroUsd']],
]

/** Every line of a bill is in one line of the statement: the compiler and a test hold it. */
export const STATEMENT_LINES = LINES

/** `2016-08` as `August 2016`. */
export const monthName = (month: string): string => {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1, 1)).toLocaleDateString('en-US', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** Part of each month of a run that was simulated; a series that is run through again covers the same. */
export function coveredOf({ startSeconds, stepSeconds, count, timeZone }: RunResults): readonly number[] {
  return localMonths({ startSeconds, stepSeconds, count }, timeZone).covered
}

/** The last month of a home that was simulated whole; else its last. */
export function lastWholeMonth(results: RunResults, home: HomeResult): MonthResult {
  const covered = coveredOf(results)
  const whole = home.months.findLastIndex((_, at) => covered[at % covered.length] > 0.999)
  return home.months[whole < 0 ? home.months.length - 1 : whole]
}

/** Makes a home's statement of one of its months. */
export function statementOf(
  results: RunResults,
  scenario: ScenarioView,
  home: HomeResult,
  result: MonthResult,
): Statement {
  const { energy, bills, baselines, month } = result
  const covered = coveredOf(results)
  const bill = inCents(LINES.map(([label, keys]) => [label, sum(bills.plant, keys)]))
  const compare = (against: Against, label: string, net: number) => {
    const { netCents } = inCents([['', net]])
    return { against, label, netCents, savedCents: netCents - bill.netCents }
  }
  return {
    homeId: home.id,
    label: home.label,
    month,
    monthName: monthName(month),
    covered: covered[home.months.indexOf(result) % covered.length],
    tariff: scenario.tariff.label,
    usedMilliWh: energy.loadMilliWh,
    madeMilliWh: energy.solarMilliWh,
    boughtMilliWh: {
      utility: energy.importMilliWh - energy.peerBoughtMilliWh,
      neighbors: energy.peerBoughtMilliWh,
    },
    soldMilliWh: {
      utility: energy.exportMilliWh - energy.peerSoldMilliWh,
      neighbors: energy.peerSoldMilliWh,
    },
    keptMilliWh:
      home.batteryKwh === 0 ? null : energy.chargeMilliWh + energy.standbyMilliWh - energy.dischargeMilliWh,
    ...lined(bill),
    comparisons: [
      compare('today', 'Today’s rules, no trading', baselines.today.netMicroUsd),
      compare('no-trading', 'This tariff, no trading', bills['own-battery'].netMicroUsd),
      ...(home.solarKw === 0
        ? []
        : [compare('no-solar', 'This tariff, all bought from the utility', bills['no-solar'].netMicroUsd)]),
    ],
  }
}

const sum = (bill: BillLines, keys: readonly (keyof BillLines)[]): number =>
  keys.reduce((all, key) => all + bill[key], 0)

/** Lines that are nothing are left out; cents that rounding leaves over are a line of their own. */
function lined({ lines, roundingCents, netCents }: ExactCents): Pick<Statement, 'lines' | 'netCents'> {
  const shown = lines.filter(({ cents }) => cents !== 0)
  return {
    lines: roundingCents === 0 ? shown : [...shown, { label: 'Rounding to cents', cents: roundingCents }],
    netCents,
  }
}
