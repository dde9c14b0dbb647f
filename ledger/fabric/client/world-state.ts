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
  const view = new LedgerView()
  const credits = new Map<number, number>()
  let bookmark = ''
  do {
    const page = await query<{ rows: [string, string][]; bookmark: string }>(
      gateways,
      'state',
      ledger.text,
      bookmark,
    )
    for (const [key, value] of page.rows) take(view, credits, key.slice(ledger.text.length + 1), value)
    ;({ bookmark } = page)
  } while (bookmark !== '')
  for (const [account, credit] of credits) view.accounts[account * ACCOUNT + ACCOUNT_CREDIT] += credit
  view.commit()
  return view
}

function take(view: LedgerView, credits: Map<number, number>, key: string, value: string): void {
  const [kind, number] = key.split('/')
  const bytes = Buffer.from(value, 'base64')
  if (kind === 'p') readPlatform(view, new PackedReader(bytes).words)
  if (kind === 'a') readPage(view, 'accounts', bytes)
  // Texts come after the rows that they belong to: `b` sorts behind `a`, `t` behind `s`.
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
