import {
  ASSET_FIRST_LOT,
  ASSET_LAST_LOT,
  LOT,
  LOT_ASSET,
  LOT_FROM,
  LOT_HIGH,
  LOT_LOW,
  LOT_MID,
  LOT_MINUTE,
  LOT_NEXT,
  LOT_OWNER,
  LOT_PREVIOUS,
  LOT_SOURCE,
} from '../ledger/contract/columns.ts'
import type { LedgerView } from '../ledger/contract/view.ts'
import { BURNED, MINTED } from '../ledger/contract/events.ts'
import { CONSUMED, EXPORTED, SHADOW, STORAGE_LOSS, TGEN, TRADE_USES } from '../ledger/contract/vocabulary.ts'
import { TransactionWriter } from '../ledger/contract/writer.ts'
import type { LocalLedger } from '../ledger/local/ledger.ts'
import {
  accountOf,
  batteryOf,
  homeOf,
  loadOf,
  meterOf,
  OPERATOR_ACCOUNT,
  ORACLE_ACCOUNT,
  solarOf,
} from './accounts.ts'
import type { BatteryAgent } from './agents/battery-agent.ts'
import type { Deal } from './deals.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { MarketArea } from './market-area.ts'

const activeOf = (view: LedgerView, lot: number): number =>
  view.lots[lot + LOT_MID] - view.lots[lot + LOT_LOW]
const setAsideOf = (view: LedgerView, lot: number): number =>
  view.lots[lot + LOT_HIGH] - view.lots[lot + LOT_MID]

/** Anchors that the interval's telemetry supports, by battery's home: 0 none, 1 refusal, 2 full. */
export type Anchors = Uint8Array

const sameSellerAndRate = (a: Deal, b: Deal): boolean =>
  a.seller === b.seller && a.rateMicroUsdPerKwh === b.rateMicroUsdPerKwh
const sameLotAndRate = (a: Deal, b: Deal): boolean =>
  a.lot === b.lot && a.rateMicroUsdPerKwh === b.rateMicroUsdPerKwh

/** Deals next to each other that share an offer. */
function runsOf(deals: readonly Deal[], same: (a: Deal, b: Deal) => boolean): Deal[][] {
  const runs: Deal[][] = []
  for (const deal of deals) {
    const last = runs.at(-1)
    if (last !== undefined && same(last[0], deal)) last.push(deal)
    else runs.push([deal])
  }
  return runs
}

const sumOf = (deals: readonly Deal[]): number => deals.reduce((sum, { milliWh }) => sum + milliWh, 0)

/** What a home sold out of its battery: its solar goes first. */
const storageSold = (flows: IntervalFlows, home: number): number =>
  Math.max(0, flows.peerSold[home] - flows.solarExport[home])

/**
 * Flows → transactions: what the meters saw in one interval becomes mints, exchanges, trades, burns
 * and closes. The oracle opens the interval (registers, generation), the operator acts for the homes,
 * the oracle closes it (grid charge, anchors, what is left is exported).
 */
export class Tokenizer {
  readonly #ledger: LocalLedger
  readonly #area: MarketArea
  readonly #writer = new TransactionWriter()
  #operatorSequence = 1
  #oracleSequence = 0
  /** Registers as last read, by home. */
  readonly #readCharge: Float64Array
  readonly #readDischarge: Float64Array
  readonly #readMinute: Float64Array
  readonly #deltaCharge: Float64Array
  readonly #deltaDischarge: Float64Array
  /** Solar carbon intensity is 0 at the panel; a grid charge carries the scenario's, g/kWh × 1000. */
  readonly #gridCarbon: number
  /** Burns that are written and not yet submitted, by lot and part. */
  readonly #burntNow = new Map<number, number>()
  /** Running sums, for checking the ledger against the meters. */
  minted = 0
  consumed = 0
  exported = 0
  delivered = 0
  /** Part of `delivered` that left storage for the grid. */
  storageExported = 0
  /** By home: tokens minted for its battery (M), of these as shadow, delivered (W), lost (B). */
  readonly batteryMinted: Float64Array
  readonly batteryShadow: Float64Array
  readonly batteryDelivered: Float64Array
  readonly batteryLost: Float64Array
  /** By home: went from the battery to the grid beyond all lots. */
  readonly exportedUnclaimed: Float64Array

  constructor(ledger: LocalLedger, area: MarketArea, gridCarbonMilligramPerKwh: number) {
    this.#ledger = ledger
    this.#area = area
    this.#gridCarbon = gridCarbonMilligramPerKwh
    const homes = area.homes.length
    this.#readCharge = new Float64Array(homes)
    this.#readDischarge = new Float64Array(homes)
    this.#readMinute = new Float64Array(homes)
    this.#deltaCharge = new Float64Array(homes)
    this.#deltaDischarge = new Float64Array(homes)
    this.batteryMinted = new Float64Array(homes)
    this.batteryShadow = new Float64Array(homes)
    this.batteryDelivered = new Float64Array(homes)
    this.batteryLost = new Float64Array(homes)
    this.exportedUnclaimed = new Float64Array(homes)
  }

  /** Oracle: registers that moved, and what the panels generated. */
  open(minute: number, flows: IntervalFlows, batteries: readonly (BatteryAgent | null)[]): void {
    const writer = this.#writer
    for (let home = 0; home < this.#area.homes.length; home++) {
      const battery = batteries[home]
      if (battery !== null) this.#read(minute, home, battery)
      const solar = flows.solar[home]
      if (solar === 0) continue
      writer.mint(ORACLE_ACCOUNT, solarOf(home), minute, 0, solar)
      this.minted += solar
    }
    this.#submit(ORACLE_ACCOUNT)
  }

  #read(minute: number, home: number, battery: BatteryAgent): void {
    const { chargeMilliWh, dischargeMilliWh } = battery.meter
    this.#deltaCharge[home] = chargeMilliWh - this.#readCharge[home]
    this.#deltaDischarge[home] = dischargeMilliWh - this.#readDischarge[home]
    if (this.#deltaCharge[home] === 0 && this.#deltaDischarge[home] === 0) return
    this.#readCharge[home] = chargeMilliWh
    this.#readDischarge[home] = dischargeMilliWh
    this.#readMinute[home] = minute
    this.#writer.reading(ORACLE_ACCOUNT, batteryOf(home), minute, chargeMilliWh, dischargeMilliWh)
  }

  /** What the registers of the interval leave to discharge and to charge, before it is opened. */
  pendingDischarge(home: number, battery: BatteryAgent): number {
    return battery.meter.dischargeMilliWh - this.#readDischarge[home]
  }

  pendingCharge(home: number, battery: BatteryAgent): number {
    return battery.meter.chargeMilliWh - this.#readCharge[home]
  }

  /** Operator, for the homes: own use, charging, offers and trades, deliveries from storage. */
  act(minute: number, flows: IntervalFlows, deals: readonly Deal[]): void {
    this.#offerStorage(minute, deals)
    for (let home = 0; home < this.#area.homes.length; home++) {
      const solar = flows.solar[home]
      if (solar > 0) this.#useSolar(minute, home, solar, flows)
      const toGrid = Math.max(0, flows.export[home] - flows.solarExport[home] - storageSold(flows, home))
      const claimed = this.#deltaDischarge[home] > 0 ? this.#deliver(minute, home, toGrid) : 0
      this.storageExported += claimed
      this.exportedUnclaimed[home] += toGrid - claimed
    }
    this.#tradeSolar(minute, deals)
    this.#submit(OPERATOR_ACCOUNT)
  }

  /** A lot has one open offer at a time: deals of one seller at one rate share an offer, the next rate is the next offer. */
  #tradeSolar(minute: number, deals: readonly Deal[]): void {
    const solar = deals.filter(({ lot }) => lot < 0)
    for (const run of runsOf(solar, sameSellerAndRate)) {
      const { seller, rateMicroUsdPerKwh: rate } = run[0]
      this.#writer.offer(accountOf(seller), solarOf(seller), minute, rate, sumOf(run))
      for (const { buyer, milliWh, use } of run) {
        const consumed = use === 'consumed'
        const target = consumed ? loadOf(buyer) : batteryOf(buyer)
        const code = TRADE_USES.indexOf(use) + 1
        this.#writer.trade(accountOf(buyer), solarOf(seller), minute, code, target, rate, milliWh)
        if (consumed) this.consumed += milliWh
        else this.#deltaCharge[buyer] -= milliWh
      }
    }
  }

  /** Offers and trades of stored energy come first, before deliveries use the lots up. */
  #offerStorage(minute: number, deals: readonly Deal[]): void {
    const view = this.#ledger.view
    const stored = deals.filter(({ lot }) => lot >= 0)
    if (stored.length === 0) return
    const nameOf = (lot: number) => ({
      lotAsset: view.lots[lot + LOT_ASSET],
      lotMinute: view.lots[lot + LOT_MINUTE],
      lotSource: view.lots[lot + LOT_SOURCE],
      lotFrom: view.lots[lot + LOT_FROM],
    })
    for (const run of runsOf(stored, sameLotAndRate)) {
      const { lot, rateMicroUsdPerKwh } = run[0]
      const owner = view.lots[lot + LOT_OWNER]
      const offered = sumOf(run)
      this.#writer.add({
        op: 'offer',
        actor: owner,
        ...nameOf(lot),
        minute,
        rateMicroUsdPerKwh,
        milliWh: offered,
      })
      for (const { seller, buyer, milliWh } of run) {
        const use = 'consumed'
        const target = loadOf(buyer)
        const actor = accountOf(buyer)
        this.#writer.add({ op: 'trade', actor, ...nameOf(lot), use, target, rateMicroUsdPerKwh, milliWh })
        this.delivered += milliWh
        this.batteryDelivered[seller] += milliWh
        this.#deltaDischarge[seller] -= milliWh
      }
    }
    this.#submit(OPERATOR_ACCOUNT)
  }

  #useSolar(minute: number, home: number, solar: number, flows: IntervalFlows): void {
    const exported = flows.solarExport[home]
    // Where the battery charges from the grid too, the home's own use has the solar first.
    const own = flows.gridCharge[home] > 0 ? Math.min(solar, flows.load[home]) : 0
    const charged = Math.min(this.#deltaCharge[home], solar - exported - own)
    const used = solar - exported - charged
    const account = accountOf(home)
    const panel = solarOf(home)
    if (used > 0) {
      this.#writer.burn(account, panel, minute, 0, 0, CONSUMED, minute, used)
      this.consumed += used
    }
    if (charged > 0) {
      this.#writer.exchange(account, panel, minute, batteryOf(home), charged)
      this.#deltaCharge[home] -= charged
    }
    this.exported += exported - Math.min(flows.peerSold[home], exported)
  }

  /** Oldest lot first, active before set aside; what no lot covers stays unclaimed. Returns what lots gave to the grid. */
  #deliver(minute: number, home: number, toGrid: number): number {
    const discharged = this.#deltaDischarge[home]
    const exported = Math.min(discharged, toGrid)
    const unclaimed = this.#burnStored(minute, home, discharged - exported, CONSUMED)
    // What no lot covered of the home's own use is covered by none for the grid either.
    const left = unclaimed > 0 ? exported : this.#burnStored(minute, home, exported, EXPORTED)
    return exported - left
  }

  /** Burns stored tokens of one battery; returns what no lot covered. */
  #burnStored(minute: number, home: number, milliWh: number, reason: number): number {
    const view = this.#ledger.view
    const battery = batteryOf(home)
    let left = milliWh
    const burnt = this.#burntNow
    for (let aside = 0; aside < 2 && left > 0; aside++) {
      for (let link = view.asset(battery, ASSET_FIRST_LOT); link !== 0 && left > 0;) {
        const lot = (link - 1) * LOT
        link = view.lots[lot + LOT_NEXT]
        const there = aside === 0 ? activeOf(view, lot) : setAsideOf(view, lot)
        const key = lot * 2 + aside
        const part = Math.min(left, there - (burnt.get(key) ?? 0))
        if (part === 0) continue
        burnt.set(key, (burnt.get(key) ?? 0) + part)
        this.#writer.burn(
          view.lots[lot + LOT_OWNER],
          battery,
          view.lots[lot + LOT_MINUTE],
          view.lots[lot + LOT_SOURCE],
          view.lots[lot + LOT_FROM],
          reason,
          minute,
          part,
        )
        left -= part
      }
    }
    this.delivered += milliWh - left
    this.batteryDelivered[home] += milliWh - left
    return left
  }

  /** Operator: moves tokens of one battery aside (newest first) or back (oldest first). */
  moveAside(home: number, milliWh: number): void {
    const view = this.#ledger.view
    const battery = batteryOf(home)
    const aside = milliWh > 0
    let left = Math.abs(milliWh)
    let link = view.asset(battery, aside ? ASSET_LAST_LOT : ASSET_FIRST_LOT)
    while (link !== 0 && left > 0) {
      const lot = (link - 1) * LOT
      const part = Math.min(left, aside ? activeOf(view, lot) : setAsideOf(view, lot))
      if (part > 0) {
        const minted = view.lots[lot + LOT_MINUTE]
        const source = view.lots[lot + LOT_SOURCE]
        const from = view.lots[lot + LOT_FROM]
        if (aside) this.#writer.setAside(OPERATOR_ACCOUNT, battery, minted, source, from, part)
        else this.#writer.release(OPERATOR_ACCOUNT, battery, minted, source, from, part)
        left -= part
      }
      link = view.lots[lot + (aside ? LOT_PREVIOUS : LOT_NEXT)]
    }
    this.#submit(OPERATOR_ACCOUNT)
  }

  /** Oracle: grid charge becomes shadow lots, sites with generation close, anchors are attested. */
  close(minute: number, intervalMinutes: number, flows: IntervalFlows, anchors: Anchors): void {
    const writer = this.#writer
    for (let home = 0; home < this.#area.homes.length; home++) {
      if (this.#deltaCharge[home] > 0) {
        writer.mint(ORACLE_ACCOUNT, batteryOf(home), minute, this.#gridCarbon, this.#deltaCharge[home])
        this.#deltaCharge[home] = 0
      }
      if (flows.solar[home] > 0) writer.closeInterval(ORACLE_ACCOUNT, meterOf(home), minute)
      if (anchors[home] !== 0) {
        // An anchor stands on a reading of its interval, also when no register moved in it.
        if (this.#readMinute[home] !== minute) {
          const battery = batteryOf(home)
          writer.reading(ORACLE_ACCOUNT, battery, minute, this.#readCharge[home], this.#readDischarge[home])
        }
        writer.add({
          op: 'anchor',
          actor: ORACLE_ACCOUNT,
          battery: batteryOf(home),
          minute: minute + intervalMinutes,
          kind: anchors[home] === 1 ? 'refusal' : 'full',
        })
      }
    }
    this.#submit(ORACLE_ACCOUNT)
  }

  /** Oracle: a new conversion factor for one battery's future mints. */
  setFactor(home: number, factorPpm: number): void {
    this.#writer.add({ op: 'setFactor', actor: ORACLE_ACCOUNT, battery: batteryOf(home), factorPpm })
    this.#submit(ORACLE_ACCOUNT)
  }

  #submit(client: number): void {
    const writer = this.#writer
    this.#burntNow.clear()
    if (writer.operations === 0) return
    const sequence = client === OPERATOR_ACCOUNT ? ++this.#operatorSequence : ++this.#oracleSequence
    const answer = this.#ledger.submit(writer.transaction(client, sequence))
    writer.clear()
    // The agents offer only what the contract allows: a refusal here is a bug, and is never swallowed.
    if ('code' in answer) throw new Error(`internal: the ledger refused: ${JSON.stringify(answer)}`)
    this.#countStorage()
  }

  #countStorage(): void {
    const events = this.#ledger.view.events
    for (let at = 0; at < events.length; at++) {
      const kind = events.kind(at)
      if (kind === TGEN) continue
      const type = events.type(at)
      const home = homeOf(events.asset(at))
      if (type === MINTED) {
        this.batteryMinted[home] += events.milliWh(at)
        if (kind === SHADOW) this.batteryShadow[home] += events.milliWh(at)
      } else if (type === BURNED && events.reason(at) === STORAGE_LOSS) {
        this.batteryLost[home] += events.milliWh(at)
      }
    }
  }
}
