import {
  ACCOUNT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_VERSION,
  ASSET,
  ASSET_VERSION,
  PLATFORM_VERSION,
} from '../contract/columns.ts'
import type { ReadSet } from '../contract/read-set.ts'
import type { Refusal } from '../contract/refusal.ts'
import type { LedgerView } from '../contract/view.ts'

/** A key that was read, and its version then: how many transactions the ledger had when it changed. */
export interface Read {
  readonly key: 'account' | 'credit' | 'asset' | 'platform'
  /** Number of the account or asset; 0 for the platform. */
  readonly id: number
  readonly version: number
}

/** 0 for what was never written. */
function versionOf(view: LedgerView, key: Read['key'], id: number): number {
  switch (key) {
    case 'account':
      return view.accounts[id * ACCOUNT + ACCOUNT_VERSION] ?? 0
    case 'credit':
      return view.accounts[id * ACCOUNT + ACCOUNT_CREDIT_VERSION] ?? 0
    case 'asset':
      return view.assets[id * ASSET + ASSET_VERSION] ?? 0
    default:
      return view.platform[PLATFORM_VERSION]
  }
}

/** Gives everything that is there the same version; the next transaction has the one after it. */
export function setVersions(view: LedgerView, version: number): void {
  for (const account of view.accountNumbers()) {
    view.accounts[account * ACCOUNT + ACCOUNT_VERSION] = version
    view.accounts[account * ACCOUNT + ACCOUNT_CREDIT_VERSION] = version
  }
  for (const asset of view.assetNumbers()) view.assets[asset * ASSET + ASSET_VERSION] = version
  view.platform[PLATFORM_VERSION] = version
  view.version = version + 1
}

/** A read set with the versions of this moment. */
export function versionsOf(view: LedgerView, set: ReadSet): Read[] {
  const read = (key: Read['key'], id: number): Read => ({ key, id, version: versionOf(view, key, id) })
  return [
    ...[...set.accounts].map((id) => read('account', id)),
    ...[...set.credits].map((id) => read('credit', id)),
    ...[...set.assets].map((id) => read('asset', id)),
    ...(set.platform ? [read('platform', 0)] : []),
  ]
}

/** The refusal for the first read that is no longer so; null when all stand. */
export function staleRead(view: LedgerView, reads: readonly Read[]): Refusal | null {
  for (const { key, id, version } of reads) {
    const had = versionOf(view, key, id)
    if (had !== version) {
      return { code: 'mvcc-conflict', operation: 0, subject: `${key} ${id}`, asked: version, had }
    }
  }
  return null
}
