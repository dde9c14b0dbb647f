import { join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { ledgerName } from '../../ledger/fabric/chaincode/keys.ts'
import type { LotQuery, LotRow } from '../../ledger/fabric/chaincode/queries.ts'
import { lotName, type Step } from '../../ledger/fabric/chaincode/trace.ts'
import { askOperator } from '../../ledger/fabric/client/ask.ts'
import { print, printJson, table } from '../output.ts'

const usage = (place: string, problem: string, fix: string) => new VppError('usage', { place, problem, fix })

/** The connection file that is named, or the one of the network in a folder. */
const fileOf = (dir: string, connection: string | undefined): string =>
  connection ?? join(dir, 'connection.json')

function needLedger(text: string | undefined): string {
  if (text !== undefined && ledgerName(text) !== null) return text
  throw usage(
    'vpp fabric',
    text === undefined ? 'no ledger is named' : `${text} is no name of a ledger`,
    '`vpp run --ledger fabric` prints the names, RUN.COMMUNITY',
  )
}

const timeOf = (minute: number): string => new Date(minute * 60_000).toISOString().replace(':00.000Z', 'Z')
const nameOf = ({ asset, minute, source, from }: LotRow): string => `${asset}/${minute}/${source}/${from}`
const rowOf = (lot: LotRow): string[] => [
  nameOf(lot),
  timeOf(lot.minute),
  lot.kind,
  lot.location,
  String(lot.activeMilliWh),
  String(lot.offeredMilliWh),
  String(lot.setAsideMilliWh),
]
const HEAD = ['lot', 'interval', 'kind', 'location', 'active mWh', 'offered', 'set aside']
const RIGHT = [false, false, false, false, true, true, true]

/** `vpp fabric lots LEDGER`: living lots, from the committed state. */
export async function listLots(
  dir: string,
  connection: string | undefined,
  ledger: string | undefined,
  filter: LotQuery,
  json: boolean,
): Promise<void> {
  const lots = await askOperator<LotRow[]>(
    fileOf(dir, connection),
    'lots',
    needLedger(ledger),
    JSON.stringify(filter),
  )
  if (json) printJson({ format: 1, lots })
  else print(lots.length === 0 ? 'no such lot lives' : table([HEAD, ...lots.map(rowOf)], RIGHT))
}

/** `vpp fabric trace LEDGER LOT`: every committed change of a lot. */
export async function traceLot(
  dir: string,
  connection: string | undefined,
  ledger: string | undefined,
  lot: string | undefined,
  json: boolean,
): Promise<void> {
  if (lot === undefined || lotName(lot) === null) {
    throw usage(
      'vpp fabric trace',
      'no lot is named',
      'name it ASSET/MINUTE/SOURCE/FROM, as `vpp fabric lots` does',
    )
  }
  const steps = await askOperator<Step[]>(fileOf(dir, connection), 'trace', needLedger(ledger), lot)
  if (json) printJson({ format: 1, steps })
  else if (steps.length === 0) print('no such lot was ever in a committed state')
  else {
    const rows = steps.map((step) => [
      step.transaction.slice(0, 12),
      ...(step.lot === null ? ['gone'] : rowOf(step.lot).slice(4)),
    ])
    print(table([['transaction', ...HEAD.slice(4)], ...rows], [false, true, true, true]))
  }
}
