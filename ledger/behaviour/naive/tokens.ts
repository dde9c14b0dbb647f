import {
  activeOf,
  acts,
  asideOf,
  assetNamed,
  big,
  ceilDiv,
  demand,
  freeOf,
  issuer,
  lotNamed,
  openOffer,
  owns,
  sweep,
  tidy,
  type Account,
  type Asset,
  type Lot,
  type NaiveState,
  type Named,
  useUp,
} from './state.ts'

export function mint(s: NaiveState, n: Named<'mint'>): void {
  acts(s, n.actor, 'oracle')
  demand(n.milliWh > 0, 'zero-quantity')
  demand(n.carbonMilligramPerKwh >= 0, 'out-of-range')
  const asset = assetNamed(s, n.asset, 'solar', 'battery')
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
    store(asset, n.milliWh, { ...provenance, kind: 'shadow', source: n.asset, from: 0 })
  } else {
    demand(n.minute > (s.assets.get(asset.site) as Asset).closed, 'interval-closed')
    const most = (big(asset.nameplateW) * big(asset.interval) * 55n) / 3n
    demand(big(n.milliWh) <= most, 'exceeds-nameplate')
    mintLot(asset, { ...provenance, kind: 'tgen', source: 0, from: 0, minted: n.milliWh })
  }
  asset.minted = n.minute
}

function mintLot(
  asset: Asset,
  lot: Omit<Lot, 'low' | 'mid' | 'high' | 'offered' | 'rate' | 'offerMinute'>,
): void {
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

function store(
  battery: Asset,
  milliWh: number,
  lot: Omit<Lot, 'minted' | 'low' | 'mid' | 'high' | 'offered' | 'rate' | 'offerMinute'>,
): number {
  const room = Math.max(0, battery.energy - activeOf(battery) - asideOf(battery))
  const worth = Number((big(milliWh) * big(battery.factor)) / 1_000_000n)
  const tokens = Math.min(worth, room)
  if (tokens > 0) mintLot(battery, { ...lot, minted: tokens })
  return tokens
}

export function charge(s: NaiveState, lot: Lot, id: number, milliWh: number, owner: number): void {
  demand(milliWh > 0, 'zero-quantity')
  demand(lot.kind === 'tgen', 'unknown-lot')
  const battery = assetNamed(s, id, 'battery')
  demand(lot.minute === battery.minute, 'bad-interval')
  demand(milliWh <= battery.openCharge, 'exceeds-charge')
  battery.openCharge -= milliWh
  store(battery, milliWh, {
    kind: 'tstorage',
    asset: id,
    minute: lot.minute,
    source: lot.asset,
    from: lot.low,
    owner,
    carbon: lot.carbon,
  })
  useUp(lot, milliWh)
  sweep(issuer(s, lot))
}

export function offer(s: NaiveState, n: Named<'offer'>): void {
  const lot = lotNamed(s, n)
  owns(s, n.actor, lot)
  demand(lot.kind !== 'shadow', 'never-offered')
  demand(n.milliWh > 0, 'zero-quantity')
  demand(n.rateMicroUsdPerKwh >= 0, 'out-of-range')
  demand(openOffer(s, lot) === 0, 'already-offered')
  demand(n.milliWh <= lot.mid - lot.low, 'exceeds-lot')
  const battery = issuer(s, lot)
  if (lot.kind === 'tgen') demand(n.minute === lot.minute, 'bad-interval')
  else demand(n.minute >= battery.minute && n.minute % battery.interval === 0, 'bad-interval')
  lot.offered = n.milliWh
  lot.rate = n.rateMicroUsdPerKwh
  lot.offerMinute = n.minute
}

export function trade(s: NaiveState, n: Named<'trade'>): void {
  const lot = lotNamed(s, n)
  const buyer = acts(s, n.actor)
  demand(lot.owner !== n.actor, 'own-offer')
  demand(n.milliWh > 0, 'zero-quantity')
  const due = lot.kind === 'tgen' || issuer(s, lot).minute === lot.offerMinute
  demand(openOffer(s, lot) > 0 && lot.rate === n.rateMicroUsdPerKwh && due, 'no-offer')
  demand(n.milliWh <= lot.offered, 'exceeds-lot')
  const price = ceilDiv(big(n.milliWh) * big(lot.rate), 1_000_000n)
  const fee = ceilDiv(big(n.milliWh) * big(s.fee), 1_000_000n)
  demand(price + fee <= big(buyer.balance) + big(buyer.limit), 'credit-limit')
  buyer.balance -= Number(price + fee)
  const seller = s.accounts.get(lot.owner) as Account
  seller.credit += Number(price)
  const operator = s.accounts.get(s.operator) as Account
  operator.credit += Number(fee)
  lot.offered -= n.milliWh
  if (n.use === 'exchanged') return charge(s, lot, n.target, n.milliWh, n.actor)
  if (buyer.role !== 'utility') demand(assetNamed(s, n.target, 'load').owner === n.actor, 'unknown-asset')
  if (lot.kind !== 'tgen') deliver(s, lot, n.milliWh)
  useUp(lot, n.milliWh)
  sweep(issuer(s, lot))
}

function deliver(s: NaiveState, lot: Lot, milliWh: number): void {
  const battery = issuer(s, lot)
  demand(milliWh <= battery.openDischarge, 'exceeds-discharge')
  battery.openDischarge -= milliWh
}

export function burn(s: NaiveState, n: Named<'burn'>): void {
  const lot = lotNamed(s, n)
  owns(s, n.actor, lot)
  demand(n.milliWh > 0, 'zero-quantity')
  const asset = issuer(s, lot)
  if (lot.kind === 'tgen') {
    demand(n.reason === 'consumed', 'malformed')
    demand(n.minute === lot.minute, 'bad-interval')
    demand(n.milliWh <= freeOf(s, lot), 'exceeds-lot')
  } else {
    demand(n.reason === 'consumed' || n.reason === 'exported', 'malformed')
    demand(n.minute === asset.minute, 'bad-interval')
    const active = lot.mid - lot.low
    if (n.milliWh <= active) demand(n.milliWh <= freeOf(s, lot), 'exceeds-lot')
    else {
      demand(n.milliWh <= lot.high - lot.low && openOffer(s, lot) === 0, 'exceeds-lot')
      demand(activeOf(asset) === active, 'active-first')
    }
    deliver(s, lot, n.milliWh)
    lot.mid = Math.max(lot.mid, lot.low + n.milliWh)
    if (n.reason === 'exported' && lot.kind === 'tstorage') {
      const site = s.assets.get(asset.site) as Asset
      site.unsettled += n.milliWh
    }
  }
  useUp(lot, n.milliWh)
  sweep(asset)
}

export function move(s: NaiveState, n: Named<'setAside' | 'release'>): void {
  acts(s, n.actor, 'operator')
  const lot = lotNamed(s, n)
  demand(lot.kind !== 'tgen', 'unknown-lot')
  demand(n.milliWh > 0, 'zero-quantity')
  if (n.op === 'setAside') {
    demand(n.milliWh <= lot.mid - lot.low, 'exceeds-lot')
    lot.mid -= n.milliWh
    tidy(lot)
  } else {
    demand(n.milliWh <= lot.high - lot.mid, 'exceeds-set-aside')
    lot.mid += n.milliWh
  }
}
