import { availableParallelism } from 'node:os'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import { VppError } from '../../data/errors.ts'
import { renderBurnStudy } from '../../reports/burn-study.ts'
import { runStudy } from '../../sim/burn-study/study.ts'
import { studyTables } from '../burn-study-tables.ts'
import { print, printJson } from '../output.ts'
import { progressLine } from '../progress.ts'

interface BurnOptions {
  action: string
  batteryYears: number
  seed: number
  workers: number
  report: string | undefined
  json: boolean
  quiet: boolean
}

const wholeOption = (name: string, least: number, most: number) => (value: unknown) => {
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new VppError('usage', {
      place: `--${name}`,
      problem: `is ${String(value)}; must be a whole number from ${least} to ${most}`,
      fix: `give for example --${name} ${least}`,
    })
  }
  return number
}

/** `vpp burn study`: the predictive burn algorithm against baselines, oracles, ablations and faults. */
export const command: CommandModule<object, BurnOptions> = {
  command: 'burn <action>',
  describe: 'study the predictive burn algorithm',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['study'], describe: 'what to do' })
      .option('battery-years', {
        default: 1000,
        requiresArg: true,
        coerce: wholeOption('battery-years', 60, 1_000_000),
        describe: 'size of the study; the batteries of a year and of ten share it',
      })
      .option('seed', {
        default: 1,
        requiresArg: true,
        coerce: wholeOption('seed', 0, 0xffff_ffff),
        describe: 'the same seed and size give the same study, on any number of workers',
      })
      .option('workers', {
        default: availableParallelism(),
        requiresArg: true,
        coerce: wholeOption('workers', 1, 1024),
        describe: 'threads',
      })
      .option('report', {
        type: 'string',
        requiresArg: true,
        describe: 'file of an HTML report to write, with plots',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .option('quiet', { type: 'boolean', default: false, describe: 'no progress' }) as never,
  handler: async ({ batteryYears, seed, workers, report, json, quiet }) => {
    const progress = progressLine('burn study', quiet)
    const study = await runStudy({
      seed,
      batteryYears,
      workers,
      onProgress: (doneFraction, text) => progress.report({ phase: 'simulate', doneFraction, text }),
    })
    progress.end()
    if (json) printJson(study)
    else print(studyTables(study))
    if (report === undefined) return
    try {
      writeFileSync(report, renderBurnStudy(study))
    } catch (cause) {
      const problem = `cannot be written: ${(cause as Error).message}`
      throw new VppError(
        'failure',
        { place: report, problem, fix: 'choose another file with --report' },
        cause,
      )
    }
    if (!json) print(`\nreport  ${resolve(report)}`)
  },
}
