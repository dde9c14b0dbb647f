import type { Argv, CommandModule } from 'yargs'
import { VppError } from '../../data/errors.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../../ledger/audit/reading/export.ts'
import { LOT_STATES, type LotFilter } from '../../ledger/audit/reading/query.ts'
import { NETWORK_DIR } from '../fabric/folder.ts'
import { diff, type Side } from '../ledger/diff.ts'
import { exportTo } from '../ledger/export.ts'
import { journals, oneJournal, runLedger } from '../ledger/journals.ts'
import { knownRoot } from '../ledger/known-root.ts'
import { check, prove, tellRoot } from '../ledger/proof.ts'
import { query, QUERY_TABLES } from '../ledger/query.ts'
import { trace } from '../ledger/trace.ts'
import { verify } from '../ledger/verify.ts'

const ACTIONS = ['verify', 'query', 'trace', 'root', 'proof', 'export', 'diff'] as const

interface LedgerArguments extends LotFilter {
  action: (typeof ACTIONS)[number]
  run?: string
  what?: string
  show: string
  root?: string
  block?: number
  transaction?: string
  check?: string
  format: ExportFormat
  table: 'lots' | 'events'
  community?: string
  runs: string
  connection: string
  out?: string
  json: boolean
}

const missing = (action: string, problem: string, fix: string) =>
  new VppError('usage', { place: `vpp ledger ${action}`, problem, fix })

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

async function handle(given: LedgerArguments): Promise<void> {
  const { action, run, what, runs, out, community, json } = given
  if (action === 'proof' && given.check !== undefined) {
    if (given.root === undefined) throw missing(action, 'no root is named', '--check FILE --root HASH')
    return check(given.check, given.root, json)
  }
  if (run === undefined) throw missing(action, 'no run is named', `vpp ledger ${action} RUN`)
  switch (action) {
    case 'verify':
      return verify(
        journals(run, runs, community, true),
        given.root === undefined ? undefined : knownRoot(given.root),
        json,
      )
    case 'query': {
      const { asset, location, date, owner, state } = given
      if (date !== undefined && !isDay(date))
        throw missing(action, `${JSON.stringify(date)} is no day`, 'write --date like 2016-08-02 (UTC)')
      const filter = Object.entries({ asset, location, date, owner, state }).filter(
        ([, value]) => value !== undefined,
      )
      return query(journals(run, runs, community), Object.fromEntries(filter) as LotFilter, given.show, json)
    }
    case 'trace':
      if (what === undefined) throw missing(action, 'no lot is named', 'vpp ledger trace RUN LOT')
      return trace(journals(run, runs, community), what, json)
    case 'root':
      return tellRoot(oneJournal(run, runs, community), given.block, out, json)
    case 'proof':
      return prove(oneJournal(run, runs, community), { lot: what, transaction: given.transaction }, out, json)
    case 'export':
      return exportTo(oneJournal(run, runs, community), json ? 'jsonl' : given.format, given.table, out)
    case 'diff':
      if (what === undefined) throw missing(action, 'only one ledger is named', 'vpp ledger diff A B')
      return diff(await side(run, null, given), await side(what, run, given), json)
  }
}

/** One side of a comparison: a run or file, or a ledger on a network (`fabric:NAME`; `fabric`: that of the other side). */
async function side(
  text: string,
  other: string | null,
  { runs, community, connection }: LedgerArguments,
): Promise<Side> {
  if (text !== 'fabric' && !text.startsWith('fabric:')) return oneJournal(text, runs, community)
  const { networkBook, networkLedger } = await import('../ledger/network-state.ts')
  const name = networkLedger(text, other === null ? null : runLedger(other, runs, community))
  if (name === null) throw missing('diff', 'fabric alone names no ledger', 'vpp ledger diff RUN fabric')
  return { path: `fabric:${name}`, book: await networkBook(connection, name) }
}

/** `vpp ledger`: reads a run's journal with code that shares nothing with what wrote it. */
export const command: CommandModule<object, LedgerArguments> = {
  command: 'ledger <action> [run] [what]',
  describe: "check and read a run's ledger",
  builder: (yargs: Argv) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true })
      .positional('run', { type: 'string', describe: 'run, or .journal file' })
      .positional('what', {
        type: 'string',
        describe: 'trace, proof: a lot, like home-01-solar/2016-08-01T19:00Z; diff: the other run, or fabric',
      })
      .option('root', {
        type: 'string',
        describe: 'verify: BLOCK:HASH or a file of `root`; proof --check: HASH',
      })
      .option('block', { type: 'number', describe: 'root: of this block, not the last' })
      .option('transaction', { type: 'string', describe: 'proof: CLIENT:SEQUENCE' })
      .option('check', { type: 'string', describe: 'proof: check this file against --root' })
      .option('format', {
        choices: EXPORT_FORMATS,
        default: 'csv' as const,
        describe: 'export: gc = granular certificates (JSON Lines)',
      })
      .option('table', { choices: ['lots', 'events'] as const, default: 'lots' as const, describe: 'export' })
      .option('show', { choices: QUERY_TABLES, default: 'lots' as const, describe: 'query: what to list' })
      .option('asset', { type: 'string', describe: 'query: label, like home-01-battery' })
      .option('location', { type: 'string', describe: 'query: community/home' })
      .option('date', { type: 'string', describe: 'query: UTC day of the interval' })
      .option('owner', { type: 'string', describe: 'query: account, like home-01' })
      .option('state', { choices: LOT_STATES, describe: 'query: a part of the lot is so' })
      .option('community', { type: 'string', describe: 'only this one' })
      .option('runs', { type: 'string', default: 'runs', describe: 'folder of the run folders' })
      .option('connection', {
        type: 'string',
        default: `${NETWORK_DIR}/connection.json`,
        describe: 'diff with fabric: connection file',
      })
      .option('out', { type: 'string', describe: 'root, proof, export: write to this file' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: handle,
}
