import { CONSUMED, EXPORTED, USE_CONSUMED } from '../ledger/contract/vocabulary.ts'
import { TransactionWriter } from '../ledger/contract/writer.ts'
import { milliWhFromKwh } from '../data/units.ts'
import {
  accountOf,
  batteryOf,
  loadOf,
  meterOf,
  OPERATOR_ACCOUNT,
  ORACLE_ACCOUNT,
  solarOf,
} from './accounts.ts'
import type { Deals } from './deals.ts'
import type { HomeAccounts } from './home-accounts.ts'
import type { IntervalFlows } from './interval-flows.ts'
import type { MarketArea } from './market-area.ts'
import { LOT_ACTIVE, LOT_ASIDE, LOT_FROM, LOT_MINUTE, LOT_OWNER, LOT_SOURCE } from './lot-rings.ts'
import type { StorageStock } from './storage-stock.ts'
import type { TokenLedger } from './token-ledger.ts'

/** Anchors that the interval's telemetry supports, by battery's home: 0 none, 1 refusal, 2 full. */
export type Anchors = Uint8Array

/**
 * Flows → transactions: what the meters saw in one interval becomes mints, exchanges, trades, burns
 * and closes. The oracle opens the interval (registers, generation), the operator acts for the homes,
 * the oracle closes it (grid charge, anchors, what is left is exported). What batteries hold and homes can pay
 * it follows itself (`stock`, `accounts`) and asks the ledger nothing.
 */
export class Tokenizer {
  readonly stock: StorageStock
  readonly #ledger: TokenLedger
  readonly #accounts: HomeAccounts
  readonly #batteries: Uint8Array
  readonly #writer = new TransactionWriter()
  #operatorSequence = 1
  #oracleSequence = 0
  /** Registers as last read, by home. */
  readonly #readCharge: Float64Array
  readonly #readDischarge: Float64Array
  readonly #readMinute: Float64Array
  readonly #deltaCharge: Float64Array
  readonly #deltaDischarge: Float64Array
  /** Used so far of each home's Tgen of the interval. */
  readonly #tgenUsed: Int32Array
  /** Solar carbon intensity is 0 at the panel; a grid charge carries the scenario's, g/kWh × 1000. */
  readonly #gridCarbon: number
  /** Running sums, for checking the ledger against the meters. */
  minted = 0
  consumed = 0
  exported = 0
  delivered = 0
  /** Part of `delivered` that left storage for the grid. */
  storageExported = 0
  /** By home: delivered out of its battery (W); minted and lost stand in the stock. */
  readonly batteryDelivered: Float64Array
  /** By home: went from the battery to the grid beyond all lots. */
  readonly exportedUnclaimed: Float64Array

  constructor(
    ledger: TokenLedger,
    area: MarketArea,
    stock: StorageStock,
    accounts: HomeAccounts,
    { gridCarbonMilligramPerKwh, factorPpm }: { gridCarbonMilligramPerKwh: number; factorPpm: number },
  ) {
    this.#ledger = ledger
    this.stock = stock
    this.#accounts = accounts
    this.#gridCarbon = gridCarbonMilligramPerKwh
    const homes = area.homes.length
    const column = () => new Float64Array(homes)
    this.#batteries = Uint8Array.from(area.homes, ({ battery }) => (battery === null ? 0 : 1))
    this.#readCharge = column()
    this.#readDischarge = column()
    this.#readMinute = column()
    this.#deltaCharge = column()
    this.#deltaDischarge = column()
    this.#tgenUsed = new Int32Array(homes)
    this.batteryDelivered = column()
    this.exportedUnclaimed = column()
    for (const [home, { battery }] of area.homes.entries())
      if (battery !== null) stock.enter(home, milliWhFromKwh(battery.capacityKwh), factorPpm)
  }

  /** Oracle: registers that moved, and what the panels generated. */
  open(minute: number, flows: IntervalFlows): void {
    const writer = this.#writer
    const { solar } = flows
    const batteries = this.#batteries
    for (let home = 0; home < batteries.length; home++) {
      if (batteries[home] === 1) this.#read(minute, home, flows)
      const made = solar[home]
      if (made === 0) continue
      writer.mint(ORACLE_ACCOUNT, solarOf(home), minute, 0, made)
      this.minted += made
    }
    this.#tgenUsed.fill(0)
    this.#submit(ORACLE_ACCOUNT)
  }

  #read(minute: number, home: number, flows: IntervalFlows): void {
    const charge = flows.chargeRegister[home]
    const discharge = flows.dischargeRegister[home]
    const deltaCharge = charge - this.#readCharge[home]
    const deltaDischarge = discharge - this.#readDischarge[home]
    this.#deltaCharge[home] = deltaCharge
    this.#deltaDischarge[home] = deltaDischarge
    if (deltaCharge === 0 && deltaDischarge === 0) return
    this.#readCharge[home] = charge
    this.#readDischarge[home] = discharge
    this.#readMinute[home] = minute
    this.#writer.reading(ORACLE_ACCOUNT, batteryOf(home), minute, charge, discharge)
  }

  /** What the registers of the interval leave to discharge and to charge, before it is opened. */
  pendingDischarge(home: number, flows: IntervalFlows): number {
    return flows.dischargeRegister[home] - this.#readDischarge[home]
  }

  pendingCharge(home: number, flows: IntervalFlows): number {
    return flows.chargeRegister[home] - this.#readCharge[home]
  }

  /** Operator, for the homes: own use, charging, offers and trades, deliveries from storage. */
  act(minute: number, flows: IntervalFlows, deals: Deals): void {
    this.#offerStorage(minute, deals)
    const { solar } = flows
    for (let home = 0; home < solar.length; home++) {
      const made = solar[home]
      if (made > 0) this.#useSolar(minute, home, made, flows)
      if (this.#batteries[home] === 0) continue
      const { solarExport, peerSold } = flows
      // What a home sells is its solar first.
      const sold = Math.max(0, peerSold[home] - solarExport[home])
      const toGrid = Math.max(0, flows.export[home] - solarExport[home] - sold)
      const claimed = this.#deltaDischarge[home] > 0 ? this.#deliver(minute, home, toGrid) : 0
      this.storageExported += claimed
      this.exportedUnclaimed[home] += toGrid - claimed
    }
    this.#tradeSolar(minute, deals)
    this.#submit(OPERATOR_ACCOUNT)
  }

  /** A lot has one open offer at a time: deals of one seller at one rate share an offer, the next rate is the next offer. */
  #tradeSolar(minute: number, deals: Deals): void {
    const { count, seller, rateMicroUsdPerKwh: rates } = deals
    for (let at = 0; at < count;) {
      const from = at
      if (deals.lot[from] >= 0) {
        at++
        continue
      }
      const home = seller[from]
      const rate = rates[from]
      let offered = 0
      // Deals out of storage in between are another matter, and do not end the run.
      for (; at < count && (deals.lot[at] >= 0 || (seller[at] === home && rates[at] === rate)); at++)
        if (deals.lot[at] < 0) offered += deals.milliWh[at]
      this.#writer.offer(accountOf(home), solarOf(home), minute, rate, offered)
      for (let deal = from; deal < at; deal++) if (deals.lot[deal] < 0) this.#takeSolar(minute, deals, deal)
    }
  }

  #takeSolar(minute: number, deals: Deals, deal: number): void {
    const seller = deals.seller[deal]
    const buyer = deals.buyer[deal]
    const milliWh = deals.milliWh[deal]
    const rate = deals.rateMicroUsdPerKwh[deal]
    const consumed = deals.use[deal] === USE_CONSUMED
    const target = consumed ? loadOf(buyer) : batteryOf(buyer)
    const panel = solarOf(seller)
    this.#writer.trade(accountOf(buyer), panel, minute, deals.use[deal], target, rate, milliWh)
    const from = this.#tgenUsed[seller]
    this.#tgenUsed[seller] = from + milliWh
    if (consumed) this.consumed += milliWh
    else {
      this.#deltaCharge[buyer] -= milliWh
      this.stock.mint(buyer, minute, panel, from, accountOf(buyer), milliWh)
    }
  }

  /** Offers and trades of stored energy come first, before deliveries use the lots up. */
  #offerStorage(minute: number, deals: Deals): void {
    const { count, lot: lots, rateMicroUsdPerKwh: rates } = deals
    const { stock } = this
    const { rows } = stock.lots
    for (let at = 0; at < count;) {
      const lot = lots[at]
      if (lot < 0) {
        at++
        continue
      }
      const from = at
      const rateMicroUsdPerKwh = rates[from]
      let milliWh = 0
      for (; at < count && (lots[at] < 0 || (lots[at] === lot && rates[at] === rateMicroUsdPerKwh)); at++)
        if (lots[at] >= 0) milliWh += deals.milliWh[at]
      const name = {
        lotAsset: batteryOf(deals.seller[from]),
        lotMinute: rows[lot + LOT_MINUTE],
        lotSource: rows[lot + LOT_SOURCE],
        lotFrom: rows[lot + LOT_FROM],
      }
      const actor = rows[lot + LOT_OWNER]
      this.#writer.add({ op: 'offer', actor, ...name, minute, rateMicroUsdPerKwh, milliWh })
      for (let deal = from; deal < at; deal++) {
        if (lots[deal] < 0) continue
        const [seller, buyer, taken] = [deals.seller[deal], deals.buyer[deal], deals.milliWh[deal]]
        this.#writer.add({
          op: 'trade',
          actor: accountOf(buyer),
          ...name,
          use: 'consumed',
          target: loadOf(buyer),
          rateMicroUsdPerKwh,
          milliWh: taken,
        })
        stock.useActive(seller, lot, taken)
        this.delivered += taken
        this.batteryDelivered[seller] += taken
        this.#deltaDischarge[seller] -= taken
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
      this.stock.mint(home, minute, panel, used, account, charged)
    }
    this.#tgenUsed[home] = solar - exported
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
    const { stock } = this
    const { lots } = stock
    const { rows } = lots
    const battery = batteryOf(home)
    let left = milliWh
    for (let aside = 0; aside < 2 && left > 0; aside++) {
      if ((aside === 0 ? stock.active : stock.setAside)[home] === 0) continue
      for (let lot = aside === 0 ? lots.firstActive(home) : lots.first(home); lot >= 0 && left > 0;) {
        const there = rows[lot + (aside === 0 ? LOT_ACTIVE : LOT_ASIDE)]
        const minted = rows[lot + LOT_MINUTE]
        // What the interval itself charged is not there to be delivered in it.
        if (minted === minute) break
        const part = Math.min(left, there)
        const next = part < left ? lots.next(home, lot) : -1
        if (part > 0) {
          const source = rows[lot + LOT_SOURCE]
          const from = rows[lot + LOT_FROM]
          this.#writer.burn(rows[lot + LOT_OWNER], battery, minted, source, from, reason, minute, part)
          if (reason === EXPORTED && !stock.isShadow(home, lot)) this.#accounts.unsettled[home] += part
          if (aside === 0) stock.useActive(home, lot, part)
          else stock.useAside(home, lot, part)
          left -= part
        }
        lot = next
      }
    }
    this.delivered += milliWh - left
    this.batteryDelivered[home] += milliWh - left
    return left
  }

  /** Operator: moves tokens of one battery aside (newest first) or back (oldest first), when `endMoves` is called. */
  moveAside(home: number, milliWh: number): void {
    const { stock } = this
    const { lots } = stock
    const { rows } = lots
    const battery = batteryOf(home)
    const aside = milliWh > 0
    let left = Math.abs(milliWh)
    for (let lot = aside ? lots.lastActive(home) : lots.first(home); left > 0 && lot >= 0;) {
      const part = Math.min(left, rows[lot + (aside ? LOT_ACTIVE : LOT_ASIDE)])
      if (part > 0) {
        const minted = rows[lot + LOT_MINUTE]
        const source = rows[lot + LOT_SOURCE]
        const from = rows[lot + LOT_FROM]
        if (aside) this.#writer.setAside(OPERATOR_ACCOUNT, battery, minted, source, from, part)
        else this.#writer.release(OPERATOR_ACCOUNT, battery, minted, source, from, part)
        stock.move(home, lot, aside ? part : -part)
        left -= part
      }
      if (left > 0) lot = aside ? lots.previous(home, lot) : lots.next(home, lot)
    }
  }

  /** Operator: what was moved since the last transaction is one transaction, for all batteries. */
  endMoves(): void {
    this.#submit(OPERATOR_ACCOUNT)
  }

  /**
   * Oracle: grid charge becomes shadow lots, sites with generation close, anchors are attested.
   * @param energyHigh what a battery can deliver at most at its anchor, milliwatt-hours
   */
  close(
    minute: number,
    intervalMinutes: number,
    flows: IntervalFlows,
    anchors: Anchors,
    energyHigh: (home: number, anchor: number) => number,
  ): void {
    const writer = this.#writer
    const { solar } = flows
    const { unsettled } = this.#accounts
    for (let home = 0; home < solar.length; home++) {
      if (this.#deltaCharge[home] > 0) {
        const battery = batteryOf(home)
        const charged = this.#deltaCharge[home]
        writer.mint(ORACLE_ACCOUNT, battery, minute, this.#gridCarbon, charged)
        this.stock.mint(home, minute, battery, 0, accountOf(home), charged)
        this.#deltaCharge[home] = 0
      }
      if (solar[home] > 0) {
        writer.closeInterval(ORACLE_ACCOUNT, meterOf(home), minute)
        unsettled[home] += solar[home] - this.#tgenUsed[home]
      }
      if (anchors[home] !== 0) {
        this.#anchor(minute, intervalMinutes, home, anchors[home])
        this.stock.anchor(home, energyHigh(home, anchors[home]))
      }
    }
    this.#submit(ORACLE_ACCOUNT)
  }

  #anchor(minute: number, intervalMinutes: number, home: number, anchor: number): void {
    const writer = this.#writer
    const battery = batteryOf(home)
    // An anchor stands on a reading of its interval, also when no register moved in it.
    if (this.#readMinute[home] !== minute)
      writer.reading(ORACLE_ACCOUNT, battery, minute, this.#readCharge[home], this.#readDischarge[home])
    writer.add({
      op: 'anchor',
      actor: ORACLE_ACCOUNT,
      battery,
      minute: minute + intervalMinutes,
      kind: anchor === 1 ? 'refusal' : 'full',
    })
  }

  /** Oracle: a new conversion factor for one battery's future mints, with what `close` submits. */
  setFactor(home: number, factorPpm: number): void {
    this.#writer.add({ op: 'setFactor', actor: ORACLE_ACCOUNT, battery: batteryOf(home), factorPpm })
    this.stock.factorPpm[home] = factorPpm
  }

  #submit(client: number): void {
    const writer = this.#writer
    if (writer.operations === 0) return
    const sequence = client === OPERATOR_ACCOUNT ? ++this.#operatorSequence : ++this.#oracleSequence
    this.#ledger.submit(writer.transaction(client, sequence))
    writer.clear()
  }
}
