import { BATTERY_ACTIVE, BATTERY_SET_ASIDE, METER_UNSETTLED } from '../ledger/contract/columns.ts'
import type { BillLines, CommunityResult, DispatchComparison } from '../data/run-files.ts'
import { streamFor } from '../data/random.ts'
import { LocalLedger, type BlockSink, type LedgerOptions } from '../ledger/local/ledger.ts'
import { TransactionWriter } from '../ledger/contract/writer.ts'
import { deliverableKwh } from '../models/battery/battery.ts'
import type { LinearSolver } from '../models/dispatch/linear-program.ts'
import { utilityPart } from '../models/tariff/bill.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { accountOf, batteryOf, meterOf, openAccounts, UTILITY_ACCOUNT } from './accounts.ts'
import { type BatteryAgent, batteryParameters, newAgent } from './agents/battery-agent.ts'
import type { FlexibleHome } from './agents/flexible-home.ts'
import { flexibleHomes } from './agents/flexible-homes.ts'
import { stepHome } from './agents/home.ts'
import { ProgramKeeper } from './agents/program-keeper.ts'
import { StorageJudge, StorageKeeper } from './agents/storage-keeper.ts'
import { HomeBooks } from './bills.ts'
import { laterMonth, stepsOfMonth } from './bill-months.ts'
import { communityResult } from './community-result.ts'
import { ownStorage } from './deals.ts'
import { CreditKeeper } from './credit-keeper.ts'
import { compareEveryHome } from './dispatch/comparison.ts'
import type { CommunityForecasts } from './forecast/community.ts'
import { homeSeries, type SharedColumns, sharedColumns, temperatures } from './dispatch/home-series.ts'
import { chooseStrategy, type StrategyMeans } from './dispatch/strategies.ts'
import { FeederKeeper } from './feeder-keeper.ts'
import { IntervalFlows } from './interval-flows.ts'
import { checkEnergy } from './energy-invariants.ts'
import { checkInterval, checkLots } from './invariants.ts'
import { ledgerAccounts, type MarketAccounts, PlainAccounts } from './market-accounts.ts'
import type { MarketArea } from './market-area.ts'
import { MarketKeeper } from './market-keeper.ts'
import { MechanismComparison } from './mechanism-comparison.ts'
import { newStory, type StoryKeeper } from './story-keeper.ts'
import { recordInterval } from './record.ts'
import { communitySeries, type CommunitySeries, keptSteps } from './series.ts'
import { newPeaks, type Peaks } from './peaks.ts'
import { Tokenizer } from './tokenize.ts'

export interface EngineOptions {
  /** Where the ledger's blocks go. */
  readonly sink?: BlockSink
  /** Called at the end of every simulated day with the intervals done; false stops the run there. */
  readonly onDay?: (steps: number) => boolean
  /** For strategies that plan by linear program. */
  readonly solver?: LinearSolver | null
  /** Made before, for strategies that go by them. */
  readonly forecasts?: CommunityForecasts | null
  /** Key figures are all that is wanted: no series are kept, and nothing is made for comparison beside the run. */
  readonly figuresOnly?: boolean
  /** Where tokens are kept; a new one in memory unless another is given. */
  readonly newLedger?: (options: LedgerOptions) => LocalLedger
}

export interface EngineOutcome {
  readonly result: CommunityResult
  readonly series: CommunitySeries
  /** Intervals that were simulated: all, unless it was stopped. */
  readonly steps: number
}

/**
 * One community through all its intervals: homes → market → tokens → predictive burn → bills, with the
 * ledger's invariants checked after every interval. The same area, scenario and seed give the same
 * result, series and blocks.
 */
export class CommunityEngine {
  readonly area: MarketArea
  readonly scenario: Scenario
  /** Empty where tokens are off. */
  readonly ledger: LocalLedger
  /** Balances where tokens are off; null: the ledger has them. */
  readonly plain: PlainAccounts | null
  readonly batteries: (BatteryAgent | null)[]
  readonly keeper: StorageKeeper
  readonly judge: StorageJudge
  readonly books: HomeBooks[]
  /** Homes with something that can wait; null: the load is as given. */
  readonly flexible: (FlexibleHome | null)[]
  /** Null: the wires carry everything. */
  readonly wires: FeederKeeper | null
  readonly market: MarketKeeper
  readonly credits: CreditKeeper | null
  readonly comparison: MechanismComparison
  readonly tokenizer: Tokenizer
  /** Is anything made for comparison beside the run? */
  readonly compares: boolean
  /** Intervals of which series are kept. */
  readonly keptSteps: number
  readonly series: CommunitySeries
  readonly peaks: Peaks
  readonly released: Float64Array
  readonly story: StoryKeeper | null
  readonly #storyHome: number
  /** Energy that each battery could deliver at the start, milliwatt-hours. */
  readonly startMilliWh: Float64Array
  /** By home: state of health at the end of each run through the series. */
  readonly sohByYear: number[][]
  readonly comparisons: DispatchComparison[]
  /** Null: no strategy goes by any. */
  readonly forecasts: CommunityForecasts | null
  readonly #accounts: MarketAccounts
  readonly #programs: (ProgramKeeper | null)[]
  readonly #temperatureC: readonly Float64Array[]
  readonly #chargeable: Float64Array
  readonly #flows: IntervalFlows
  readonly #anchors: Uint8Array
  readonly #stepHours: number
  readonly #onDay: (steps: number) => boolean
  #settlements = 0
  /** Month of the year at hand, and the first interval that its bill covers. */
  #month = 0
  #monthStart = 0
  /** Intervals done, over all runs through the series. */
  steps = 0

  constructor(
    area: MarketArea,
    scenario: Scenario,
    {
      sink,
      onDay = () => true,
      solver = null,
      forecasts = null,
      figuresOnly = false,
      newLedger,
    }: EngineOptions = {},
  ) {
    this.area = area
    this.scenario = scenario
    const options = sink === undefined ? {} : { sink }
    this.ledger = newLedger?.(options) ?? new LocalLedger(options)
    this.plain = scenario.ledger.tokens ? null : new PlainAccounts(scenario, area.homes.length)
    this.#accounts = this.plain ?? ledgerAccounts(this.ledger.view)
    this.#stepHours = area.axis.stepSeconds / 3600
    this.#onDay = onDay
    this.forecasts = forecasts
    const homes = area.homes.length
    const shared = sharedColumns(area)
    this.#programs = area.homes.map(() => null)
    this.batteries = area.homes.map((_, home) => this.#agent(home, shared, solver))
    this.#temperatureC = area.homes.map(({ battery }) => temperatures(battery, shared))
    this.#chargeable = new Float64Array(homes)
    this.sohByYear = area.homes.map(() => [])
    this.compares = scenario.comparison.enabled && !figuresOnly
    const means = (home: number) => this.#means(home, solver)
    this.comparisons = this.compares ? compareEveryHome(area, shared, means) : []
    this.keeper = new StorageKeeper(this.batteries, scenario.burn, area.axis.stepSeconds / 60)
    this.judge = new StorageJudge(homes)
    const month = () => ({
      name: area.months[this.#month],
      covered: area.coveredOfMonth[this.#month],
    })
    this.books = area.homes.map((_, home) => new HomeBooks(area, home, month))
    this.flexible = flexibleHomes(area, scenario, this.#stepHours)
    this.wires = area.feeder === undefined ? null : new FeederKeeper(area, area.feeder)
    this.market = new MarketKeeper(scenario, area)
    const assigns = scenario.market.mechanism === 'credit-allocation'
    this.credits = assigns ? new CreditKeeper(scenario, this.market.members) : null
    this.comparison = new MechanismComparison(area, scenario, this.market, month, !figuresOnly)
    this.tokenizer = new Tokenizer(this.ledger, area, 0)
    this.keptSteps = figuresOnly ? 0 : keptSteps(area.axis)
    this.series = communitySeries(area, this.keptSteps)
    this.peaks = newPeaks()
    this.released = new Float64Array(homes)
    this.#storyHome = this.batteries.findIndex((agent) => agent !== null)
    this.story =
      this.plain === null ? newStory(area, scenario.period.years, this.batteries, this.#storyHome) : null
    this.startMilliWh = Float64Array.from(this.batteries, (agent) =>
      agent === null ? 0 : Math.round(deliverableKwh(agent.parameters, agent.state) * 1e6),
    )
    this.#flows = new IntervalFlows(homes)
    this.#anchors = new Uint8Array(homes)
  }

  #means(home: number, solver: LinearSolver | null): StrategyMeans {
    const { id, battery } = this.area.homes[home]
    return {
      scenario: this.scenario,
      communityId: this.area.id,
      homeId: id,
      initialSocFraction: battery?.initialSocFraction ?? 0,
      solver,
      forecasts: this.forecasts?.homes.get(home) ?? null,
    }
  }

  #agent(home: number, shared: SharedColumns, solver: LinearSolver | null): BatteryAgent | null {
    const { area, scenario } = this
    const { id, battery, solarKw, trading } = area.homes[home]
    if (battery === null) return null
    const parameters = batteryParameters(battery, solarKw)
    const series = homeSeries(area, home, shared)
    const means = this.#means(home, solver)
    const { strategy, events } = chooseStrategy(battery.strategy, { battery: parameters, series }, means)
    if (events !== null) this.#programs[home] = new ProgramKeeper(events, shared.stepHours)
    const stream = streamFor(scenario.seed, 'meter', area.id, id)
    return newAgent(battery, parameters, strategy, scenario.telemetry, stream, trading.reserveFraction)
  }

  /** Runs to the end, or to the end of the day on which `onDay` says to stop. */
  run(): EngineOutcome {
    const days = this.days()
    let day = days.next()
    while (day.done !== true) day = days.next()
    return day.value
  }

  /** As `run`, but hands over at the end of every simulated day: for a ledger that is waited for. */
  *days(): Generator<number, EngineOutcome> {
    if (this.plain === null) openAccounts(this.ledger, this.area, this.scenario)
    const { count, stepSeconds } = this.area.axis
    const stepsPerDay = Math.round(86_400 / stepSeconds)
    const all = count * this.scenario.period.years
    while (this.steps < all) {
      this.#interval(this.steps)
      this.steps++
      if (this.steps % count === 0) this.#endYear()
      if (this.steps % stepsPerDay === 0) {
        if (this.plain === null) checkLots(this.ledger)
        yield this.steps
        if (!this.#onDay(this.steps)) break
      }
    }
    for (const home of this.flexible) home?.close()
    this.#closeMonth()
    if (this.plain === null) this.ledger.seal()
    return { result: communityResult(this), series: this.series, steps: this.steps }
  }

  #interval(step: number): void {
    const { area, market } = this
    const flows = this.#flows
    const at = step % area.axis.count
    const month = area.monthOfStep[at]
    if (month !== this.#month || (at === 0 && step > 0)) {
      this.#closeMonth()
      this.#month = month
      this.#monthStart = step
    }
    this.#stepHomes(at)
    this.wires?.limit(flows, step)
    market.clear(flows, at, step, this.#accounts, this.books, this.#chargeable)
    this.comparison.interval(flows, at, step)
    checkEnergy(flows, area.homes.length)
    for (let home = 0; home < area.homes.length; home++) this.books[home].interval(flows, home, at)

    if (this.plain === null) this.#keepTokens(step)
    else this.plain.pay(market.deals, market.worth.feeMicroUsdPerKwh)
    recordInterval(this, flows, step)
  }

  /** The interval's tokens: minted, used and traded, kept backed, closed, and checked. */
  #keepTokens(step: number): void {
    const { area, market, tokenizer } = this
    const flows = this.#flows
    const minute = (area.axis.startSeconds + step * area.axis.stepSeconds) / 60
    tokenizer.open(minute, flows, this.batteries)
    tokenizer.act(minute, flows, market.deals)
    this.#keepStorage(step)
    tokenizer.close(minute, area.axis.stepSeconds / 60, flows, this.#anchors)
    this.#judge(step)
    checkInterval(this.ledger, tokenizer, accountOf(area.homes.length - 1), batteryOf(area.homes.length - 1))
  }

  /** Every home's battery and meter, then the community's battery, then what each puts up and asks for. */
  #stepHomes(at: number): void {
    const { area, batteries, tokenizer } = this
    const flows = this.#flows
    let surplus = 0
    let deficit = 0
    for (let home = 0; home < area.homes.length; home++) {
      const input = area.homes[home]
      const battery = batteries[home]
      flows.solar[home] = input.solarMilliWh[at]
      flows.referenceSolar[home] = flows.solar[home]
      const flexible = this.flexible[home]
      flows.load[home] =
        flexible === null ? input.loadMilliWh[at] : flexible.step(at, area.priceMicroUsdPerKwh[at])
      flows.referenceLoad[home] = flexible === null ? flows.load[home] : flexible.referenceMilliWh
      const celsius = this.#temperatureC[home][at]
      if (input.shared) stepHome(flows, home, battery, at, this.#stepHours, celsius, surplus, deficit)
      else stepHome(flows, home, battery, at, this.#stepHours, celsius)
      surplus += flows.solarExport[home]
      deficit += flows.import[home] - flows.gridCharge[home]
      this.#chargeable[home] = 0
      if (battery === null) continue
      this.#programs[home]?.interval(at, flows.discharge[home])
      const stored = flows.export[home] - flows.solarExport[home]
      if (stored > 0) {
        flows.offer[home] +=
          this.plain === null
            ? Math.min(stored, tokenizer.pendingDischarge(home, battery), ownStorage(this.ledger.view, home))
            : stored
      }
      if (input.shared) {
        // It buys what it charges: from neighbors first, the rest from the utility.
        flows.bid[home] = flows.import[home]
        this.#chargeable[home] =
          this.plain === null
            ? Math.min(flows.gridCharge[home], tokenizer.pendingCharge(home, battery))
            : flows.gridCharge[home]
      }
    }
  }

  #endYear(): void {
    for (let home = 0; home < this.area.homes.length; home++) {
      const agent = this.batteries[home]
      if (agent !== null) this.sohByYear[home].push(agent.state.sohFraction)
    }
  }

  #keepStorage(step: number): void {
    const view = this.ledger.view
    const hours = (step + 1) * this.#stepHours
    const { fleet } = this.keeper
    for (let home = 0; home < this.area.homes.length; home++) {
      const agent = this.batteries[home]
      if (agent === null) continue
      const battery = batteryOf(home)
      this.keeper.step(
        home,
        agent,
        hours,
        this.#stepHours,
        view.asset(battery, BATTERY_ACTIVE),
        view.asset(battery, BATTERY_SET_ASIDE),
      )
      const move = fleet.moveMilliWh[home]
      if (move !== 0) this.tokenizer.moveAside(home, move)
      if (move < 0) this.released[home] -= move
      this.#anchors[home] = fleet.anchor[home]
      if (fleet.factorPpm[home] > 0) this.tokenizer.setFactor(home, fleet.factorPpm[home])
    }
  }

  #judge(step: number): void {
    const { tokenizer } = this
    const hours = (step + 1) * this.#stepHours
    for (let home = 0; home < this.area.homes.length; home++) {
      const agent = this.batteries[home]
      if (agent === null) continue
      const after = this.keeper.fleet.afterMilliWh[home]
      if (after > 0) tokenizer.moveAside(home, after)
      this.released[home] -= Math.min(after, Math.max(0, -this.keeper.fleet.moveMilliWh[home]))
      if (this.#anchors[home] !== 0) {
        const claimed = tokenizer.batteryMinted[home] - tokenizer.batteryDelivered[home]
        this.judge.anchor(home, agent, claimed, tokenizer.batteryLost[home], hours)
      }
      if (home === this.#storyHome) this.story?.follow(this, home, agent, step)
      this.judge.interval(
        home,
        agent,
        this.ledger.view.asset(batteryOf(home), BATTERY_ACTIVE),
        this.#stepHours,
      )
    }
  }

  /** Bills of the month that ends before the interval at hand, settled with the utility. */
  #closeMonth(): void {
    if (this.steps === 0) return
    const { area } = this
    const minute = (area.axis.startSeconds + this.steps * area.axis.stepSeconds) / 60
    const { count } = area.axis
    const covered =
      area.coveredOfMonth[this.#month] * ((this.steps - this.#monthStart) / stepsOfMonth(area, this.#month))
    const year = Math.floor(this.#monthStart / count)
    const from = this.#monthStart - year * count
    const to = this.steps - year * count
    const programs = this.#programs.map((program) => program?.due(from, to) ?? 0)
    const bills = this.books.map((book, home) => {
      if (programs[home] > 0) book.program(programs[home])
      return book.closeMonth(laterMonth(area.months[this.#month], year), covered)
    })
    this.credits?.month(bills, this.books)
    this.comparison.closeMonth(covered, programs)
    if (this.plain === null) this.#settle(bills, minute)
    else for (const [home, bill] of bills.entries()) this.plain.settle(home, utilityPart(bill))
  }

  #settle(bills: readonly BillLines[], minute: number): void {
    const writer = new TransactionWriter()
    for (const [home, bill] of bills.entries()) {
      writer.add({
        op: 'settle',
        actor: UTILITY_ACCOUNT,
        account: accountOf(home),
        site: meterOf(home),
        minute,
        exportMilliWh: this.ledger.view.asset(meterOf(home), METER_UNSETTLED),
        amountMicroUsd: utilityPart(bill),
      })
    }
    const answer = this.ledger.submit(writer.transaction(UTILITY_ACCOUNT, ++this.#settlements))
    if ('code' in answer) throw new Error(`internal: the ledger refused to settle: ${JSON.stringify(answer)}`)
  }
}
