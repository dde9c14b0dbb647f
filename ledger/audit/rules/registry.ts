import type { Book } from '../book.ts'
import { nextText, textAt } from '../journal/form.ts'
import {
  ACCOUNT_INTS,
  ACCOUNT_SUMS,
  AGENT,
  BALANCE,
  CONSUMER,
  CREDIT_LIMIT,
  HOUSEHOLD,
  OPENING,
  OPERATOR,
  ROLE,
} from '../tables/accounts.ts'
import {
  ASSET_INTS,
  ASSET_OWNER,
  ASSET_SUMS,
  BATTERY,
  DELIVERABLE,
  ENERGY,
  FACTOR_PPM,
  FIRST_SOLAR,
  INTERVAL,
  LAST_SOLAR,
  LOAD,
  METER,
  MOST_MINT,
  NAMEPLATE_W,
  NEXT_SOLAR,
  SITE,
  SITE_ROW,
  SOLAR,
  SOLARS,
  STANDBY_W,
} from '../tables/assets.ts'
import { acts, assetOf, ONLY_OPERATOR, ONLY_ORACLE, ONLY_UTILITY, refuse, whole } from './refusals.ts'

const MOST_MONEY = Math.floor(Number.MAX_SAFE_INTEGER / 1024)
const MOST_ENERGY = 1e12
const DAY = 1440

export function register(book: Book, w: Int32Array, at: number): void {
  const { accounts } = book
  const actor = w[at + 1]
  const number = w[at + 2]
  const role = w[at + 3]
  const agent = w[at + 4]
  const opening = whole(w, at + 5)
  const limit = whole(w, at + 7)
  if (Math.abs(opening) > MOST_MONEY || limit < 0 || limit > MOST_MONEY) {
    refuse('out-of-range', limit < 0 || limit > MOST_MONEY ? limit : opening, MOST_MONEY)
  }
  const first = book.operator === 0 && number === actor && actor === book.client && role === OPERATOR
  if (!first) acts(book, actor, ONLY_OPERATOR)
  if (accounts.find(number) >= 0) refuse('already-exists', number, 0)
  if (agent !== number && accounts.find(agent) < 0) refuse('unknown-account', agent, 0)
  const label = at + 9
  const row = accounts.create(number, textAt(w, label), textAt(w, nextText(w, label)))
  accounts.ints[row * ACCOUNT_INTS + ROLE] = role
  accounts.ints[row * ACCOUNT_INTS + AGENT] = agent
  accounts.sums[row * ACCOUNT_SUMS + BALANCE] = opening
  accounts.sums[row * ACCOUNT_SUMS + OPENING] = opening
  accounts.sums[row * ACCOUNT_SUMS + CREDIT_LIMIT] = limit
  if (book.operator === 0) book.operator = number
}

export function createAsset(book: Book, w: Int32Array, at: number): void {
  const { accounts, assets } = book
  const number = w[at + 2]
  const kind = w[at + 3]
  const owner = w[at + 4]
  const site = w[at + 5]
  const interval = w[at + 6]
  const energy = whole(w, at + 8)
  const deliverable = whole(w, at + 10)
  const factor = w[at + 13]
  acts(book, w[at + 1], ONLY_OPERATOR)
  if (assets.find(number) >= 0) refuse('already-exists', number, 0)
  const ownerRow = accounts.find(owner)
  if (ownerRow < 0) refuse('unknown-account', owner, 0)
  if (kind !== METER) assetOf(book, site, METER)
  else if (site !== number) refuse('unknown-asset', site, owner)
  if (interval < 1 || DAY % interval !== 0) refuse('bad-interval', interval, DAY)
  if (w[at + 7] < 0 || w[at + 12] < 0) refuse('out-of-range', Math.min(w[at + 7], w[at + 12]), 0)
  if (energy < 0 || energy > MOST_ENERGY || deliverable < 0 || deliverable > MOST_ENERGY) {
    refuse('out-of-range', Math.max(energy, deliverable), MOST_ENERGY)
  }
  if (kind === BATTERY && (factor < 1 || factor > 1_000_000)) refuse('out-of-range', factor, 1_000_000)
  const role = accounts.ints[ownerRow * ACCOUNT_INTS + ROLE]
  if ((kind === SOLAR || kind === BATTERY) && role === CONSUMER) refuse('wrong-role', owner, role)
  if (kind === LOAD && role !== HOUSEHOLD && role !== CONSUMER) refuse('wrong-role', owner, role)

  const location = at + 14
  const row = assets.create(number, kind, textAt(w, location), textAt(w, nextText(w, location)))
  const { ints, sums } = assets
  const i = row * ASSET_INTS
  const s = row * ASSET_SUMS
  const siteRow = assets.find(site)
  ints[i + ASSET_OWNER] = owner
  ints[i + SITE] = site
  ints[i + SITE_ROW] = siteRow
  ints[i + INTERVAL] = interval
  ints[i + NAMEPLATE_W] = w[at + 7]
  sums[s + MOST_MINT] = Math.floor((w[at + 7] * interval * 55) / 3)
  if (kind === BATTERY) {
    sums[s + ENERGY] = energy
    sums[s + DELIVERABLE] = deliverable
    ints[i + STANDBY_W] = w[at + 12]
    ints[i + FACTOR_PPM] = factor
  }
  if (kind === SOLAR) {
    const meter = siteRow * ASSET_INTS
    const last = ints[meter + LAST_SOLAR]
    if (last < 0) ints[meter + FIRST_SOLAR] = row
    else ints[last * ASSET_INTS + NEXT_SOLAR] = row
    ints[meter + LAST_SOLAR] = row
    ints[meter + SOLARS]++
  }
}

export function setTariff(book: Book, w: Int32Array, at: number): void {
  acts(book, w[at + 1], ONLY_OPERATOR | ONLY_UTILITY)
  if (w[at + 2] < 0) refuse('out-of-range', w[at + 2], 0)
  book.fee = w[at + 2]
}

export function setFactor(book: Book, w: Int32Array, at: number): void {
  acts(book, w[at + 1], ONLY_ORACLE)
  const battery = assetOf(book, w[at + 2], BATTERY)
  if (w[at + 3] < 1 || w[at + 3] > 1_000_000) refuse('out-of-range', w[at + 3], 1_000_000)
  book.assets.ints[battery * ASSET_INTS + FACTOR_PPM] = w[at + 3]
}
