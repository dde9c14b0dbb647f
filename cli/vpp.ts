import { EXIT_CODES, VppError } from '../data/errors.ts'
import { COMMANDS } from './commands.ts'
import { say } from './output.ts'
import { version } from './version.ts'

// A reader that has seen enough (`vpp … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

/** `vpp` and `vpp --help` alone: answered without loading yargs or any command. */
function overview(): string {
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length))
  return [
    'vpp: virtual power plant simulator and research workbench',
    '',
    'usage: vpp COMMAND [options]     (vpp COMMAND --help tells the options)',
    '',
    ...COMMANDS.map(({ usage, describe }) => `  ${usage.padEnd(width)}  ${describe}`),
    '',
    '  --version, --help, --quiet (no progress); NO_COLOR is respected',
    '',
    'first steps:  vpp run first-neighborhood     vpp scenarios     vpp doctor',
    'exit codes:   0 ok, 1 failure, 2 usage, 3 scenario or data invalid,',
    '              4 regression differs, 130 interrupted',
  ].join('\n')
}

async function main(args: string[]): Promise<void> {
  const [first] = args
  if (
    args.length === 0 ||
    (args.length === 1 && (first === '--help' || first === '-h' || first === 'help'))
  ) {
    process.stdout.write(`${overview()}\n`)
    if (args.length === 0) process.exitCode = EXIT_CODES.usage
    return
  }
  if (args.length === 1 && (first === '--version' || first === '-v')) {
    process.stdout.write(`${version}\n`)
    return
  }
  const { parse } = await import('./parse.ts')
  await parse(args)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof VppError) {
    say(error.message)
    process.exitCode = EXIT_CODES[error.kind]
  } else {
    say(
      `vpp ${version} failed: this is a bug.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    process.exitCode = EXIT_CODES.failure
  }
}
