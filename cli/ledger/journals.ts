import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { type LedgerResult, RUN_FILES, type RunResults, withTokens } from '../../data/run-files.ts'
import { fabricLedgerName } from '../../sim/fabric-name.ts'
import { findRun } from '../find-run.ts'

export interface Journal {
  readonly community: string
  readonly path: string
  /** What the run says of this ledger; null for a journal on its own. */
  readonly told: LedgerResult | null
  /** The scenario's time zone, when it is known. */
  readonly zone: string | undefined
}

/**
 * The journals of a run, or the file that is named itself.
 *
 * @param stores also the durable ledgers of the run: they hold the same chains
 */
export function journals(run: string, out: string, community?: string, stores = false): Journal[] {
  if (existsSync(run) && statSync(run).isFile()) {
    return [{ community: run, path: run, told: null, zone: undefined }]
  }
  const dir = findRun(run, out)
  const results = JSON.parse(readFileSync(join(dir, RUN_FILES.results), 'utf8')) as RunResults
  if (withTokens(results.communities).length === 0)
    throw new VppError('invalid', {
      place: dir,
      problem: 'has no ledger: its tokens were off (ledger.tokens: false)',
      fix: 'run its scenario with --tokens on',
    })
  const found = readdirSync(join(dir, RUN_FILES.ledger))
    .filter((name) => name.endsWith('.journal') || (stores && name.endsWith('.sqlite')))
    .map((name): Journal => {
      const id = name.replace(/\.(?:journal|sqlite)$/, '')
      const told = results.communities.find((one) => one.id === id)?.ledger ?? null
      const path = join(dir, RUN_FILES.ledger, name)
      return { community: id, path, told, zone: results.timeZone }
    })
    .filter(({ community: id }) => community === undefined || id === community)
  if (found.length > 0) return found
  throw new VppError('invalid', {
    place: dir,
    problem: 'has no such ledger',
    fix: 'leave --community out, or correct it',
  })
}

/** The one journal that an action is about. */
export function oneJournal(run: string, out: string, community?: string): Journal {
  const list = journals(run, out, community)
  if (list.length === 1) return list[0]
  throw new VppError('usage', {
    place: run,
    problem: `has ${list.length} ledgers`,
    fix: `name one: --community ${list[0].community}`,
  })
}

/** Name of a run's ledger on a network. */
export function runLedger(run: string, out: string, community?: string): string {
  const { community: id, path } = oneJournal(run, out, community)
  // A run that was stopped has its name with a mark; its ledger is that of the whole run, as far as it came.
  return fabricLedgerName(basename(dirname(dirname(path))).replace(/-partial$/, ''), id)
}
