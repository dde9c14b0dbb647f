import { microUsdFromUsd } from '../../data/units.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { batteryParameters } from '../agents/battery-agent.ts'
import { type HomeInput, isFlexible, type MarketArea } from '../market-area.ts'
import { type KernelHome, kernelHomes } from './homes.ts'
import type { KernelInput, KernelPrices } from './kernel.ts'

/** What of a community is beyond the kernel, in words; null: it takes all of it. */
export function beyondKernel({ homes, plan, feeder }: MarketArea, scenario: Scenario): string | null {
  const { mechanism } = scenario.market
  if (mechanism !== 'mid-market' && mechanism !== 'none') return `trading by ${mechanism}`
  if (feeder !== undefined) return 'a feeder'
  if (plan.rate !== null) return 'a rate that is not priced by the interval'
  if (plan.exportValue.netting) return 'net metering'
  if (scenario.period.years !== 1) return 'more than one year'
  const discounted = plan.terms.lowIncomeDiscountFraction > 0
  if (discounted && homes.some(({ role }) => role === 'consumer')) return 'bids that differ: a discount'
  for (const home of homes) {
    const beyond = homeBeyond(home)
    if (beyond !== null) return `${beyond} (${home.id})`
  }
  return null
}

function homeBeyond({ battery, shared, flexible, trading }: HomeInput): string | null {
  if (shared) return 'a shared battery'
  if (isFlexible(flexible)) return 'load that can wait'
  const { maxBuyUsdPerKwh, minSellUsdPerKwh, greenPremiumUsdPerKwh, localPremiumUsdPerKwh } = trading
  if (maxBuyUsdPerKwh !== undefined || minSellUsdPerKwh > 0) return 'prices of its own'
  if (greenPremiumUsdPerKwh + localPremiumUsdPerKwh > 0) return 'a premium'
  if (trading.shareLowIncomeFirst) return 'sharing with some first'
  if (battery === null) return null
  if (battery.strategy.kind !== 'self-consumption') return `the strategy ${battery.strategy.kind}`
  if (battery.losses !== undefined || battery.coupling === 'dc') return 'losses by power'
  return battery.ageing === 'linear' ? null : `ageing by ${battery.ageing}`
}

/** A community as the kernel takes it: a profile a home; blocks are local days, so that a month ends with a block. */
export function plainArea(area: MarketArea, scenario: Scenario): KernelInput {
  const beyond = beyondKernel(area, scenario)
  if (beyond !== null) throw new Error(`internal: the kernel does not know ${beyond}`)
  const kwh = (milliWh: Int32Array) => Float64Array.from(milliWh, (value) => value / 1e6)
  const homes = area.homes.map(({ battery, solarKw }, profile): KernelHome => ({
    profile,
    loadScale: 1,
    solarScale: 1,
    battery: battery === null ? null : batteryParameters(battery, solarKw),
    startSocFraction: battery?.initialSocFraction ?? 0,
  }))
  const { day } = area.clock
  const starts = Array.from(day.keys()).filter((step) => step === 0 || day[step] !== day[step - 1])
  return {
    homes: kernelHomes(homes, area.axis.stepSeconds / 3600),
    profiles: {
      loadKwh: area.homes.map(({ loadMilliWh }) => kwh(loadMilliWh.whole())),
      solarKwh: area.homes.map(({ solarMilliWh }) => kwh(solarMilliWh.whole())),
    },
    prices: plainPrices(area, scenario),
    blocks: Int32Array.from([...starts, area.axis.count]),
  }
}

/** All bids are alike, and all asks: neighbors trade at the middle, in whole micro-dollars. */
function plainPrices({ plan, axis }: MarketArea, { market }: Scenario): KernelPrices {
  const { priceMicroUsdPerKwh, exportMicroUsdPerKwh, exportValue, terms } = plan
  const charges = microUsdFromUsd(terms.peerDeliveryUsdPerKwh) + microUsdFromUsd(market.platformFeeUsdPerKwh)
  const prices = {
    importUsdPerKwh: new Float64Array(axis.count),
    exportUsdPerKwh: new Float64Array(axis.count),
    peerUsdPerKwh: new Float64Array(axis.count),
    open: new Uint8Array(axis.count),
  }
  for (let step = 0; step < axis.count; step++) {
    const retail = priceMicroUsdPerKwh[step]
    const ask = exportMicroUsdPerKwh?.[step] ?? exportValue.mostMicroUsdPerKwh
    const bid = retail - charges
    prices.importUsdPerKwh[step] = retail / 1e6
    prices.exportUsdPerKwh[step] = ask / 1e6
    prices.peerUsdPerKwh[step] = Math.floor((bid + ask) / 2) / 1e6
    prices.open[step] = market.mechanism !== 'none' && bid >= ask ? 1 : 0
  }
  return prices
}
