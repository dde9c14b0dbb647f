import { type LotFilter, queryBalances, queryLedger, queryTotals } from '../../ledger/audit/reading/query.ts'
import { print, printJson, table } from '../output.ts'
import type { Journal } from './journals.ts'

export const QUERY_TABLES = ['lots', 'balances', 'totals'] as const

const kwh = (milliWh: number): string => (milliWh / 1e6).toFixed(6)
const usd = (microUsd: number): string => (microUsd / 1e6).toFixed(6)

/** `vpp ledger query`: lots that match, balances, totals per kind, state and reason. */
export function query(list: readonly Journal[], filter: LotFilter, what: string, json: boolean): void {
  const answers = list.map(({ community, path }) => {
    const { lots, book } = queryLedger(path, filter)
    return { community, lots, balances: queryBalances(book), totals: queryTotals(book) }
  })
  if (json) return printJson({ format: 1, ledgers: answers })
  for (const { community, lots, balances, totals } of answers) {
    if (what === 'lots') {
      print(`${community}: ${lots.length} lots match`)
      const rows = lots.map((lot) => [
        lot.lot,
        lot.owner,
        kwh(lot.mintedMilliWh),
        kwh(lot.activeMilliWh),
        kwh(lot.setAsideMilliWh),
      ])
      const head = ['lot', 'owner', 'minted kWh', 'active', 'set aside']
      if (rows.length > 0) print(table([head, ...rows], [false, false, true, true, true]))
    } else if (what === 'balances') {
      const rows = balances.map((one) => [
        one.account,
        one.role,
        usd(one.balanceMicroUsd),
        usd(one.creditMicroUsd),
      ])
      print(`${community}: ${rows.length} accounts`)
      print(table([['account', 'role', 'balance USD', 'credit USD'], ...rows], [false, false, true, true]))
    } else {
      const names = Object.keys(totals[0]).filter((name) => name !== 'kind') as (keyof (typeof totals)[0])[]
      const rows = names.map((name) => [
        name.replace('MilliWh', ' kWh'),
        ...totals.map((one) => kwh(Number(one[name]))),
      ])
      print(`${community}: tokens by kind, state and reason`)
      print(table([['', ...totals.map(({ kind }) => kind)], ...rows], [false, true, true, true]))
    }
  }
}
