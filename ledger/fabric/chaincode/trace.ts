import type { Keys } from './keys.ts'
import { type LotRow, lotsOfPage, page } from './queries.ts'

/** A value that a key has had, as the peer's history tells it, newest or oldest first. */
export interface Version {
  readonly transaction: string
  readonly value: Uint8Array
}

/** What one transaction of the network left of a lot; null: nothing is left of it. */
export interface Step {
  readonly transaction: string
  readonly lot: LotRow | null
}

export interface LotName {
  readonly asset: number
  readonly minute: number
  readonly source: number
  readonly from: number
}

const isLot = (lot: LotRow, { asset, minute, source, from }: LotName): boolean =>
  lot.asset === asset && lot.minute === minute && lot.source === source && lot.from === from

/** Reads `asset/minute/source/from`; null when it is no lot's name. */
export function lotName(text: string): LotName | null {
  const parts = text.split('/')
  const [asset, minute, source, from] = parts.map(Number)
  const good = parts.length === 4 && parts.every((part) => /^\d{1,16}$/.test(part))
  return good ? { asset, minute, source, from } : null
}

/**
 * Every transaction that changed a lot, from its mint to its end, oldest first. A lot that was minted and used up within
 * one transaction of the network was never in a committed state: the run’s journal tells of it (`vpp ledger trace`).
 */
export async function trace(
  history: (key: string) => Promise<readonly Version[]>,
  keys: Keys,
  name: LotName,
): Promise<Step[]> {
  const steps: Step[] = []
  let before = ''
  const at = keys.pageOf(name.asset)
  const texts = (await history(keys.texts('assets', at))).at(-1)?.value ?? new Uint8Array()
  for (const { transaction, value } of await history(keys.rows('assets', at))) {
    const lot = [...lotsOfPage(page('assets', value, texts))].find((one) => isLot(one, name)) ?? null
    const text = JSON.stringify(lot)
    if (text === before || (lot === null && steps.length === 0)) continue
    before = text
    steps.push({ transaction, lot })
  }
  return steps
}
