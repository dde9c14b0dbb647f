import type { RuleBaseline } from './run-files.ts'
import type { SizingResult } from './sizing-result.ts'

/**
 * What `vpp viability` leaves, beside the run or where `--out` says. `viability.json` is equal byte for byte for the
 * same run, seed and number of draws, on any number of workers; every number in the text of `viability.html` is in it or
 * in `kpi.json`.
 */
export const VIABILITY_FILES = {
  data: 'viability.json',
  report: 'viability.html',
  /** With `--pdf`. */
  print: 'viability.pdf',
} as const

/** Percentiles over the draws of the study. */
export interface Interval {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

/**
 * How sure a number is: read in a primary text; from a secondary source; arithmetic on such; chosen by the
 * scenario's author.
 */
export type InputGrade = 'primary' | 'secondary' | 'derived' | 'assumed'

/** One uncertain input: uniform from `low` to `high` without a `mode`, else triangular. */
export interface StudyVariable {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly low: number
  readonly mode: number | null
  readonly high: number
  /** Value that the run itself has. */
  readonly base: number
  readonly source: string
  /** Of the source; 0: none is stated. */
  readonly year: number
  readonly grade: InputGrade
}

/** A number that the report uses and no draw varies. */
export interface StudyInput {
  readonly label: string
  readonly value: number
  readonly unit: string
  readonly source: string
  readonly year: number
  readonly grade: InputGrade
}

/** One role against one set of rules over the draws, USD a month each; positive: more money is left. */
export interface RoleInterval {
  readonly id: string
  readonly label: string
  readonly members: number
  /** Middle member's monthly net result. */
  readonly usdPerMonth: Interval
  /** Members that lose a cent a month or more. */
  readonly losers: Interval
}

export interface RulesInterval {
  readonly id: RuleBaseline
  readonly label: string
  readonly roles: readonly RoleInterval[]
  /** Every home in the order of the scenario: share of draws in which it loses a cent a month or more. */
  readonly homes: readonly { readonly id: string; readonly label: string; readonly lossShare: number }[]
  readonly losers: Interval
}

/** What is known of a rate or a time over the draws: those in which it exists, and its percentiles among them. */
export interface SometimesInterval {
  /** Share of draws in which there is one. */
  readonly share: number
  /** Null: in no draw. */
  readonly interval: Interval | null
  /** Share of draws in which there are several (a rate of return); they are not in the interval. */
  readonly severalShare: number
}

/** What an owner's equipment is worth over its life. */
export interface InvestmentStudy {
  readonly id: 'solar-battery' | 'battery'
  readonly label: string
  /** Homes that own it, and their size. */
  readonly homes: number
  readonly years: number
  /** Mean over owners, USD. */
  readonly costUsd: Interval
  readonly savingFirstYearUsd: Interval
  readonly npvUsd: Interval
  /** Share of draws with a net present value above zero. */
  readonly paysShare: number
  readonly irr: SometimesInterval
  readonly paybackYears: SometimesInterval
  /** Flows by year of the run's own values, USD: investment, savings, upkeep, incentives, replacement. */
  readonly flows: readonly { readonly label: string; readonly usd: readonly number[] }[]
}

export interface LevelizedStudy {
  /** Of solar, USD per kWh generated; null: no solar. */
  readonly solarUsdPerKwh: Interval | null
  /** Of storage, USD per kWh discharged; null: no battery. */
  readonly storageWithChargingUsdPerKwh: Interval | null
  readonly storageWithoutChargingUsdPerKwh: Interval | null
}

export interface IncentiveStudy {
  readonly id: string
  readonly label: string
  readonly source: string
  readonly grade: InputGrade
  readonly from: string | null
  readonly until: string | null
  /** On the day that the study installs; what it then gives, once and by the year, USD for the mean owner. */
  readonly eligible: boolean
  readonly counted: boolean
  readonly onceUsd: number
  readonly yearlyUsd: number
  readonly years: number
}

/** One bar of the tornado: the result with one input at its low and its high value, all others as in the run. */
export interface TornadoBar {
  readonly variable: string
  readonly label: string
  readonly unit: string
  readonly lowInput: number
  readonly highInput: number
  readonly lowResult: number
  readonly highResult: number
}

export interface Tornado {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly base: number
  /** Widest first. */
  readonly bars: readonly TornadoBar[]
}

/** What the whole run gives at each pair of export value and charge on a neighbor's kWh; rows are charges. */
export interface TradeMap {
  readonly exportUsdPerKwh: readonly number[]
  readonly chargeUsdPerKwh: readonly number[]
  /** Traded energy, kWh a year. */
  readonly tradedKwhPerYear: readonly (readonly number[])[]
  /** Mean gain of a home by trading, against the same homes without it, USD a month. */
  readonly gainUsdPerMonth: readonly (readonly number[])[]
  /** Where this scenario lies. */
  readonly here: { readonly exportUsdPerKwh: readonly [number, number]; readonly chargeUsdPerKwh: number }
}

/** Value of one input at which a result crosses zero, all others as in the run; null: not within the range tried. */
export interface BreakEven {
  readonly id: string
  readonly result: string
  readonly variable: string
  readonly unit: string
  readonly base: number
  readonly from: number
  readonly to: number
  readonly crossings: readonly number[]
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface CostTestStudy {
  readonly name: string
  readonly label: string
  readonly formula: string
  readonly netUsdPerYear: Interval
  /** Benefit over cost; null: there is no cost in any draw. */
  readonly ratio: Interval | null
  readonly passesShare: number
}

/** CO2 that the plant avoids against solar only, kg a year, by two kinds of rate that are never added. */
export interface CarbonStudy {
  readonly marginal: StudyInput
  readonly average: StudyInput
  readonly avoidedKwhPerYear: Interval
  readonly marginalKgPerYear: Interval
  readonly averageKgPerYear: Interval
  /** The same for all of the solar, against none. */
  readonly solarMarginalKgPerYear: Interval
  readonly solarAverageKgPerYear: Interval
}

/** How long a home with a battery keeps its critical load through an outage, over all hours at which one may begin. */
export interface ResilienceHome {
  readonly id: string
  readonly label: string
  readonly batteryKwh: number
  readonly criticalKw: number
  readonly meanHours: number
  readonly medianHours: number
  /** Share of beginnings from which the load is served through an outage of the usual length. */
  readonly usualServedShare: number
  /** No longer was looked at. */
  readonly mostHours: number
}

/** How reliably a solar plant delivers: of the hours in which most of its neighbors' plants do, those in which it does too. */
export interface ReliableAsset {
  readonly id: string
  readonly label: string
  /** Hours that count. */
  readonly hours: number
  readonly deliveringShare: number
  readonly award: boolean
}

export interface ReliabilityStudy {
  readonly saidiMinutes: StudyInput
  readonly saifiPerYear: StudyInput
  readonly criticalFraction: StudyInput
  /** Over homes; null: no home has a battery. */
  readonly meanHours: Interval | null
  readonly homes: readonly ResilienceHome[]
  /** Solar plants, the most reliable first; empty: fewer than three, so that none can be judged by the others. */
  readonly assets: readonly ReliableAsset[]
  /** Share of hours from which a plant is awarded. */
  readonly awardFrom: StudyInput
  /** Expected minutes a year without supply of the critical load, with the battery, mean over homes with one. */
  readonly minutesLeftPerYear: number | null
}

/** Everything that the uncertainty study found. */
export interface ViabilityStudy {
  readonly seed: number
  readonly draws: number
  /** Steps of the draws; the run itself has its own. */
  readonly stepMinutes: number
  /** Were tokens kept in the draws? They change no bill. */
  readonly tokens: boolean
  readonly variables: readonly StudyVariable[]
  readonly inputs: readonly StudyInput[]
  readonly rules: readonly RulesInterval[]
  readonly figures: {
    readonly selfSufficiency: Interval
    readonly tradedKwhPerYear: Interval
    /** Against solar only, fraction of its peak import; null: solar only imports nothing. */
    readonly peakChange: Interval | null
    /** Share of draws in which anything is traded. */
    readonly tradesShare: number
    /** Mean gain of a home by trading, against its own battery and none, USD a month. */
    readonly tradingGainUsdPerMonth: Interval
  }
  /** How far the run in the draws' steps lies from the run itself. */
  readonly stepCheck: readonly {
    readonly id: string
    readonly label: string
    readonly unit: string
    readonly run: number
    readonly study: number
  }[]
  readonly investments: readonly InvestmentStudy[]
  readonly incentives: readonly IncentiveStudy[]
  readonly levelized: LevelizedStudy
  readonly tornados: readonly Tornado[]
  readonly breakEvens: readonly BreakEven[]
  /** Null: nothing can be traded here. */
  readonly map: TradeMap | null
  readonly costTests: readonly CostTestStudy[]
  readonly carbon: CarbonStudy
  readonly reliability: ReliabilityStudy
}

/**
 * What the viability report is made from, beside the run. `Business` is defined where it is made
 * (`reports/viability/business`).
 */
export interface ViabilityFile<Business> {
  readonly format: 1
  readonly runId: string
  readonly version: string
  /** The command that makes it again. */
  readonly command: string
  readonly seed: number
  readonly draws: number
  /** SHA-256 of what went in: the run's inputs, and its scenario and results. */
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[]
  /** Null: made with `--runs 0`. */
  readonly study: ViabilityStudy | null
  /** How much solar one home should buy, as `vpp size` finds; absent: not asked. */
  readonly sizing?: SizingResult
  readonly business: Business
}
