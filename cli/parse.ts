import yargs from 'yargs'
import { VppError } from '../data/errors.ts'
import { didYouMean } from '../scenarios/nearest.ts'
import { COMMANDS } from './commands.ts'
import { version } from './version.ts'

const usageError = (problem: string, fix: string) => new VppError('usage', { place: 'vpp', problem, fix })

/** Finds the command, loads it alone, and lets yargs read its options. */
export async function parse(args: string[]): Promise<void> {
  const names = COMMANDS.map(({ name }) => name)
  const wanted = args.find((arg) => !arg.startsWith('-'))
  const entry = COMMANDS.find(({ name }) => name === wanted)
  if (entry === undefined) {
    throw usageError(
      wanted === undefined ? `unknown option ${args[0]}` : `no command ${wanted}`,
      (wanted === undefined ? '' : didYouMean(wanted, names)) || '`vpp --help` lists the commands',
    )
  }
  const parser = yargs(args)
    .scriptName('vpp')
    .version(version)
    .option('quiet', { type: 'boolean', default: false, describe: 'no progress on standard error' })
    .strict()
    .recommendCommands()
    .demandCommand(1, 'name a command')
    .wrap(Math.min(80, process.stdout.columns ?? 80))
    .exitProcess(false)
    .fail((message, error) => {
      if (error instanceof Error && error.name !== 'YError') throw error
      throw usageError(message.replaceAll('\n', ' '), `\`vpp ${wanted ?? ''} --help\` tells the options`)
    })
  parser.command((await entry.load()).command)
  await parser.parseAsync()
}
