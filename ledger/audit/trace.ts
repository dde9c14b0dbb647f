import { keyOfText, lotText, minuteText } from './lot-name.ts'
import type { AuditEvent, Lot } from './replay.ts'
import { type Place, type Verified, verifyJournal } from './verify.ts'

export interface TraceLine extends Place {
  /** Name of the lot that this happened to. */
  readonly lot: string
  /** Start of the lot's interval, UTC; lines stand in the order of the chain. */
  readonly interval: string
  readonly what: AuditEvent['what']
  readonly reason: string
  /** Serial numbers within the lot: milliwatt-hours `from` up to, not including, `to`. */
  readonly from: number
  readonly to: number
  /** Whose energy it is then, or who used it. */
  readonly account: string
  /** Money of a sale, µ$; the rate of an offer, µ$ per kWh. */
  readonly microUsd: number
}

/**
 * A lot's life, from its mint through every offer, sale, exchange, set-aside and release to its last
 * burn, and that of the storage lots that were made of it.
 *
 * @returns no lines when the journal never minted a lot of that name
 */
export function traceLot(path: string, name: string): { lines: TraceLine[]; verified: Verified } {
  const lines: TraceLine[] = []
  const traced = new Set<Lot>()
  let root: Lot | null = null
  let key: string | null = null
  const verified = verifyJournal(path, (event, place, state) => {
    const { lot } = event
    if (lot === null) return
    if (event.what === 'minted') {
      // Assets are created before they mint: from then on the name has a key.
      key ??= keyOfText(state, name)
      if (root === null && lot.key === key) root = lot
      const child = root !== null && lot.source === root.asset && lot.minute === root.minute
      if (lot === root || child) traced.add(lot)
    }
    if (!traced.has(lot)) return
    lines.push({
      ...place,
      lot: lotText(state, lot),
      interval: minuteText(lot.minute),
      what: event.what,
      reason: event.reason,
      from: event.from,
      to: event.from + event.milliWh,
      account: state.accounts.get(event.account)?.label ?? '',
      microUsd: event.microUsd,
    })
  })
  return { lines, verified }
}
