import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { print, printJson, table } from '../output.ts'
import { validateModels, type Validation } from '../references/run.ts'

const PROJECT = join(import.meta.dirname, '..', '..')
const SHARED = join(PROJECT, '..', 'shared', 'data')
const OWN = join(PROJECT, 'cli', 'references', 'own')

/** A block for each source, which stands above it: the lines fit into 80 columns. */
function asTable({ checks, references, problems }: Validation): string {
  const rows = checks.map((check) => [
    `  ${check.quantity}`,
    check.tolerance.toExponential(0),
    check.deviation.toExponential(1),
    check.unit,
    check.passed ? 'pass' : 'FAIL',
  ])
  const head = ['  quantity', 'tolerance', 'deviation', 'unit', 'verdict']
  const [first, ...lines] = table([head, ...rows], [false, true, true]).split('\n')
  const blocks = lines.map((line, at) => {
    const { source } = checks[at]
    return source === checks[at - 1]?.source ? line : `\nsource ${source}\n${line}`
  })
  const failed = checks.filter(({ passed }) => !passed).length
  const unread = problems.length === 0 ? '' : `, ${problems.length} problems in reference files`
  return [
    first,
    ...blocks,
    '',
    `${references} references, ${checks.length} checks, ${failed} failed${unread}`,
  ].join('\n')
}

/** `vpp validate-models`: exit 1 when a check fails or there is none, 3 when a reference is malformed. */
export const command: CommandModule<object, { data: string | undefined; json: boolean }> = {
  command: 'validate-models',
  describe: 'compare the models with references',
  builder: (yargs) =>
    yargs
      .option('data', {
        type: 'string',
        requiresArg: true,
        describe:
          'folder with golden-*/ (and homes-fontana-2016/, else that of ../shared/data); default ../shared/data, else the own references',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ data, json }) => {
    const dir = data ?? (existsSync(join(SHARED, 'golden-dispatch')) ? SHARED : OWN)
    const validation = validateModels(dir)
    if (json) printJson({ format: 1, ...validation })
    else print(asTable(validation))
    if (validation.problems.length > 0) throw new VppError('invalid', validation.problems)
    if (validation.references === 0) {
      throw new VppError('failure', {
        place: dir,
        problem: 'no reference was found',
        fix: 'give a folder that holds golden-dispatch/ and homes-fontana-2016/ with --data',
      })
    }
    if (!validation.passed) process.exitCode = EXIT_CODES.failure
  },
}
