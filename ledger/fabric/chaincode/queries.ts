import {
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  ACCOUNT_ROLE,
  ASSET_KIND,
  ASSET_OWNER,
  TERMS_CARBON,
  LOT_FROM,
  LOT_HIGH,
  LOT_KIND,
  LOT_LOW,
  LOT_MID,
  TERMS_MINTED,
  LOT_MINUTE,
  TERMS_OFFERED,
  TERMS_OFFER_MINUTE,
  LOT_OWNER,
  TERMS_RATE,
  LOT_SOURCE,
} from '../../contract/columns.ts'
import { LedgerView } from '../../contract/view.ts'
import { ASSET_KINDS, LOT_KINDS, ROLES } from '../../contract/vocabulary.ts'
import type { Keys } from './keys.ts'
import { unpacked, unpackTexts } from './packing.ts'
import { putTexts, readPage, type RowKind } from './pages.ts'
import type { StateReader } from './world.ts'

const MINUTES_A_DAY = 1440
export const STATES = ['active', 'offered', 'set-aside'] as const

/** What lots must be to be listed; what is not named does not matter. */
export interface LotQuery {
  readonly asset?: number
  /** As the asset was entered: `street/ana`. */
  readonly location?: string
  /** UTC day of the production interval: `2016-08-01`. */
  readonly date?: string
  readonly owner?: number
  readonly state?: (typeof STATES)[number]
}

export interface LotRow {
  readonly asset: number
  readonly minute: number
  readonly source: number
  readonly from: number
  readonly kind: string
  readonly owner: number
  readonly location: string
  readonly carbonMilligramPerKwh: number
  readonly mintedMilliWh: number
  readonly activeMilliWh: number
  readonly setAsideMilliWh: number
  readonly offeredMilliWh: number
  readonly rateMicroUsdPerKwh: number
  readonly offerMinute: number
}

/** Reads a query from its JSON; null when it is none. */
export function lotQuery(text: string): LotQuery | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { asset, location, date, owner, state, ...others } = value as Record<string, unknown>
  const whole = (one: unknown) => one === undefined || Number.isInteger(one)
  const good =
    Object.keys(others).length === 0 &&
    whole(asset) &&
    whole(owner) &&
    (location === undefined || typeof location === 'string') &&
    (date === undefined || (typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date))) &&
    (state === undefined || STATES.includes(state as 'active'))
  return good ? value : null
}

/** Living lots, by asset and in the order of minting. */
export async function lots(state: StateReader, keys: Keys, query: LotQuery): Promise<LotRow[]> {
  const day = query.date === undefined ? null : Math.floor(Date.parse(query.date) / 60_000)
  const pages =
    query.asset === undefined
      ? await allPages(state, keys)
      : [await pageOf(state, keys, 'assets', query.asset)]
  return pages
    .flatMap((one) => [...lotsOfPage(one)])
    .filter(
      (lot) =>
        (query.asset === undefined || lot.asset === query.asset) &&
        (query.location === undefined || lot.location === query.location) &&
        (day === null || (lot.minute >= day && lot.minute < day + MINUTES_A_DAY)) &&
        (query.owner === undefined || lot.owner === query.owner) &&
        (query.state === undefined || partOf(lot, query.state) > 0),
    )
}

const partOf = (lot: LotRow, state: (typeof STATES)[number]): number =>
  state === 'active' ? lot.activeMilliWh : state === 'offered' ? lot.offeredMilliWh : lot.setAsideMilliWh

interface Page {
  readonly view: LedgerView
  readonly numbers: readonly number[]
}

/** A page of rows from its values, in a view of its own. */
export function page(kind: RowKind, rows: Uint8Array, texts: Uint8Array): Page {
  const view = new LedgerView()
  const numbers = readPage(view, kind, rows)
  putTexts(view, kind, unpackTexts(texts))
  return { view, numbers }
}

async function pageOf(state: StateReader, keys: Keys, kind: RowKind, number: number): Promise<Page> {
  const at = keys.pageOf(number)
  const [rows, texts] = await Promise.all([state.get(keys.rows(kind, at)), state.get(keys.texts(kind, at))])
  return page(kind, rows, texts)
}

async function allPages(state: StateReader, keys: Keys): Promise<Page[]> {
  const [rows, texts] = await Promise.all([state.range(...keys.range('s')), state.range(...keys.range('t'))])
  const byPage = new Map(texts.map(([key, bytes]) => [key.split('/').at(-1), bytes]))
  return rows.map(([key, bytes]) =>
    page('assets', bytes, byPage.get(key.split('/').at(-1)) ?? new Uint8Array()),
  )
}

/** The living lots of a page of assets. */
export function* lotsOfPage({ view, numbers }: Page): Generator<LotRow> {
  for (const asset of numbers) {
    for (const lot of view.lotsOf(asset)) {
      const word = (field: number): number => view.lotWords[lot * 2 + field]
      const mark = (field: number): number => view.lots[lot + field]
      const { terms, termWords } = view
      yield {
        asset,
        minute: word(LOT_MINUTE),
        source: word(LOT_SOURCE),
        from: mark(LOT_FROM),
        kind: LOT_KINDS[word(LOT_KIND) - 1],
        owner: word(LOT_OWNER),
        location: view.assetLocation[asset],
        carbonMilligramPerKwh: termWords[lot + TERMS_CARBON],
        mintedMilliWh: terms[lot / 2 + TERMS_MINTED],
        activeMilliWh: mark(LOT_MID) - mark(LOT_LOW),
        setAsideMilliWh: mark(LOT_HIGH) - mark(LOT_MID),
        offeredMilliWh: terms[lot / 2 + TERMS_OFFERED],
        rateMicroUsdPerKwh: termWords[lot + TERMS_RATE],
        offerMinute: termWords[lot + TERMS_OFFER_MINUTE],
      }
    }
  }
}

/** An account with what it may spend and what it has received since; null where there is none. */
export async function accountOf(state: StateReader, keys: Keys, number: number): Promise<object | null> {
  const { view } = await pageOf(state, keys, 'accounts', number)
  if (!view.accountExists(number)) return null
  const rows = await state.range(...keys.range('c', number))
  const unfolded = rows.reduce((sum, [, bytes]) => sum + unpacked(bytes), 0)
  return {
    account: number,
    role: ROLES[view.accountField(number, ACCOUNT_ROLE) - 1],
    label: view.accountLabel[number],
    balanceMicroUsd: view.accountAmount(number, ACCOUNT_BALANCE),
    creditMicroUsd: view.accountAmount(number, ACCOUNT_CREDIT) + unfolded,
    credential: Buffer.from(await state.get(keys.credential(number))).toString('utf8'),
  }
}

/** An asset without its lots; null where there is none. */
export async function assetOf(state: StateReader, keys: Keys, number: number): Promise<object | null> {
  const { view } = await pageOf(state, keys, 'assets', number)
  const kind = number < 0 ? 0 : (view.assetField(number, ASSET_KIND) ?? 0)
  if (kind === 0) return null
  return {
    asset: number,
    kind: ASSET_KINDS[kind - 1],
    owner: view.assetField(number, ASSET_OWNER),
    location: view.assetLocation[number],
    label: view.assetLabel[number],
  }
}

/** The highest sequence number that each client has used, by client. */
export async function heads(state: StateReader, keys: Keys): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [key, bytes] of await state.range(...keys.range('i'))) {
    const client = Number(key.split('/').at(-2))
    found[client] = Math.max(found[client] ?? 0, unpacked(bytes))
  }
  return found
}
