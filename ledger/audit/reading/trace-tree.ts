import type { EventRow } from './events.ts'
import type { LotLife } from './trace.ts'

const kwh = (milliWh: number): string => `${(milliWh / 1e6).toFixed(6)} kWh`
const usd = (microUsd: number): string => (microUsd / 1e6).toFixed(6)

/** Writes a moment in UTC and, when a zone is known, in local time: `19:00Z (12:00 PDT)`. */
export function moment(interval: string, zone: string | undefined): string {
  if (zone === undefined || !/^\d{4}/.test(interval)) return interval
  const local = Temporal.Instant.from(interval.replace('Z', ':00Z')).toZonedDateTimeISO(zone)
  const short = local.toLocaleString('en-US', { timeZoneName: 'short' }).split(' ').at(-1) ?? ''
  return `${interval} (${local.toPlainTime().toString().slice(0, 5)} ${short})`
}

/** What an event says, in at most 70 columns or so. */
function sentence(row: EventRow): string {
  const part = kwh(row.to - row.from)
  switch (row.event) {
    case 'minted':
      return `minted ${part} for ${row.account}`
    case 'offered':
      return `offered ${part} at ${usd(row.rateMicroUsdPerKwh)} USD/kWh`
    case 'cancelled':
      return `offer of ${part} cancelled`
    case 'sold':
      return `sold ${part} to ${row.account} for ${usd(row.microUsd)} USD, ${row.reason}`
    case 'burned':
      return `${row.reason} ${part}${row.reason.endsWith('loss') ? '' : ` by ${row.account}`}`
    default:
      return `${row.event} ${part}`
  }
}

/**
 * A lot's life as a tree of at most 80 columns a line, where names allow: each event with its serial numbers, its interval when
 * that changes, and its place in the chain; storage made of the lot hangs where it was minted.
 *
 * @param zone the scenario's time zone, when it is known
 */
export function traceTree(life: LotLife, zone?: string, stem = ''): string[] {
  const lines = [life.lot, `${stem}${life.kind}, ${life.location}`]
  let interval = ''
  const children = [...life.children]
  const left = life.activeMilliWh + life.setAsideMilliWh
  life.events.forEach((row, at) => {
    const last = at === life.events.length - 1 && left === 0
    if (row.interval !== interval) lines.push(`${stem}│  ${moment((interval = row.interval), zone)}`)
    const head = `${stem}${last ? '└─' : '├─'} ${sentence(row)}`
    const place = `${row.block}/${row.transaction}`
    lines.push(`${head.padEnd(79 - place.length)} ${place}`.trimEnd())
    // Storage is minted in the same transaction, out of the part that begins where the exchange does.
    const child =
      row.reason === 'exchanged' ? children.findIndex((one) => one.lot.endsWith(`/${row.from}`)) : -1
    if (child >= 0) {
      const [made] = children.splice(child, 1)
      const below = `${stem}${last ? '   ' : '│  '}`
      const [name, ...rest] = traceTree(made, zone, `${below}   `)
      lines.push(`${below}└─ ${name}`, ...rest)
    }
  })
  if (left > 0)
    lines.push(`${stem}└─ left: ${kwh(life.activeMilliWh)} active, ${kwh(life.setAsideMilliWh)} set aside`)
  return lines
}
