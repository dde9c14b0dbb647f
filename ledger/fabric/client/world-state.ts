import { createHash } from 'node:crypto'
import { ACCOUNT, ACCOUNT_CREDIT } from '../../contract/columns.ts'
import { readPlatform, writeState } from '../../contract/state-values.ts'
import { LedgerView } from '../../contract/view.ts'
import { WordWriter } from '../../contract/word-stream.ts'
import type { LedgerName } from '../chaincode/keys.ts'
import { PackedReader, unpacked, unpackTexts } from '../chaincode/packing.ts'
import { putTexts, readPage } from '../chaincode/pages.ts'
import type { Gateways } from './gateway.ts'
import { query } from './queries.ts'

/** A ledger's committed state, put together from its keys: credits summed, pages in the order of numbers. */
export async function worldState(gateways: Gateways, ledger: LedgerName): Promise<LedgerView> {
  const values = new Map<string, Uint8Array>()
  let bookmark = ''
  do {
    const page = await query<{ rows: [string, string][]; bookmark: string }>(
      gateways,
      'state',
      ledger.text,
      bookmark,
    )
    for (const [key, value] of page.rows) values.set(key, Buffer.from(value, 'base64'))
    ;({ bookmark } = page)
  } while (bookmark !== '')
  return stateOf(ledger, values)
}

/** The same from keys and values that are there already. */
export function stateOf(ledger: LedgerName, values: ReadonlyMap<string, Uint8Array>): LedgerView {
  const view = new LedgerView()
  const credits = new Map<number, number>()
  const prefix = `${ledger.text}/`
  // Texts come after the rows that they belong to: `b` sorts behind `a`, `t` behind `s`.
  for (const key of [...values.keys()].filter((one) => one.startsWith(prefix)).toSorted()) {
    take(view, credits, key.slice(prefix.length), values.get(key) as Uint8Array)
  }
  for (const [account, credit] of credits) {
    view.reserve(0, account, 0)
    view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] += credit
  }
  view.commit()
  return view
}

function take(view: LedgerView, credits: Map<number, number>, key: string, bytes: Uint8Array): void {
  const [kind, number] = key.split('/')
  if (kind === 'p') readPlatform(view, new PackedReader(bytes).words)
  if (kind === 'a') readPage(view, 'accounts', bytes)
  if (kind === 'b') putTexts(view, 'accounts', unpackTexts(bytes))
  if (kind === 's') readPage(view, 'assets', bytes)
  if (kind === 't') putTexts(view, 'assets', unpackTexts(bytes))
  if (kind === 'c') credits.set(Number(number), (credits.get(Number(number)) ?? 0) + unpacked(bytes))
}

/** The canonical form of a whole state, and its hash: what two ledgers compare. */
export function canonical(view: LedgerView): { bytes: Uint8Array; hash: string } {
  const out = new WordWriter()
  writeState(view, out)
  const bytes = out.bytes.slice()
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}
