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
import {
  SUM_BOUGHT,
  SUM_CHARGE,
  SUM_DISCHARGE,
  SUM_EXPORT,
  SUM_IMPORT,
  SUM_LOAD,
  SUM_REFERENCE_LACK,
  SUM_REFERENCE_LOAD,
  SUM_REFERENCE_SOLAR,
  SUM_SOLAR,
  SUM_SOLD,
  SUM_STANDBY,
  SUM_USED,
} from './meter-sums.ts'
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

/** What the cases' meters see of one home. */
const REGISTERS = [
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
export type CaseRegisters = Readonly<Record<(typeof REGISTERS)[number], Metered>>

/** Registers of so many intervals at most, for one home after the other. */
export const caseRegisters = (rows: number): CaseRegisters =>
  Object.fromEntries(
    REGISTERS.map((name) => [name, { milliWh: new Int32Array(rows), sum: 0 }]),
  ) as unknown as CaseRegisters

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

  /**
   * Adds intervals from `at` on, all of the month at hand; what neighbors traded is not the utility's.
   * @param sums of all intervals, those of the home from place `of` on, see `meter-sums.ts`
   * @param registers have their rows from `fill` where a price changes in between, and get their sums here
   */
  meter(sums: Float64Array, of: number, at: number, count: number, registers: CaseRegisters): void {
    this.#sum(sums, of, registers)
    const { reference, none, soloIn, soloOut, gridIn, gridOut, plantIn, plantOut, used, made } = registers
    const cases = this.#cases
    cases['no-solar'].block(at, count, reference, none)
    cases['solar-only'].block(at, count, soloIn, soloOut)
    cases.plant.block(at, count, plantIn, plantOut)
    if (this.#twoMeters) cases['own-battery'].block(at, count, used, made)
    else cases['own-battery'].block(at, count, gridIn, gridOut)
    cases.plant.trades.peerBoughtMilliWh += sums[of + SUM_BOUGHT]
    for (const name of RULE_BASELINES) {
      const { meter, twoMeters } = this.#baselines[name]
      if (twoMeters) meter.block(at, count, used, made)
      else meter.block(at, count, gridIn, gridOut)
    }
  }

  /** Sums of every register, and into the home's energies. */
  #sum(sums: Float64Array, of: number, registers: CaseRegisters): void {
    const twoMeters = this.#twoMeters
    const solar = sums[of + SUM_SOLAR]
    const load = sums[of + SUM_LOAD]
    const charge = sums[of + SUM_CHARGE]
    const discharge = sums[of + SUM_DISCHARGE]
    const standby = sums[of + SUM_STANDBY]
    const imported = sums[of + SUM_IMPORT]
    const exported = sums[of + SUM_EXPORT]
    const bought = sums[of + SUM_BOUGHT]
    const sold = sums[of + SUM_SOLD]
    const wanted = sums[of + SUM_REFERENCE_LOAD]
    const shone = sums[of + SUM_REFERENCE_SOLAR]
    const lack = sums[of + SUM_REFERENCE_LACK]
    const used = sums[of + SUM_USED]
    const made = solar + used - (load + charge + standby - discharge)
    registers.reference.sum = wanted
    registers.soloIn.sum = twoMeters ? wanted : lack
    registers.soloOut.sum = twoMeters ? shone : lack + shone - wanted
    registers.gridIn.sum = imported
    registers.gridOut.sum = exported
    registers.plantIn.sum = (twoMeters ? used : imported) - bought
    registers.plantOut.sum = (twoMeters ? made : exported) - sold
    registers.used.sum = used
    registers.made.sum = made
    const energy = this.#energy
    energy.solarMilliWh += solar
    energy.loadMilliWh += load
    energy.chargeMilliWh += charge
    energy.dischargeMilliWh += discharge
    energy.standbyMilliWh += standby
    energy.importMilliWh += imported
    energy.exportMilliWh += exported
    energy.peerBoughtMilliWh += bought
    energy.peerSoldMilliWh += sold
    this.referenceLoadMilliWh += wanted
    this.referenceSolarMilliWh += shone
  }

  /** The rows of every register: what `meter` sums, interval by interval. */
  fill({ energy: flows, homes }: FlowBlock, home: number, count: number, columns: CaseRegisters): void {
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
    for (let row = 0, place = home; row < count; row++, place += homes) {
      const imported = imports[place]
      const exported = exports[place]
      const wanted = referenceLoad[place]
      const shone = referenceSolar[place]
      // Over two meters one has all that is used, the other all that is made.
      const use = load[place] + charge[place] + standby[place] - discharge[place]
      const allUsed = Math.max(0, use)
      const allMade = solar[place] + allUsed - use
      const lack = Math.max(0, wanted - shone)
      reference[row] = wanted
      soloIn[row] = twoMeters ? wanted : lack
      soloOut[row] = twoMeters ? shone : lack + shone - wanted
      gridIn[row] = imported
      gridOut[row] = exported
      plantIn[row] = (twoMeters ? allUsed : imported) - peerBought[place]
      plantOut[row] = (twoMeters ? allMade : exported) - peerSold[place]
      used[row] = allUsed
      made[row] = allMade
    }
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
