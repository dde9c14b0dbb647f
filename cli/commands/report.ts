import type { CommandModule } from 'yargs'
import { writeReport } from '../../reports/render.ts'
import { findRun } from '../find-run.ts'
import { print, printJson } from '../output.ts'

/** `vpp report`: makes a run's report again from its files. */
export const command: CommandModule<object, { run: string; out: string; json: boolean }> = {
  command: 'report <run>',
  describe: "write a run's report again",
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'run folder, or its name in --out' })
      .option('out', { type: 'string', default: 'runs', describe: 'folder of the run folders' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: async ({ run, out, json }) => {
    const dir = findRun(run, out)
    const report = await writeReport(dir)
    if (json) printJson({ format: 1, dir, report })
    else print(report)
  },
}
