import type { CommandModule } from 'yargs'
import { explain } from '../../scenarios/explain.ts'
import { print } from '../output.ts'

/** `vpp explain`: the scenario schema, a field at a time. */
export const command: CommandModule<object, { field?: string }> = {
  command: 'explain [field]',
  describe: 'what a field means: unit, default, limits',
  builder: (yargs) =>
    yargs.positional('field', { type: 'string', describe: 'like tariff.export; left out: all' }) as never,
  handler: ({ field }) => print(explain(field ?? '')),
}
