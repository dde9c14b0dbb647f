import type { FeederResult } from './run-feeder.ts'
import type { DemandResponseResult, FlexibilityResult } from './run-flexible.ts'
import type { BatteryStory } from './burn-study.ts'
import type { ForecastQuality } from './forecast-quality.ts'

/**
 * What a run leaves in its folder, for every reader: reports, comparisons, other tools. Energy is
 * in whole milliwatt-hours, money in whole micro-dollars. `results.json`, `kpi.json`,
 * `scenario.resolved.yaml`, the Parquet files and the journals are equal byte for byte in every
 * run of the same scenario, data and version; `manifest.json` also tells when, where and how long.
 */
export const RUN_FILES = {
  manifest: 'manifest.json',
  scenario: 'scenario.resolved.yaml',
  results: 'results.json',
  kpi: 'kpi.json',
  report: 'report.html',
  /** One file for each community, `<community>.journal`; with `--durable` also `<community>.sqlite`. */
  ledger: 'ledger',
  /** `<community>.homes.parquet` and `<community>.market.parquet`; with wires also `<community>.feeder.parquet`. */
  series: 'series',
  /** Weights of networks that the run trained, by the hash of what they were learnt from; only where one was asked for. */
  forecasts: 'forecasts',
} as const

/**
 * Key of a homes' series file: its rows stand in blocks of so many intervals (the last may have fewer), and within a block
 * home after home. A file without it is one block.
 */
export const BLOCK_INTERVALS = 'block_intervals'

/** Every case is settled by the same tariff; `plant` is the scenario as written. */
export const BILL_CASES = ['no-solar', 'solar-only', 'own-battery', 'plant'] as const
/**
 * Loads that can wait do so in `own-battery` and `plant`; the others use them as they come.
 * `no-solar`: everything from the utility. `solar-only`: the home's solar, no battery, no trading
 * (this is "without the plant"). `own-battery`: solar and battery, no trading. `plant`: as run.
 */
export type BillCase = (typeof BILL_CASES)[number]

/** Rules that every run is compared with: the same homes, devices and flows as `own-battery`, another tariff. */
export const RULE_BASELINES = ['today', 'wholesale', 'time-varying'] as const
/**
 * `today`: net metering and the low-income rate. `wholesale`: no net metering, exports earn the wholesale price.
 * `time-varying`: a rate by the time of day.
 */
export type RuleBaseline = (typeof RULE_BASELINES)[number]

/** One month's bill, micro-dollars; positive: the home pays, negative: it is paid. */
export interface BillLines {
  /** Energy bought from the utility at its full retail price. */
  energyMicroUsd: number
  /** Delivery that the utility still charges on energy bought from a neighbor. */
  peerDeliveryMicroUsd: number
  fixedMicroUsd: number
  /** Charges on the greatest demand. */
  demandMicroUsd: number
  /** What was missing to the least bill. */
  minimumMicroUsd: number
  /** Charge on the home's solar plant. */
  solarChargeMicroUsd: number
  /** Credit for energy exported to the utility (zero or negative). */
  exportCreditMicroUsd: number
  /** Paid out for what net metering had left at its true-up (zero or negative). */
  trueUpMicroUsd: number
  /** Low-income discount on the utility's lines (zero or negative). */
  discountMicroUsd: number
  /** Net-metering credits assigned to or by this home, and what was paid for them (negative: it gains). */
  assignedCreditMicroUsd: number
  /** Paid by a demand-response program, through the utility (zero or negative). */
  programMicroUsd: number
  /** Paid to neighbors for their energy. */
  peerPaidMicroUsd: number
  /** Received from neighbors (zero or negative). */
  peerReceivedMicroUsd: number
  /** Paid to the operator on traded energy. */
  platformFeeMicroUsd: number
  /** Sum of all lines. */
  netMicroUsd: number
}

/** Energy of one home over a period, all at its AC side, all >= 0, milliwatt-hours. */
export interface HomeEnergy {
  solarMilliWh: number
  loadMilliWh: number
  /** AC energy into the battery (solar and grid). */
  chargeMilliWh: number
  /** AC energy out of the battery. */
  dischargeMilliWh: number
  /** Standby of an empty battery, drawn from the home's supply. */
  standbyMilliWh: number
  /** Site meter: solar + discharge + import = load + charge + standby + export, exactly. */
  importMilliWh: number
  exportMilliWh: number
  /** Part of the import that neighbors supplied. */
  peerBoughtMilliWh: number
  /** Part of the export that neighbors bought. */
  peerSoldMilliWh: number
}

export interface MonthResult {
  /** Local month of the scenario's zone, `2016-08`. */
  month: string
  energy: HomeEnergy
  bills: Record<BillCase, BillLines>
  /** Under the rules that the run is compared with. */
  baselines: Record<RuleBaseline, BillLines>
}

export interface HomeResult {
  id: string
  label: string
  role: 'household' | 'consumer'
  solarKw: number
  /** 0 when the home has no battery. */
  batteryKwh: number
  batteryKw: number
  /** State of health at the end, 1 = new; 1 when there is no battery. */
  batterySoh: number
  /** Equivalent full cycles in the run. */
  batteryEfc: number
  /** State of health at the end of each run through the series (a year, as a rule). */
  batterySohByYear: number[]
  /** Days on which the ageing model was asked beyond what it can answer. */
  ageingOutsideDays: number
  /** Strategy that dispatched the battery; empty without one. */
  strategy: string
  /** Intervals that a failed solver left to the rule. */
  ruledSteps: number
  /** Energy in the battery at start and end, AC-deliverable, for closing the balance. */
  batteryStartMilliWh: number
  batteryEndMilliWh: number
  months: MonthResult[]
  total: HomeEnergy
  /** Credits of the run's own case that no bill had used when it ended; absent: none. */
  creditLeft?: { microUsd: number; milliWh: number }
}

/** Where tokens came from and went, milliwatt-hours; minted = active + setAside + sum of burned. */
export interface TokenAccount {
  mintedMilliWh: number
  activeMilliWh: number
  setAsideMilliWh: number
  burned: {
    consumedMilliWh: number
    exportedMilliWh: number
    exchangedMilliWh: number
    conversionLossMilliWh: number
    storageLossMilliWh: number
  }
}

/** One battery's tokens against its truth (burn.md's symbols), milliwatt-hours. */
export interface BatteryTokens {
  homeId: string
  /** M, minted by exchange and as shadow lots. */
  mintedMilliWh: number
  shadowMilliWh: number
  /** W, burned by delivery. */
  deliveredMilliWh: number
  /** B, burned as verified storage loss. */
  storageLossMilliWh: number
  /** L: what a reference that knows the true energy burns at the same anchors. */
  trueLossMilliWh: number
  activeMilliWh: number
  setAsideMilliWh: number
  /** Discharge beyond all lots. */
  unclaimedMilliWh: number
  /** Largest B − L seen at any anchor; above 20,000 (0.02 kWh) is an over-burn. */
  worstOverBurnMilliWh: number
  /** Integral of max(0, active − true energy), kWh·h. */
  unbackedKwhHours: number
  anchors: number
  refusedAnchors: number
  /** Set aside and given back without having been burned. */
  releasedMilliWh: number
  /** Delivered to the grid beyond all lots: the utility pays for it, no token claims it. */
  exportedUnclaimedMilliWh: number
  /** Minutes from the last anchor to the end of the run; null: never anchored. */
  lastAnchorAgeMinutes: number | null
  /** Registered factor at the end, parts per million. */
  factorPpm: number
  /** Learnt conversion and the ends of its 95 % interval, parts per million. */
  learntFactorPpm: number
  learntFactorLowPpm: number
  learntFactorHighPpm: number
  /** Learnt energy of the full battery and half of its interval. */
  learntFullMilliWh: number
  learntFullHalfMilliWh: number
}

export interface MarketResult {
  mechanism: string
  tradedMilliWh: number
  trades: number
  /** Intervals in which both a seller and a buyer were there. */
  intervalsWithBothSides: number
  /** Of these, intervals with a price that leaves nobody worse off. */
  intervalsWithPrice: number
  /** Of the others, intervals in which only what the homes or the community had set kept a pair that would pay from trading. */
  intervalsByLimits: number
  /** Home-intervals in which a buyer's balance did not cover its deficit: it bought from the utility. */
  intervalsCreditLimited: number
  /** Energy-weighted mean price paid to sellers, USD per kWh; null when nothing was traded. */
  meanPriceUsdPerKwh: number | null
  /** Buyer's avoided charge − seller's forgone credit − fees, USD per kWh, least and greatest over the run. */
  jointSurplusMinUsdPerKwh: number
  jointSurplusMaxUsdPerKwh: number
  /**
   * Buyer's avoided charge − seller's forgone credit of the best pair in an interval without a price, before delivery and fees, as the
   * market counts on it: where a month is netted, a seller may give up the full retail price. Null: no such interval.
   */
  countedGrossMaxUsdPerKwh: number | null
  /** One sentence: why nothing is traded; empty when something is. */
  whyNothing: string
  /** Where some intervals found no price and others did: why the best pair of the former did not. */
  whyRefused: string
  /** Under credit allocation; absent: another mechanism. */
  credits?: CreditResult
}

/** Net-metering credits that hosts assigned to neighbors. */
export interface CreditResult {
  /** Months of homes with credit beyond their own bill, and of these those in which some was assigned. */
  hostMonths: number
  assigningMonths: number
  assignedMicroUsd: number
  /** One sentence: why nothing was assigned; empty when something was. */
  whyNothing: string
}

/** Each home's fair share of what pooling all meters would cost, micro-dollars, in the order of `homes`. */
export interface PoolingShares {
  method: 'exact' | 'sampled'
  /** Orders that were sampled; 0: every coalition was counted. */
  orders: number
  /** What each pays by itself, in the same game. */
  aloneMicroUsd: number[]
  shapleyMicroUsd: number[]
  /** Half of the 95 % interval of sampled values; empty: exact. */
  halfWidthMicroUsd: number[]
}

/** The same flows under one mechanism, cleared without a ledger. */
export interface MechanismResult {
  mechanism: string
  tradedMilliWh: number
  intervalsWithPrice: number
  /** Whole run, by home in the order of `homes`: net bill, micro-dollars. */
  homeNetMicroUsd: number[]
  operatorMicroUsd: number
  utilityMicroUsd: number
}

export interface LedgerResult {
  blocks: number
  transactions: number
  operations: number
  /** Hash of the last block, hex. */
  head: string
  /** Canonical hash over living lots, totals and balances, hex. */
  stateHash: string
  /** Sum of all balances; equals the sum of opening balances. */
  balancesMicroUsd: number
  openingMicroUsd: number
}

/** What one home's battery could have saved by itself, over the first run through its series. */
export interface DispatchComparison {
  homeId: string
  noBatteryMicroUsd: number
  /** No strategy can cost less: perfect foresight, a battery at its best. */
  boundMicroUsd: number
  strategies: {
    strategy: string
    /** The one that the scenario chose for this battery. */
    chosen: boolean
    /** Imports less exports at their prices. */
    energyMicroUsd: number
    /** Paid by a program (zero or negative); the bound has none. */
    programMicroUsd: number
    efc: number
    ruledSteps: number
  }[]
}

/** What only a run with tokens has. */
export interface TokenResults {
  tgen: TokenAccount
  tstorage: TokenAccount
  shadow: TokenAccount
  batteries: BatteryTokens[]
  /** Two weeks of the first battery; absent where there is none. */
  story?: BatteryStory
  ledger: LedgerResult
}

/** Where tokens were off, everything of `TokenResults` is absent. */
export interface CommunityResult extends Partial<TokenResults> {
  id: string
  label: string
  homes: HomeResult[]
  market: MarketResult
  /** What an exported kWh may bring its home; `netting`: up to the retail price of its interval. */
  exportValue: { netting: boolean; leastUsdPerKwh: number; mostUsdPerKwh: number }
  /** Homes with a battery of their own. */
  dispatch: DispatchComparison[]
  /** Forecasts that strategies went by; absent: none did. */
  forecasts?: ForecastQuality[]
  /** Homes with flexible devices; absent: none. */
  flexibility?: FlexibilityResult[]
  /** Every mechanism on the same flows; absent: not asked for. */
  mechanisms?: MechanismResult[]
  /** Absent in a community of one. */
  pooling?: PoolingShares
  /** Participants of demand response; absent: no programme. */
  demandResponse?: DemandResponseResult[]
  /** Wires between the homes; absent: none are modelled. */
  feeder?: FeederResult
  /** Operator's fee income and the utility's money from these homes, micro-dollars, by case and month. */
  operatorIncomeMicroUsd: number
  /** Energy-price lines + delivery + fixed − credits − discounts, by case, whole run. */
  utilityRevenueMicroUsd: Record<BillCase, number>
  /** The same under the rules that the run is compared with. */
  baselineRevenueMicroUsd: Record<RuleBaseline, number>
  /** Net energy that the utility must supply (import − peer − export), milliwatt-hours, by case. */
  utilitySupplyMilliWh: Record<BillCase, number>
  /** Greatest mean power of the community's net import over one interval, watts, by case. */
  peakImportW: Record<BillCase, number>
  peakExportW: Record<BillCase, number>
}

/** Communities whose tokens were kept: all of a run, or none. */
export const withTokens = (communities: readonly CommunityResult[]): (CommunityResult & TokenResults)[] =>
  communities.filter((one): one is CommunityResult & TokenResults => one.ledger !== undefined)

export interface AuditFinding {
  homeId: string
  /** Stable name of the check: `solar-dead`, `load-near-zero`, `load-constant-run`, `clock-dst-seam`, … */
  check: string
  severity: 'info' | 'warning' | 'error'
  /** One sentence with numbers and places. */
  finding: string
  /** What the run did about it: `left as it is`, `row moved`, … and what it means for the results. */
  action: string
  /** What it does to the key figures, estimated from the series; absent: not estimated. */
  effect?: string
}

export interface RunResults {
  format: 1
  runId: string
  version: string
  /** Times that the series was run through, the last perhaps in part; series are kept of the first. */
  years: number
  /** False when the run was stopped before its end: `simulatedDays` tells how far it came. */
  complete: boolean
  simulatedDays: number
  /** First interval's start and step on the settlement axis; how many intervals the series keep, a year at most. */
  startSeconds: number
  stepSeconds: number
  count: number
  timeZone: string
  communities: CommunityResult[]
  audit: AuditFinding[]
}

export interface Manifest {
  format: 1
  runId: string
  version: string
  complete: boolean
  command: string
  createdAt: string
  durationSeconds: number
  node: string
  machine: { platform: string; cores: number; memoryGiB: number }
  seed: number
  workers: number
  /** SHA-256 of every input that was read, by name, with source and licence. */
  inputs: { name: string; sha256: string; source: string; licence: string }[]
  /** SHA-256 of every file that the run wrote and that must be equal in a second run. */
  files: Record<string, string>
}
