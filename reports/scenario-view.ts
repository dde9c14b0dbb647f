import type { PackageName } from '../models/pilot/packages.ts'
import type { PilotPlan } from '../models/pilot/plan.ts'
import type { PublishedName } from '../data/tariffs/registry.ts'
import type { UncertainName } from '../data/viability-facts.ts'
import type { InputGrade } from '../data/viability-files.ts'

/**
 * What the report reads of a resolved scenario. A structural view, so that this room needs nothing
 * of the scenarios room: `scenario.resolved.yaml` has every default filled in and was checked by its
 * schema when the run was made.
 */
export interface ScenarioView {
  readonly name: string
  readonly title: string
  readonly question: string
  readonly description: string
  readonly seed: number
  readonly period: { readonly start: string; readonly days: number; readonly years: number }
  readonly timeZone: string
  readonly settlementMinutes: number
  readonly disaggregation: { readonly solar: string; readonly load: string }
  readonly tariff: TariffView
  readonly baselines: BaselinesView
  readonly market: {
    readonly mechanism: string
    readonly platformFeeUsdPerKwh: number
    readonly creditAllocation?: { readonly priceFraction: number; readonly hostWorthFraction: number }
  }
  readonly ledger: {
    readonly openingBalanceUsd: number
    readonly creditLimitUsd: number
    readonly tokens: boolean
  }
  readonly burn: Readonly<Record<string, number | boolean>>
  readonly telemetry: { readonly meterClassPercent: number }
  readonly economics: EconomicsView
  readonly viability: ViabilityView
  readonly whatIf: WhatIfView
  readonly pilot: PilotView
  readonly communities: readonly {
    readonly id: string
    readonly label: string
    readonly homes: readonly HomeView[]
  }[]
}

/** What the pilot plans and charges; the plan itself is the model's. */
export interface PilotView extends PilotPlan {
  readonly priceUsdPerHomeMonth: number
  readonly utilityFeeUsdPerHomeMonth: number
  readonly programUsdPerKwYear: number
  readonly programHours: number
  readonly programShareFraction: number
  readonly discountFraction: number
  /** Part of the homes that may lose before the pilot stops. */
  readonly loserShareMost: number
  readonly production: {
    readonly months: number
    readonly homes: number
    readonly fixedUsdPerMonth: number
    readonly hardware: PackageName
  }
  readonly letters: readonly { readonly from: string; readonly role: string; readonly file: string }[]
}

export interface EconomicsView {
  readonly avoidedSupplyUsdPerKwh: number
  readonly batteryUsdPerKwh: number
  readonly batteryLifeYears: number
  readonly programUsdPerMonth: number
  readonly avoidedCapacityUsdPerKwYear: number
  readonly taxCreditFraction: number
  readonly discountFraction: number
  readonly socialDiscountFraction: number
  readonly carbonUsdPerTonne: number
  readonly marginalCarbonKgPerKwh: number
}

export interface UncertainView {
  readonly low: number
  /** Left out: uniform. */
  readonly mode?: number | null | undefined
  readonly high: number
  readonly source: string
  readonly year: number
  readonly grade: InputGrade
}

export interface ViabilityView {
  readonly uncertain: Readonly<Record<UncertainName, UncertainView>>
  readonly years: number
  readonly installedOn: string
  readonly incentives: readonly string[]
  readonly priceEscalationFraction: number
  readonly upkeepEscalationFraction: number
  readonly solarUpkeepUsdPerKwYear: number
  readonly batteryUpkeepFraction: number
  readonly solarDcAcRatio: number
  readonly averageCarbonKgPerKwh: number
  readonly saidiMinutesPerYear: number
  readonly saifiPerYear: number
  readonly criticalFraction: number
  readonly reliableFraction: number
  readonly outageHours: number
}

export interface WhatIfView {
  readonly loadFactor: number
  readonly solarFactor: number
  readonly retailFactor: number
  readonly exportFactor: number
  readonly exportUsdPerKwh?: number | undefined
  readonly peerDeliveryUsdPerKwh?: number | undefined
  readonly tradingFraction: number
}

export interface TariffView {
  readonly label: string
  readonly source: string
  readonly year: number
  readonly import: ImportView
  readonly export: ExportView
  readonly fixedUsdPerMonth: number
  readonly lowIncomeDiscountFraction: number
  readonly lowIncomeCreditUsdPerMonth: number
  readonly solarChargeUsdPerKwMonth: number
  readonly peerDeliveryUsdPerKwh: number
}

interface FlatPrice {
  readonly kind: 'flat'
  readonly usdPerKwh: number
}

interface SeriesPrice {
  readonly kind: 'series'
  readonly column: string
}

export type ImportView =
  | FlatPrice
  | SeriesPrice
  | { readonly kind: 'published'; readonly name: PublishedName }
  | { readonly kind: 'urdb'; readonly file: string }
  | { readonly kind: 'rate'; readonly periods: readonly { readonly tiers: readonly unknown[] }[] }

interface Selling {
  readonly sellUsdPerKwh?: number | undefined
}

export type ExportView =
  | FlatPrice
  | SeriesPrice
  | { readonly kind: 'net-metering'; readonly excessUsdPerKwh: number }
  | { readonly kind: 'net-metering-kwh'; readonly yearEndUsdPerKwh: number; readonly trueUpMonth: number }
  | {
      readonly kind: 'net-metering-credit'
      readonly creditUsdPerKwh?: number | undefined
      readonly trueUpMonth?: number | undefined
    }
  | ({ readonly kind: 'net-billing' | 'net-billing-carry' | 'buy-all-sell-all' } & Selling)
  | {
      readonly kind: 'value-stack'
      readonly components: readonly {
        readonly label: string
        readonly usdPerKwh: number
        readonly source: string
      }[]
    }

/** What the run is compared with, as far as the report tells it. */
export interface BaselinesView {
  readonly today: { readonly export?: ExportView | undefined }
  readonly wholesale: { readonly usdPerKwh?: number | undefined; readonly file?: string | undefined }
  readonly timeVarying: {
    readonly label: string
    readonly import?: ImportView | undefined
    readonly export?: ExportView | undefined
  }
}

/** Where a home's series come from: an embedded profile, a file or a model. */
export type SourceView =
  | { readonly profile: string }
  | { readonly file: string; readonly column: string }
  | { readonly commercial: { readonly peakKw: number } }

/** A plant: measured, or computed from a weather file. */
export type SolarView =
  | (SourceView & { readonly kw?: number | undefined })
  | {
      readonly weather: string
      readonly dcKw: number
      readonly dcAcRatio: number
      readonly tiltDeg: number
      readonly azimuthDeg: number
    }

/** AC nameplate that the scenario gives a plant, kW; undefined: that of its data. */
export const solarKw = (solar: SolarView): number | undefined =>
  'weather' in solar ? solar.dcKw / solar.dcAcRatio : solar.kw

export interface HomeView {
  readonly id: string
  readonly label: string
  readonly role: 'household' | 'consumer'
  readonly load: SourceView
  readonly solar?: SolarView | undefined
  readonly battery?: BatteryView | undefined
  readonly income?: { readonly usdPerYear: number; readonly source: string } | undefined
}

export interface BatteryView {
  readonly capacityKwh: number
  readonly powerKw: number
  readonly chargeEfficiency: number
  readonly dischargeEfficiency: number
  readonly standbyW: number
  readonly selfDischargePercentPerMonth: number
  readonly minSocFraction: number
  readonly maxSocFraction: number
  readonly initialSocFraction: number
  readonly calendarFadePercentPerYear: number
  readonly cycleFadePercentPerThousandEfc: number
  readonly coupling: 'ac' | 'dc'
  readonly ageing: string
  readonly losses?: Readonly<Record<string, number>> | undefined
  readonly strategy: { readonly kind: string }
}

/** Delivery that a run charges on a neighbor’s kWh, under its what-ifs, USD. */
export const deliveryUsdPerKwh = ({ tariff, whatIf }: ScenarioView): number =>
  whatIf.peerDeliveryUsdPerKwh ?? tariff.peerDeliveryUsdPerKwh * whatIf.retailFactor
