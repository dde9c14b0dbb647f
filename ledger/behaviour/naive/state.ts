import type { Operation } from '../../contract/operations.ts'
import { REFUSALS, type RefusalCode } from '../../contract/refusal.ts'

/**
 * The naive model's state: objects in maps, and the few questions that every rule asks of it.
 */
export interface Account {
  id: number
  role: string
  agent: number
  balance: number
  credit: number
  limit: number
  opening: number
  settled: number
  label: string
  credential: string
}

export interface Asset {
  id: number
  kind: string
  owner: number
  site: number
  interval: number
  nameplateW: number
  minted: number
  location: string
  label: string
  closed: number
  unsettled: number
  solars: number[]
  energy: number
  deliverable: number
  standbyW: number
  factor: number
  charge: number
  discharge: number
  minute: number
  openCharge: number
  openDischarge: number
  unclaimed: number
  anchored: number
  pass: { minute: number; charge: number; discharge: number }
  passesEver: number
  passEnded: number
  passes: number[]
  lots: Lot[]
}

export interface Lot {
  kind: 'tgen' | 'tstorage' | 'shadow'
  asset: number
  minute: number
  source: number
  from: number
  owner: number
  carbon: number
  minted: number
  low: number
  mid: number
  high: number
  offered: number
  rate: number
  offerMinute: number
}

export const EXACT = 2 ** 53 - 1
export const MONEY = Math.floor(EXACT / 1024)

export interface NaiveState {
  accounts: Map<number, Account>
  assets: Map<number, Asset>
  fee: number
  operator: number
  /** Who submits the transaction at hand. */
  client: number
}

/** Thrown where a rule forbids; `apply` turns it into an answer. */
export class Refused extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode) {
    super(REFUSALS[code])
    this.code = code
  }
}

export function demand(holds: boolean, code: RefusalCode): asserts holds {
  if (!holds) throw new Refused(code)
}

const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)
export const ceilDiv = (a: bigint, b: bigint): bigint => -floorDiv(-a, b)
export const big = (value: number): bigint => BigInt(value)

export type Named<Name extends Operation['op']> = Extract<Operation, { op: Name }>
export type LotName = { lotAsset: number; lotMinute: number; lotSource: number; lotFrom: number }

/** The client acts for the account, and the account has one of the roles, if any are named. */
export function acts(s: NaiveState, id: number, ...roles: string[]): Account {
  const account = s.accounts.get(id)
  demand(account !== undefined && (s.client === id || account.agent === s.client), 'not-authorised')
  demand(roles.length === 0 || roles.includes(account.role), 'wrong-role')
  return account
}

export function owns(s: NaiveState, id: number, lot: Lot): void {
  acts(s, id)
  demand(lot.owner === id, 'not-owner')
}

export function assetNamed(s: NaiveState, id: number, ...kinds: string[]): Asset {
  const asset = s.assets.get(id)
  demand(asset !== undefined && kinds.includes(asset.kind), 'unknown-asset')
  return asset
}

export function lotNamed(s: NaiveState, name: LotName): Lot {
  const lot = s.assets
    .get(name.lotAsset)
    ?.lots.find(
      ({ minute, source, from }) =>
        minute === name.lotMinute && source === name.lotSource && from === name.lotFrom,
    )
  demand(lot !== undefined, 'unknown-lot')
  return lot
}

export function issuer(s: NaiveState, lot: Lot): Asset {
  return s.assets.get(lot.asset) as Asset
}

/** What the lot’s offer still holds. */
export function openOffer(s: NaiveState, lot: Lot): number {
  if (lot.kind === 'tgen') return lot.offered
  return issuer(s, lot).minute <= lot.offerMinute ? lot.offered : 0
}

export function freeOf(s: NaiveState, lot: Lot): number {
  return lot.mid - lot.low - openOffer(s, lot)
}

export const activeOf = (battery: Asset): number =>
  battery.lots.reduce((sum, { low, mid }) => sum + mid - low, 0)
export const asideOf = (battery: Asset): number =>
  battery.lots.reduce((sum, { mid, high }) => sum + high - mid, 0)

/** An offer never holds more than what is active. */
export function tidy(one: Lot): void {
  one.offered = Math.min(one.offered, one.mid - one.low)
}

export function useUp(one: Lot, milliWh: number): void {
  one.low += milliWh
  tidy(one)
}

/** Lots with nothing left are gone when the operation is over. */
export function sweep(one: Asset): void {
  one.lots = one.lots.filter(({ low, high }) => low < high)
}
