import {
  ACCOUNT,
  ACCOUNT_CREDIT,
  ACCOUNT_CREDIT_VERSION,
  ACCOUNT_VERSION,
  ASSET_VERSION,
} from '../contract/columns.ts'
import { decide } from '../contract/decide.ts'
import { EventBuffer } from '../contract/events.ts'
import { readSet } from '../contract/read-set.ts'
import {
  readAccount,
  readAsset,
  readPlatform,
  writeAccount,
  writeAsset,
  writePlatform,
} from '../contract/state-values.ts'
import { LedgerView } from '../contract/view.ts'
import { WordReader, WordWriter } from '../contract/word-stream.ts'

/** Decides on a view made of nothing but the transaction's read set, as Fabric's chaincode does. */
export function decideOnReadSet(full: LedgerView, transaction: Parameters<typeof decide>[1]): string {
  const { accounts, credits, assets, platform } = readSet(full, transaction)
  const out = new WordWriter()
  const narrow = new LedgerView()
  const load = (write: (out: WordWriter) => void, read: (from: WordReader) => void) => {
    out.clear()
    write(out)
    read(new WordReader(out.words))
  }
  for (const account of new Set([...accounts, ...credits])) {
    if (!full.accountExists(account)) continue
    load(
      (to) => writeAccount(full, account, to),
      (from) => readAccount(narrow, from),
    )
  }
  for (const asset of assets) {
    if (![1, 2, 3, 4].some((kind) => full.assetIs(asset, kind))) continue
    load(
      (to) => writeAsset(full, asset, to),
      (from) => readAsset(narrow, from),
    )
  }
  if (platform) {
    load(
      (to) => writePlatform(full, to),
      (from) => readPlatform(narrow, from),
    )
  }
  narrow.commit()
  const decided = decide(narrow, transaction)
  return decided instanceof EventBuffer ? 'ok' : decided.code
}

/** Every account (its credit apart) and every asset with its lots, as text. */
export function valuesOf(view: LedgerView): Map<string, string> {
  const values = new Map<string, string>()
  const out = new WordWriter()
  for (const account of view.accountNumbers()) {
    const credit = view.accountAmount(account, ACCOUNT_CREDIT)
    values.set(`credit ${account}`, String(credit))
    out.clear()
    view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] = 0
    writeAccount(view, account, out)
    view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] = credit
    values.set(`account ${account}`, out.words.join())
  }
  for (const asset of view.assetNumbers()) {
    out.clear()
    writeAsset(view, asset, out)
    values.set(`asset ${asset}`, out.words.join())
  }
  return values
}

/** What is not as it was, and does not have the version of the last transaction: there must be none. */
export function changedWithOldVersion(
  view: LedgerView,
  before: Map<string, string>,
  version: number,
): string[] {
  const versionOf = (key: string): number => {
    const [table, id] = key.split(' ')
    if (table === 'asset') return view.assetAmount(Number(id), ASSET_VERSION)
    return view.accountAmount(Number(id), table === 'credit' ? ACCOUNT_CREDIT_VERSION : ACCOUNT_VERSION)
  }
  return [...valuesOf(view)]
    .filter(([key, value]) => before.get(key) !== value && versionOf(key) !== version)
    .map(([key]) => key)
}
