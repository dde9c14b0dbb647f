import * as columns from '../columns.ts'
import * as events from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
import * as lotRules from './lots.ts'
const { readI64, readText, textWords } = encoding
const { acts } = lotRules
const {
  ACCOUNT,
  ACCOUNT_AGENT,
  ACCOUNT_BALANCE,
  ACCOUNT_LIMIT,
  ACCOUNT_OPENING,
  ACCOUNT_ROLE,
  ACCOUNT_SETTLED,
  ASSET_SHIFT,
  ASSET_INTERVAL,
  ASSET_KIND,
  ASSET_MINTED,
  ASSET_NAMEPLATE_W,
  ASSET_NEXT,
  ASSET_OWNER,
  ASSET_SITE,
  BATTERY_ANCHORED,
  BATTERY_DELIVERABLE,
  BATTERY_ENERGY,
  BATTERY_FACTOR,
  BATTERY_MINUTE,
  BATTERY_STANDBY_W,
  METER_CLOSED,
  PASS_MINUTE,
  PLATFORM_OPERATOR,
} = columns
const { OPENED } = events
const {
  ASSET_KINDS,
  BATTERY,
  CONSUMER,
  ENERGY_LIMIT,
  HOUSEHOLD,
  LOAD,
  METER,
  MONEY_LIMIT,
  OPERATOR,
  ROLES,
  SOLAR,
} = vocabulary

/**
 * `register`: an operator opens an account; the first account of a ledger is an operator that
 * registers itself. The opening balance is the only money that ever comes in.
 */
export function register(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const actor = words[at]
  const account = words[at + 1]
  const role = words[at + 2]
  const agent = words[at + 3]
  const opening = readI64(words, at + 4)
  const limit = readI64(words, at + 6)
  // That the number itself is one, `malformedAt` has checked.
  if (role < 1 || role > ROLES.length) return view.refuse('malformed', 'account', account, role)
  if (Math.abs(opening) > MONEY_LIMIT || limit < 0 || limit > MONEY_LIMIT) {
    return view.refuse('out-of-range', 'account', account, opening, MONEY_LIMIT)
  }
  const first =
    view.platform[PLATFORM_OPERATOR] === 0 && account === actor && view.client === actor && role === OPERATOR
  if (!first) {
    const refused = acts(view, actor, OPERATOR)
    if (refused !== null) return refused
  }
  if (view.accountExists(account)) return view.refuse('already-exists', 'account', account)
  if (agent !== account && !view.accountExists(agent)) return view.refuse('unknown-account', 'account', agent)
  const labelAt = at + 8
  view.accountLabel[account] = readText(words, labelAt)
  view.accountCredential[account] = readText(words, labelAt + textWords(words[labelAt]))
  const place = account * ACCOUNT
  view.touchAccount(account)
  view.keepWholeAccount(account)
  view.accountWords[(place << 1) + ACCOUNT_ROLE] = role
  view.accountWords[(place << 1) + ACCOUNT_AGENT] = agent
  view.accounts[place + ACCOUNT_BALANCE] = opening
  view.accounts[place + ACCOUNT_LIMIT] = limit
  view.accounts[place + ACCOUNT_OPENING] = opening
  view.accountWords[(place << 1) + ACCOUNT_SETTLED] = -1
  if (first) view.putPlatform(PLATFORM_OPERATOR, account)
  view.events.money(OPENED, 0, account, opening)
  return null
}

/**
 * `createAsset`: an operator enters a meter, a load, a solar plant or a battery. A meter names
 * itself as its site; the others name a meter.
 */
export function createAsset(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const asset = words[at + 1]
  const kind = words[at + 2]
  const owner = words[at + 3]
  const site = words[at + 4]
  const interval = words[at + 5]
  const energy = readI64(words, at + 7)
  const deliverable = readI64(words, at + 9)
  const factor = words[at + 12]
  if (kind < 1 || kind > ASSET_KINDS.length) {
    return view.refuse('malformed', 'asset', asset, kind)
  }
  const refused = acts(view, words[at], OPERATOR)
  if (refused !== null) return refused
  if (view.assetField(asset, ASSET_KIND) !== 0) return view.refuse('already-exists', 'asset', asset)
  if (!view.accountExists(owner)) return view.refuse('unknown-account', 'account', owner)
  if (kind === METER ? site !== asset : !view.assetIs(site, METER)) {
    return view.refuse('unknown-asset', 'asset', site)
  }
  if (interval < 1 || 1440 % interval !== 0) {
    return view.refuse('bad-interval', 'asset', asset, interval)
  }
  const nameplateW = words[at + 6]
  const standbyW = words[at + 11]
  if (nameplateW < 0 || standbyW < 0) return view.refuse('out-of-range', 'asset', asset, nameplateW)
  if (energy < 0 || energy > ENERGY_LIMIT || deliverable < 0 || deliverable > ENERGY_LIMIT) {
    return view.refuse('out-of-range', 'asset', asset, energy, ENERGY_LIMIT)
  }
  if (kind === BATTERY && (factor < 1 || factor > 1_000_000)) {
    return view.refuse('out-of-range', 'asset', asset, factor, 1_000_000)
  }
  const role = view.accountField(owner, ACCOUNT_ROLE)
  const generates = kind === SOLAR || kind === BATTERY
  if ((generates && role === CONSUMER) || (kind === LOAD && role !== HOUSEHOLD && role !== CONSUMER)) {
    return view.refuse('wrong-role', 'account', owner, kind, role)
  }
  const locationAt = at + 13
  view.assetLocation[asset] = readText(words, locationAt)
  view.assetLabel[asset] = readText(words, locationAt + textWords(words[locationAt]))
  view.touchAsset(asset)
  view.keepWholeAsset(asset)
  const { assetWords } = view
  const its = asset << ASSET_SHIFT
  assetWords[its + ASSET_KIND] = kind
  assetWords[its + ASSET_OWNER] = owner
  assetWords[its + ASSET_SITE] = site
  assetWords[its + ASSET_INTERVAL] = interval
  assetWords[its + ASSET_NAMEPLATE_W] = nameplateW
  assetWords[its + ASSET_MINTED] = -1
  if (kind === METER) assetWords[its + METER_CLOSED] = -1
  if (kind === SOLAR) {
    assetWords[its + ASSET_NEXT] = view.assetField(site, ASSET_NEXT)
    view.touchAsset(site)
    view.keepWholeAsset(site)
    assetWords[(site << ASSET_SHIFT) + ASSET_NEXT] = asset
  }
  if (kind === BATTERY) {
    const { batteries, batteryWords } = view
    const place = view.addBattery(asset)
    batteries[place + BATTERY_ENERGY] = energy
    batteries[place + BATTERY_DELIVERABLE] = deliverable
    batteryWords[(place << 1) + BATTERY_STANDBY_W] = standbyW
    batteryWords[(place << 1) + BATTERY_FACTOR] = factor
    batteryWords[(place << 1) + BATTERY_MINUTE] = -1
    batteryWords[(place << 1) + BATTERY_ANCHORED] = -1
    batteryWords[(place << 1) + PASS_MINUTE] = -1
  }
  return null
}
