import { dirname } from 'node:path'
import type { CommandModule } from 'yargs'
import { type Problem, VppError } from '../../data/errors.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { prepare } from '../../sim/prepare.ts'
import { print, printJson } from '../output.ts'

interface Checked {
  file: string
  ok: boolean
  problems: readonly Problem[]
}

/** The schema's findings, and whether every profile is there, readable and long enough. */
function check(file: string): Checked {
  try {
    const { scenario, path, placeOf } = loadScenario(file)
    prepare(scenario, dirname(path), placeOf)
    return { file, ok: true, problems: [] }
  } catch (error) {
    if (!(error instanceof VppError)) throw error
    return { file, ok: false, problems: error.problems }
  }
}

/** `vpp validate`: every problem of every file, with its place and what to do about it. */
export const command: CommandModule<object, { file: string[]; json: boolean }> = {
  command: 'validate <file...>',
  describe: 'check scenarios without running them',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'YAML file or gallery name',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ file, json }) => {
    const checked = file.map(check)
    if (json) printJson({ format: 1, scenarios: checked })
    else for (const { file: name, ok } of checked) if (ok) print(`${name}  ok`)
    const problems = checked.flatMap((one) => one.problems)
    if (problems.length > 0) throw new VppError('invalid', problems)
  },
}
