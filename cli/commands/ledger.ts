import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import { queryBalances, queryLots, queryTotals, type LotFilter } from '../../ledger/audit/query.ts'
import { traceLot } from '../../ledger/audit/trace.ts'
import { verifyJournal, type Verified } from '../../ledger/audit/verify.ts'
import { findRun } from '../find-run.ts'
import { print, printJson, table } from '../output.ts'

interface Journal {
  readonly community: string
  readonly path: string
  /** What the run says of this ledger; null for a journal on its own. */
  readonly told: RunResults['communities'][number]['ledger'] | null
}

/** The journals of a run, or the one that is named itself. */
function journals(run: string, out: string, community?: string): Journal[] {
  if (run.endsWith('.journal') && existsSync(run)) return [{ community: run, path: run, told: null }]
  const dir = findRun(run, out)
  const results = JSON.parse(readFileSync(join(dir, RUN_FILES.results), 'utf8')) as RunResults
  const found = readdirSync(join(dir, RUN_FILES.ledger))
    .filter((name) => name.endsWith('.journal'))
    .map((name): Journal => {
      const id = name.slice(0, -'.journal'.length)
      const told = results.communities.find((one) => one.id === id)?.ledger ?? null
      return { community: id, path: join(dir, RUN_FILES.ledger, name), told }
    })
    .filter(({ community: id }) => community === undefined || id === community)
  if (found.length === 0) {
    throw new VppError('invalid', {
      place: dir,
      problem: 'has no such ledger',
      fix: 'leave --community out, or correct it',
    })
  }
  return found
}

/** Differences between what a run says of its ledger and what its journal gives. */
function differences({ told }: Journal, found: Verified): string[] {
  if (told === null) return []
  const pairs = [
    ['blocks', told.blocks, found.blocks],
    ['transactions', told.transactions, found.transactions],
    ['operations', told.operations, found.operations],
    ['head', told.head, found.head],
    ['stateHash', told.stateHash, found.stateHash],
  ] as const
  return pairs.flatMap(([name, said, is]) =>
    said === is ? [] : [`${RUN_FILES.results} says ${name} ${said}, the journal ${is}`],
  )
}

function verify(list: Journal[], json: boolean): void {
  const checked = list.map((journal) => {
    const { state: _, ...found } = verifyJournal(journal.path)
    const differs = differences(journal, { ...found, state: _ })
    return {
      community: journal.community,
      ...found,
      ok: found.ok && differs.length === 0,
      differences: differs,
    }
  })
  if (json) printJson({ format: 1, ledgers: checked })
  else {
    for (const one of checked) {
      print(`${one.community}  ${one.ok ? 'verified' : 'NOT SOUND'}`)
      print(`  ${one.blocks} blocks, ${one.transactions} transactions, ${one.operations} operations`)
      print(`  head   ${one.head}\n  state  ${one.stateHash}`)
      for (const { block, transaction, problem } of one.problems) {
        print(`  block ${block}${transaction < 0 ? '' : `, transaction ${transaction}`}: ${problem}`)
      }
      for (const difference of one.differences) print(`  ${difference}`)
    }
  }
  if (checked.some(({ ok }) => !ok)) process.exitCode = EXIT_CODES.failure
}

const kwh = (milliWh: number): string => (milliWh / 1e6).toFixed(6)

function trace(list: Journal[], lot: string, json: boolean): void {
  const lines = list.flatMap(({ path }) => traceLot(path, lot).lines)
  if (lines.length === 0) {
    throw new VppError('invalid', {
      place: lot,
      problem: 'was never minted in this run',
      fix: 'name it like home-01-solar/2016-08-01T19:00Z; `vpp ledger query` shows living lots',
    })
  }
  if (json) return printJson({ format: 1, lot, events: lines })
  let name = ''
  for (const line of lines) {
    if (line.lot !== name) print(`${name === '' ? '' : '\n'}${(name = line.lot)}`)
    const money =
      line.microUsd === 0
        ? ''
        : ` ${(line.microUsd / 1e6).toFixed(6)} USD${line.what === 'offered' ? '/kWh' : ''}`
    const what = `${line.what}${line.reason === '' ? '' : ` (${line.reason})`}`
    print(`  ${what.padEnd(24)} ${kwh(line.from)}..${kwh(line.to)} kWh  ${line.account}${money}`)
  }
}

function query(list: Journal[], filter: LotFilter, what: string, json: boolean): void {
  const answers = list.map(({ community, path }) => {
    const { state } = verifyJournal(path)
    return {
      community,
      lots: queryLots(state, filter),
      balances: queryBalances(state),
      totals: queryTotals(state),
    }
  })
  if (json) return printJson({ format: 1, ledgers: answers })
  for (const { community, lots, balances, totals } of answers) {
    print(`${community}: ${lots.length} living lots match`)
    if (what === 'lots') {
      const rows = lots.map((lot) => [lot.lot, lot.owner, kwh(lot.activeMilliWh), kwh(lot.setAsideMilliWh)])
      if (rows.length > 0)
        print(table([['lot', 'owner', 'active kWh', 'set aside'], ...rows], [false, false, true, true]))
    } else if (what === 'balances') {
      const usd = (microUsd: number) => (microUsd / 1e6).toFixed(6)
      const rows = balances.map((one) => [
        one.account,
        one.role,
        usd(one.balanceMicroUsd),
        usd(one.creditMicroUsd),
      ])
      print(table([['account', 'role', 'balance USD', 'credit USD'], ...rows], [false, false, true, true]))
    } else {
      const names = Object.keys(totals[0]).filter((name) => name !== 'kind') as (keyof (typeof totals)[0])[]
      const rows = names.map((name) => [
        name.replace('MilliWh', ' kWh'),
        ...totals.map((one) => kwh(Number(one[name]))),
      ])
      print(table([['', ...totals.map(({ kind }) => kind)], ...rows], [false, true, true, true]))
    }
  }
}

interface LedgerArguments extends LotFilter {
  action: 'verify' | 'trace' | 'query'
  run: string
  lot?: string
  show: string
  community?: string
  out: string
  json: boolean
}

/** `vpp ledger`: reads a run's journal with code that shares nothing with what wrote it. */
export const command: CommandModule<object, LedgerArguments> = {
  command: 'ledger <action> <run> [lot]',
  describe: "check and read a run's ledger",
  builder: (yargs: Argv) =>
    yargs
      .positional('action', { choices: ['verify', 'trace', 'query'] as const, demandOption: true })
      .positional('run', { type: 'string', demandOption: true, describe: 'run, or .journal file' })
      .positional('lot', { type: 'string', describe: 'trace: home-01-solar/2016-08-01T19:00Z' })
      .option('show', {
        choices: ['lots', 'balances', 'totals'],
        default: 'lots',
        describe: 'query: what to list',
      })
      .option('asset', { type: 'string', describe: 'query: label, like home-01-battery' })
      .option('location', { type: 'string', describe: 'query: community/home' })
      .option('date', { type: 'string', describe: 'query: UTC day of the interval' })
      .option('owner', { type: 'string', describe: 'query: account, like home-01' })
      .option('state', { choices: ['active', 'set-aside', 'offered'] as const, describe: 'query' })
      .option('community', { type: 'string', describe: 'only this one' })
      .option('out', { type: 'string', default: 'runs', describe: 'folder of the run folders' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ action, run, lot, show, community, out, json, asset, location, date, owner, state }) => {
    const list = journals(run, out, community)
    if (action === 'verify') return verify(list, json)
    if (action === 'trace') {
      if (lot === undefined) {
        throw new VppError('usage', {
          place: 'vpp ledger trace',
          problem: 'no lot is named',
          fix: 'vpp ledger trace RUN LOT',
        })
      }
      return trace(list, lot, json)
    }
    const given = Object.entries({ asset, location, date, owner, state }).filter(
      ([, value]) => value !== undefined,
    )
    query(list, Object.fromEntries(given) as LotFilter, show, json)
  },
}
