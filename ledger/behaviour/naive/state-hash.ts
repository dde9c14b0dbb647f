import { createHash } from 'node:crypto'
import { activeOf, asideOf, type NaiveState } from './state.ts'

const ROLES = ['', 'household', 'consumer', 'operator', 'utility', 'oracle']
const KINDS = ['', 'solar', 'battery', 'meter', 'load']
const LOT_KINDS = ['', 'tgen', 'tstorage', 'shadow']

/** The canonical state hash of the specification, hexadecimal. */
export function stateHash(s: NaiveState): string {
  const parts: Buffer[] = []
  const put = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 8)
    values.forEach((value, at) => bytes.writeBigInt64LE(BigInt(value), at * 8))
    parts.push(bytes)
  }
  const text = (value: string) => {
    const bytes = Buffer.from(value, 'utf8')
    const padded = Buffer.alloc(4 + Math.ceil(bytes.length / 4) * 4)
    padded.writeUInt32LE(bytes.length)
    bytes.copy(padded, 4)
    parts.push(padded)
  }
  for (const a of byId(s.accounts)) {
    put(a.id, ROLES.indexOf(a.role), a.agent, a.balance, a.credit, a.limit, a.opening, a.settled)
    text(a.label)
    text(a.credential)
  }
  put(0, s.fee, s.operator)
  for (const a of byId(s.assets)) {
    put(a.id, KINDS.indexOf(a.kind), a.owner, a.site, a.interval, a.nameplateW, a.minted)
    text(a.location)
    text(a.label)
    if (a.kind === 'meter') put(a.closed, a.unsettled, a.solars.length, ...a.solars)
    if (a.kind === 'battery') {
      put(a.energy, a.deliverable, a.standbyW, a.factor, activeOf(a), asideOf(a), a.charge, a.discharge)
      put(a.minute, a.openCharge, a.openDischarge, a.unclaimed, a.anchored)
      put(a.pass.minute, a.pass.charge, a.pass.discharge, a.passesEver, a.passEnded, ...a.passes)
    }
    if (a.kind !== 'battery' && a.kind !== 'solar') continue
    put(a.lots.length)
    for (const l of a.lots) {
      put(l.minute, l.source, l.from, LOT_KINDS.indexOf(l.kind), l.owner, l.carbon, l.minted)
      put(l.low, l.mid, l.high, l.offered, l.rate, l.offerMinute)
    }
  }
  return createHash('sha256').update(Buffer.concat(parts)).digest('hex')
}

const byId = <T extends { id: number }>(map: Map<number, T>): T[] =>
  [...map.values()].toSorted((a, b) => a.id - b.id)
