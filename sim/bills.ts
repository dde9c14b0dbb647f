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
import { type CaseMeter, caseMeter, type OpenMonth } from './case-meter.ts'
import type { IntervalFlows } from './interval-flows.ts'
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

  /** Adds one interval; what neighbors traded is not the utility's. */
  interval(flows: IntervalFlows, home: number, at: number): void {
    const energy = this.#energy
    const solar = flows.solar[home]
    const load = flows.load[home]
    const imported = flows.import[home]
    const exported = flows.export[home]
    const bought = flows.peerBought[home]
    const sold = flows.peerSold[home]
    energy.solarMilliWh += solar
    energy.loadMilliWh += load
    energy.chargeMilliWh += flows.charge[home]
    energy.dischargeMilliWh += flows.discharge[home]
    energy.standbyMilliWh += flows.standby[home]
    energy.importMilliWh += imported
    energy.exportMilliWh += exported
    energy.peerBoughtMilliWh += bought
    energy.peerSoldMilliWh += sold
    const cases = this.#cases
    const reference = flows.referenceLoad[home]
    const referenceSolar = flows.referenceSolar[home]
    this.referenceLoadMilliWh += reference
    this.referenceSolarMilliWh += referenceSolar
    // Over two meters one has all that is used, the other all that is made.
    const use = load + flows.charge[home] + flows.standby[home] - flows.discharge[home]
    const used = use > 0 ? use : 0
    const made = use > 0 ? solar : solar - use
    cases['no-solar'].interval(at, reference, 0)
    if (this.#twoMeters) {
      cases['solar-only'].interval(at, reference, referenceSolar)
      cases['own-battery'].interval(at, used, made)
      cases.plant.interval(at, used - bought, made - sold)
    } else {
      const spare = referenceSolar - reference
      cases['solar-only'].interval(at, spare < 0 ? -spare : 0, spare > 0 ? spare : 0)
      cases['own-battery'].interval(at, imported, exported)
      cases.plant.interval(at, imported - bought, exported - sold)
    }
    cases.plant.trades.peerBoughtMilliWh += bought
    for (const name of RULE_BASELINES) {
      const { meter, twoMeters } = this.#baselines[name]
      meter.interval(at, twoMeters ? used : imported, twoMeters ? made : exported)
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
