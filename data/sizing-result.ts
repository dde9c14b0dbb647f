/** What `vpp size` finds, for every reader: money in USD, energy in kWh, power in kW. */

/** How sure a figure is: A read at its source, B arithmetic on such, C assumed or from a vendor or press. */
export type SizingGrade = 'A' | 'B' | 'C'

/** A figure that the answer stands on; low and high: what the draws range over. */
export interface SizingAssumption {
  readonly id: string
  readonly label: string
  readonly value: number | string
  readonly unit: string
  readonly low?: number
  readonly high?: number
  readonly source: string
  readonly grade: SizingGrade
}

export interface SizingInterval {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}

/** A time in years; null: not reached. */
export type PaybackYears = number | null

export type SizingInternalRate =
  | { readonly kind: 'one'; readonly rate: number }
  | { readonly kind: 'multiple'; readonly rates: readonly number[] }
  | { readonly kind: 'none' }

/** One way to go, in the first year and over the horizon. */
export interface SizingOption {
  readonly id: 'nothing' | 'neighbors' | 'recommended' | 'panels' | 'battery' | 'largest' | 'looked'
  readonly label: string
  readonly panelsKw: number
  readonly batteryKwh: number
  readonly batteryKw: number
  readonly strategy: string
  readonly costUsd: number
  /** Net charge of a month of the first year, mean. */
  readonly chargeUsdPerMonth: number
  /** Less than doing nothing; below zero: more. */
  readonly savingUsdPerMonth: number
  readonly npvUsd: number
  readonly paybackYears: PaybackYears
  readonly discountedPaybackYears: PaybackYears
  readonly internalRate: SizingInternalRate
}

/** NPV of one size of the map. */
export interface SizingPoint {
  readonly panelsKw: number
  readonly batteryKwh: number
  readonly npvUsd: number
  readonly costUsd: number
  readonly strategy: string
}

/** What was looked at, in detail. */
export interface SizingDetail {
  readonly solarKwhPerYear: number
  readonly importKwhPerYear: number
  readonly exportKwhPerYear: number
  readonly batteryDischargeKwhPerYear: number
  /** Program payments and credits: once, and in each of some years. */
  readonly incentives: readonly {
    readonly id: string
    readonly label: string
    readonly source: string
    readonly grade: string
    readonly from: string | null
    readonly until: string | null
    readonly eligible: boolean
    readonly onceUsd: number
    readonly yearlyUsd: number
    readonly years: number
  }[]
  readonly lcoeUsdPerKwh: number | null
  readonly lcosUsdPerKwh: number | null
  readonly lcosWithoutChargingUsdPerKwh: number | null
  /** Less CO2 of the grid in the first year, kg; two ways to count the same, never to be added; null: no factor. */
  readonly carbonMarginalKgPerYear: number | null
  readonly carbonAverageKgPerYear: number | null
  /** Year by year, today first: by line and in all, and the running sums. */
  readonly flows: readonly { readonly label: string; readonly usd: readonly number[] }[]
  readonly totalUsd: readonly number[]
  readonly cumulativeUsd: readonly number[]
  readonly cumulativeDiscountedUsd: readonly number[]
}

/** Effect on NPV of one thing that is not known, all others at their likely values. */
export interface SizingSwing {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly npvLowUsd: number
  readonly npvHighUsd: number
}

export interface SizingUncertainty {
  readonly draws: number
  readonly seed: number
  readonly npvUsd: SizingInterval
  readonly savingUsdPerMonth: SizingInterval
  /** Of draws in which it is reached; `reachedShare` tells how many. */
  readonly paybackYears: SizingInterval | null
  readonly reachedShare: number
  readonly internalRate: SizingInterval | null
  /** Draws by kind of internal rate. */
  readonly internalRateKinds: { readonly one: number; readonly none: number; readonly multiple: number }
  /** Draws in which it is worth more than doing nothing. */
  readonly gainShare: number
  readonly swings: readonly SizingSwing[]
}

/** Buying from neighbors without a plant of one's own. */
export interface SizingNeighbors {
  /** Buyer's avoided charge − what it still pays − what the seller would get, USD/kWh, least and greatest over the year. */
  readonly surplusMinUsdPerKwh: number
  readonly surplusMaxUsdPerKwh: number
  readonly boughtKwhPerYear: number
  readonly meanPriceUsdPerKwh: number | null
  readonly deliveryUsdPerKwh: number
  readonly feeUsdPerKwh: number
  readonly sellerPanelsKw: number
  /** The seller's exports offset its own use: what is counted is the least that one may bring it. */
  readonly netting: boolean
  /** Why there is no price; empty when there is one. */
  readonly whyNothing: string
  /** What the law says as far as it was read. */
  readonly legal: string
}

/** The same panels' energy from a solar roof. */
export interface SizingSolarRoof {
  readonly panelsKw: number
  readonly panelsUsdPerW: number
  /** Price that was given; null: none, and none was found that could be verified. */
  readonly roofUsdPerW: number | null
  /** Cost of the plain roof that it replaces, USD. */
  readonly plainRoofUsd: number
  readonly npvUsd: number | null
  /** Price at which it is worth as much as doing nothing, and as panels beside a new plain roof; null: no panels pay. */
  readonly breakEvenUsdPerW: number | null
  readonly asPanelsUsdPerW: number | null
}

export interface SizingResult {
  readonly format: 1
  readonly version: string
  readonly command: string
  readonly question: string
  readonly home: {
    readonly place: string
    readonly load: string
    readonly kwhPerYear: number
    readonly yieldKwhPerKw: number
    readonly roofKw: number
    readonly tiltDeg: number
    readonly azimuthDeg: number
    readonly budgetUsd: number | null
  }
  readonly tariff: { readonly label: string; readonly source: string; readonly exports: string }
  readonly years: number
  readonly discountFraction: number
  readonly options: readonly SizingOption[]
  /** Which of them is the answer. */
  readonly answer: SizingOption
  readonly detail: SizingDetail
  readonly months: readonly {
    readonly month: string
    readonly beforeUsd: number
    readonly afterUsd: number
  }[]
  readonly map: readonly SizingPoint[]
  /** What the uncertainty is told of: the answer, or where that is nothing the plant that is worth most for a dollar. */
  readonly looked: SizingOption
  readonly uncertainty: SizingUncertainty
  /** NPV of what was looked at, at other discount rates. */
  readonly discounting: readonly { readonly rate: number; readonly npvUsd: number }[]
  readonly neighbors: SizingNeighbors
  readonly solarRoof: SizingSolarRoof
  readonly assumptions: readonly SizingAssumption[]
  readonly notes: readonly string[]
  readonly inputs: readonly {
    readonly name: string
    readonly sha256: string
    readonly source: string
    readonly licence: string
  }[]
}
