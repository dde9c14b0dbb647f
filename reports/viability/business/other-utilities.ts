import { PUBLISHED_TARIFFS } from '../../../data/tariffs/registry.ts'
import { jointSurplus } from '../../../models/tariff/joint-surplus.ts'
import type { ReportInput } from '../../report-input.ts'
import { meanPrice } from './published-price.ts'

/** What a neighbor's kWh would gain a pair of customers under one published rate; USD per kWh. */
export interface UtilityRow {
  readonly name: string
  readonly label: string
  readonly date: string
  readonly offered: boolean
  readonly usdPerKwh: number
  /** Null: the sheet does not tell supply and delivery apart. */
  readonly supplyUsdPerKwh: number | null
  readonly deliveryUsdPerKwh: number | null
  /** Seller gives up the retail price: net metering within the month. */
  readonly underNetMeteringUsdPerKwh: number | null
  /** Seller gives up the wholesale price. */
  readonly underWholesaleUsdPerKwh: number | null
  /** Greatest charge on a neighbor's kWh, fee included, at which the pair gains against wholesale. */
  readonly mostChargeUsdPerKwh: number
}

export interface OtherUtilities {
  readonly wholesaleUsdPerKwh: number
  readonly platformFeeUsdPerKwh: number
  readonly rows: readonly UtilityRow[]
  /** Rates whose supply and delivery are known, and of these those under which a pair gains. */
  readonly known: number
  readonly payingUnderNetMetering: number
  readonly payingUnderWholesale: number
}

/** Every published rate that ships, at the run's wholesale price and fee. */
export function otherUtilities({ scenario }: ReportInput): OtherUtilities {
  const wholesaleUsdPerKwh =
    scenario.baselines.wholesale.usdPerKwh ?? scenario.economics.avoidedSupplyUsdPerKwh
  const { platformFeeUsdPerKwh } = scenario.market
  const rows = Object.entries(PUBLISHED_TARIFFS).map(([name, tariff]): UtilityRow => {
    const price = meanPrice(tariff)
    const charges = price.deliveryUsdPerKwh === null ? null : price.deliveryUsdPerKwh + platformFeeUsdPerKwh
    const surplus = (forgone: number) =>
      charges === null ? null : jointSurplus(price.usdPerKwh, charges, forgone)
    return {
      name,
      label: tariff.label,
      date: tariff.date,
      offered: !('notOffered' in tariff),
      ...price,
      underNetMeteringUsdPerKwh: surplus(price.usdPerKwh),
      underWholesaleUsdPerKwh: surplus(wholesaleUsdPerKwh),
      mostChargeUsdPerKwh: price.usdPerKwh - wholesaleUsdPerKwh,
    }
  })
  const paying = (surplus: (row: UtilityRow) => number | null) =>
    rows.filter((row) => (surplus(row) ?? 0) > 0).length
  return {
    wholesaleUsdPerKwh,
    platformFeeUsdPerKwh,
    rows,
    known: rows.filter(({ deliveryUsdPerKwh }) => deliveryUsdPerKwh !== null).length,
    payingUnderNetMetering: paying((row) => row.underNetMeteringUsdPerKwh),
    payingUnderWholesale: paying((row) => row.underWholesaleUsdPerKwh),
  }
}
