import type { BillLines } from '../../data/run-files.ts'
import { addProduct, type ExactSum, exactSum, roundedMicroUsd } from './exact-sum.ts'

/** What a bill needs to know of the tariff, money in whole micro-dollars. */
export interface BillRules {
  /**
   * `flat`: every exported kWh earns the rate. `net-metering`: offsets imports, see `monthBill`. `series`: earns the export
   * price of its interval.
   */
  readonly exportKind: 'flat' | 'net-metering' | 'series'
  /** Flat rate, or what the month's net excess earns, µ$ per kWh. */
  readonly exportMicroUsdPerKwh: number
  readonly peerDeliveryMicroUsdPerKwh: number
  readonly fixedMicroUsdPerMonth: number
  /** Off the utility's lines, [0, 1]. */
  readonly discountFraction: number
  /** Credited after the discount; absent: nothing. */
  readonly lowIncomeCreditMicroUsdPerMonth?: number
  /** Charge on the home's solar plant; absent: none. */
  readonly solarChargeMicroUsdPerMonth?: number
}

/** One home's month in one case, as it is metered; all sums exact. */
export interface MonthMeter {
  /** Energy bought from and sold to the utility, milliwatt-hours, >= 0. */
  importMilliWh: number
  exportMilliWh: number
  peerBoughtMilliWh: number
  /** Import and export valued at the retail price of their interval (export: at its own price where it has one). */
  readonly importValue: ExactSum
  readonly exportValue: ExactSum
  /** Money that moved between neighbors and to the operator, as the ledger rounded it. */
  peerPaidMicroUsd: number
  peerReceivedMicroUsd: number
  platformFeeMicroUsd: number
  /** From a demand-response program. */
  programMicroUsd: number
}

export const monthMeter = (): MonthMeter => ({
  importMilliWh: 0,
  exportMilliWh: 0,
  peerBoughtMilliWh: 0,
  importValue: exactSum(),
  exportValue: exactSum(),
  peerPaidMicroUsd: 0,
  peerReceivedMicroUsd: 0,
  platformFeeMicroUsd: 0,
  programMicroUsd: 0,
})

/** Adds one interval's exchange with the utility, milliwatt-hours, at its retail price; exports may have another. */
export function meterInterval(
  meter: MonthMeter,
  importMilliWh: number,
  exportMilliWh: number,
  priceMicroUsdPerKwh: number,
  exportMicroUsdPerKwh = priceMicroUsdPerKwh,
): void {
  if (importMilliWh > 0) {
    meter.importMilliWh += importMilliWh
    addProduct(meter.importValue, importMilliWh, priceMicroUsdPerKwh)
  }
  if (exportMilliWh > 0) {
    meter.exportMilliWh += exportMilliWh
    addProduct(meter.exportValue, exportMilliWh, exportMicroUsdPerKwh)
  }
}

/** What the month's exports earn, µ$ (>= 0). */
function exportCredit(meter: MonthMeter, rules: BillRules): number {
  if (rules.exportKind === 'flat') {
    const credit = exactSum()
    addProduct(credit, meter.exportMilliWh, rules.exportMicroUsdPerKwh)
    return roundedMicroUsd(credit)
  }
  if (rules.exportKind === 'series') return roundedMicroUsd(meter.exportValue)
  // In millionths of a micro-dollar, where nothing is rounded; once a month, so big integers may be slow.
  const imported = millionths(meter.importValue)
  const exported = millionths(meter.exportValue)
  if (exported <= imported) return roundedMicroUsd(meter.exportValue)
  const allExcess = BigInt(meter.exportMilliWh) * BigInt(rules.exportMicroUsdPerKwh)
  const total = imported * exported + allExcess * (exported - imported)
  return Number((2n * total + exported * MILLION) / (2n * exported * MILLION))
}

const MILLION = 1_000_000n
const millionths = (sum: ExactSum): bigint => BigInt(sum.whole) * MILLION + BigInt(sum.millionths)

/**
 * One month's bill. Each line is rounded once, half a micro-dollar up.
 *
 * Net metering offsets in dollars: exports are worth `V_e`, each at the retail price of its own interval,
 * imports `V_i` likewise. While `V_e <= V_i` the credit is `V_e`. Beyond, the energy line is offset to
 * zero and no further: the share `(V_e - V_i) / V_e` of the month's exported energy is net excess and
 * earns the excess rate, so the credit is `V_i + E_export · rate · (V_e - V_i) / V_e`. Under one flat price
 * this is netting by the kilowatt-hour. Nothing is carried into another month.
 *
 * @param monthFraction part of the month that was simulated, (0, 1]: a fixed charge is due in proportion
 */
export function monthBill(meter: MonthMeter, rules: BillRules, monthFraction: number): BillLines {
  return assembledBill(
    {
      energyMicroUsd: roundedMicroUsd(meter.importValue),
      exportCreditMicroUsd: 0 - exportCredit(meter, rules),
      demandMicroUsd: 0,
      fixedMicroUsd: Math.round(rules.fixedMicroUsdPerMonth * monthFraction),
      minimumMicroUsd: 0,
      trueUpMicroUsd: 0,
    },
    meter,
    rules,
    monthFraction,
  )
}

/** What a tariff makes of a month's exchange with the utility. */
export type TariffLines = Pick<
  BillLines,
  | 'energyMicroUsd'
  | 'exportCreditMicroUsd'
  | 'demandMicroUsd'
  | 'fixedMicroUsd'
  | 'minimumMicroUsd'
  | 'trueUpMicroUsd'
>

/** A whole bill: the tariff's lines, and what every tariff has beside them. */
export function assembledBill(
  lines: TariffLines,
  meter: MonthMeter,
  rules: BillRules,
  monthFraction: number,
): BillLines {
  const delivery = exactSum()
  addProduct(delivery, meter.peerBoughtMilliWh, rules.peerDeliveryMicroUsdPerKwh)
  const peerDeliveryMicroUsd = roundedMicroUsd(delivery)
  const solarChargeMicroUsd = Math.round((rules.solarChargeMicroUsdPerMonth ?? 0) * monthFraction)
  const utility =
    lines.energyMicroUsd +
    lines.exportCreditMicroUsd +
    lines.demandMicroUsd +
    lines.fixedMicroUsd +
    lines.minimumMicroUsd +
    peerDeliveryMicroUsd +
    solarChargeMicroUsd
  const discountMicroUsd =
    0 -
    Math.round(Math.max(0, utility) * rules.discountFraction) -
    Math.round((rules.lowIncomeCreditMicroUsdPerMonth ?? 0) * monthFraction)
  return {
    ...lines,
    peerDeliveryMicroUsd,
    solarChargeMicroUsd,
    discountMicroUsd,
    assignedCreditMicroUsd: 0,
    programMicroUsd: 0 - meter.programMicroUsd,
    peerPaidMicroUsd: meter.peerPaidMicroUsd,
    peerReceivedMicroUsd: 0 - meter.peerReceivedMicroUsd,
    platformFeeMicroUsd: meter.platformFeeMicroUsd,
    netMicroUsd:
      utility +
      lines.trueUpMicroUsd +
      discountMicroUsd -
      meter.programMicroUsd +
      meter.peerPaidMicroUsd -
      meter.peerReceivedMicroUsd +
      meter.platformFeeMicroUsd,
  }
}

/** The part of a bill that goes to the utility. */
export const utilityPart = (bill: BillLines): number =>
  bill.energyMicroUsd +
  bill.peerDeliveryMicroUsd +
  bill.fixedMicroUsd +
  bill.demandMicroUsd +
  bill.minimumMicroUsd +
  bill.solarChargeMicroUsd +
  bill.exportCreditMicroUsd +
  bill.trueUpMicroUsd +
  bill.discountMicroUsd +
  bill.assignedCreditMicroUsd +
  bill.programMicroUsd
