import { hash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { VppError } from '../../data/errors.ts'
import { MODEL_NAMES, type ModelName } from '../../models/forecast/model.ts'
import { renderForecastReport } from '../../reports/forecast/render.ts'
import { evaluateForecasts } from '../../sim/forecast/evaluate.ts'
import { FIRST_SCORED_DAY } from '../../sim/forecast/roll-set.ts'
import { loadTensorflow, type TensorflowBackend, tensorflowTrainer } from '../../sim/forecast/tensorflow.ts'
import { cachedTrainer } from '../../sim/forecast/weights-cache.ts'
import { chooseSets } from '../../sim/forecast/choose-sets.ts'
import { evaluationTable } from '../forecast/table.ts'
import { print, printJson } from '../output.ts'
import { progressLine } from '../progress.ts'
import { version } from '../version.ts'

const DATA_FOLDERS = ['datasets', join(import.meta.dirname, '..', '..', '..', 'shared', 'data')]
const ENGINES = ['wasm', 'node', 'cpu'] as const
const LEAST_DAYS = FIRST_SCORED_DAY + 7

interface ForecastArguments {
  readonly action: 'evaluate'
  readonly homes?: string[]
  readonly models: ModelName[]
  readonly seed: number
  readonly days?: number
  readonly engine: TensorflowBackend
  readonly out: string
  readonly json: boolean
  readonly quiet: boolean
}

/** `vpp forecast evaluate`: how good day-ahead forecasts are at homes that nothing was trained on. */
export const command: CommandModule<object, ForecastArguments> = {
  command: 'forecast <action>',
  describe: 'evaluate day-ahead forecasts of load and solar',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['evaluate'] as const, demandOption: true })
      .option('homes', {
        type: 'string',
        array: true,
        describe: 'sets or homes, like fontana-2016 or fontana-2016/7; default all that are here',
      })
      .option('models', {
        choices: MODEL_NAMES,
        array: true,
        default: [...MODEL_NAMES],
        describe: 'which to compare; seasonal-naive always is',
      })
      .option('seed', { type: 'number', default: 1, requiresArg: true, describe: 'of every draw' })
      .option('days', { type: 'number', requiresArg: true, describe: 'only the first days of each series' })
      .option('engine', {
        choices: ENGINES,
        default: 'wasm' as const,
        describe: 'what trains the network; node: tfjs-node, if you installed it and it loads',
      })
      .option('out', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'folder for the run folders',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .check(({ days, seed }) => {
        if (days !== undefined && !(Number.isInteger(days) && days >= LEAST_DAYS))
          throw new VppError('usage', {
            place: '--days',
            problem: `is ${days}; must be a whole number from ${LEAST_DAYS} on`,
            fix: `the first ${FIRST_SCORED_DAY} days are learnt from and not scored`,
          })
        if (!Number.isSafeInteger(seed))
          throw new VppError('usage', {
            place: '--seed',
            problem: `is ${seed}; must be a whole number`,
            fix: '',
          })
        return true
      }) as never,
  handler: async (args) => {
    const { homes = [], models, seed, days, engine, out, json, quiet } = args
    const sets = chooseSets(homes, DATA_FOLDERS)
    const text = commandLine(args)
    const dir = join(out, `forecast-${hash('sha256', `${version} ${text}`, 'hex').slice(0, 12)}`)
    makeFolder(dir)
    const line = progressLine('forecast', quiet)
    const abort = new AbortController()
    const stop = () => abort.abort()
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    try {
      const found = await evaluateForecasts({
        sets,
        models,
        seed,
        days: days ?? null,
        trainer: cachedTrainer(tensorflowTrainer(engine), join(dir, 'weights')),
        version,
        command: text,
        onProgress: (progress) => line.report({ phase: 'simulate', ...progress }),
        signal: abort.signal,
      })
      // Named only where it was asked: loading it for its name would cost what the cache saves.
      const evaluation = models.includes('network') ? { ...found, engine: await engineName(engine) } : found
      writeFileSync(join(dir, 'forecast.json'), `${JSON.stringify(evaluation, null, 2)}\n`)
      writeFileSync(join(dir, 'report.html'), renderForecastReport(evaluation))
      line.end()
      if (json) printJson({ ...evaluation, dir, report: join(dir, 'report.html') })
      else print(`${evaluationTable(evaluation)}\n\nreport  ${join(dir, 'report.html')}\nfolder  ${dir}`)
    } finally {
      line.end()
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
    }
  },
}

const engineName = async (wanted: TensorflowBackend): Promise<string> => {
  const { core, backend } = await loadTensorflow(wanted)
  return `TensorFlow.js ${core.version_core}, ${backend}`
}

function makeFolder(dir: string): void {
  try {
    if (!existsSync(dir)) mkdirSync(dir, { recursive: true })
  } catch (cause) {
    throw new VppError(
      'failure',
      {
        place: dir,
        problem: `cannot be written: ${(cause as Error).message}`,
        fix: 'choose another folder with --out',
      },
      cause,
    )
  }
}

/** The command that makes the same again. */
function commandLine({ homes = [], models, seed, days, engine }: ForecastArguments): string {
  return [
    'vpp forecast evaluate',
    homes.length === 0 ? '' : ` --homes ${homes.join(' ')}`,
    models.length === MODEL_NAMES.length ? '' : ` --models ${models.join(' ')}`,
    ` --seed ${seed}`,
    days === undefined ? '' : ` --days ${days}`,
    engine === 'wasm' ? '' : ` --engine ${engine}`,
  ].join('')
}
