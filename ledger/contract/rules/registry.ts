import { OPENED } from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import { type LedgerView, validId } from '../view.ts'
import {
  ASSET_KINDS,
  BATTERY,
  CONSUMER,
  HOUSEHOLD,
  LOAD,
  METER,
  OPERATOR,
  ROLES,
  SOLAR,
} from '../vocabulary.ts'
import { readI64, readText, textWords } from '../words.ts'

const MONEY_LIMIT = Number.MAX_SAFE_INTEGER / 1024

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
  if (!validId(account) || role < 1 || role > ROLES.length)
    return view.refuse('malformed', `account ${account}`, role)
  if (Math.abs(opening) > MONEY_LIMIT || limit < 0 || limit > MONEY_LIMIT) {
    return view.refuse('out-of-range', `account ${account}`, opening, MONEY_LIMIT)
  }
  const first = view.platform[1] === 0 && account === actor && view.client === actor && role === OPERATOR
  if (!first) {
    if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
    if (view.accountRole[actor] !== OPERATOR) return view.refuse('wrong-role', `account ${actor}`)
  }
  if (view.accountRole[account] !== 0) return view.refuse('already-exists', `account ${account}`)
  if (agent !== account && !view.accountExists(agent))
    return view.refuse('unknown-account', `account ${agent}`)
  const labelAt = at + 8
  const credentialAt = labelAt + textWords(words[labelAt])
  view.accountLabel[account] = readText(words, labelAt)
  view.accountCredential[account] = readText(words, credentialAt)
  view.put(view.accountRole, account, role)
  view.put(view.accountAgent, account, agent)
  view.put(view.accountBalance, account, opening)
  view.put(view.accountCredit, account, 0)
  view.put(view.accountLimit, account, limit)
  view.put(view.accountOpening, account, opening)
  view.put(view.accountSettled, account, -1)
  if (first) view.put(view.platform, 1, account)
  view.events.money(OPENED, 0, account, opening)
  return null
}

/**
 * `createAsset`: an operator enters a meter, a load, a solar plant or a battery. A meter names
 * itself as its site; the others name a meter.
 */
export function createAsset(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const actor = words[at]
  const asset = words[at + 1]
  const kind = words[at + 2]
  const owner = words[at + 3]
  const site = words[at + 4]
  const interval = words[at + 5]
  const nameplateW = words[at + 6]
  const energy = readI64(words, at + 7)
  const deliverable = readI64(words, at + 9)
  const standbyW = words[at + 11]
  const factor = words[at + 12]
  const subject = `asset ${asset}`
  if (!validId(asset) || kind < 1 || kind > ASSET_KINDS.length) return view.refuse('malformed', subject, kind)
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  if (view.accountRole[actor] !== OPERATOR) return view.refuse('wrong-role', `account ${actor}`)
  if (view.assetKind[asset] !== 0) return view.refuse('already-exists', subject)
  if (!view.accountExists(owner)) return view.refuse('unknown-account', `account ${owner}`)
  if (kind === METER ? site !== asset : !view.assetIs(site, METER))
    return view.refuse('unknown-asset', `asset ${site}`)
  if (interval < 1 || interval > 1440 || 1440 % interval !== 0)
    return view.refuse('bad-interval', subject, interval)
  if (
    nameplateW < 0 ||
    energy < 0 ||
    energy > 1e12 ||
    deliverable < 0 ||
    deliverable > 1e12 ||
    standbyW < 0
  ) {
    return view.refuse('out-of-range', subject, energy)
  }
  if (kind === BATTERY && (factor < 1 || factor > 1_000_000))
    return view.refuse('out-of-range', subject, factor)
  if (kind === SOLAR || kind === BATTERY) {
    const role = view.accountRole[owner]
    if (role === CONSUMER) return view.refuse('wrong-role', `account ${owner}`)
  }
  if (kind === LOAD && view.accountRole[owner] !== HOUSEHOLD && view.accountRole[owner] !== CONSUMER) {
    return view.refuse('wrong-role', `account ${owner}`)
  }
  const locationAt = at + 13
  const labelAt = locationAt + textWords(words[locationAt])
  view.assetLocation[asset] = readText(words, locationAt)
  view.assetLabel[asset] = readText(words, labelAt)
  view.put(view.assetKind, asset, kind)
  view.put(view.assetOwner, asset, owner)
  view.put(view.assetSite, asset, site)
  view.put(view.assetInterval, asset, interval)
  view.put(view.assetNameplateW, asset, nameplateW)
  view.put(view.assetMinted, asset, -1)
  view.put(view.siteClosed, asset, -1)
  if (kind === SOLAR) {
    view.put(view.assetNext, asset, view.assetNext[site])
    view.put(view.assetNext, site, asset)
  }
  if (kind === BATTERY) {
    view.put(view.batteryEnergy, asset, energy)
    view.put(view.batteryDeliverable, asset, deliverable)
    view.put(view.batteryStandbyW, asset, standbyW)
    view.put(view.batteryFactor, asset, factor)
    view.put(view.batteryMinute, asset, -1)
    view.put(view.batteryAnchored, asset, -1)
    view.put(view.passMinute, asset, -1)
  }
  return null
}
