import {
  ACCOUNT,
  ACCOUNT_AGENT,
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  ACCOUNT_LIMIT,
  ACCOUNT_OPENING,
  ACCOUNT_ROLE,
  ACCOUNT_SETTLED,
  ASSET,
  ASSET_INTERVAL,
  ASSET_KIND,
  ASSET_MINTED,
  ASSET_NAMEPLATE_W,
  ASSET_NEXT,
  ASSET_OWNER,
  ASSET_SITE,
  BATTERY_ACTIVE,
  BATTERY_ANCHORED,
  BATTERY_CHARGE,
  BATTERY_DELIVERABLE,
  BATTERY_DISCHARGE,
  BATTERY_ENERGY,
  BATTERY_FACTOR,
  BATTERY_MINUTE,
  BATTERY_OPEN_CHARGE,
  BATTERY_OPEN_DISCHARGE,
  BATTERY_SET_ASIDE,
  BATTERY_STANDBY_W,
  BATTERY_UNCLAIMED,
  LOT_CARBON,
  LOT_FROM,
  LOT_HIGH,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  LOT_MINTED,
  LOT_MINUTE,
  LOT_OFFER_MINUTE,
  LOT_OFFERED,
  LOT_OWNER,
  LOT_RATE,
  LOT_SOURCE,
  METER_CLOSED,
  METER_UNSETTLED,
  PASS_COUNT,
  PASS_ENDED,
  PASS_MINUTE,
  PASS_ROW,
  PASSES_KEPT,
  PLATFORM_FEE,
  PLATFORM_OPERATOR,
} from './columns.ts'
import { BATTERY, METER, SOLAR } from './vocabulary.ts'
import type { LedgerView } from './view.ts'
import type { WordReader, WordWriter } from './word-stream.ts'

/**
 * The canonical form of accounts and assets: what the state hash is taken over, what a snapshot
 * holds, and what Fabric keeps under a key. The order of the fields is part of the specification
 * (ledger/README.md). Versions are not in it.
 */
const ACCOUNT_FIELDS = [
  ACCOUNT_ROLE,
  ACCOUNT_AGENT,
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  ACCOUNT_LIMIT,
  ACCOUNT_OPENING,
  ACCOUNT_SETTLED,
] as const
const ASSET_FIELDS = [
  ASSET_KIND,
  ASSET_OWNER,
  ASSET_SITE,
  ASSET_INTERVAL,
  ASSET_NAMEPLATE_W,
  ASSET_MINTED,
] as const
const BATTERY_FIELDS = [
  BATTERY_ENERGY,
  BATTERY_DELIVERABLE,
  BATTERY_STANDBY_W,
  BATTERY_FACTOR,
  BATTERY_ACTIVE,
  BATTERY_SET_ASIDE,
  BATTERY_CHARGE,
  BATTERY_DISCHARGE,
  BATTERY_MINUTE,
  BATTERY_OPEN_CHARGE,
  BATTERY_OPEN_DISCHARGE,
  BATTERY_UNCLAIMED,
  BATTERY_ANCHORED,
] as const
/** Of a lot, after minute, source and from, which name it within its asset; its kind comes first. */
const LOT_FIELDS = [
  LOT_KIND,
  LOT_OWNER,
  LOT_CARBON,
  LOT_MINTED,
  LOT_LOW,
  LOT_MID,
  LOT_HIGH,
  LOT_OFFERED,
  LOT_RATE,
  LOT_OFFER_MINUTE,
] as const

export function writeAccount(view: LedgerView, account: number, out: WordWriter): void {
  out.i64(account)
  for (const field of ACCOUNT_FIELDS) out.i64(view.account(account, field))
  out.text(view.accountLabel[account])
  out.text(view.accountCredential[account])
}

/** Reads an account into a view that does not have it; returns its number. */
export function readAccount(view: LedgerView, from: WordReader): number {
  const account = from.i64()
  view.reserve(0, account, 0)
  for (const field of ACCOUNT_FIELDS) view.accounts[account * ACCOUNT + field] = from.i64()
  view.accountLabel[account] = from.text()
  view.accountCredential[account] = from.text()
  return account
}

export function writePlatform(view: LedgerView, out: WordWriter): void {
  out.i64(view.platform[PLATFORM_FEE])
  out.i64(view.platform[PLATFORM_OPERATOR])
}

export function readPlatform(view: LedgerView, from: WordReader): void {
  view.platform[PLATFORM_FEE] = from.i64()
  view.platform[PLATFORM_OPERATOR] = from.i64()
}

/** An asset with its living lots. */
export function writeAsset(view: LedgerView, asset: number, out: WordWriter): void {
  const kind = view.asset(asset, ASSET_KIND)
  out.i64(asset)
  for (const field of ASSET_FIELDS) out.i64(view.asset(asset, field))
  out.text(view.assetLocation[asset])
  out.text(view.assetLabel[asset])
  if (kind === METER) writeMeter(view, asset, out)
  if (kind === BATTERY) writeBattery(view, asset, out)
  if (kind === BATTERY || kind === SOLAR) writeLots(view, asset, out)
}

/** Reads an asset into a view that does not have it; returns its number. */
export function readAsset(view: LedgerView, from: WordReader): number {
  const asset = from.i64()
  view.reserve(1, 0, asset)
  for (const field of ASSET_FIELDS) view.assets[asset * ASSET + field] = from.i64()
  view.assetLocation[asset] = from.text()
  view.assetLabel[asset] = from.text()
  const kind = view.asset(asset, ASSET_KIND)
  if (kind === METER) readMeter(view, asset, from)
  if (kind === BATTERY) readBattery(view, asset, from)
  if (kind === BATTERY || kind === SOLAR) readLots(view, asset, from)
  return asset
}

function writeMeter(view: LedgerView, meter: number, out: WordWriter): void {
  out.i64(view.asset(meter, METER_CLOSED))
  out.i64(view.asset(meter, METER_UNSETTLED))
  const solars = solarsOf(view, meter).toReversed()
  out.i64(solars.length)
  for (const solar of solars) out.i64(solar)
}

function readMeter(view: LedgerView, meter: number, from: WordReader): void {
  view.assets[meter * ASSET + METER_CLOSED] = from.i64()
  view.assets[meter * ASSET + METER_UNSETTLED] = from.i64()
  for (let left = from.i64(); left > 0; left--) {
    const solar = from.i64()
    view.reserve(0, 0, solar)
    view.assets[solar * ASSET + ASSET_NEXT] = view.asset(meter, ASSET_NEXT)
    view.assets[meter * ASSET + ASSET_NEXT] = solar
  }
}

/** A meter's solar assets, newest first. */
export function solarsOf(view: LedgerView, meter: number): number[] {
  const solars: number[] = []
  for (let solar = view.asset(meter, ASSET_NEXT); solar !== 0; solar = view.asset(solar, ASSET_NEXT)) {
    solars.push(solar)
  }
  return solars
}

function writeBattery(view: LedgerView, battery: number, out: WordWriter): void {
  for (const field of BATTERY_FIELDS) out.i64(view.asset(battery, field))
  for (let field = PASS_MINUTE; field <= PASS_ENDED; field++) out.i64(view.asset(battery, field))
  const ever = view.asset(battery, PASS_COUNT)
  const first = view.asset(battery, PASS_ROW) * PASSES_KEPT
  for (let pass = Math.max(0, ever - PASSES_KEPT); pass < ever; pass++) {
    out.i64(view.passes[first + (pass % PASSES_KEPT)])
  }
}

function readBattery(view: LedgerView, battery: number, from: WordReader): void {
  const place = battery * ASSET
  for (const field of BATTERY_FIELDS) view.assets[place + field] = from.i64()
  for (let field = PASS_MINUTE; field <= PASS_ENDED; field++) view.assets[place + field] = from.i64()
  const ever = view.asset(battery, PASS_COUNT)
  const row = view.addPassRow()
  view.assets[place + PASS_ROW] = row
  for (let pass = Math.max(0, ever - PASSES_KEPT); pass < ever; pass++) {
    view.passes[row * PASSES_KEPT + (pass % PASSES_KEPT)] = from.i64()
  }
}

function writeLots(view: LedgerView, asset: number, out: WordWriter): void {
  const lots = [...view.lotsOf(asset)]
  out.i64(lots.length)
  for (const lot of lots) {
    for (const field of [LOT_MINUTE, LOT_SOURCE, LOT_FROM]) out.i64(view.lots[lot + field])
    for (const field of LOT_FIELDS) out.i64(view.lots[lot + field])
  }
}

function readLots(view: LedgerView, asset: number, from: WordReader): void {
  for (let left = from.i64(); left > 0; left--) {
    view.reserve(1, 0, 0)
    const [minute, source, first, kind] = [from.i64(), from.i64(), from.i64(), from.i64()]
    const lot = view.addLot(kind, asset, minute, source, first, 0, 0, 0)
    for (const field of LOT_FIELDS.slice(1)) view.lots[lot + field] = from.i64()
  }
}

/** The whole state in its canonical form. */
export function writeState(view: LedgerView, out: WordWriter): void {
  for (const account of view.accountNumbers()) writeAccount(view, account, out)
  out.i64(0)
  writePlatform(view, out)
  for (const asset of view.assetNumbers()) writeAsset(view, asset, out)
}

/** What `writeState` wrote, into an empty view. */
export function readState(view: LedgerView, from: WordReader): void {
  while (from.peekI64() !== 0) readAccount(view, from)
  from.i64()
  readPlatform(view, from)
  while (!from.ended) readAsset(view, from)
  view.commit()
}
