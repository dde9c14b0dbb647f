import { createHash } from 'node:crypto'
import type { Operation } from '../contract/operations.ts'
import { REFUSALS, type RefusalCode } from '../contract/refusal.ts'

/**
 * The ledger's state and rules a second time, as plainly as they can be written: objects in maps,
 * whole numbers as BigInt where they might pass 2^53, one rule after the other as ledger/README.md
 * has them. Slow, for tests: what it answers, every ledger must answer.
 */
interface Account {
  id: number
  role: string
  agent: number
  balance: number
  credit: number
  limit: number
  opening: number
  settled: number
  label: string
  credential: string
}

interface Asset {
  id: number
  kind: string
  owner: number
  site: number
  interval: number
  nameplateW: number
  minted: number
  location: string
  label: string
  closed: number
  unsettled: number
  solars: number[]
  energy: number
  deliverable: number
  standbyW: number
  factor: number
  charge: number
  discharge: number
  minute: number
  openCharge: number
  openDischarge: number
  unclaimed: number
  anchored: number
  pass: { minute: number; charge: number; discharge: number }
  passesEver: number
  passEnded: number
  passes: number[]
  lots: Lot[]
}

interface Lot {
  kind: 'tgen' | 'tstorage' | 'shadow'
  asset: number
  minute: number
  source: number
  from: number
  owner: number
  carbon: number
  minted: number
  low: number
  mid: number
  high: number
  offered: number
  rate: number
  offerMinute: number
}

const ROLES = ['', 'household', 'consumer', 'operator', 'utility', 'oracle']
const KINDS = ['', 'solar', 'battery', 'meter', 'load']
const LOT_KINDS = ['', 'tgen', 'tstorage', 'shadow']
const EXACT = 2 ** 53 - 1
const MONEY = Math.floor(EXACT / 1024)

/** Thrown where a rule forbids; `apply` turns it into an answer. */
class Refused extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode) {
    super(REFUSALS[code])
    this.code = code
  }
}

function demand(holds: boolean, code: RefusalCode): asserts holds {
  if (!holds) throw new Refused(code)
}

const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)
const ceilDiv = (a: bigint, b: bigint): bigint => -floorDiv(-a, b)
const big = (value: number): bigint => BigInt(value)

type Named<Name extends Operation['op']> = Extract<Operation, { op: Name }>
type LotName = { lotAsset: number; lotMinute: number; lotSource: number; lotFrom: number }

export class NaiveLedger {
  accounts = new Map<number, Account>()
  assets = new Map<number, Asset>()
  fee = 0
  operator = 0
  #client = 0

  /** `ok`, or why not; a refused transaction leaves no trace. */
  apply(client: number, operations: readonly Operation[]): RefusalCode | 'ok' {
    const before = this.#copyOf(operations)
    this.#client = client
    try {
      demand(operations.length > 0, 'malformed')
      for (const operation of operations) wellFormed(operation)
      for (const operation of operations) this.#one(operation)
      return 'ok'
    } catch (error) {
      before()
      if (error instanceof Refused) return error.code
      throw error
    }
  }

  /** Copies everything (the neighborhoods of the tests are small); what it returns puts it back. */
  #copyOf(operations: readonly Operation[]): () => void {
    // One operation checks before it acts, so there is nothing to put back; `trade` pays first.
    if (operations.length === 1 && operations[0].op !== 'trade') return () => {}
    const kept = {
      accounts: new Map([...this.accounts].map(([id, account]) => [id, { ...account }])),
      assets: new Map([...this.assets].map(([id, asset]) => [id, copyOf(asset)])),
    }
    const { fee, operator } = this
    return () => {
      Object.assign(this, kept, { fee, operator })
    }
  }

  #one(operation: Operation): void {
    switch (operation.op) {
      case 'register':
        return this.#register(operation)
      case 'createAsset':
        return this.#createAsset(operation)
      case 'mint':
        return this.#mint(operation)
      case 'exchange': {
        const lot = this.#lot(operation)
        this.#owns(operation.actor, lot)
        demand(operation.milliWh <= this.#free(lot), 'exceeds-lot')
        return this.#charge(lot, operation.battery, operation.milliWh, operation.actor)
      }
      case 'offer':
        return this.#offer(operation)
      case 'cancel': {
        const lot = this.#lot(operation)
        this.#owns(operation.actor, lot)
        demand(this.#open(lot) > 0, 'no-offer')
        lot.offered = 0
        return
      }
      case 'trade':
        return this.#trade(operation)
      case 'burn':
        return this.#burn(operation)
      case 'setAside':
      case 'release':
        return this.#move(operation)
      case 'settle':
        return this.#settle(operation)
      case 'setTariff':
        this.#acts(operation.actor, 'operator', 'utility')
        demand(operation.platformFeeMicroUsdPerKwh >= 0, 'out-of-range')
        this.fee = operation.platformFeeMicroUsdPerKwh
        return
      case 'reading':
        return this.#reading(operation)
      case 'anchor':
        return this.#anchor(operation)
      case 'setFactor': {
        this.#acts(operation.actor, 'oracle')
        const battery = this.#asset(operation.battery, 'battery')
        demand(operation.factorPpm >= 1 && operation.factorPpm <= 1_000_000, 'out-of-range')
        battery.factor = operation.factorPpm
        return
      }
      default:
        return this.#close(operation)
    }
  }

  // Who may do what, to which lot.

  #acts(id: number, ...roles: string[]): Account {
    const account = this.accounts.get(id)
    demand(account !== undefined && (this.#client === id || account.agent === this.#client), 'not-authorised')
    demand(roles.length === 0 || roles.includes(account.role), 'wrong-role')
    return account
  }

  #owns(id: number, lot: Lot): void {
    this.#acts(id)
    demand(lot.owner === id, 'not-owner')
  }

  #asset(id: number, ...kinds: string[]): Asset {
    const asset = this.assets.get(id)
    demand(asset !== undefined && kinds.includes(asset.kind), 'unknown-asset')
    return asset
  }

  #lot(name: LotName): Lot {
    const lot = this.assets
      .get(name.lotAsset)
      ?.lots.find(
        ({ minute, source, from }) =>
          minute === name.lotMinute && source === name.lotSource && from === name.lotFrom,
      )
    demand(lot !== undefined, 'unknown-lot')
    return lot
  }

  #battery(lot: Lot): Asset {
    return this.assets.get(lot.asset) as Asset
  }

  #open(lot: Lot): number {
    if (lot.kind === 'tgen') return lot.offered
    return this.#battery(lot).minute <= lot.offerMinute ? lot.offered : 0
  }

  #free(lot: Lot): number {
    return lot.mid - lot.low - this.#open(lot)
  }

  active(battery: Asset): number {
    return battery.lots.reduce((sum, { low, mid }) => sum + mid - low, 0)
  }

  aside(battery: Asset): number {
    return battery.lots.reduce((sum, { mid, high }) => sum + high - mid, 0)
  }

  // What happens to a lot.

  #mintLot(asset: Asset, lot: Omit<Lot, 'low' | 'mid' | 'high' | 'offered' | 'rate' | 'offerMinute'>): void {
    asset.lots.push({
      ...lot,
      low: 0,
      mid: lot.minted,
      high: lot.minted,
      offered: 0,
      rate: 0,
      offerMinute: 0,
    })
  }

  #use(lot: Lot, milliWh: number): void {
    lot.low += milliWh
    this.#tidy(lot)
  }

  #tidy(lot: Lot): void {
    lot.offered = Math.min(lot.offered, lot.mid - lot.low)
  }

  /** Lots with nothing left are gone when the operation is over. */
  #sweep(asset: Asset): void {
    asset.lots = asset.lots.filter(({ low, high }) => low < high)
  }

  #store(
    battery: Asset,
    milliWh: number,
    lot: Omit<Lot, 'minted' | 'low' | 'mid' | 'high' | 'offered' | 'rate' | 'offerMinute'>,
  ): number {
    const room = Math.max(0, battery.energy - this.active(battery) - this.aside(battery))
    const worth = Number((big(milliWh) * big(battery.factor)) / 1_000_000n)
    const tokens = Math.min(worth, room)
    if (tokens > 0) this.#mintLot(battery, { ...lot, minted: tokens })
    return tokens
  }

  #charge(lot: Lot, id: number, milliWh: number, owner: number): void {
    demand(milliWh > 0, 'zero-quantity')
    demand(lot.kind === 'tgen', 'unknown-lot')
    const battery = this.#asset(id, 'battery')
    demand(lot.minute === battery.minute, 'bad-interval')
    demand(milliWh <= battery.openCharge, 'exceeds-charge')
    battery.openCharge -= milliWh
    this.#store(battery, milliWh, {
      kind: 'tstorage',
      asset: id,
      minute: lot.minute,
      source: lot.asset,
      from: lot.low,
      owner,
      carbon: lot.carbon,
    })
    this.#use(lot, milliWh)
    this.#sweep(this.#battery(lot))
  }

  // The operations.

  #register(n: Named<'register'>): void {
    demand(n.account > 0 && n.account < 2 ** 20 && ROLES.includes(n.role) && n.role.length > 0, 'malformed')
    demand(
      Math.abs(n.openingMicroUsd) <= MONEY && n.creditLimitMicroUsd >= 0 && n.creditLimitMicroUsd <= MONEY,
      'out-of-range',
    )
    const first =
      this.operator === 0 && n.account === n.actor && this.#client === n.actor && n.role === 'operator'
    if (!first) this.#acts(n.actor, 'operator')
    demand(!this.accounts.has(n.account), 'already-exists')
    demand(n.agent === n.account || this.accounts.has(n.agent), 'unknown-account')
    this.accounts.set(n.account, {
      id: n.account,
      role: n.role,
      agent: n.agent,
      balance: n.openingMicroUsd,
      credit: 0,
      limit: n.creditLimitMicroUsd,
      opening: n.openingMicroUsd,
      settled: -1,
      label: n.label,
      credential: n.credential,
    })
    if (first) this.operator = n.account
  }

  #createAsset(n: Named<'createAsset'>): void {
    demand(n.asset > 0 && n.asset < 2 ** 20, 'malformed')
    this.#acts(n.actor, 'operator')
    demand(!this.assets.has(n.asset), 'already-exists')
    const owner = this.accounts.get(n.owner)
    demand(owner !== undefined, 'unknown-account')
    if (n.kind === 'meter') demand(n.site === n.asset, 'unknown-asset')
    else this.#asset(n.site, 'meter')
    demand(n.intervalMinutes > 0 && 1440 % n.intervalMinutes === 0, 'bad-interval')
    demand(n.nameplateW >= 0 && n.standbyW >= 0, 'out-of-range')
    for (const energy of [n.energyMilliWh, n.deliverableMilliWh]) {
      demand(energy >= 0 && energy <= 1e12, 'out-of-range')
    }
    const battery = n.kind === 'battery'
    if (battery) demand(n.factorPpm >= 1 && n.factorPpm <= 1_000_000, 'out-of-range')
    if (battery || n.kind === 'solar') demand(owner.role !== 'consumer', 'wrong-role')
    if (n.kind === 'load') demand(['household', 'consumer'].includes(owner.role), 'wrong-role')
    this.assets.set(n.asset, {
      id: n.asset,
      kind: n.kind,
      owner: n.owner,
      site: n.site,
      interval: n.intervalMinutes,
      nameplateW: n.nameplateW,
      minted: -1,
      location: n.location,
      label: n.label,
      closed: -1,
      unsettled: 0,
      solars: [],
      energy: n.energyMilliWh,
      deliverable: n.deliverableMilliWh,
      standbyW: n.standbyW,
      factor: n.factorPpm,
      charge: 0,
      discharge: 0,
      minute: -1,
      openCharge: 0,
      openDischarge: 0,
      unclaimed: 0,
      anchored: -1,
      pass: { minute: -1, charge: 0, discharge: 0 },
      passesEver: 0,
      passEnded: 0,
      passes: [],
      lots: [],
    })
    if (n.kind === 'solar') this.assets.get(n.site)?.solars.push(n.asset)
  }

  #mint(n: Named<'mint'>): void {
    this.#acts(n.actor, 'oracle')
    demand(n.milliWh > 0, 'zero-quantity')
    demand(n.carbonMilligramPerKwh >= 0, 'out-of-range')
    const asset = this.#asset(n.asset, 'solar', 'battery')
    demand(n.minute % asset.interval === 0, 'bad-interval')
    demand(n.minute > asset.minted, 'already-minted')
    const provenance = {
      minute: n.minute,
      owner: asset.owner,
      carbon: n.carbonMilligramPerKwh,
      asset: n.asset,
    }
    if (asset.kind === 'battery') {
      demand(n.minute === asset.minute, 'bad-interval')
      demand(n.milliWh <= asset.openCharge, 'exceeds-charge')
      asset.openCharge -= n.milliWh
      this.#store(asset, n.milliWh, { ...provenance, kind: 'shadow', source: n.asset, from: 0 })
    } else {
      demand(n.minute > (this.assets.get(asset.site) as Asset).closed, 'interval-closed')
      const most = (big(asset.nameplateW) * big(asset.interval) * 55n) / 3n
      demand(big(n.milliWh) <= most, 'exceeds-nameplate')
      this.#mintLot(asset, { ...provenance, kind: 'tgen', source: 0, from: 0, minted: n.milliWh })
    }
    asset.minted = n.minute
  }

  #offer(n: Named<'offer'>): void {
    const lot = this.#lot(n)
    this.#owns(n.actor, lot)
    demand(lot.kind !== 'shadow', 'never-offered')
    demand(n.milliWh > 0, 'zero-quantity')
    demand(n.rateMicroUsdPerKwh >= 0, 'out-of-range')
    demand(this.#open(lot) === 0, 'already-offered')
    demand(n.milliWh <= lot.mid - lot.low, 'exceeds-lot')
    const battery = this.#battery(lot)
    if (lot.kind === 'tgen') demand(n.minute === lot.minute, 'bad-interval')
    else demand(n.minute >= battery.minute && n.minute % battery.interval === 0, 'bad-interval')
    lot.offered = n.milliWh
    lot.rate = n.rateMicroUsdPerKwh
    lot.offerMinute = n.minute
  }

  #trade(n: Named<'trade'>): void {
    const lot = this.#lot(n)
    const buyer = this.#acts(n.actor)
    demand(lot.owner !== n.actor, 'own-offer')
    demand(n.milliWh > 0, 'zero-quantity')
    const due = lot.kind === 'tgen' || this.#battery(lot).minute === lot.offerMinute
    demand(this.#open(lot) > 0 && lot.rate === n.rateMicroUsdPerKwh && due, 'no-offer')
    demand(n.milliWh <= lot.offered, 'exceeds-lot')
    const price = ceilDiv(big(n.milliWh) * big(lot.rate), 1_000_000n)
    const fee = ceilDiv(big(n.milliWh) * big(this.fee), 1_000_000n)
    demand(price + fee <= big(buyer.balance) + big(buyer.limit), 'credit-limit')
    buyer.balance -= Number(price + fee)
    const seller = this.accounts.get(lot.owner) as Account
    seller.credit += Number(price)
    const operator = this.accounts.get(this.operator) as Account
    operator.credit += Number(fee)
    lot.offered -= n.milliWh
    if (n.use === 'exchanged') return this.#charge(lot, n.target, n.milliWh, n.actor)
    if (buyer.role !== 'utility') demand(this.#asset(n.target, 'load').owner === n.actor, 'unknown-asset')
    if (lot.kind !== 'tgen') this.#deliver(lot, n.milliWh)
    this.#use(lot, n.milliWh)
    this.#sweep(this.#battery(lot))
  }

  #deliver(lot: Lot, milliWh: number): void {
    const battery = this.#battery(lot)
    demand(milliWh <= battery.openDischarge, 'exceeds-discharge')
    battery.openDischarge -= milliWh
  }

  #burn(n: Named<'burn'>): void {
    const lot = this.#lot(n)
    this.#owns(n.actor, lot)
    demand(n.milliWh > 0, 'zero-quantity')
    const asset = this.#battery(lot)
    if (lot.kind === 'tgen') {
      demand(n.reason === 'consumed', 'malformed')
      demand(n.minute === lot.minute, 'bad-interval')
      demand(n.milliWh <= this.#free(lot), 'exceeds-lot')
    } else {
      demand(n.reason === 'consumed' || n.reason === 'exported', 'malformed')
      demand(n.minute === asset.minute, 'bad-interval')
      const active = lot.mid - lot.low
      if (n.milliWh <= active) demand(n.milliWh <= this.#free(lot), 'exceeds-lot')
      else {
        demand(n.milliWh <= lot.high - lot.low && this.#open(lot) === 0, 'exceeds-lot')
        demand(this.active(asset) === active, 'active-first')
      }
      this.#deliver(lot, n.milliWh)
      lot.mid = Math.max(lot.mid, lot.low + n.milliWh)
      if (n.reason === 'exported' && lot.kind === 'tstorage') {
        const site = this.assets.get(asset.site) as Asset
        site.unsettled += n.milliWh
      }
    }
    this.#use(lot, n.milliWh)
    this.#sweep(asset)
  }

  #move(n: Named<'setAside' | 'release'>): void {
    this.#acts(n.actor, 'operator')
    const lot = this.#lot(n)
    demand(lot.kind !== 'tgen', 'unknown-lot')
    demand(n.milliWh > 0, 'zero-quantity')
    if (n.op === 'setAside') {
      demand(n.milliWh <= lot.mid - lot.low, 'exceeds-lot')
      lot.mid -= n.milliWh
      this.#tidy(lot)
    } else {
      demand(n.milliWh <= lot.high - lot.mid, 'exceeds-set-aside')
      lot.mid += n.milliWh
    }
  }

  #settle(n: Named<'settle'>): void {
    const utility = this.#acts(n.actor, 'utility')
    const account = this.accounts.get(n.account)
    demand(account !== undefined, 'unknown-account')
    const site = this.#asset(n.site, 'meter')
    demand(site.owner === n.account, 'unknown-asset')
    demand(n.minute > account.settled, 'already-settled')
    demand(n.exportMilliWh >= 0 && n.exportMilliWh <= site.unsettled, 'exceeds-export')
    const balance = account.balance + account.credit - n.amountMicroUsd
    demand(
      Math.abs(n.amountMicroUsd) <= MONEY && Math.abs(account.credit) <= EXACT && Math.abs(balance) <= EXACT,
      'out-of-range',
    )
    account.settled = n.minute
    site.unsettled -= n.exportMilliWh
    account.balance = balance
    account.credit = 0
    utility.credit += n.amountMicroUsd
  }

  #reading(n: Named<'reading'>): void {
    this.#acts(n.actor, 'oracle')
    const battery = this.#asset(n.battery, 'battery')
    demand(n.minute % battery.interval === 0, 'bad-interval')
    demand(
      n.minute > battery.minute &&
        n.chargeMilliWh >= battery.charge &&
        n.dischargeMilliWh >= battery.discharge,
      'register-backwards',
    )
    demand(n.chargeMilliWh <= EXACT && n.dischargeMilliWh <= EXACT, 'out-of-range')
    demand(battery.openCharge === 0, 'open-charge')
    battery.unclaimed += battery.openDischarge
    battery.openCharge = n.chargeMilliWh - battery.charge
    battery.openDischarge = n.dischargeMilliWh - battery.discharge
    battery.charge = n.chargeMilliWh
    battery.discharge = n.dischargeMilliWh
    battery.minute = n.minute
  }

  #anchor(n: Named<'anchor'>): void {
    this.#acts(n.actor, 'oracle')
    const battery = this.#asset(n.battery, 'battery')
    const aside = this.aside(battery)
    const stock = this.active(battery) + aside
    demand(
      battery.minute >= 0 &&
        n.minute === battery.minute + battery.interval &&
        battery.openCharge === 0 &&
        (stock === 0 || battery.openDischarge === 0),
      'stale-anchor',
    )
    demand(n.minute > battery.anchored, 'already-anchored')
    battery.anchored = n.minute
    let high = ceilDiv(big(battery.energy), 100n)
    if (n.kind === 'refusal') this.#endPass(battery, n.minute, high)
    else {
      high = fullHigh(battery, n.minute)
      battery.pass = { minute: n.minute, charge: battery.charge, discharge: battery.discharge }
    }
    const excess = big(stock) - high
    let loss = Math.min(aside, excess > 0n ? Number(excess) : 0)
    for (const lot of battery.lots) {
      const part = Math.min(loss, lot.high - lot.mid)
      lot.high -= part
      loss -= part
    }
    this.#sweep(battery)
  }

  #endPass(battery: Asset, minute: number, refusalHigh: bigint): void {
    const { pass } = battery
    if (pass.minute < 0) return
    battery.pass = { ...pass, minute: -1 }
    if (battery.charge - pass.charge > 100_000) return
    const standby = ceilDiv(big(battery.standbyW) * big(minute - pass.minute) * 50n, 3n)
    const wh = ceilDiv(big(battery.discharge - pass.discharge) + standby + refusalHigh, 1000n)
    if (wh * 500n > big(battery.energy)) return
    battery.passes = [...battery.passes, Number(wh)].slice(-32)
    battery.passesEver++
    battery.passEnded = minute
  }

  #close(n: Named<'closeInterval'>): void {
    this.#acts(n.actor, 'oracle')
    const site = this.#asset(n.site, 'meter')
    demand(n.minute % site.interval === 0, 'bad-interval')
    demand(n.minute > site.closed, 'interval-closed')
    for (const id of site.solars) {
      const solar = this.assets.get(id) as Asset
      for (const lot of solar.lots.filter(({ minute }) => minute <= n.minute)) {
        site.unsettled += lot.mid - lot.low
        this.#use(lot, lot.mid - lot.low)
      }
      this.#sweep(solar)
    }
    site.closed = n.minute
  }

  /** Money that is there; it must always be what was there at the opening. */
  money(): { now: number; opening: number } {
    const all = [...this.accounts.values()]
    return {
      now: all.reduce((sum, { balance, credit }) => sum + balance + credit, 0),
      opening: all.reduce((sum, { opening }) => sum + opening, 0),
    }
  }

  /** The canonical state hash of the specification, hexadecimal. */
  stateHash(): string {
    const parts: Buffer[] = []
    const put = (...values: number[]) => {
      const bytes = Buffer.alloc(values.length * 8)
      values.forEach((value, at) => bytes.writeBigInt64LE(BigInt(value), at * 8))
      parts.push(bytes)
    }
    const text = (value: string) => {
      const bytes = Buffer.from(value, 'utf8')
      const padded = Buffer.alloc(4 + Math.ceil(bytes.length / 4) * 4)
      padded.writeUInt32LE(bytes.length)
      bytes.copy(padded, 4)
      parts.push(padded)
    }
    for (const a of byId(this.accounts)) {
      put(a.id, ROLES.indexOf(a.role), a.agent, a.balance, a.credit, a.limit, a.opening, a.settled)
      text(a.label)
      text(a.credential)
    }
    put(0, this.fee, this.operator)
    for (const a of byId(this.assets)) {
      put(a.id, KINDS.indexOf(a.kind), a.owner, a.site, a.interval, a.nameplateW, a.minted)
      text(a.location)
      text(a.label)
      if (a.kind === 'meter') put(a.closed, a.unsettled, a.solars.length, ...a.solars)
      if (a.kind === 'battery') {
        put(
          a.energy,
          a.deliverable,
          a.standbyW,
          a.factor,
          this.active(a),
          this.aside(a),
          a.charge,
          a.discharge,
        )
        put(a.minute, a.openCharge, a.openDischarge, a.unclaimed, a.anchored)
        put(a.pass.minute, a.pass.charge, a.pass.discharge, a.passesEver, a.passEnded, ...a.passes)
      }
      if (a.kind !== 'battery' && a.kind !== 'solar') continue
      put(a.lots.length)
      for (const l of a.lots) {
        put(l.minute, l.source, l.from, LOT_KINDS.indexOf(l.kind), l.owner, l.carbon, l.minted)
        put(l.low, l.mid, l.high, l.offered, l.rate, l.offerMinute)
      }
    }
    return createHash('sha256').update(Buffer.concat(parts)).digest('hex')
  }
}

const byId = <T extends { id: number }>(map: Map<number, T>): T[] =>
  [...map.values()].toSorted((a, b) => a.id - b.id)

/** Whole numbers of their width and texts of their length: what has an encoding at all. */
function wellFormed(operation: Operation): void {
  for (const value of Object.values(operation)) {
    if (typeof value === 'string')
      demand(Buffer.byteLength(value) <= 512 && value.isWellFormed(), 'malformed')
    else demand(Number.isInteger(value), 'malformed')
  }
}

const copyOf = (asset: Asset): Asset => ({
  ...asset,
  solars: [...asset.solars],
  lots: asset.lots.map((lot) => ({ ...lot })),
})

/** Ê_full + u in whole milliwatt-hours. */
function fullHigh(battery: Asset, minute: number): bigint {
  const { passes } = battery
  const age = big(Math.max(0, minute - (passes.length === 0 ? battery.minute : battery.passEnded)))
  const drift = ceilDiv(100_000n * age, 525_600n)
  if (passes.length === 0) return ceilDiv(big(battery.deliverable) * 106n, 100n) + 50_000n + drift
  const count = big(passes.length)
  const mean = ceilDiv(big(passes.reduce((sum, pass) => sum + pass, 0)), count)
  const squares = passes.reduce((sum, pass) => sum + (big(pass) - mean) ** 2n, 0n)
  const variance = ceilDiv(squares, count > 1n ? count - 1n : 1n)
  let root = 0n
  while ((root + 1n) ** 2n <= variance) root++
  const faded = mean - (mean * 24n * age) / (1000n * 525_600n)
  return (faded + 3n * (root + 1n)) * 1000n + 50_000n + drift
}
