import { MONEY, acts, assetNamed, demand, type NaiveState, type Named } from './state.ts'

const ROLES = new Set(['household', 'consumer', 'operator', 'utility', 'oracle'])

export function register(s: NaiveState, n: Named<'register'>): void {
  demand(n.account > 0 && n.account < 2 ** 20 && ROLES.has(n.role), 'malformed')
  demand(
    Math.abs(n.openingMicroUsd) <= MONEY && n.creditLimitMicroUsd >= 0 && n.creditLimitMicroUsd <= MONEY,
    'out-of-range',
  )
  const first = s.operator === 0 && n.account === n.actor && s.client === n.actor && n.role === 'operator'
  if (!first) acts(s, n.actor, 'operator')
  demand(!s.accounts.has(n.account), 'already-exists')
  demand(n.agent === n.account || s.accounts.has(n.agent), 'unknown-account')
  s.accounts.set(n.account, {
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
  if (first) s.operator = n.account
}

export function createAsset(s: NaiveState, n: Named<'createAsset'>): void {
  demand(n.asset > 0 && n.asset < 2 ** 20, 'malformed')
  acts(s, n.actor, 'operator')
  demand(!s.assets.has(n.asset), 'already-exists')
  const owner = s.accounts.get(n.owner)
  demand(owner !== undefined, 'unknown-account')
  if (n.kind === 'meter') demand(n.site === n.asset, 'unknown-asset')
  else assetNamed(s, n.site, 'meter')
  demand(n.intervalMinutes > 0 && 1440 % n.intervalMinutes === 0, 'bad-interval')
  demand(n.nameplateW >= 0 && n.standbyW >= 0, 'out-of-range')
  for (const energy of [n.energyMilliWh, n.deliverableMilliWh]) {
    demand(energy >= 0 && energy <= 1e12, 'out-of-range')
  }
  const battery = n.kind === 'battery'
  if (battery) demand(n.factorPpm >= 1 && n.factorPpm <= 1_000_000, 'out-of-range')
  if (battery || n.kind === 'solar') demand(owner.role !== 'consumer', 'wrong-role')
  if (n.kind === 'load') demand(['household', 'consumer'].includes(owner.role), 'wrong-role')
  s.assets.set(n.asset, {
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
  if (n.kind === 'solar') s.assets.get(n.site)?.solars.push(n.asset)
}
