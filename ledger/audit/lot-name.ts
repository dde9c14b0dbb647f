import type { Replay } from './replay.ts'
import { keyOf } from './replay.ts'

/**
 * Lots by names that people read: `home-01-solar/2016-08-01T19:00Z` for generation;
 * `home-01-battery/2016-08-01T19:00Z/home-01-solar/0` for storage, with the source and the first
 * milliwatt-hour of the source lot that went into it. A `/` in a label is written `%2F`.
 */
const escape = (label: string): string => label.replaceAll('%', '%25').replaceAll('/', '%2F')
const unescape = (label: string): string => label.replaceAll('%2F', '/').replaceAll('%25', '%')

export const minuteText = (minute: number): string =>
  `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`

export interface LotNumbers {
  readonly asset: number
  readonly minute: number
  readonly source: number
  readonly from: number
}

export function lotText(state: Replay, lot: LotNumbers): string {
  const label = (id: number) => escape(state.assets.get(id)?.label ?? String(id))
  const name = `${label(lot.asset)}/${minuteText(lot.minute)}`
  return lot.source === 0 ? name : `${name}/${label(lot.source)}/${lot.from}`
}

/** What `lotText` wrote, for comparing with a lot; null when it is not of that form. */
export function parseLot(
  text: string,
): { asset: string; minute: number; source: string; from: number } | null {
  const [asset, time, source = '', from = '0', more] = text.split('/')
  const minute = Date.parse(time ?? '') / 60_000
  if (asset === '' || !Number.isInteger(minute) || !/^\d+$/.test(from) || more !== undefined) return null
  return { asset: unescape(asset), minute, source: unescape(source), from: Number(from) }
}

/** The key of a named lot, once its assets are known; null when they are not. */
export function keyOfText(state: Replay, text: string): string | null {
  const parsed = parseLot(text)
  if (parsed === null) return null
  const idOf = (label: string): number | undefined => {
    for (const asset of state.assets.values()) if (asset.label === label) return asset.id
    return undefined
  }
  const asset = idOf(parsed.asset)
  const source = parsed.source === '' ? 0 : idOf(parsed.source)
  if (asset === undefined || source === undefined) return null
  return keyOf(asset, parsed.minute, source, parsed.from)
}
