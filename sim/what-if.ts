import { streamFor } from '../data/random.ts'
import type { Rate } from '../models/tariff/rate/rate.ts'
import type { ExportRule, Scenario, Trading } from '../scenarios/schema.ts'
import type { WhatIf } from '../scenarios/schema-what-if.ts'
import type { NativeSeries } from './prepare.ts'
import { netsMonth, type ReadTariffs, type TariffTerms } from './tariffs.ts'

/** A series times a factor, in whole milliwatt-hours; at most `cap` in an interval. */
export function scaledSeries(
  series: NativeSeries,
  factor: number,
  cap = Number.POSITIVE_INFINITY,
): NativeSeries {
  if (factor === 1) return series
  return {
    ...series,
    scale: 1,
    values: Float64Array.from(series.values, (source) => {
      const value = Math.round(source * series.scale)
      return Math.min(Math.max(value, cap), Math.round(value * factor))
    }),
  }
}

/** Every price of a rate times a factor: energy and demand; fixed charges and least bills stay. */
function scaledRate(rate: Rate, buy: number, sell: number): Rate {
  const demand = (tiers: readonly { usdPerKw: number; maxKw: number | null }[]) =>
    tiers.map(({ usdPerKw, maxKw }) => ({ usdPerKw: usdPerKw * buy, maxKw }))
  return {
    ...rate,
    energy: rate.energy.map((tiers) =>
      tiers.map((tier) => ({
        ...tier,
        buyUsdPerKwh: tier.buyUsdPerKwh * buy,
        sellUsdPerKwh: tier.sellUsdPerKwh * sell,
      })),
    ),
    demand: rate.demand === null ? null : { ...rate.demand, periods: rate.demand.periods.map(demand) },
    flatDemand: rate.flatDemand === null ? null : rate.flatDemand.map(demand),
  }
}

/** What an export rule pays, times a factor: net metering’s rest goes with `netted`, everything else with `sold`. */
function scaledExport(rule: ExportRule, netted: number, sold: number): ExportRule {
  switch (rule.kind) {
    case 'flat':
      return { ...rule, usdPerKwh: rule.usdPerKwh * sold }
    case 'net-metering':
      return { ...rule, excessUsdPerKwh: rule.excessUsdPerKwh * netted }
    case 'net-metering-kwh':
      return { ...rule, yearEndUsdPerKwh: rule.yearEndUsdPerKwh * netted }
    case 'net-metering-credit':
      return rule.creditUsdPerKwh === undefined
        ? rule
        : { ...rule, creditUsdPerKwh: rule.creditUsdPerKwh * netted }
    case 'net-billing':
    case 'net-billing-carry':
    case 'buy-all-sell-all':
      return rule.sellUsdPerKwh === undefined ? rule : { ...rule, sellUsdPerKwh: rule.sellUsdPerKwh * sold }
    case 'value-stack':
      return {
        ...rule,
        components: rule.components.map((one) => ({ ...one, usdPerKwh: one.usdPerKwh * sold })),
      }
    case 'series':
      return rule
  }
}

function scaledTerms(
  terms: TariffTerms,
  { retailFactor, exportFactor }: WhatIf,
  netted: number,
): TariffTerms {
  const times = (values: Float64Array | null, factor: number) =>
    values?.map((value) => value * factor) ?? null
  return {
    ...terms,
    peerDeliveryUsdPerKwh: terms.peerDeliveryUsdPerKwh * retailFactor,
    export: scaledExport(terms.export, netted, exportFactor),
    rate: terms.rate === null ? null : scaledRate(terms.rate, retailFactor, exportFactor),
    priceUsdPerKwh: times(terms.priceUsdPerKwh, retailFactor),
    exportUsdPerKwh: times(terms.exportUsdPerKwh, exportFactor),
  }
}

/** An export rule that the scenario writes itself, under its what-ifs. */
export const exportUnder = ({ whatIf }: Scenario, rule: ExportRule): ExportRule =>
  scaledExport(rule, whatIf.retailFactor, whatIf.exportFactor)

/**
 * All tariffs of a run under its what-ifs. What net metering leaves over is worth what the tariff says beside the retail price, so it goes
 * with that; where no tariff says it, today's rules take the wholesale price, and it goes with that.
 */
export function tariffsUnder(scenario: Scenario, { own, baselines, timeVarying }: ReadTariffs): ReadTariffs {
  const { whatIf, tariff } = scenario
  const { retailFactor, exportFactor, exportUsdPerKwh, peerDeliveryUsdPerKwh } = whatIf
  const said = scenario.baselines.today.export !== undefined || netsMonth(tariff.export)
  const rest = said ? retailFactor : exportFactor
  const scaled = (terms: TariffTerms) =>
    retailFactor === 1 && exportFactor === 1 ? terms : scaledTerms(terms, whatIf, rest)
  const mine = scaled(own)
  return {
    own: {
      ...mine,
      ...(exportUsdPerKwh === undefined
        ? {}
        : { export: { kind: 'flat', usdPerKwh: exportUsdPerKwh }, exportUsdPerKwh: null }),
      ...(peerDeliveryUsdPerKwh === undefined ? {} : { peerDeliveryUsdPerKwh }),
    },
    baselines: { today: scaled(baselines.today), wholesale: scaled(baselines.wholesale) },
    timeVarying: timeVarying === null ? null : scaled(timeVarying),
  }
}

/** What a home wants of trading: a home that is not drawn to trade asks more than anyone pays and pays nothing. */
export function tradingUnder(
  { seed, whatIf }: Scenario,
  communityId: string,
  homeId: string,
  wants: Trading,
): Trading {
  if (whatIf.tradingFraction >= 1) return wants
  if (streamFor(seed, 'trading', communityId, homeId).uniform() < whatIf.tradingFraction) return wants
  return {
    ...wants,
    maxBuyUsdPerKwh: 0,
    minSellUsdPerKwh: 10,
    greenPremiumUsdPerKwh: 0,
    localPremiumUsdPerKwh: 0,
  }
}
