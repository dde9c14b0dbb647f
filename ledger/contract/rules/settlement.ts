import * as columns from '../columns.ts'
import * as events from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import * as vocabulary from '../vocabulary.ts'
import * as encoding from '../words.ts'
import * as lotRules from './lots.ts'
const { readI64 } = encoding
const { acts, ownerOf, useActive, intervalOf } = lotRules
const {
  ACCOUNT,
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  ACCOUNT_SETTLED,
  ASSET,
  ASSET_SHIFT,
  ASSET_FIRST_LOT,
  ASSET_NEXT,
  ASSET_OWNER,
  LOT,
  LOT_LOW,
  LOT_MID,
  LOT_MINUTE,
  LOT_NEXT,
  METER_CLOSED,
  METER_UNSETTLED,
  PLATFORM_FEE,
} = columns
const { SETTLED } = events
const { EXACT, EXPORTED, METER, MONEY_LIMIT, OPERATOR, ORACLE, UTILITY } = vocabulary

/**
 * `closeInterval`: all registers of a site are read up to this interval. What is left of its Tgen is
 * burned `exported`, offers and all, and waits to be settled with the utility.
 */
export function closeInterval(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const site = words[at + 1]
  const minute = words[at + 2]
  const refused = acts(view, words[at], ORACLE)
  if (refused !== null) return refused
  if (!view.assetIs(site, METER)) return view.refuse('unknown-asset', 'asset', site)
  const { assets, assetWords, lots, lotWords } = view
  const place = site * ASSET
  const interval = intervalOf(view, site)
  if (minute % interval !== 0) return view.refuse('bad-interval', 'asset', site, minute, interval)
  const closed = assetWords[(place << 1) + METER_CLOSED]
  if (minute <= closed) return view.refuse('interval-closed', 'asset', site, minute, closed)
  let exported = 0
  for (let solar = assetWords[(place << 1) + ASSET_NEXT]; solar !== 0;) {
    for (let link = assetWords[(solar << ASSET_SHIFT) + ASSET_FIRST_LOT]; link !== 0;) {
      const lot = (link - 1) * LOT
      link = lotWords[(lot << 1) + LOT_NEXT]
      // In the order of minting: the rest is of later intervals.
      if (lotWords[(lot << 1) + LOT_MINUTE] > minute) break
      const left = lots[lot + LOT_MID] - lots[lot + LOT_LOW]
      if (left === 0) continue
      exported += left
      useActive(view, lot, left, EXPORTED, ownerOf(view, lot))
    }
    solar = assetWords[(solar << ASSET_SHIFT) + ASSET_NEXT]
  }
  const unsettled = assets[place + METER_UNSETTLED]
  if (unsettled + exported > EXACT) return view.refuse('out-of-range', 'asset', site, exported, unsettled)
  view.touchAsset(site)
  if (exported > 0) assets[place + METER_UNSETTLED] = unsettled + exported
  assetWords[(place << 1) + METER_CLOSED] = minute
  return null
}

/**
 * `settle`: the utility bills an account for a period that ends at `minute`: `amount` is what the
 * account pays (negative: is paid), `export` the exported energy that this pays for. It always
 * posts, as arrears if need be, and folds the account's credits into its balance.
 */
export function settle(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const utility = words[at]
  const account = words[at + 1]
  const site = words[at + 2]
  const minute = words[at + 3]
  const exported = readI64(words, at + 4)
  const amount = readI64(words, at + 6)
  const refused = acts(view, utility, UTILITY)
  if (refused !== null) return refused
  if (!view.accountExists(account)) return view.refuse('unknown-account', 'account', account)
  if (!view.assetIs(site, METER) || view.assetField(site, ASSET_OWNER) !== account) {
    return view.refuse('unknown-asset', 'asset', site)
  }
  const { accounts } = view
  const place = account * ACCOUNT
  const settled = view.accountField(account, ACCOUNT_SETTLED)
  if (minute <= settled) return view.refuse('already-settled', 'account', account, minute, settled)
  const unsettled = site * ASSET + METER_UNSETTLED
  if (exported < 0 || exported > view.assets[unsettled]) {
    return view.refuse('exceeds-export', 'asset', site, exported, view.assets[unsettled])
  }
  const credit = accounts[place + ACCOUNT_CREDIT]
  const balance = accounts[place + ACCOUNT_BALANCE] + credit - amount
  if (Math.abs(amount) > MONEY_LIMIT || Math.abs(credit) > EXACT || Math.abs(balance) > EXACT) {
    return view.refuse('out-of-range', 'account', account, amount, balance)
  }
  view.touchAccount(account)
  view.keepWholeAccount(account)
  view.accountWords[(place << 1) + ACCOUNT_SETTLED] = minute
  if (exported > 0) {
    view.touchAsset(site)
    view.assets[unsettled] -= exported
  }
  accounts[place + ACCOUNT_BALANCE] = balance
  if (credit !== 0) view.addCredit(account, -credit)
  view.addCredit(utility, amount)
  view.events.money(SETTLED, account, utility, amount)
  return null
}

/** `setTariff`: what the operator takes on each traded kWh from now on, µ$ per kWh. */
export function setTariff(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const refused = acts(view, words[at], OPERATOR, UTILITY)
  if (refused !== null) return refused
  const fee = words[at + 1]
  if (fee < 0) return view.refuse('out-of-range', 'account', words[at], fee)
  view.putPlatform(PLATFORM_FEE, fee)
  return null
}
