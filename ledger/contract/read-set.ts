import { ASSET_SITE } from './columns.ts'
import type { Transaction } from './decide.ts'
import { type FieldType, type OperationName, OPERATIONS } from './operations.ts'
import { malformedAt } from './shape.ts'
import { solarsOf } from './state-values.ts'
import type { LedgerView } from './view.ts'
import { BATTERY, METER, SOLAR } from './vocabulary.ts'

/**
 * What a transaction reads: accounts, the credits of accounts, assets (each with its lots), and
 * whether the platform. Crediting reads nothing.
 */
export interface ReadSet {
  readonly accounts: Set<number>
  readonly credits: Set<number>
  readonly assets: Set<number>
  platform: boolean
}

type Reads = 'account' | 'asset'
const NAMED: Partial<Record<string, Reads>> = {
  actor: 'account',
  account: 'account',
  agent: 'account',
  owner: 'account',
  asset: 'asset',
  site: 'asset',
  lotAsset: 'asset',
  battery: 'asset',
  target: 'asset',
}
const BY_CODE = new Map<number, OperationName>(
  (Object.keys(OPERATIONS) as OperationName[]).map((name) => [OPERATIONS[name].code, name]),
)

/**
 * The read set, as far as the view can tell: what the operations name, and what stands in the assets
 * that they name (the site of a panel or battery, the panels of a site). A ledger that has not all
 * of it in its view fetches what is new and asks again; the second answer is final.
 */
export function readSet(view: LedgerView, { words, operations }: Transaction): ReadSet {
  const set: ReadSet = { accounts: new Set(), credits: new Set(), assets: new Set(), platform: false }
  if (malformedAt(words, operations, { account: 0, asset: 0 }) >= 0) return set
  for (let at = 0; at < words.length; at += words[at] >>> 8) {
    const name = BY_CODE.get(words[at] & 0xff) as OperationName
    if (name === 'register' || name === 'trade' || name === 'setTariff') set.platform = true
    let field = at + 1
    for (const [label, type] of OPERATIONS[name].fields as readonly (readonly [string, FieldType])[]) {
      const what = NAMED[label]
      if (what === 'account') set.accounts.add(words[field])
      if (what === 'asset') set.assets.add(words[field])
      if (name === 'settle' && label === 'account') set.credits.add(words[field])
      if (type === 'text') break
      field += type === 'i64' ? 2 : 1
    }
  }
  const named = Array.from(set.assets)
  for (const asset of named) {
    if (view.assetIs(asset, SOLAR) || view.assetIs(asset, BATTERY))
      set.assets.add(view.assetField(asset, ASSET_SITE))
    if (view.assetIs(asset, METER)) for (const solar of solarsOf(view, asset)) set.assets.add(solar)
  }
  return set
}
