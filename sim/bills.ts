import {
  BILL_CASES,
  type BillCase,
  type BillLines,
  type HomeEnergy,
  type MonthResult,
} from '../data/run-files.ts'
import { microUsdFromUsd } from '../data/units.ts'
import {
  type BillRules,
  meterInterval,
  monthBill,
  type MonthMeter,
  monthMeter,
  utilityPart,
} from '../models/tariff/bill.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { IntervalFlows } from './interval-flows.ts'

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

/** A scenario's tariff as the bill model takes it, for a role. */
export function billRules({ tariff }: Scenario, role: 'household' | 'consumer'): BillRules {
  return {
    exportKind: tariff.export.kind,
    exportMicroUsdPerKwh: microUsdFromUsd(
      tariff.export.kind === 'flat' ? tariff.export.usdPerKwh : tariff.export.excessUsdPerKwh,
    ),
    peerDeliveryMicroUsdPerKwh: microUsdFromUsd(tariff.peerDeliveryUsdPerKwh),
    fixedMicroUsdPerMonth: microUsdFromUsd(tariff.fixedUsdPerMonth),
    discountFraction: role === 'consumer' ? tariff.lowIncomeDiscountFraction : 0,
  }
}

/** One home's meters and bills, month by month, in every case. */
export class HomeBooks {
  readonly months: MonthResult[] = []
  readonly total: HomeEnergy = noEnergy()
  /** Load of the whole run as if nothing could wait. */
  referenceLoadMilliWh = 0
  /** Solar of the whole run as the wires would take it without batteries. */
  referenceSolarMilliWh = 0
  readonly #rules: BillRules
  #energy: HomeEnergy = noEnergy()
  #meters: Record<BillCase, MonthMeter> = newMeters()

  constructor(rules: BillRules) {
    this.#rules = rules
  }

  /** Adds one interval at its retail price; what neighbors traded is not the utility's. */
  interval(flows: IntervalFlows, home: number, price: number): void {
    const energy = this.#energy
    const solar = flows.solar[home]
    const load = flows.load[home]
    energy.solarMilliWh += solar
    energy.loadMilliWh += load
    energy.chargeMilliWh += flows.charge[home]
    energy.dischargeMilliWh += flows.discharge[home]
    energy.standbyMilliWh += flows.standby[home]
    energy.importMilliWh += flows.import[home]
    energy.exportMilliWh += flows.export[home]
    energy.peerBoughtMilliWh += flows.peerBought[home]
    energy.peerSoldMilliWh += flows.peerSold[home]
    const meters = this.#meters
    const reference = flows.referenceLoad[home]
    const referenceSolar = flows.referenceSolar[home]
    this.referenceLoadMilliWh += reference
    this.referenceSolarMilliWh += referenceSolar
    meterInterval(meters['no-solar'], reference, 0, price)
    meterInterval(
      meters['solar-only'],
      Math.max(0, reference - referenceSolar),
      Math.max(0, referenceSolar - reference),
      price,
    )
    meterInterval(meters['own-battery'], flows.import[home], flows.export[home], price)
    meterInterval(
      meters.plant,
      flows.import[home] - flows.peerBought[home],
      flows.export[home] - flows.peerSold[home],
      price,
    )
    meters.plant.peerBoughtMilliWh += flows.peerBought[home]
  }

  /** Money that the ledger moved for this home in the interval. */
  paid(microUsd: number, feeMicroUsd: number): void {
    this.#meters.plant.peerPaidMicroUsd += microUsd
    this.#meters.plant.platformFeeMicroUsd += feeMicroUsd
  }

  received(microUsd: number): void {
    this.#meters.plant.peerReceivedMicroUsd += microUsd
  }

  /** Ends a month, of which `covered` was simulated; returns the bill of the case that was run. */
  closeMonth(month: string, covered: number): BillLines {
    const bills = Object.fromEntries(
      BILL_CASES.map((name) => [name, monthBill(this.#meters[name], this.#rules, covered)]),
    ) as Record<BillCase, BillLines>
    this.months.push({ month, energy: this.#energy, bills })
    for (const key of Object.keys(this.total) as (keyof HomeEnergy)[]) this.total[key] += this.#energy[key]
    this.#energy = noEnergy()
    this.#meters = newMeters()
    return bills.plant
  }

  /** A program's payment, in every case with the battery. */
  program(microUsd: number): void {
    this.#meters['own-battery'].programMicroUsd += microUsd
    this.#meters.plant.programMicroUsd += microUsd
  }

  /** What the utility gets from this home over the run, µ$. */
  utilityRevenue(name: BillCase): number {
    return this.months.reduce((sum, { bills }) => sum + utilityPart(bills[name]), 0)
  }
}

const newMeters = (): Record<BillCase, MonthMeter> => ({
  'no-solar': monthMeter(),
  'solar-only': monthMeter(),
  'own-battery': monthMeter(),
  plant: monthMeter(),
})
