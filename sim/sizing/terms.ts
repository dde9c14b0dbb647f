import { VppError } from '../../data/errors.ts'
import type { InputRecord } from '../../data/profile.ts'
import { DRAWN, type Drawn } from '../../models/sizing/defaults.ts'
import type { Terms } from '../../models/sizing/plan.ts'
import type { Tariff } from '../../scenarios/schema.ts'
import { importRate } from '../tariff-rate.ts'
import type { TariffTerms } from '../tariffs.ts'
import type { SizingRequest } from './request.ts'

/** A tariff by amount and time with what it names read; a price for every interval belongs to one data set's days. */
export function tariffTerms(tariff: Tariff, baseDir: string, inputs: Map<string, InputRecord>): TariffTerms {
  const rate = importRate(tariff.import, baseDir, inputs)
  if (rate === null || tariff.export.kind === 'series')
    throw new VppError('invalid', {
      place: 'tariff',
      problem: 'is a series of prices, which belongs to the days of its own data set',
      fix: 'use a published rate, a URDB file or a flat price',
    })
  return {
    calendar: tariff.calendar,
    fixedUsdPerMonth: tariff.fixedUsdPerMonth,
    lowIncomeDiscountFraction: tariff.lowIncomeDiscountFraction,
    lowIncomeCreditUsdPerMonth: tariff.lowIncomeCreditUsdPerMonth,
    solarChargeUsdPerKwMonth: tariff.solarChargeUsdPerKwMonth,
    peerDeliveryUsdPerKwh: tariff.peerDeliveryUsdPerKwh,
    export: tariff.export,
    rate,
    priceUsdPerKwh: null,
    exportUsdPerKwh: null,
  }
}

/** A value for each thing that is drawn. */
export type Drawing = Readonly<Record<Drawn, number>>

/** All at their likely values; the rule for exports as the request says. */
export function likely({ drawn, exportRuleYears }: SizingRequest): Drawing {
  const values = Object.fromEntries(DRAWN.map((name) => [name, drawn[name].mode])) as Record<Drawn, number>
  return { ...values, 'export-rule': exportRuleYears ?? Number.POSITIVE_INFINITY }
}

/** What a plan's worth depends on, with the drawn values in it. */
export function termsOf(request: SizingRequest, values: Drawing, discountFraction?: number): Terms {
  const { fixed, incentives, day, lowIncome, loan } = request
  const rule = values['export-rule']
  return {
    years: fixed.years,
    discountFraction: discountFraction ?? fixed.discount,
    escalationFraction: values.escalation,
    upkeepGrowthFraction: fixed['upkeep-growth'],
    panelsUsdPerW: values['panels-price'],
    panelsUpkeepUsdPerKwYear: fixed['panels-upkeep'],
    panelsFadeFraction: values.fade,
    batteryUsdPerKwh: values['battery-price'],
    batteryUpkeepFraction: fixed['battery-upkeep'],
    batteryLifeYears: fixed['battery-life'],
    batteryReplacementFraction: fixed['battery-replacement'],
    exportRuleYears: rule >= fixed.years ? null : Math.floor(rule),
    incentives,
    day,
    lowIncome,
    dcAcRatio: fixed['dc-ac'],
    loan,
  }
}
