import type { CommunityResult, DispatchComparison } from '../data/run-files.ts'
import { streamFor } from '../data/random.ts'
import { LocalLedger, type BlockSink, type LedgerOptions } from '../ledger/local/ledger.ts'
import { deliverableKwh } from '../models/battery/battery.ts'
import type { LinearSolver } from '../models/dispatch/linear-program.ts'
import { utilityPart } from '../models/tariff/bill.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { accountOf, batteriesOf, openAccounts, settleBills } from './accounts.ts'
import { type BatteryAgent, batteryParameters, newAgent } from './agents/battery-agent.ts'
import type { FlexibleHome } from './agents/flexible-home.ts'
import { flexibleHomes } from './agents/flexible-homes.ts'
import { HomeStepper } from './agents/home-stepper.ts'
import { ProgramKeeper } from './agents/program-keeper.ts'
import { StorageJudge, StorageKeeper } from './agents/storage-keeper.ts'
import { HomeBooks } from './bills.ts'
import { laterMonth, leftOfMonth, stepsOfMonth } from './bill-months.ts'
import { communityResult } from './community-result.ts'
import { CreditKeeper } from './credit-keeper.ts'
import { compareHomes } from './dispatch/comparison.ts'
import type { CommunityForecasts } from './forecast/community.ts'
import { homeSeries, type SharedColumns, sharedColumns, temperatures } from './dispatch/home-series.ts'
import { chooseStrategy, type StrategyMeans } from './dispatch/strategies.ts'
import { FeederKeeper } from './feeder-keeper.ts'
import { HomeAccounts } from './home-accounts.ts'
import { HomeMeters } from './home-meters.ts'
import type { IntervalFlows } from './interval-flows.ts'
import { checkEnergy } from './energy-invariants.ts'
import { newTold } from './invariants.ts'
import type { MarketArea } from './market-area.ts'
import { MarketKeeper } from './market-keeper.ts'
import { MechanismComparison } from './mechanism-comparison.ts'
import { newStory, type StoryKeeper } from './story-keeper.ts'
import { recordBlock, recordInterval } from './record.ts'
import { type CommunitySeries, keptSteps, RunSeries, type SeriesSink } from './series.ts'
import { newPeaks, type Peaks } from './peaks.ts'
import { PoolingKeeper } from './pooling-keeper.ts'
import { StorageStock } from './storage-stock.ts'
import { OwnLedger, type TokenLedger } from './token-ledger.ts'
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
  /** Takes the homes' series as the run goes on; left out: they are kept. */
  readonly seriesSink?: SeriesSink | null
  /** Where tokens are kept; a new one in memory unless another is given. */
  readonly newLedger?: (options: LedgerOptions) => LocalLedger
  /** The same, kept elsewhere than in this thread; `sink` and `newLedger` then say nothing. */
  readonly tokens?: TokenLedger
}

export interface EngineOutcome {
  readonly result: CommunityResult
  readonly series: CommunitySeries
  /** Intervals that were simulated: all, unless it was stopped. */
  readonly steps: number
}

/**
 * One community through all its intervals: homes → market → tokens → predictive burn → bills, with the
 * ledger's invariants checked after every interval. Homes, which do not react to the market, are stepped a block of
 * intervals at a time, and so are their bills; market and tokens follow interval by interval. The same area, scenario
 * and seed give the same result, series and blocks.
 */
export class CommunityEngine {
  readonly area: MarketArea
  readonly scenario: Scenario
  /** Where tokens are kept; untouched where they are off. */
  readonly tokens: TokenLedger
  readonly keepsTokens: boolean
  readonly stock: StorageStock
  readonly accounts: HomeAccounts
  readonly batteries: (BatteryAgent | null)[]
  readonly keeper: StorageKeeper
  readonly judge: StorageJudge
  readonly books: HomeBooks[]
  readonly #meters: HomeMeters
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
  readonly series: RunSeries
  /** What pooling all meters would save, and who; null: not asked for. */
  readonly pooling: PoolingKeeper | null
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
  readonly #programs: (ProgramKeeper | null)[]
  readonly #chargeable: Float64Array
  readonly #homes: HomeStepper
  /** Homes with a battery. */
  readonly #withBattery: number[]
  readonly #anchors: Uint8Array
  readonly #told = newTold()
  readonly #stepHours: number
  readonly #onDay: (steps: number) => boolean
  #settlements = 0
  /** Month of the year at hand, and the first interval that its bill covers. */
  #month = 0
  #monthStart = 0
  /** Intervals done, over all runs through the series. */
  steps = 0

  constructor(area: MarketArea, scenario: Scenario, options: EngineOptions = {}) {
    const { sink, onDay = () => true, solver = null, forecasts = null, tokens } = options
    const { figuresOnly = false, seriesSink = null } = options
    this.area = area
    this.scenario = scenario
    const own = sink === undefined ? {} : { sink }
    this.tokens = tokens ?? new OwnLedger(options.newLedger?.(own) ?? new LocalLedger(own), batteriesOf(area))
    this.keepsTokens = scenario.ledger.tokens
    this.#stepHours = area.axis.stepSeconds / 3600
    this.#onDay = onDay
    this.forecasts = forecasts
    const homes = area.homes.length
    const shared = sharedColumns(area)
    this.#programs = area.homes.map(() => null)
    this.batteries = area.homes.map((_, home) => this.#agent(home, shared, solver))
    this.#chargeable = new Float64Array(homes)
    this.sohByYear = area.homes.map(() => [])
    this.#withBattery = this.batteries.flatMap((agent, home) => (agent === null ? [] : [home]))
    this.compares = scenario.comparison.enabled && !figuresOnly
    const means = (home: number) => this.#means(home, solver)
    this.comparisons = this.compares ? compareHomes(area, scenario, shared, means) : []
    this.keeper = new StorageKeeper(this.batteries, scenario.burn, area.axis.stepSeconds / 60)
    this.judge = new StorageJudge(homes)
    const month = () => ({
      name: area.months[this.#month],
      covered: area.coveredOfMonth[this.#month],
    })
    this.books = area.homes.map((_, home) => new HomeBooks(area, home, month))
    this.flexible = flexibleHomes(area, scenario, this.#stepHours)
    this.wires = area.feeder === undefined ? null : new FeederKeeper(area, area.feeder)
    this.stock = new StorageStock(homes)
    this.accounts = new HomeAccounts(homes, scenario)
    this.market = new MarketKeeper(scenario, area, this.accounts, this.keepsTokens ? this.stock : null)
    const assigns = scenario.market.mechanism === 'credit-allocation'
    this.credits = assigns ? new CreditKeeper(scenario, this.market.members) : null
    this.comparison = new MechanismComparison(area, scenario, this.market, month, !figuresOnly)
    this.tokenizer = new Tokenizer(this.tokens, area, this.stock, this.accounts, {
      gridCarbonMilligramPerKwh: 0,
      factorPpm: Math.round(scenario.burn.factorStart * 1_000_000),
    })
    this.keptSteps = figuresOnly ? 0 : keptSteps(area.axis)
    this.series = new RunSeries(homes, this.keptSteps, seriesSink)
    this.pooling = this.compares && homes > 1 ? new PoolingKeeper(area, scenario) : null
    this.peaks = newPeaks()
    this.released = new Float64Array(homes)
    this.#storyHome = this.batteries.findIndex((agent) => agent !== null)
    const story = () => newStory(area, scenario.period.years, this.batteries, this.#storyHome)
    this.story = this.keepsTokens ? story() : null
    this.startMilliWh = Float64Array.from(this.batteries, (agent) =>
      agent === null ? 0 : Math.round(deliverableKwh(agent.parameters, agent.state) * 1e6),
    )
    this.#homes = new HomeStepper(area, {
      batteries: this.batteries,
      flexible: this.flexible,
      programs: this.#programs,
      temperatureC: area.homes.map(({ battery }) => temperatures(battery, shared)),
    })
    this.#meters = new HomeMeters(area, this.books, this.#homes.block.capacity)
    this.#anchors = new Uint8Array(homes)
  }

  /** The ledger of an engine that keeps it in its own thread. */
  get ledger(): LocalLedger {
    if (!(this.tokens instanceof OwnLedger)) throw new Error('internal: the ledger is kept elsewhere')
    return this.tokens.ledger
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
    const { strategy, events } = chooseStrategy(
      battery.strategy,
      { battery: parameters, series },
      this.#means(home, solver),
    )
    if (events !== null) this.#programs[home] = new ProgramKeeper(events, shared.stepHours)
    const stream = streamFor(scenario.seed, 'meter', area.id, id)
    return newAgent(battery, parameters, strategy, scenario.telemetry, stream, trading.reserveFraction)
  }

  /** Runs to the end, or to the end of the day on which `onDay` says to stop. */
  run(): EngineOutcome {
    const days = this.days()
    for (;;) {
      const day = days.next()
      if (day.done === true) return day.value
    }
  }

  /** As `run`, but hands over at the end of every simulated day: for a ledger that is waited for. */
  *days(): Generator<number, EngineOutcome> {
    if (this.keepsTokens) openAccounts(this.tokens, this.area, this.scenario)
    const { count, stepSeconds } = this.area.axis
    const stepsPerDay = Math.round(86_400 / stepSeconds)
    const all = count * this.scenario.period.years
    while (this.steps < all) {
      const at = this.steps % count
      const month = this.area.monthOfStep[at]
      if (month !== this.#month || (at === 0 && this.steps > 0)) {
        this.#closeMonth()
        this.#month = month
        this.#monthStart = this.steps
      }
      const leftOfDay = stepsPerDay - (this.steps % stepsPerDay)
      this.#run(at, leftOfMonth(this.area, at, Math.min(this.#homes.block.capacity, leftOfDay)))
      if (this.steps % count === 0) this.#endYear()
      if (this.steps % stepsPerDay === 0) {
        if (this.keepsTokens) this.tokens.day()
        yield this.steps
        if (!this.#onDay(this.steps)) break
      }
    }
    for (const home of this.flexible) home?.close()
    this.#closeMonth()
    const result = communityResult(this, this.keepsTokens ? this.tokens.finish() : null)
    return { result, series: this.series.finish(), steps: this.steps }
  }

  /** One block of intervals from `at` on the axis. */
  #run(at: number, count: number): void {
    const { block } = this.#homes
    this.#homes.step(at, count)
    for (let row = 0; row < count; row++) this.#interval(at + row, this.steps + row, block.intervals[row])
    this.#meters.block(block, at, count)
    recordBlock(this, block, this.steps, count)
    this.pooling?.block(block, at, this.steps, count)
    this.steps += count
  }

  #interval(at: number, step: number, flows: IntervalFlows): void {
    const { area, market } = this
    this.#offerStored(at, flows)
    this.wires?.limit(flows, step)
    market.clear(flows, at, step, this.#chargeable)
    this.comparison.interval(flows, at, step)
    checkEnergy(flows, area.homes.length)
    if (this.keepsTokens) this.#keepTokens(flows, step)
    recordInterval(this, flows, step)
  }

  /** The interval's tokens: minted, used and traded, kept backed, closed, and checked. */
  #keepTokens(flows: IntervalFlows, step: number): void {
    const { area, market, tokenizer } = this
    const minute = (area.axis.startSeconds + step * area.axis.stepSeconds) / 60
    const hours = (step + 1) * this.#stepHours
    tokenizer.open(minute, flows)
    tokenizer.act(minute, flows, market.deals)
    this.#keepStorage(flows, hours)
    tokenizer.close(minute, area.axis.stepSeconds / 60, flows, this.#anchors, (home, anchor) =>
      this.keeper.energyHigh(home, anchor, hours),
    )
    this.#judge(flows, step, hours)
    this.#tell()
  }

  /** Stored energy that homes put up beside their solar, and what the community's battery does and asks for. */
  #offerStored(at: number, flows: IntervalFlows): void {
    const { tokenizer, stock } = this
    for (const home of this.#withBattery) {
      if (this.area.homes[home].shared) {
        this.#homes.stepShared(flows, home, at)
        // It buys what it charges: from neighbors first, the rest from the utility.
        flows.bid[home] = flows.import[home]
        const metered = this.keepsTokens ? tokenizer.pendingCharge(home, flows) : Number.POSITIVE_INFINITY
        this.#chargeable[home] = Math.min(flows.gridCharge[home], metered)
      }
      const stored = flows.export[home] - flows.solarExport[home]
      if (stored > 0) {
        const metered = tokenizer.pendingDischarge(home, flows)
        flows.offer[home] += this.keepsTokens
          ? Math.min(stored, metered, stock.sellable(home, accountOf(home)))
          : stored
      }
    }
  }

  #endYear(): void {
    for (let home = 0; home < this.area.homes.length; home++) {
      const agent = this.batteries[home]
      if (agent !== null) this.sohByYear[home].push(agent.state.sohFraction)
    }
  }

  #keepStorage(flows: IntervalFlows, hours: number): void {
    const { keeper, stock, tokenizer } = this
    const { moveMilliWh, anchor, factorPpm } = keeper.fleet
    for (const home of this.#withBattery) {
      keeper.step(home, flows, hours, this.#stepHours, stock.active[home], stock.setAside[home])
      const move = moveMilliWh[home]
      if (move !== 0) tokenizer.moveAside(home, move)
      if (move < 0) this.released[home] -= move
      this.#anchors[home] = anchor[home]
    }
    tokenizer.endMoves()
    for (const home of this.#withBattery) if (factorPpm[home] > 0) tokenizer.setFactor(home, factorPpm[home])
  }

  #judge(flows: IntervalFlows, step: number, hours: number): void {
    const { tokenizer, keeper, judge, stock } = this
    const { afterMilliWh, moveMilliWh } = keeper.fleet
    for (const home of this.#withBattery) {
      const after = afterMilliWh[home]
      const metered = flows.meteredDeliverable[home]
      if (after > 0) {
        tokenizer.moveAside(home, after)
        this.released[home] -= Math.min(after, Math.max(0, -moveMilliWh[home]))
      }
      if (this.#anchors[home] !== 0) {
        const claimed = stock.minted[home] - tokenizer.batteryDelivered[home]
        judge.anchor(home, metered, claimed, stock.lost[home], hours)
      }
      if (home === this.#storyHome) this.story?.follow(this, home, flows, step)
      judge.interval(home, metered, stock.active[home], this.#stepHours)
    }
    tokenizer.endMoves()
  }

  /** The end of an interval: what the books say is held against the ledger. */
  #tell(): void {
    const { stock, tokenizer } = this
    const told = this.#told
    told.minted = tokenizer.minted
    told.consumed = tokenizer.consumed
    told.exported = tokenizer.exported
    told.delivered = tokenizer.delivered
    told.storageExported = tokenizer.storageExported
    told.active = stock.activeTotal
    told.setAside = stock.setAsideTotal
    told.stored = stock.mintedTotal
    told.lost = stock.lostTotal
    this.tokens.interval(told)
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
    this.#meters.tell()
    this.market.tellBooks(this.books)
    const programs = this.#programs.map((program) => program?.due(from, to) ?? 0)
    const bills = this.books.map((book, home) => {
      if (programs[home] > 0) book.program(programs[home])
      return book.closeMonth(laterMonth(area.months[this.#month], year), covered)
    })
    this.credits?.month(bills, this.books)
    this.comparison.closeMonth(covered, programs)
    const exported = bills.map((bill, home) => this.accounts.settle(home, utilityPart(bill)))
    if (this.keepsTokens) settleBills(this.tokens, bills, exported, minute, ++this.#settlements)
  }
}
