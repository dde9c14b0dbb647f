import { SETTLED } from '../events.ts'
import type { RefusalCode } from '../refusal.ts'
import type { LedgerView } from '../view.ts'
import { EXPORTED, METER, OPERATOR, ORACLE, UTILITY } from '../vocabulary.ts'
import { readI64 } from '../words.ts'
import { useActive } from './lots.ts'

/**
 * `closeInterval`: all registers of a site are read for this interval. Its offers expire; what is
 * left of its Tgen is burned `exported` and waits to be settled with the utility.
 */
export function closeInterval(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const actor = words[at]
  const site = words[at + 1]
  const minute = words[at + 2]
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  if (view.accountRole[actor] !== ORACLE) return view.refuse('wrong-role', `account ${actor}`)
  if (!view.assetIs(site, METER)) return view.refuse('unknown-asset', `asset ${site}`)
  if (minute % view.assetInterval[site] !== 0) {
    return view.refuse('bad-interval', `asset ${site}`, minute, view.assetInterval[site])
  }
  if (minute <= view.siteClosed[site]) {
    return view.refuse('interval-closed', `asset ${site}`, minute, view.siteClosed[site])
  }
  for (let solar = view.assetNext[site]; solar !== 0; solar = view.assetNext[solar]) {
    const minted = view.assetMinted[solar]
    if (minted <= view.siteClosed[site] || minted > minute) continue
    const row = view.index.find(solar, minted, 0, 0)
    if (row < 0) continue
    if (view.lotOffered[row] > 0) view.put(view.lotOffered, row, 0)
    const left = view.lotMid[row] - view.lotLow[row]
    if (left === 0) continue
    view.put(view.siteUnsettled, site, view.siteUnsettled[site] + left)
    useActive(view, row, left, EXPORTED, view.lotOwner[row])
  }
  view.put(view.siteClosed, site, minute)
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
  if (!view.speaksFor(utility)) return view.refuse('not-authorised', `account ${utility}`)
  if (view.accountRole[utility] !== UTILITY) return view.refuse('wrong-role', `account ${utility}`)
  if (!view.accountExists(account)) return view.refuse('unknown-account', `account ${account}`)
  if (!view.assetIs(site, METER) || view.assetOwner[site] !== account) {
    return view.refuse('unknown-asset', `asset ${site}`)
  }
  if (minute <= view.accountSettled[account]) {
    return view.refuse('already-settled', `account ${account}`, minute, view.accountSettled[account])
  }
  if (exported < 0 || exported > view.siteUnsettled[site]) {
    return view.refuse('exceeds-export', `asset ${site}`, exported, view.siteUnsettled[site])
  }
  if (Math.abs(amount) > Number.MAX_SAFE_INTEGER / 1024) {
    return view.refuse('out-of-range', `account ${account}`, amount)
  }
  view.put(view.accountSettled, account, minute)
  view.put(view.siteUnsettled, site, view.siteUnsettled[site] - exported)
  view.put(view.accountBalance, account, view.accountBalance[account] + view.accountCredit[account] - amount)
  view.put(view.accountCredit, account, 0)
  view.put(view.accountCredit, utility, view.accountCredit[utility] + amount)
  view.events.money(SETTLED, account, utility, amount)
  return null
}

/** `setTariff`: what the operator takes on each traded kWh from now on, µ$ per kWh. */
export function setTariff(view: LedgerView, words: Int32Array, at: number): RefusalCode | null {
  const actor = words[at]
  const fee = words[at + 1]
  if (!view.speaksFor(actor)) return view.refuse('not-authorised', `account ${actor}`)
  const role = view.accountRole[actor]
  if (role !== OPERATOR && role !== UTILITY) return view.refuse('wrong-role', `account ${actor}`)
  if (fee < 0) return view.refuse('out-of-range', `account ${actor}`, fee)
  view.put(view.platform, 0, fee)
  return null
}
