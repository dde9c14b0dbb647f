import type { BillLines, MechanismResult } from '../data/run-files.ts'
import { mulDivMillionCeil } from '../data/units.ts'
import { clearInterval } from '../models/market/clear.ts'
import { type Clearing, newClearing } from '../models/market/mechanism.ts'
import { type MechanismName, MECHANISM_NAMES, MECHANISMS } from '../models/market/registry.ts'
import { utilityPart } from '../models/tariff/bill.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { buysAll } from './bills.ts'
import { type CaseMeter, caseMeter, type OpenMonth } from './case-meter.ts'
import { type CreditAccount, CreditKeeper } from './credit-keeper.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { MarketArea } from './market-area.ts'
import type { MarketKeeper } from './market-keeper.ts'
import { billRules } from './tariff-plan.ts'

/** Up to so many homes the comparison costs little beside the run. */
const FEW_HOMES = 40

/** One mechanism on the run's flows. */
interface Compared {
  readonly name: MechanismName
  readonly clearing: Clearing
  readonly meters: readonly CaseMeter[]
  readonly credits: CreditKeeper | null
  readonly result: MechanismResult
}

/**
 * The same intervals under every mechanism but the run's own, without a ledger and without limits of balances. What the
 * homes use, make and store does not depend on the mechanism, so only trades and bills differ.
 */
export class MechanismComparison {
  readonly #market: MarketKeeper
  readonly #twoMeters: boolean
  readonly #compared: Compared[]

  /**
   * @param month the month at hand
   * @param wanted false: no other mechanism, whatever the scenario says
   */
  constructor(
    area: MarketArea,
    scenario: Scenario,
    market: MarketKeeper,
    month: () => OpenMonth,
    wanted: boolean,
  ) {
    const { plan, homes } = area
    this.#market = market
    this.#twoMeters = buysAll(plan)
    const others = MECHANISM_NAMES.filter((name) => name !== scenario.market.mechanism)
    this.#compared =
      wanted && (scenario.market.compareMechanisms ?? homes.length <= FEW_HOMES)
        ? others.map((name) => ({
            name,
            clearing: newClearing(homes.length),
            meters: homes.map(({ role, solarKw }) => caseMeter(plan, billRules(plan, role, solarKw), month)),
            credits: name === 'credit-allocation' ? new CreditKeeper(scenario, market.members) : null,
            result: {
              mechanism: name,
              tradedMilliWh: 0,
              intervalsWithPrice: 0,
              homeNetMicroUsd: homes.map(() => 0),
              operatorMicroUsd: 0,
              utilityMicroUsd: 0,
            },
          }))
        : []
  }

  /** Clears and meters one interval, after the run's own market has made its book. */
  interval(flows: IntervalFlows, at: number, turn: number): void {
    const { book, members, supply, demand } = this.#market
    const both = supply > 0 && demand > 0
    for (const { name, clearing, meters, result } of this.#compared) {
      if (both) {
        clearInterval(MECHANISMS[name], book, members, turn, clearing)
        if (clearing.tradedMilliWh > 0) this.#settle(clearing, meters, result)
      }
      const traded = both && clearing.tradedMilliWh > 0
      for (let home = 0; home < meters.length; home++) {
        const bought = traded ? clearing.bought[home] : 0
        const sold = traded ? clearing.sold[home] : 0
        const meter = meters[home]
        if (this.#twoMeters) {
          const use = flows.load[home] + flows.charge[home] + flows.standby[home] - flows.discharge[home]
          const made = flows.solar[home] + Math.max(0, -use)
          meter.interval(at, Math.max(0, use) - bought, made - sold)
        } else meter.interval(at, flows.import[home] - bought, flows.export[home] - sold)
        meter.trades.peerBoughtMilliWh += bought
      }
    }
  }

  #settle({ pairs, tradedMilliWh }: Clearing, meters: readonly CaseMeter[], result: MechanismResult): void {
    const fee = this.#market.worth.feeMicroUsdPerKwh
    result.tradedMilliWh += tradedMilliWh
    result.intervalsWithPrice++
    for (let at = 0; at < pairs.count; at++) {
      const milliWh = pairs.milliWh[at]
      const price = mulDivMillionCeil(milliWh, pairs.rateMicroUsdPerKwh[at])
      const charged = mulDivMillionCeil(milliWh, fee)
      const buyer = meters[pairs.buyer[at]].trades
      buyer.peerPaidMicroUsd += price
      buyer.platformFeeMicroUsd += charged
      meters[pairs.seller[at]].trades.peerReceivedMicroUsd += price
      result.operatorMicroUsd += charged
    }
  }

  /** @param programs by home, what a program paid in the month, µ$ */
  closeMonth(covered: number, programs: readonly number[]): void {
    for (const one of this.#compared) {
      const bills = one.meters.map((meter, home): BillLines => {
        meter.trades.programMicroUsd += programs[home]
        return meter.close(covered)
      })
      one.credits?.month(bills, one.meters.map(accountOf))
      for (const [home, bill] of bills.entries()) {
        one.result.homeNetMicroUsd[home] += bill.netMicroUsd
        one.result.utilityMicroUsd += utilityPart(bill)
      }
    }
  }

  /** Every mechanism, the run's own as the ledger settled it among them; empty: not asked for. */
  results(own: MechanismResult): MechanismResult[] {
    if (this.#compared.length === 0) return []
    const others = new Map(this.#compared.map(({ name, result }) => [name as string, result]))
    return MECHANISM_NAMES.map((name) => others.get(name) ?? own)
  }
}

const accountOf = (meter: CaseMeter): CreditAccount => ({
  creditLeft: () => meter.left(),
  giveCredit: (microUsd) => meter.giveCredit(microUsd),
})
