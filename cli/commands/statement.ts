import type { CommandModule } from 'yargs'
import { VppError } from '../../data/errors.ts'
import type { HomeResult, MonthResult, RunResults } from '../../data/run-files.ts'
import { readRunResults } from '../../reports/read-run.ts'
import { homesOf } from '../../reports/kpi/sums.ts'
import { renderStatement } from '../../reports/statement/page.ts'
import { lastWholeMonth, statementOf } from '../../reports/statement/statement.ts'
import { exportText, todaysExport } from '../../reports/tariff-text.ts'
import { didYouMean } from '../../scenarios/nearest.ts'
import { findRun } from '../find-run.ts'
import { print, printJson } from '../output.ts'
import { statementText } from '../statement-text.ts'
import { writePage } from '../write-page.ts'

interface StatementArguments {
  readonly run: string
  readonly home: string
  readonly month?: string
  readonly out?: string
  readonly runs: string
  readonly json: boolean
}

function homeNamed(results: RunResults, name: string): HomeResult {
  const homes = homesOf(results)
  const found = homes.find(({ id }) => id === name) ?? homes.find(({ label }) => label === name)
  if (found !== undefined) return found
  const ids = homes.map(({ id }) => id)
  throw new VppError('invalid', {
    place: `--home ${name}`,
    problem: 'is no home of the run',
    fix: didYouMean(name, ids) || `use one of ${ids.slice(0, 6).join(', ')}${ids.length > 6 ? ', …' : ''}`,
  })
}

function monthNamed(results: RunResults, home: HomeResult, month: string | undefined): MonthResult {
  if (home.months.length === 0)
    throw new VppError('invalid', { place: results.runId, problem: 'has no month', fix: 'run it again' })
  if (month === undefined) return lastWholeMonth(results, home)
  const found = home.months.find((one) => one.month === month)
  if (found !== undefined) return found
  throw new VppError('invalid', {
    place: `--month ${month}`,
    problem: 'is not in the run',
    fix: `use one from ${home.months[0].month} to ${home.months[home.months.length - 1].month}`,
  })
}

/** `vpp statement`: a household's month on one page. */
export const command: CommandModule<object, StatementArguments> = {
  command: 'statement <run>',
  describe: "a household's month on one page",
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'run folder, or its name in --runs',
      })
      .option('home', { type: 'string', demandOption: true, requiresArg: true, describe: 'id of the home' })
      .option('month', {
        type: 'string',
        requiresArg: true,
        describe: 'like 2016-08; default the last whole month of the run',
      })
      .option('out', { type: 'string', requiresArg: true, describe: 'write the page (HTML) to this file' })
      .option('runs', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'folder of the run folders',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ run, home: name, month, out, runs, json }) => {
    const { results, scenario } = readRunResults(findRun(run, runs))
    const home = homeNamed(results, name)
    const statement = statementOf(results, scenario, home, monthNamed(results, home, month))
    const rule = exportText(todaysExport(scenario))
    if (out !== undefined) writePage(out, renderStatement(statement, rule))
    const todaysRules = rule.replaceAll('\u00a0', ' ')
    if (json)
      printJson({
        format: 1,
        runId: results.runId,
        ...statement,
        todaysRules,
        ...(out === undefined ? {} : { page: out }),
      })
    else print(`${statementText(statement, rule)}${out === undefined ? '' : `\n\npage  ${out}`}`)
  },
}
