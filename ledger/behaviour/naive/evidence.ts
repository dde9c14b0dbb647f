import {
  EXACT,
  MONEY,
  activeOf,
  acts,
  asideOf,
  assetNamed,
  big,
  ceilDiv,
  demand,
  sweep,
  type Asset,
  type NaiveState,
  type Named,
  useUp,
} from './state.ts'

export function reading(s: NaiveState, n: Named<'reading'>): void {
  acts(s, n.actor, 'oracle')
  const battery = assetNamed(s, n.battery, 'battery')
  demand(n.minute % battery.interval === 0, 'bad-interval')
  demand(
    n.minute > battery.minute && n.chargeMilliWh >= battery.charge && n.dischargeMilliWh >= battery.discharge,
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

export function anchor(s: NaiveState, n: Named<'anchor'>): void {
  acts(s, n.actor, 'oracle')
  const battery = assetNamed(s, n.battery, 'battery')
  const aside = asideOf(battery)
  const stock = activeOf(battery) + aside
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
  if (n.kind === 'refusal') endPass(battery, n.minute, high)
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
  sweep(battery)
}

export function endPass(battery: Asset, minute: number, refusalHigh: bigint): void {
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

export function close(s: NaiveState, n: Named<'closeInterval'>): void {
  acts(s, n.actor, 'oracle')
  const site = assetNamed(s, n.site, 'meter')
  demand(n.minute % site.interval === 0, 'bad-interval')
  demand(n.minute > site.closed, 'interval-closed')
  for (const id of site.solars) {
    const solar = s.assets.get(id) as Asset
    for (const lot of solar.lots.filter(({ minute }) => minute <= n.minute)) {
      site.unsettled += lot.mid - lot.low
      useUp(lot, lot.mid - lot.low)
    }
    sweep(solar)
  }
  site.closed = n.minute
}

export function settle(s: NaiveState, n: Named<'settle'>): void {
  const utility = acts(s, n.actor, 'utility')
  const account = s.accounts.get(n.account)
  demand(account !== undefined, 'unknown-account')
  const site = assetNamed(s, n.site, 'meter')
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
