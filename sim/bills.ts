import {
  BILL_CASES,
  type BillCase,
  type BillLines,
  type HomeEnergy,
  type MonthResult,
  RULE_BASELINES,
  type RuleBaseline,
} from '../data/run-files.ts'
import { utilityPart } from '../models/tariff/bill.ts'
import { type CaseMeter, caseMeter, type Metered, type OpenMonth } from './case-meter.ts'
import type { FlowBlock } from './flow-block.ts'
import type { MarketArea } from './market-area.ts'
import { billRules, type TariffPlan } from './tariff-plan.ts'

export const noEnergy = (): HomeEnergy => ({
  solarMilliWh: 0,
  loadMilliWh: 0,
  chargeMilliWh: 0,
  dischargeMilliWh: 0,
  standbyMilliWh: 0,
  importMilliWh: 0,
  exportMilliWh: 0,
  peerBoughtMilliWh: 0,
  peerSoldMilliWh: 0,
})

/** What the cases' meters see of one home's block. */
const SCRATCH = [
  'reference',
  'none',
  'soloIn',
  'soloOut',
  'gridIn',
  'gridOut',
  'plantIn',
  'plantOut',
  'used',
  'made',
] as const
type Scratch = Readonly<Record<(typeof SCRATCH)[number], Metered>>

const newScratch = (rows: number): Scratch =>
  Object.fromEntries(
    SCRATCH.map((name) => [name, { milliWh: new Int32Array(rows), sum: 0 }]),
  ) as unknown as Scratch
/** One for all homes: a block is read and metered at once. */
let scratch = newScratch(0)

function scratchOf(rows: number): Scratch {
  if (scratch.none.milliWh.length < rows) scratch = newScratch(rows)
  return scratch
}

/** One home's meters and bills, month by month, in every case and under every baseline. */
export class HomeBooks {
  readonly months: MonthResult[] = []
  readonly total: HomeEnergy = noEnergy()
  /** Load of the whole run as if nothing could wait. */
  referenceLoadMilliWh = 0
  /** Solar of the whole run as the wires would take it without batteries. */
  referenceSolarMilliWh = 0
  readonly #twoMeters: boolean
  readonly #cases: Record<BillCase, CaseMeter>
  readonly #baselines: Record<RuleBaseline, { readonly meter: CaseMeter; readonly twoMeters: boolean }>
  #energy: HomeEnergy = noEnergy()

  /** @param month the month at hand, asked for when its first interval comes */
  constructor(area: MarketArea, home: number, month: () => OpenMonth) {
    const { role, solarKw } = area.homes[home]
    const meter = (plan: TariffPlan) => caseMeter(plan, billRules(plan, role, solarKw), month)
    const { plan } = area
    // Without a plant there is no charge on it.
    const bare = { ...plan, terms: { ...plan.terms, solarChargeUsdPerKwMonth: 0 } }
    this.#twoMeters = buysAll(plan)
    this.#cases = {
      'no-solar': meter(bare),
      'solar-only': meter(plan),
      'own-battery': meter(plan),
      plant: meter(plan),
    }
    this.#baselines = Object.fromEntries(
      RULE_BASELINES.map((name) => {
        const other = area.baselinePlans[name]
        return [name, { meter: meter(other), twoMeters: buysAll(other) }]
      }),
    ) as Record<RuleBaseline, { meter: CaseMeter; twoMeters: boolean }>
  }

  /** Adds a block of intervals from `at` on, all of the month at hand; what neighbors traded is not the utility's. */
  block(block: FlowBlock, home: number, at: number, count: number): void {
    const columns = scratchOf(block.capacity)
    const { reference, none, soloIn, soloOut, gridIn, gridOut, plantIn, plantOut, used, made } = columns
    const bought = this.#read(block, home, count, columns)
    const cases = this.#cases
    cases['no-solar'].block(at, count, reference, none)
    cases['solar-only'].block(at, count, soloIn, soloOut)
    cases.plant.block(at, count, plantIn, plantOut)
    if (this.#twoMeters) cases['own-battery'].block(at, count, used, made)
    else cases['own-battery'].block(at, count, gridIn, gridOut)
    cases.plant.trades.peerBoughtMilliWh += bought
    for (const name of RULE_BASELINES) {
      const { meter, twoMeters } = this.#baselines[name]
      if (twoMeters) meter.block(at, count, used, made)
      else meter.block(at, count, gridIn, gridOut)
    }
  }

  /** Fills the columns of every case from a home's rows, and adds to its energies; returns what it bought of neighbors. */
  #read({ energy: flows, homes }: FlowBlock, home: number, count: number, columns: Scratch): number {
    const { solar, load, charge, discharge, standby, peerBought, peerSold } = flows
    const { referenceLoad, referenceSolar, import: imports, export: exports } = flows
    const reference = columns.reference.milliWh
    const soloIn = columns.soloIn.milliWh
    const soloOut = columns.soloOut.milliWh
    const gridIn = columns.gridIn.milliWh
    const gridOut = columns.gridOut.milliWh
    const plantIn = columns.plantIn.milliWh
    const plantOut = columns.plantOut.milliWh
    const used = columns.used.milliWh
    const made = columns.made.milliWh
    const twoMeters = this.#twoMeters
    let solarSum = 0
    let loadSum = 0
    let chargeSum = 0
    let dischargeSum = 0
    let standbySum = 0
    let importSum = 0
    let exportSum = 0
    let boughtSum = 0
    let soldSum = 0
    let referenceSum = 0
    let referenceSolarSum = 0
    let lackSum = 0
    let usedSum = 0
    for (let row = 0, place = home; row < count; row++, place += homes) {
      const imported = imports[place]
      const exported = exports[place]
      const bought = peerBought[place]
      const sold = peerSold[place]
      const wanted = referenceLoad[place]
      const shone = referenceSolar[place]
      // Over two meters one has all that is used, the other all that is made.
      const use = load[place] + charge[place] + standby[place] - discharge[place]
      const allUsed = use > 0 ? use : 0
      const allMade = solar[place] + allUsed - use
      const lack = wanted > shone ? wanted - shone : 0
      solarSum += solar[place]
      loadSum += load[place]
      chargeSum += charge[place]
      dischargeSum += discharge[place]
      standbySum += standby[place]
      importSum += imported
      exportSum += exported
      boughtSum += bought
      soldSum += sold
      referenceSum += wanted
      referenceSolarSum += shone
      lackSum += lack
      usedSum += allUsed
      reference[row] = wanted
      soloIn[row] = twoMeters ? wanted : lack
      soloOut[row] = twoMeters ? shone : lack + shone - wanted
      gridIn[row] = imported
      gridOut[row] = exported
      plantIn[row] = (twoMeters ? allUsed : imported) - bought
      plantOut[row] = (twoMeters ? allMade : exported) - sold
      used[row] = allUsed
      made[row] = allMade
    }
    const madeSum = solarSum + usedSum - (loadSum + chargeSum + standbySum - dischargeSum)
    columns.reference.sum = referenceSum
    columns.soloIn.sum = twoMeters ? referenceSum : lackSum
    columns.soloOut.sum = twoMeters ? referenceSolarSum : lackSum + referenceSolarSum - referenceSum
    columns.gridIn.sum = importSum
    columns.gridOut.sum = exportSum
    columns.plantIn.sum = (twoMeters ? usedSum : importSum) - boughtSum
    columns.plantOut.sum = (twoMeters ? madeSum : exportSum) - soldSum
    columns.used.sum = usedSum
    columns.made.sum = madeSum
    const energy = this.#energy
    energy.solarMilliWh += solarSum
    energy.loadMilliWh += loadSum
    energy.chargeMilliWh += chargeSum
    energy.dischargeMilliWh += dischargeSum
    energy.standbyMilliWh += standbySum
    energy.importMilliWh += importSum
    energy.exportMilliWh += exportSum
    energy.peerBoughtMilliWh += boughtSum
    energy.peerSoldMilliWh += soldSum
    this.referenceLoadMilliWh += referenceSum
    this.referenceSolarMilliWh += referenceSolarSum
    return boughtSum
  }

  /** Money that the ledger moved for this home in the interval. */
  paid(microUsd: number, feeMicroUsd: number): void {
    const { trades } = this.#cases.plant
    trades.peerPaidMicroUsd += microUsd
    trades.platformFeeMicroUsd += feeMicroUsd
  }

  received(microUsd: number): void {
    this.#cases.plant.trades.peerReceivedMicroUsd += microUsd
  }

  /** Ends a month, of which `covered` was simulated; returns the bill of the case that was run. */
  closeMonth(month: string, covered: number): BillLines {
    const bills = Object.fromEntries(
      BILL_CASES.map((name) => [name, this.#cases[name].close(covered)]),
    ) as Record<BillCase, BillLines>
    const baselines = Object.fromEntries(
      RULE_BASELINES.map((name) => [name, this.#baselines[name].meter.close(covered)]),
    ) as Record<RuleBaseline, BillLines>
    this.months.push({ month, energy: this.#energy, bills, baselines })
    for (const key of Object.keys(this.total) as (keyof HomeEnergy)[]) this.total[key] += this.#energy[key]
    this.#energy = noEnergy()
    return bills.plant
  }

  /** A program's payment, in every case with the battery. */
  program(microUsd: number): void {
    this.#cases['own-battery'].trades.programMicroUsd += microUsd
    this.#cases.plant.trades.programMicroUsd += microUsd
    for (const name of RULE_BASELINES) this.#baselines[name].meter.trades.programMicroUsd += microUsd
  }

  /** Credits of the case that was run which no bill has used. */
  creditLeft(): { microUsd: number; milliWh: number } {
    return this.#cases.plant.left()
  }

  giveCredit(microUsd: number): void {
    this.#cases.plant.giveCredit(microUsd)
  }

  /** What the utility gets from this home over the run, µ$. */
  utilityRevenue(name: BillCase): number {
    return this.months.reduce((sum, { bills }) => sum + utilityPart(bills[name]), 0)
  }

  baselineRevenue(name: RuleBaseline): number {
    return this.months.reduce((sum, { baselines }) => sum + utilityPart(baselines[name]), 0)
  }
}

/** Over two meters everything used is bought and everything made is sold. */
export const buysAll = ({ rate }: TariffPlan): boolean => rate?.metering.kind === 'buy-all-sell-all'
