import { assert } from '../data/errors.ts'
import type { BillLines } from '../data/run-files.ts'
import {
  assembledBill,
  type BillRules,
  meterInterval,
  monthBill,
  type MonthMeter,
  monthMeter,
} from '../models/tariff/bill.ts'
import {
  addProduct,
  addProducts,
  type RateColumn,
  rateColumn,
  roundedMicroUsd,
} from '../models/tariff/exact-sum.ts'
import { type DemandRegisters, demandRegisters, registerDemand } from '../models/tariff/rate/demand.ts'
import { type Account, billMonth, newAccount } from '../models/tariff/rate/month.ts'
import {
  type MonthRegisters,
  monthRegisters,
  registerInterval,
  registerLayout,
} from '../models/tariff/rate/registers.ts'
import type { RatePlan, TariffPlan } from './tariff-plan.ts'

/** The month at hand: its name `2016-08`, and the part of it that the run covers, (0, 1]. */
export interface OpenMonth {
  readonly name: string
  readonly covered: number
}

/**
 * What one register saw of some intervals in a row, milliwatt-hours >= 0: each in its row from the first on, where a
 * meter asks for them, and all.
 */
export interface Metered {
  readonly milliWh: Int32Array
  sum: number
}

/** One home's exchange with the utility in one case under one tariff, month by month. */
export interface CaseMeter {
  /** Trades, fees and programs of the month; the tariff's own lines come from elsewhere. */
  readonly trades: MonthMeter
  /** One interval, milliwatt-hours >= 0; `at` is its place on the run's axis. */
  interval(at: number, importMilliWh: number, exportMilliWh: number): void
  /** The same for `count` intervals of one month from `at` on. */
  block(at: number, count: number, imports: Metered, exports: Metered): void
  /** Ends the month, of which `covered` was simulated, and begins the next. */
  close(covered: number): BillLines
  /** Credits that no bill has used yet. */
  left(): { microUsd: number; milliWh: number }
  /** Takes dollar credit that no bill has used, at most what is left: it was assigned to a neighbor. */
  giveCredit(microUsd: number): void
}

/** A meter for a tariff; `month` tells the month at hand when its first interval comes. */
export const caseMeter = (plan: TariffPlan, rules: BillRules, month: () => OpenMonth): CaseMeter =>
  plan.rate === null ? new PricedMeter(plan, rules) : new RateMeter(plan, plan.rate, rules, month)

const columnsOf = ({ priceMicroUsdPerKwh: price, exportMicroUsdPerKwh }: TariffPlan) =>
  [rateColumn(price), rateColumn(exportMicroUsdPerKwh ?? price)] as const

/** Prices of a tariff's meters: of intervals that have the same of each they ask for sums only. Null: they ask for every interval. */
export const pricesOf = (plan: TariffPlan): readonly RateColumn[] | null =>
  plan.rate === null ? columnsOf(plan) : null

/** Every interval has its price. */
class PricedMeter implements CaseMeter {
  trades = monthMeter()
  readonly #rules: BillRules
  readonly #price: RateColumn
  readonly #exportPrice: RateColumn

  constructor(plan: TariffPlan, rules: BillRules) {
    this.#rules = rules
    ;[this.#price, this.#exportPrice] = columnsOf(plan)
  }

  interval(at: number, importMilliWh: number, exportMilliWh: number): void {
    const [price, exportPrice] = [this.#price.rates[at], this.#exportPrice.rates[at]]
    meterInterval(this.trades, importMilliWh, exportMilliWh, price, exportPrice)
  }

  block(at: number, count: number, imports: Metered, exports: Metered): void {
    const { trades } = this
    trades.importMilliWh += imports.sum
    addProducts(trades.importValue, imports.milliWh, imports.sum, this.#price, at, count)
    trades.exportMilliWh += exports.sum
    addProducts(trades.exportValue, exports.milliWh, exports.sum, this.#exportPrice, at, count)
  }

  close(covered: number): BillLines {
    const bill = monthBill(this.trades, this.#rules, covered)
    this.trades = monthMeter()
    return bill
  }

  left(): { microUsd: number; milliWh: number } {
    return { microUsd: 0, milliWh: 0 }
  }

  giveCredit(microUsd: number): void {
    assert(microUsd === 0, 'a tariff without credits gave one')
  }
}

/** Registers by period and tier, and an account that goes on from month to month. */
class RateMeter implements CaseMeter {
  trades = monthMeter()
  readonly #plan: RatePlan
  readonly #rules: BillRules
  readonly #exportPrice: Int32Array | null
  readonly #month: () => OpenMonth
  #account: Account
  #registers: MonthRegisters | null = null
  #demand: DemandRegisters | null = null
  #calendarMonth = 0

  constructor(plan: TariffPlan, rate: RatePlan, rules: BillRules, month: () => OpenMonth) {
    this.#plan = rate
    this.#rules = rules
    this.#exportPrice = plan.exportMicroUsdPerKwh
    this.#month = month
    this.#account = newAccount(rate.rate)
  }

  #open(): MonthRegisters {
    const { name, covered } = this.#month()
    const [year, month] = name.split('-').map(Number)
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const { rate, stepSeconds } = this.#plan
    this.#calendarMonth = month - 1
    this.#demand =
      rate.demand === null && rate.flatDemand === null ? null : demandRegisters(rate, stepSeconds)
    return monthRegisters(registerLayout(rate, days * covered, { part: covered }))
  }

  interval(at: number, importMilliWh: number, exportMilliWh: number): void {
    const registers = (this.#registers ??= this.#open())
    registerInterval(registers, this.#plan.periodOfStep[at], importMilliWh, exportMilliWh)
    if (this.#demand !== null)
      registerDemand(this.#demand, at, this.#plan.demandPeriodOfStep?.[at] ?? 0, importMilliWh)
    if (this.#exportPrice !== null && exportMilliWh > 0)
      addProduct(this.trades.exportValue, exportMilliWh, this.#exportPrice[at])
  }

  block(at: number, count: number, { milliWh: imports }: Metered, { milliWh: exports }: Metered): void {
    for (let row = 0; row < count; row++) this.interval(at + row, imports[row], exports[row])
  }

  close(covered: number): BillLines {
    const registers = this.#registers ?? this.#open()
    const { rate, metering } = this.#plan
    const earned = this.#exportPrice === null ? undefined : roundedMicroUsd(this.trades.exportValue)
    const { lines, account } = billMonth(rate, metering, registers, this.#demand, this.#account, {
      month: this.#calendarMonth,
      part: covered,
      ...(earned === undefined ? {} : { earnedMicroUsd: earned }),
    })
    const { billMicroUsd: _, ...tariffLines } = lines
    const bill = assembledBill(tariffLines, this.trades, this.#rules, covered)
    this.#account = account
    this.#registers = null
    this.#demand = null
    this.trades = monthMeter()
    return bill
  }

  left(): { microUsd: number; milliWh: number } {
    const { creditMicroUsd, excessMilliWh } = this.#account
    return { microUsd: creditMicroUsd, milliWh: excessMilliWh }
  }

  giveCredit(microUsd: number): void {
    const creditMicroUsd = this.#account.creditMicroUsd - microUsd
    assert(creditMicroUsd >= 0, 'more credit was given than there was')
    this.#account = { ...this.#account, creditMicroUsd }
  }
}
