import { microUsdFromUsd } from '../data/units.ts'
import type { Members } from '../models/market/mechanism.ts'
import type { PriceLimits } from '../models/market/worth.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { MarketArea } from './market-area.ts'

/** Above every price that a scenario can have, µ$ per kWh. */
const NO_LIMIT = 1_000_000_000

/** What the homes of a community want of trading, as the mechanisms take it. */
export function marketMembers({ homes }: MarketArea, { market }: Scenario): Members & PriceLimits {
  const place = new Map(homes.map(({ id }, home) => [id, home]))
  const column = (value: (trading: MarketArea['homes'][number]['trading']) => number) =>
    Int32Array.from(homes, ({ trading }) => value(trading))
  return {
    lowIncome: Uint8Array.from(homes, ({ role }) => (role === 'consumer' ? 1 : 0)),
    sharesFirst: Uint8Array.from(homes, ({ trading }) => (trading.shareLowIncomeFirst ? 1 : 0)),
    premium: column(({ greenPremiumUsdPerKwh, localPremiumUsdPerKwh }) =>
      microUsdFromUsd(greenPremiumUsdPerKwh + localPremiumUsdPerKwh),
    ),
    mostPaid: column(({ maxBuyUsdPerKwh }) =>
      maxBuyUsdPerKwh === undefined ? NO_LIMIT : microUsdFromUsd(maxBuyUsdPerKwh),
    ),
    leastTaken: column(({ minSellUsdPerKwh }) => microUsdFromUsd(minSellUsdPerKwh)),
    partners: homes.map(({ trading }) => trading.partners.flatMap((id) => place.get(id) ?? [])),
    // The community's battery belongs to all: no key of its own, so that no member's part goes to it.
    key: Float64Array.from(homes, ({ trading, shared }) => (shared ? 0 : trading.allocationKey)),
    contribution: Float64Array.from(homes, ({ trading, shared }) => (shared ? 0 : trading.contribution)),
    agreedRate: market.agreedUsdPerKwh === undefined ? -1 : microUsdFromUsd(market.agreedUsdPerKwh),
  }
}
