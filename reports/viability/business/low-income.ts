import { MARKET_FACTS } from '../../../data/pilot-facts.ts'
import { MA_R1, R1_DELIVERY } from '../../../data/tariffs/massachusetts-electric.ts'
import type { RuleBaseline } from '../../../data/run-files.ts'
import type { ReportInput } from '../../report-input.ts'
import { meanPrice } from './published-price.ts'

/** What a kWh of the utility costs a customer, and whether a neighbor's is cheaper; USD per kWh. */
export interface BuyerRow {
  readonly label: string
  readonly discountFraction: number
  readonly utilityUsdPerKwh: number
  /** Saved by a neighbor's kWh at the run's price; null: the run has no price. */
  readonly savedUsdPerKwh: number | null
  /** Saved where the seller would have net metering and must not lose by selling. */
  readonly savedUnderNetMeteringUsdPerKwh: number
}

export interface LowIncomeCase {
  /** A neighbor's kWh in this run, with delivery and fee; null: nothing was traded. */
  readonly peerUsdPerKwh: number | null
  readonly peerPriceUsdPerKwh: number | null
  readonly peerDeliveryUsdPerKwh: number
  readonly platformFeeUsdPerKwh: number
  /** What a host in Massachusetts is credited for a kWh of monthly excess: the least that it would sell for. */
  readonly netMeteringCreditUsdPerKwh: number
  /** The same with R-1's delivery and the fee on it. */
  readonly peerUnderNetMeteringUsdPerKwh: number
  readonly rows: readonly BuyerRow[]
  /** Greatest discount at which the run's peer energy is still cheaper than Massachusetts Electric's; null: no price, or none. */
  readonly mostDiscountFraction: number | null
  /** Low-income consumers of the run; null: it has none. */
  readonly consumers: {
    readonly members: number
    readonly usdPerMonth: readonly {
      readonly rules: RuleBaseline
      readonly label: string
      readonly usd: number
    }[]
    readonly worse: number
  } | null
}

/** Lines of R-1 that a host's credit is made of beside basic service, 220 CMR 18.04(1). */
const CREDITED: ReadonlySet<string> = new Set(['distribution', 'transmission', 'transition'])

export function lowIncomeCase({ results, scenario, kpis }: ReportInput): LowIncomeCase {
  const { peerDeliveryUsdPerKwh } = scenario.tariff
  const { platformFeeUsdPerKwh } = scenario.market
  const traded = results.communities.some(({ market }) => market.tradedMilliWh > 0)
  const price = traded ? (kpis.kpis.find(({ id }) => id === 'mean-peer-price')?.value ?? null) : null
  const peerUsdPerKwh = price === null ? null : price + peerDeliveryUsdPerKwh + platformFeeUsdPerKwh
  const { usdPerKwh, supplyUsdPerKwh, deliveryUsdPerKwh } = meanPrice(MA_R1)
  const netMeteringCreditUsdPerKwh =
    (supplyUsdPerKwh ?? 0) +
    R1_DELIVERY.filter(({ label }) => CREDITED.has(label)).reduce((sum, line) => sum + line.usdPerKwh[0], 0)
  const peerUnderNetMeteringUsdPerKwh =
    netMeteringCreditUsdPerKwh + (deliveryUsdPerKwh ?? 0) + platformFeeUsdPerKwh
  const row = (label: string, discountFraction: number): BuyerRow => {
    const utilityUsdPerKwh = usdPerKwh * (1 - discountFraction)
    return {
      label,
      discountFraction,
      utilityUsdPerKwh,
      savedUsdPerKwh: peerUsdPerKwh === null ? null : utilityUsdPerKwh - peerUsdPerKwh,
      savedUnderNetMeteringUsdPerKwh: utilityUsdPerKwh - peerUnderNetMeteringUsdPerKwh,
    }
  }
  const most = peerUsdPerKwh === null ? null : 1 - peerUsdPerKwh / usdPerKwh
  const [today] = kpis.ruleBaselines
  const consumers = today.roles.find(({ id }) => id === 'consumer')
  return {
    peerUsdPerKwh,
    peerPriceUsdPerKwh: price,
    peerDeliveryUsdPerKwh,
    platformFeeUsdPerKwh,
    netMeteringCreditUsdPerKwh,
    peerUnderNetMeteringUsdPerKwh,
    rows: [
      row('R-1, no discount', 0),
      row('R-2, least discount', MARKET_FACTS.lowIncomeDiscountLeast.value),
      row('R-2, greatest discount', MARKET_FACTS.lowIncomeDiscountMost.value),
    ],
    mostDiscountFraction: most !== null && most > 0 ? most : null,
    consumers:
      consumers === undefined
        ? null
        : {
            members: consumers.members,
            usdPerMonth: kpis.ruleBaselines.map(({ id, label, roles }) => ({
              rules: id,
              label,
              usd: roles.find((role) => role.id === 'consumer')?.meanUsdPerMonth ?? 0,
            })),
            worse: consumers.worse,
          },
  }
}
