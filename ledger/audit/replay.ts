import { createHash } from 'node:crypto'
import type { Decoded } from './decode.ts'

/**
 * The ledger's state, derived a second time: plain objects in maps, rules as the written specification
 * (ledger/README.md) has them, nothing shared with the contract. What a rule forbids throws an Error.
 */
export interface Account {
  id: number
  role: number
  agent: number
  balance: number
  credit: number
  limit: number
  opening: number
  settled: number
  label: string
}

export interface Asset {
  id: number
  kind: number
  owner: number
  site: number
  interval: number
  nameplateW: number
  energy: number
  deliverable: number
  standbyW: number
  factor: number
  minted: number
  label: string
  location: string
  /** Meters. */
  closed: number
  unsettled: number
  solar: number[]
  /** Batteries. */
  active: number
  aside: number
  charge: number
  discharge: number
  minute: number
  openCharge: number
  openDischarge: number
  unclaimed: number
  anchored: number
  pass: { minute: number; charge: number; discharge: number } | null
  passes: number[]
  passEnded: number
  /** Living lots in the order of minting. */
  lots: Set<Lot>
}

export interface Lot {
  key: string
  kind: number
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
}

/** One thing that happened to a lot or to money. */
export interface AuditEvent {
  readonly what: 'minted' | 'burned' | 'set aside' | 'released' | 'offered' | 'sold' | 'paid' | 'settled'
  readonly lot: Lot | null
  readonly from: number
  readonly milliWh: number
  readonly reason: string
  readonly account: number
  readonly microUsd: number
}

const REASON = ['', 'consumed', 'exported', 'exchanged', 'conversion-loss', 'storage-loss']
const [HOUSEHOLD, CONSUMER, OPERATOR, UTILITY, ORACLE] = [1, 2, 3, 4, 5]
const [SOLAR, BATTERY, METER, LOAD] = [1, 2, 3, 4]
const [TGEN, TSTORAGE, SHADOW] = [1, 2, 3]
const YEAR = 525_600

export const keyOf = (asset: number, minute: number, source: number, from: number): string =>
  `${asset}/${minute}/${source}/${from}`

function check(allowed: boolean, why: string): asserts allowed {
  if (!allowed) throw new Error(why)
}

/** Exact a·b/1e6 in whole numbers, by BigInt only where it is needed. */
function perMillion(a: number, b: number, up: boolean): number {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) return up ? Math.ceil(product / 1e6) : Math.floor(product / 1e6)
  const exact = BigInt(a) * BigInt(b)
  return Number((exact + (up ? 999_999n : 0n)) / 1_000_000n)
}

export class Replay {
  readonly accounts = new Map<number, Account>()
  readonly assets = new Map<number, Asset>()
  readonly lots = new Map<string, Lot>()
  fee = 0
  operator = 0
  readonly onEvent: ((event: AuditEvent) => void) | null
  /** By kind: minted, active, set aside, burned by reason. */
  readonly totals = [0, 1, 2, 3].map(() => ({ minted: 0, active: 0, aside: 0, burned: [0, 0, 0, 0, 0, 0] }))
  opening = 0
  #client = 0

  constructor(onEvent: ((event: AuditEvent) => void) | null = null) {
    this.onEvent = onEvent
  }

  /** Applies one accepted transaction. */
  apply(client: number, operations: readonly Decoded[]): void {
    this.#client = client
    for (const operation of operations) this.#one(operation)
  }

  #tell(
    what: AuditEvent['what'],
    lot: Lot | null,
    from: number,
    milliWh: number,
    reason = '',
    account = 0,
    microUsd = 0,
  ) {
    this.onEvent?.({ what, lot, from, milliWh, reason, account, microUsd })
  }

  #account(id: number): Account {
    const account = this.accounts.get(id)
    check(account !== undefined, `account ${id} is not registered`)
    return account
  }

  #acting(id: number, ...roles: number[]): Account {
    const account = this.#account(id)
    check(
      this.#client === id || account.agent === this.#client,
      `client ${this.#client} speaks for account ${id}`,
    )
    check(roles.length === 0 || roles.includes(account.role), `account ${id} has the wrong role`)
    return account
  }

  #asset(id: number, ...kinds: number[]): Asset {
    const asset = this.assets.get(id)
    check(asset !== undefined && kinds.includes(asset.kind), `asset ${id} is not what the operation needs`)
    return asset
  }

  #lot({ n }: Decoded): Lot {
    const lot = this.lots.get(keyOf(n.lotAsset, n.lotMinute, n.lotSource, n.lotFrom))
    check(lot !== undefined, 'the lot is unknown or gone')
    return lot
  }

  #own(operation: Decoded): Lot {
    this.#acting(operation.n.actor)
    const lot = this.#lot(operation)
    check(lot.owner === operation.n.actor, 'the lot belongs to another')
    return lot
  }

  #add(
    kind: number,
    asset: Asset,
    minute: number,
    source: number,
    from: number,
    owner: number,
    carbon: number,
    milliWh: number,
  ): void {
    const key = keyOf(asset.id, minute, source, from)
    check(!this.lots.has(key), 'a lot is minted twice')
    const lot: Lot = {
      key,
      kind,
      asset: asset.id,
      minute,
      source,
      from,
      owner,
      carbon,
      minted: milliWh,
      low: 0,
      mid: milliWh,
      high: milliWh,
      offered: 0,
      rate: 0,
    }
    this.lots.set(key, lot)
    this.totals[kind].minted += milliWh
    this.totals[kind].active += milliWh
    if (kind !== TGEN) {
      asset.active += milliWh
      asset.lots.add(lot)
    }
    this.#tell('minted', lot, 0, milliWh, '', owner)
  }

  #burn(lot: Lot, milliWh: number, reason: number, account: number): void {
    check(lot.low + milliWh <= lot.mid, 'more is burned than is active')
    this.#tell('burned', lot, lot.low, milliWh, REASON[reason], account)
    lot.low += milliWh
    this.totals[lot.kind].active -= milliWh
    this.totals[lot.kind].burned[reason] += milliWh
    if (lot.kind !== TGEN) this.#asset(lot.asset, BATTERY).active -= milliWh
    this.#sweep(lot)
  }

  #sweep(lot: Lot): void {
    if (lot.low < lot.high) return
    this.lots.delete(lot.key)
    this.assets.get(lot.asset)?.lots.delete(lot)
  }

  #release(lot: Lot, milliWh: number): void {
    check(milliWh > 0 && lot.mid + milliWh <= lot.high, 'more is released than is set aside')
    this.#tell('released', lot, lot.mid, milliWh, '', lot.owner)
    lot.mid += milliWh
    const battery = this.#asset(lot.asset, BATTERY)
    battery.active += milliWh
    battery.aside -= milliWh
    this.totals[lot.kind].active += milliWh
    this.totals[lot.kind].aside -= milliWh
  }

  #one(operation: Decoded): void {
    const { op, n, t } = operation
    switch (op) {
      case 'register':
        return this.#register(n, t)
      case 'createAsset':
        return this.#createAsset(n, t)
      case 'mint':
        return this.#mint(n)
      case 'exchange': {
        const lot = this.#own(operation)
        check(n.milliWh <= lot.mid - lot.low - lot.offered, 'more is exchanged than is free')
        return this.#charge(lot, n.battery, n.milliWh, n.actor)
      }
      case 'offer': {
        const lot = this.#own(operation)
        check(n.milliWh > 0 && lot.offered === 0 && n.rate >= 0, 'the offer is not allowed')
        check(n.milliWh <= lot.mid - lot.low, 'more is offered than is active')
        check(
          n.minute === (lot.kind === TGEN ? lot.minute : this.#asset(lot.asset, BATTERY).minute),
          'the offer is for another interval',
        )
        lot.offered = n.milliWh
        lot.rate = n.rate
        return this.#tell('offered', lot, lot.low, n.milliWh, '', n.actor, n.rate)
      }
      case 'cancel': {
        const lot = this.#own(operation)
        check(lot.offered > 0, 'nothing is offered')
        lot.offered = 0
        return
      }
      case 'trade':
        return this.#trade(operation)
      case 'burn':
        return this.#use(operation)
      case 'setAside': {
        this.#acting(n.actor, OPERATOR)
        const lot = this.#lot(operation)
        check(
          lot.kind !== TGEN && n.milliWh > 0 && n.milliWh <= lot.mid - lot.low,
          'more is set aside than is active',
        )
        lot.mid -= n.milliWh
        lot.offered = Math.min(lot.offered, lot.mid - lot.low)
        const battery = this.#asset(lot.asset, BATTERY)
        battery.active -= n.milliWh
        battery.aside += n.milliWh
        this.totals[lot.kind].active -= n.milliWh
        this.totals[lot.kind].aside += n.milliWh
        return this.#tell('set aside', lot, lot.mid, n.milliWh, '', lot.owner)
      }
      case 'release': {
        this.#acting(n.actor, OPERATOR)
        const lot = this.#lot(operation)
        check(lot.kind !== TGEN, 'only storage is released')
        return this.#release(lot, n.milliWh)
      }
      case 'settle':
        return this.#settle(n)
      case 'setTariff':
        this.#acting(n.actor, OPERATOR, UTILITY)
        check(n.fee >= 0, 'the fee is negative')
        this.fee = n.fee
        return
      case 'reading':
        return this.#reading(n)
      case 'anchor':
        return this.#anchor(n)
      case 'setFactor':
        this.#acting(n.actor, ORACLE)
        check(n.factor >= 1 && n.factor <= 1_000_000, 'the factor is out of range')
        this.#asset(n.battery, BATTERY).factor = n.factor
        return
      case 'closeInterval':
        return this.#close(n)
      default:
        throw new Error(`no operation ${op}`)
    }
  }

  #register(n: Decoded['n'], t: Decoded['t']): void {
    const first = this.operator === 0
    if (first)
      check(
        n.account === n.actor && this.#client === n.actor && n.role === OPERATOR,
        'the first account is no operator',
      )
    else this.#acting(n.actor, OPERATOR)
    check(
      !this.accounts.has(n.account) && n.role >= 1 && n.role <= 5 && n.creditLimit >= 0,
      'the account is not allowed',
    )
    this.accounts.set(n.account, {
      id: n.account,
      role: n.role,
      agent: n.agent,
      balance: n.opening,
      credit: 0,
      limit: n.creditLimit,
      opening: n.opening,
      settled: -1,
      label: t.label,
    })
    if (n.agent !== n.account) this.#account(n.agent)
    if (first) this.operator = n.account
    this.opening += n.opening
  }

  #createAsset(n: Decoded['n'], t: Decoded['t']): void {
    this.#acting(n.actor, OPERATOR)
    const owner = this.#account(n.owner)
    check(!this.assets.has(n.asset) && n.kind >= 1 && n.kind <= 4, 'the asset is not allowed')
    if (n.kind === METER) check(n.site === n.asset, 'a meter is its own site')
    else this.#asset(n.site, METER)
    if (n.kind === SOLAR || n.kind === BATTERY)
      check(owner.role !== CONSUMER, 'a consumer owns no generation')
    if (n.kind === LOAD)
      check(owner.role === HOUSEHOLD || owner.role === CONSUMER, 'a load belongs to a home')
    this.assets.set(n.asset, {
      id: n.asset,
      kind: n.kind,
      owner: n.owner,
      site: n.site,
      interval: n.interval,
      nameplateW: n.nameplateW,
      energy: n.energy,
      deliverable: n.deliverable,
      standbyW: n.standbyW,
      factor: n.factor,
      minted: -1,
      label: t.label,
      location: t.location,
      closed: -1,
      unsettled: 0,
      solar: [],
      active: 0,
      aside: 0,
      charge: 0,
      discharge: 0,
      minute: -1,
      openCharge: 0,
      openDischarge: 0,
      unclaimed: 0,
      anchored: -1,
      pass: null,
      passes: [],
      passEnded: 0,
      lots: new Set(),
    })
    if (n.kind === SOLAR) this.#asset(n.site, METER).solar.push(n.asset)
  }

  #mint(n: Decoded['n']): void {
    this.#acting(n.actor, ORACLE)
    const asset = this.#asset(n.asset, SOLAR, BATTERY)
    check(
      n.milliWh > 0 && n.minute % asset.interval === 0 && n.minute > asset.minted,
      'the mint is not allowed',
    )
    if (asset.kind === BATTERY) {
      check(n.minute === asset.minute && n.milliWh <= asset.openCharge, 'a shadow lot without its charge')
      asset.minted = n.minute
      asset.openCharge -= n.milliWh
      this.#store(SHADOW, asset, n.minute, asset.id, 0, asset.owner, n.carbon, n.milliWh)
      return
    }
    check(n.minute > this.#asset(asset.site, METER).closed, 'the interval is closed')
    check(
      n.milliWh <= Math.floor((asset.nameplateW * asset.interval * 1100) / 60),
      'more than the nameplate allows',
    )
    asset.minted = n.minute
    this.#add(TGEN, asset, n.minute, 0, 0, asset.owner, n.carbon, n.milliWh)
  }

  #store(
    kind: number,
    battery: Asset,
    minute: number,
    source: number,
    from: number,
    owner: number,
    carbon: number,
    milliWh: number,
  ): number {
    const room = Math.max(0, battery.energy - battery.active - battery.aside)
    const tokens = Math.min(perMillion(milliWh, battery.factor, false), room)
    if (tokens > 0) this.#add(kind, battery, minute, source, from, owner, carbon, tokens)
    return tokens
  }

  #charge(lot: Lot, id: number, milliWh: number, owner: number): void {
    const battery = this.#asset(id, BATTERY)
    check(lot.kind === TGEN && milliWh > 0 && lot.minute === battery.minute, 'the exchange is not allowed')
    check(milliWh <= battery.openCharge, 'more is exchanged than was charged')
    battery.openCharge -= milliWh
    const tokens = this.#store(TSTORAGE, battery, lot.minute, lot.asset, lot.low, owner, lot.carbon, milliWh)
    if (tokens > 0) this.#burn(lot, tokens, 3, owner)
    if (tokens < milliWh) this.#burn(lot, milliWh - tokens, 4, owner)
  }

  #trade(operation: Decoded): void {
    const { n } = operation
    const buyer = this.#acting(n.actor)
    const lot = this.#lot(operation)
    check(lot.owner !== n.actor, 'a trade with oneself')
    check(n.milliWh > 0 && n.milliWh <= lot.offered && n.rate === lot.rate, 'not on offer')
    const price = perMillion(n.milliWh, n.rate, true)
    const fee = perMillion(n.milliWh, this.fee, true)
    check(price + fee <= buyer.balance + buyer.limit, 'beyond the credit limit')
    buyer.balance -= price + fee
    this.#account(lot.owner).credit += price
    this.#account(this.operator).credit += fee
    this.#tell('sold', lot, lot.low, n.milliWh, '', n.actor, price)
    lot.offered -= n.milliWh
    if (n.use === 2) return this.#charge(lot, n.target, n.milliWh, n.actor)
    check(n.use === 1, 'no such use')
    if (buyer.role !== UTILITY) check(this.#asset(n.target, LOAD).owner === n.actor, 'the load is of another')
    if (lot.kind !== TGEN) this.#deliver(lot, n.milliWh)
    this.#burn(lot, n.milliWh, 1, n.actor)
  }

  #deliver(lot: Lot, milliWh: number): void {
    const battery = this.#asset(lot.asset, BATTERY)
    check(milliWh <= battery.openDischarge, 'more is delivered than was discharged')
    battery.openDischarge -= milliWh
  }

  #use(operation: Decoded): void {
    const { n } = operation
    const lot = this.#own(operation)
    check(n.milliWh > 0, 'a burn of nothing')
    if (lot.kind === TGEN) {
      check(n.reason === 1 && n.minute === lot.minute, 'Tgen is consumed in its interval')
      check(n.milliWh <= lot.mid - lot.low - lot.offered, 'more is burned than is free')
      return this.#burn(lot, n.milliWh, 1, n.actor)
    }
    const battery = this.#asset(lot.asset, BATTERY)
    check(
      (n.reason === 1 || n.reason === 2) && n.minute === battery.minute,
      'storage is delivered in a metered interval',
    )
    const active = lot.mid - lot.low
    const aside = n.milliWh - active
    if (aside > 0) check(lot.offered === 0 && battery.active === active, 'active lots are delivered first')
    else check(n.milliWh <= active - lot.offered, 'more is delivered than is free')
    this.#deliver(lot, n.milliWh)
    if (aside > 0) this.#release(lot, aside)
    this.#burn(lot, n.milliWh, n.reason, n.actor)
  }

  #settle(n: Decoded['n']): void {
    const utility = this.#acting(n.actor, UTILITY)
    const account = this.#account(n.account)
    const site = this.#asset(n.site, METER)
    check(site.owner === n.account && n.minute > account.settled, 'settled twice, or the site of another')
    check(n.exported >= 0 && n.exported <= site.unsettled, 'more export is settled than there was')
    account.settled = n.minute
    site.unsettled -= n.exported
    account.balance += account.credit - n.amount
    account.credit = 0
    utility.credit += n.amount
    this.#tell('settled', null, 0, n.exported, '', n.account, n.amount)
  }

  #reading(n: Decoded['n']): void {
    this.#acting(n.actor, ORACLE)
    const battery = this.#asset(n.battery, BATTERY)
    check(n.minute % battery.interval === 0 && n.minute > battery.minute, 'the reading goes back')
    check(n.charge >= battery.charge && n.discharge >= battery.discharge, 'a register goes back')
    check(battery.openCharge === 0, 'charge is left that no lot took up')
    battery.unclaimed += battery.openDischarge
    battery.openCharge = n.charge - battery.charge
    battery.openDischarge = n.discharge - battery.discharge
    battery.charge = n.charge
    battery.discharge = n.discharge
    battery.minute = n.minute
  }

  #anchor(n: Decoded['n']): void {
    this.#acting(n.actor, ORACLE)
    const battery = this.#asset(n.battery, BATTERY)
    const stock = battery.active + battery.aside
    check(
      battery.minute >= 0 && n.minute === battery.minute + battery.interval && battery.openCharge === 0,
      'the anchor is stale',
    )
    check(stock === 0 || battery.openDischarge === 0, 'deliveries are missing before the anchor')
    check(n.minute > battery.anchored, 'anchored twice')
    battery.anchored = n.minute
    const refusalHigh = Math.ceil(battery.energy / 100)
    let high = refusalHigh
    if (n.kind === 2) {
      high = fullHigh(battery, n.minute)
      battery.pass = { minute: n.minute, charge: battery.charge, discharge: battery.discharge }
    } else {
      check(n.kind === 1, 'no such anchor')
      const { pass } = battery
      battery.pass = null
      if (pass !== null && battery.charge - pass.charge <= 100_000) {
        const standby = Math.ceil((battery.standbyW * (n.minute - pass.minute) * 1000) / 60)
        battery.passes.push(Math.ceil((battery.discharge - pass.discharge + standby + refusalHigh) / 1000))
        if (battery.passes.length > 32) battery.passes.shift()
        battery.passEnded = n.minute
      }
    }
    let loss = Math.min(battery.aside, Math.max(0, stock - high))
    for (const lot of battery.lots) {
      if (loss === 0) break
      const part = Math.min(loss, lot.high - lot.mid)
      if (part === 0) continue
      lot.high -= part
      battery.aside -= part
      loss -= part
      this.totals[lot.kind].aside -= part
      this.totals[lot.kind].burned[5] += part
      this.#tell('burned', lot, lot.high, part, REASON[5], lot.owner)
      this.#sweep(lot)
    }
  }

  #close(n: Decoded['n']): void {
    this.#acting(n.actor, ORACLE)
    const site = this.#asset(n.site, METER)
    check(n.minute % site.interval === 0 && n.minute > site.closed, 'the interval is closed')
    for (const id of site.solar) {
      const { minted } = this.#asset(id, SOLAR)
      if (minted <= site.closed || minted > n.minute) continue
      const lot = this.lots.get(keyOf(id, minted, 0, 0))
      if (lot === undefined) continue
      lot.offered = 0
      const left = lot.mid - lot.low
      site.unsettled += left
      this.#burn(lot, left, 2, lot.owner)
    }
    site.closed = n.minute
  }

  /** What does not add up at this point; empty when everything does. */
  imbalance(): string {
    for (const [kind, total] of this.totals.entries()) {
      const burned = total.burned.reduce((sum, part) => sum + part, 0)
      if (total.minted !== total.active + total.aside + burned) return `tokens of kind ${kind} do not add up`
    }
    let money = 0
    for (const { balance, credit } of this.accounts.values()) money += balance + credit
    return money === this.opening ? '' : `balances sum to ${money} µ$, not to the opening ${this.opening}`
  }

  /** The canonical state hash of the specification, hexadecimal. */
  stateHash(): string {
    const values: number[] = []
    for (const a of byId(this.accounts))
      values.push(a.id, a.role, a.agent, a.balance, a.credit, a.limit, a.opening, a.settled)
    values.push(0, this.fee, this.operator)
    for (const a of byId(this.assets)) {
      values.push(a.id, a.kind, a.owner, a.site, a.minted)
      if (a.kind === METER) values.push(a.closed, a.unsettled)
      if (a.kind === BATTERY) {
        values.push(
          a.factor,
          a.active,
          a.aside,
          a.charge,
          a.discharge,
          a.minute,
          a.openCharge,
          a.openDischarge,
          a.unclaimed,
          a.anchored,
        )
      }
    }
    values.push(0)
    const lots = [...this.lots.values()].toSorted(
      (a, b) => a.asset - b.asset || a.minute - b.minute || a.source - b.source || a.from - b.from,
    )
    for (const l of lots) {
      values.push(
        l.asset,
        l.minute,
        l.source,
        l.from,
        l.kind,
        l.owner,
        l.carbon,
        l.minted,
        l.low,
        l.mid,
        l.high,
        l.offered,
        l.rate,
      )
    }
    const bytes = Buffer.alloc(values.length * 8)
    values.forEach((value, at) => bytes.writeBigInt64LE(BigInt(value), at * 8))
    return createHash('sha256').update(bytes).digest('hex')
  }
}

const byId = <T extends { id: number }>(map: Map<number, T>): T[] =>
  [...map.values()].toSorted((a, b) => a.id - b.id)

/** Ê_full + u in whole milliwatt-hours, as the specification has it. */
function fullHigh(battery: Asset, minute: number): number {
  const { passes } = battery
  const age = Math.max(0, minute - (passes.length === 0 ? Math.max(0, battery.minute) : battery.passEnded))
  const drift = Math.ceil((100_000 * age) / YEAR)
  if (passes.length === 0) return Math.ceil((battery.deliverable * 106) / 100) + 50_000 + drift
  const mean = Math.ceil(passes.reduce((sum, pass) => sum + pass, 0) / passes.length)
  const squares = passes.reduce((sum, pass) => sum + (pass - mean) ** 2, 0)
  const variance = Math.ceil(squares / Math.max(1, passes.length - 1))
  let root = Math.floor(Math.sqrt(variance))
  while (root * root > variance) root--
  while ((root + 1) ** 2 <= variance) root++
  const faded = mean - Math.floor((mean * 24 * age) / (1000 * YEAR))
  return (faded + 3 * (root + 1)) * 1000 + 50_000 + drift
}
