import * as columns from './columns.ts'
import { passesAt } from './full-energy.ts'
import { BATTERY, METER, SOLAR } from './vocabulary.ts'
import type { LedgerView } from './view.ts'
import type { WordReader, WordWriter } from './word-stream.ts'

const { ACCOUNT, ACCOUNT_AGENT, ACCOUNT_BALANCE, ACCOUNT_CREDIT, ACCOUNT_LIMIT } = columns
const { ACCOUNT_OPENING, ACCOUNT_ROLE, ACCOUNT_SETTLED } = columns
const { ASSET, ASSET_INTERVAL, ASSET_KIND, ASSET_MINTED, ASSET_NAMEPLATE_W, ASSET_NEXT } = columns
const { ASSET_OWNER, ASSET_SITE, METER_CLOSED, METER_UNSETTLED } = columns
const { BATTERY_ACTIVE, BATTERY_ANCHORED, BATTERY_CHARGE, BATTERY_DELIVERABLE } = columns
const { BATTERY_DISCHARGE, BATTERY_ENERGY, BATTERY_FACTOR, BATTERY_MINUTE } = columns
const { BATTERY_OPEN_CHARGE, BATTERY_OPEN_DISCHARGE, BATTERY_SET_ASIDE, BATTERY_STANDBY_W } = columns
const { BATTERY_UNCLAIMED, PASS_CHARGE, PASS_COUNT, PASS_DISCHARGE, PASS_ENDED, PASS_MINUTE } = columns
const { LOT, LOT_FROM, LOT_HAS_OFFER, LOT_HIGH, LOT_KIND, LOT_LOW, LOT_MID, LOT_MINUTE } = columns
const { LOT_OWNER, LOT_SOURCE, PASSES_KEPT, PLATFORM_FEE, PLATFORM_OPERATOR } = columns
const { TERMS, TERMS_CARBON, TERMS_MINTED, TERMS_OFFERED, TERMS_OFFER_MINUTE, TERMS_RATE } = columns

/** A field of a row: where it stands, among the row's doubles or among its 32-bit words. */
type Place = readonly [as: 'double' | 'word', field: number]
const double = (field: number): Place => ['double', field]
const word = (field: number): Place => ['word', field]

/**
 * The canonical form of accounts and assets: what the state hash is taken over, what a snapshot
 * holds, and what Fabric keeps under a key. The order of the fields is part of the specification
 * (ledger/README.md). Versions are not in it.
 */
const ACCOUNT_FIELDS = [
  word(ACCOUNT_ROLE),
  word(ACCOUNT_AGENT),
  double(ACCOUNT_BALANCE),
  double(ACCOUNT_CREDIT),
  double(ACCOUNT_LIMIT),
  double(ACCOUNT_OPENING),
  word(ACCOUNT_SETTLED),
]
const ASSET_FIELDS = [
  word(ASSET_KIND),
  word(ASSET_OWNER),
  word(ASSET_SITE),
  word(ASSET_INTERVAL),
  word(ASSET_NAMEPLATE_W),
  word(ASSET_MINTED),
]
const BATTERY_FIELDS = [
  double(BATTERY_ENERGY),
  double(BATTERY_DELIVERABLE),
  word(BATTERY_STANDBY_W),
  word(BATTERY_FACTOR),
  double(BATTERY_ACTIVE),
  double(BATTERY_SET_ASIDE),
  double(BATTERY_CHARGE),
  double(BATTERY_DISCHARGE),
  word(BATTERY_MINUTE),
  double(BATTERY_OPEN_CHARGE),
  double(BATTERY_OPEN_DISCHARGE),
  double(BATTERY_UNCLAIMED),
  word(BATTERY_ANCHORED),
  word(PASS_MINUTE),
  double(PASS_CHARGE),
  double(PASS_DISCHARGE),
  word(PASS_COUNT),
  word(PASS_ENDED),
]
/** Of a lot: minute, source and from name it within its asset; then its kind, and the rest. */
const LOT_NAME = [word(LOT_MINUTE), word(LOT_SOURCE), double(LOT_FROM), word(LOT_KIND)]
const LOT_FIELDS = {
  owner: [word(LOT_OWNER)],
  made: [word(TERMS_CARBON), double(TERMS_MINTED)],
  marks: [double(LOT_LOW), double(LOT_MID), double(LOT_HIGH)],
  offer: [double(TERMS_OFFERED), word(TERMS_RATE), word(TERMS_OFFER_MINUTE)],
}

/** A row of a table, as its doubles and as its words. */
interface Row {
  readonly doubles: Float64Array
  readonly words: Int32Array
}
const rowAt = (doubles: Float64Array, words: Int32Array, place: number, width: number): Row => ({
  doubles: doubles.subarray(place, place + width),
  words: words.subarray(place * 2, (place + width) * 2),
})
const accountRow = ({ accounts, accountWords }: LedgerView, account: number): Row =>
  rowAt(accounts, accountWords, account * ACCOUNT, ACCOUNT)
const assetRow = ({ assets, assetWords }: LedgerView, asset: number): Row =>
  rowAt(assets, assetWords, asset * ASSET, ASSET)
const batteryRow = ({ batteries, batteryWords }: LedgerView, place: number): Row =>
  rowAt(batteries, batteryWords, place, columns.BATTERY_WIDTH)
const lotRow = ({ lots, lotWords }: LedgerView, lot: number): Row => rowAt(lots, lotWords, lot, LOT)
const termsRow = ({ terms, termWords }: LedgerView, lot: number): Row =>
  rowAt(terms, termWords, (lot / LOT) * TERMS, TERMS)

function write(out: WordWriter, { doubles, words }: Row, fields: readonly Place[]): void {
  for (const [as, field] of fields) out.i64(as === 'double' ? doubles[field] : words[field])
}
function read(from: WordReader, { doubles, words }: Row, fields: readonly Place[]): void {
  for (const [as, field] of fields) {
    if (as === 'double') doubles[field] = from.i64()
    else words[field] = from.i64()
  }
}

export function writeAccount(view: LedgerView, account: number, out: WordWriter): void {
  out.i64(account)
  write(out, accountRow(view, account), ACCOUNT_FIELDS)
  out.text(view.accountLabel[account])
  out.text(view.accountCredential[account])
}

/** Reads an account into a view that does not have it; returns its number. */
export function readAccount(view: LedgerView, from: WordReader): number {
  const account = from.i64()
  view.reserve(0, account, 0)
  read(from, accountRow(view, account), ACCOUNT_FIELDS)
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
  const kind = view.assetField(asset, ASSET_KIND)
  out.i64(asset)
  write(out, assetRow(view, asset), ASSET_FIELDS)
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
  read(from, assetRow(view, asset), ASSET_FIELDS)
  view.assetLocation[asset] = from.text()
  view.assetLabel[asset] = from.text()
  const kind = view.assetField(asset, ASSET_KIND)
  if (kind === METER) readMeter(view, asset, from)
  if (kind === BATTERY) readBattery(view, asset, from)
  if (kind === BATTERY || kind === SOLAR) readLots(view, asset, from)
  return asset
}

function writeMeter(view: LedgerView, meter: number, out: WordWriter): void {
  out.i64(view.assetField(meter, METER_CLOSED))
  out.i64(view.assetAmount(meter, METER_UNSETTLED))
  const solars = solarsOf(view, meter).toReversed()
  out.i64(solars.length)
  for (const solar of solars) out.i64(solar)
}

function readMeter(view: LedgerView, meter: number, from: WordReader): void {
  view.assetWords[meter * 2 * ASSET + METER_CLOSED] = from.i64()
  view.assets[meter * ASSET + METER_UNSETTLED] = from.i64()
  for (let left = from.i64(); left > 0; left--) {
    const solar = from.i64()
    view.reserve(0, 0, solar)
    view.assetWords[solar * 2 * ASSET + ASSET_NEXT] = view.assetField(meter, ASSET_NEXT)
    view.assetWords[meter * 2 * ASSET + ASSET_NEXT] = solar
  }
}

/** A meter's solar assets, newest first. */
export function solarsOf(view: LedgerView, meter: number): number[] {
  const solars: number[] = []
  for (
    let solar = view.assetField(meter, ASSET_NEXT);
    solar !== 0;
    solar = view.assetField(solar, ASSET_NEXT)
  ) {
    solars.push(solar)
  }
  return solars
}

function writeBattery(view: LedgerView, battery: number, out: WordWriter): void {
  write(out, batteryRow(view, view.batteryAt(battery)), BATTERY_FIELDS)
  const ever = view.batteryField(battery, PASS_COUNT)
  const first = passesAt(view, battery)
  for (let pass = Math.max(0, ever - PASSES_KEPT); pass < ever; pass++) {
    out.i64(view.passes[first + (pass % PASSES_KEPT)])
  }
}

function readBattery(view: LedgerView, battery: number, from: WordReader): void {
  read(from, batteryRow(view, view.addBattery(battery)), BATTERY_FIELDS)
  const ever = view.batteryField(battery, PASS_COUNT)
  const first = passesAt(view, battery)
  for (let pass = Math.max(0, ever - PASSES_KEPT); pass < ever; pass++) {
    view.passes[first + (pass % PASSES_KEPT)] = from.i64()
  }
}

function writeLots(view: LedgerView, asset: number, out: WordWriter): void {
  const lots = [...view.lotsOf(asset)]
  out.i64(lots.length)
  for (const lot of lots) {
    const [row, terms] = [lotRow(view, lot), termsRow(view, lot)]
    write(out, row, LOT_NAME)
    write(out, row, LOT_FIELDS.owner)
    write(out, terms, LOT_FIELDS.made)
    write(out, row, LOT_FIELDS.marks)
    write(out, terms, LOT_FIELDS.offer)
  }
}

function readLots(view: LedgerView, asset: number, from: WordReader): void {
  for (let left = from.i64(); left > 0; left--) {
    view.reserve(1, 0, 0)
    const [minute, source, first, kind] = [from.i64(), from.i64(), from.i64(), from.i64()]
    const lot = view.addLot(kind, asset, minute, source, first, 0, 0, 0)
    const [row, terms] = [lotRow(view, lot), termsRow(view, lot)]
    read(from, row, LOT_FIELDS.owner)
    read(from, terms, LOT_FIELDS.made)
    read(from, row, LOT_FIELDS.marks)
    read(from, terms, LOT_FIELDS.offer)
    row.words[LOT_HAS_OFFER] = 1
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
