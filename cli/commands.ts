import type { CommandModule } from 'yargs'

/** A command's place in the overview, and where its code is; nothing is loaded until it is called. */
export interface CommandEntry {
  readonly name: string
  readonly usage: string
  readonly describe: string
  readonly load: () => Promise<{ command: CommandModule<object, never> }>
}

const entry = (usage: string, describe: string, load: () => Promise<{ command: unknown }>): CommandEntry => ({
  name: usage.split(' ')[0],
  usage,
  describe,
  load: load as CommandEntry['load'],
})

/** Every command, in the order of the overview. */
export const COMMANDS: readonly CommandEntry[] = [
  entry('run SCENARIO...', 'run scenarios and write their reports', () => import('./commands/run.ts')),
  entry(
    'viability SCENARIO|RUN',
    'who gains, how sure, when it pays: the report',
    () => import('./commands/viability.ts'),
  ),
  entry('sweep SWEEP', 'run a scenario many times with other values', () => import('./commands/sweep.ts')),
  entry(
    'sweep-worker',
    'compute runs of sweeps that others queue',
    () => import('./commands/sweep-worker.ts'),
  ),
  entry('compare A B...', 'compare runs, sweeps or scenarios', () => import('./commands/compare.ts')),
  entry('regress GOLDEN', 'hold key figures to golden ones (exit 4)', () => import('./commands/regress.ts')),
  entry('notebook ACTION', 'run notebooks, or render them to HTML', () => import('./commands/notebook.ts')),
  entry('scenarios', 'list the gallery', () => import('./commands/scenarios.ts')),
  entry('validate FILE...', 'check scenarios without running them', () => import('./commands/validate.ts')),
  entry(
    'explain [FIELD]',
    'what a field means: unit, default, limits',
    () => import('./commands/explain.ts'),
  ),
  entry('report RUN', "write a run's report again", () => import('./commands/report.ts')),
  entry('size', 'how much solar a home should invest in', () => import('./commands/size.ts')),
  entry('statement RUN', "a household's month on one page", () => import('./commands/statement.ts')),
  entry('data ACTION', 'data sets and files: list, fetch, import, audit', () => import('./commands/data.ts')),
  entry(
    'ledger ACTION RUN',
    'verify, query, trace, root, proof, export, diff',
    () => import('./commands/ledger.ts'),
  ),
  entry(
    'ledger-salvage FILE',
    "recover a damaged durable ledger's sound blocks",
    () => import('./commands/ledger-salvage.ts'),
  ),
  entry(
    'burn study',
    'predictive burn against baselines, oracles and faults',
    () => import('./commands/burn.ts'),
  ),
  entry(
    'fabric ACTION',
    'Hyperledger Fabric: up, status, down, doctor, logs, …',
    () => import('./commands/fabric.ts'),
  ),
  entry(
    'validate-models',
    'compare the models with references',
    () => import('./commands/validate-models.ts'),
  ),
  entry(
    'forecast evaluate',
    'how good day-ahead forecasts of load and solar are',
    () => import('./commands/forecast.ts'),
  ),
  entry('doctor', 'what is missing, and how to get it', () => import('./commands/doctor.ts')),
  entry('completion', 'shell completion script', () => import('./commands/completion.ts')),
]
