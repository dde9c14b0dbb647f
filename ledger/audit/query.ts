import { lotText, minuteText } from './lot-name.ts'
import type { Replay } from './replay.ts'

/** What to look for; what is left out is not asked. All by the names that people read. */
export interface LotFilter {
  readonly asset?: string
  readonly location?: string
  /** UTC day of the lot's interval, `2016-08-01`. */
  readonly date?: string
  readonly owner?: string
  readonly state?: 'active' | 'set-aside' | 'offered'
}

export interface LotRow {
  readonly lot: string
  readonly kind: 'tgen' | 'tstorage' | 'shadow'
  readonly location: string
  readonly owner: string
  readonly mintedMilliWh: number
  readonly activeMilliWh: number
  readonly setAsideMilliWh: number
  readonly offeredMilliWh: number
}

const KINDS = ['tgen', 'tstorage', 'shadow'] as const

/** Living lots that match, by asset and time. */
export function queryLots(state: Replay, filter: LotFilter): LotRow[] {
  const rows: LotRow[] = []
  const lots = [...state.lots.values()].toSorted(
    (a, b) => a.asset - b.asset || a.minute - b.minute || a.from - b.from,
  )
  for (const lot of lots) {
    const asset = state.assets.get(lot.asset)
    const owner = state.accounts.get(lot.owner)?.label ?? ''
    const active = lot.mid - lot.low
    const setAside = lot.high - lot.mid
    if (filter.asset !== undefined && asset?.label !== filter.asset) continue
    if (filter.location !== undefined && asset?.location !== filter.location) continue
    if (filter.date !== undefined && !minuteText(lot.minute).startsWith(filter.date)) continue
    if (filter.owner !== undefined && owner !== filter.owner) continue
    if (filter.state === 'active' && active === 0) continue
    if (filter.state === 'set-aside' && setAside === 0) continue
    if (filter.state === 'offered' && lot.offered === 0) continue
    rows.push({
      lot: lotText(state, lot),
      kind: KINDS[lot.kind - 1],
      location: asset?.location ?? '',
      owner,
      mintedMilliWh: lot.minted,
      activeMilliWh: active,
      setAsideMilliWh: setAside,
      offeredMilliWh: lot.offered,
    })
  }
  return rows
}

const ROLES = ['', 'household', 'consumer', 'operator', 'utility', 'oracle']

/** Every account with its money, µ$. */
export const queryBalances = (state: Replay) =>
  [...state.accounts.values()].map(({ label, role, balance, credit, opening }) => ({
    account: label,
    role: ROLES[role],
    balanceMicroUsd: balance,
    creditMicroUsd: credit,
    openingMicroUsd: opening,
  }))

/** Tokens by kind: what was minted, what is left, what was burned and why, milliwatt-hours. */
export const queryTotals = (state: Replay) =>
  KINDS.map((kind, at) => {
    const { minted, active, aside, burned } = state.totals[at + 1]
    return {
      kind,
      mintedMilliWh: minted,
      activeMilliWh: active,
      setAsideMilliWh: aside,
      consumedMilliWh: burned[1],
      exportedMilliWh: burned[2],
      exchangedMilliWh: burned[3],
      conversionLossMilliWh: burned[4],
      storageLossMilliWh: burned[5],
    }
  })
