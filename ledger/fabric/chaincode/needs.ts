import type { Transaction } from '../../contract/decide.ts'
import { OPERATIONS } from '../../contract/operations.ts'
import { readSet } from '../../contract/read-set.ts'
import { malformedAt } from '../../contract/shape.ts'
import type { LedgerView } from '../../contract/view.ts'
import type { Needs } from './world.ts'

export const noNeeds = (): Needs => ({
  accounts: new Set(),
  credits: new Set(),
  assets: new Set(),
  newAccounts: new Set(),
  newAssets: new Set(),
  platform: false,
})

/** Adds what a transaction reads, as far as the view can tell, and what it makes. */
export function addNeeds(needs: Needs, view: LedgerView, transaction: Transaction): Needs {
  const { words, operations } = transaction
  const set = readSet(view, transaction)
  for (const account of set.accounts) needs.accounts.add(account)
  for (const account of set.credits) needs.credits.add(account)
  for (const asset of set.assets) needs.assets.add(asset)
  needs.platform ||= set.platform
  if (malformedAt(words, operations, { account: 0, asset: 0 }) >= 0) return needs
  for (let at = 0; at < words.length; at += words[at] >>> 8) {
    const code = words[at] & 0xff
    // Both name what they make as their second field.
    if (code === OPERATIONS.register.code) needs.newAccounts.add(words[at + 2])
    if (code === OPERATIONS.createAsset.code) needs.newAssets.add(words[at + 2])
  }
  return needs
}
