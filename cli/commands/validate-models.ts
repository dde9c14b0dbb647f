import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { print, printJson, table } from '../output.ts'
import { validateModels, type Validation } from '../references/run.ts'

const PROJECT = join(import.meta.dirname, '..', '..')
const SHARED = join(PROJECT, '..', 'shared', 'data')
const OWN = join(PROJECT, 'cli', 'references', 'own')

/** Longest quantity that leaves room for its figures in 80 columns. */
const QUANTITY = 34

/** A long quantity in lines, broken behind a comma or at a space; the last of them stands beside the figures. */
function inLines(quantity: string): string[] {
  if (quantity.length <= QUANTITY) return [quantity]
  const comma = quantity.lastIndexOf(',', QUANTITY)
  const end = comma > 0 ? comma + 1 : quantity.lastIndexOf(' ', QUANTITY)
  const rest = quantity.slice(end).trimStart()
  return end <= 2 ? [quantity] : [quantity.slice(0, end), ...inLines(`  ${rest}`)]
}

/** A block for each source, which stands above it: the lines fit into 80 columns. */
function asTable({ checks, references, problems }: Validation): string {
  const quantities = checks.map(({ quantity }) => inLines(quantity))
  const rows = checks.map((check, at) => [
    `  ${quantities[at].at(-1)}`,
    check.tolerance.toExponential(0),
    check.deviation.toExponential(1),
    check.unit,
    check.passed ? 'pass' : 'FAIL',
  ])
  const head = ['  quantity', 'tolerance', 'deviation', 'unit', 'verdict']
  const [first, ...lines] = table([head, ...rows], [false, true, true]).split('\n')
  const blocks = lines.map((line, at) => {
    const { source } = checks[at]
    const whole = [...quantities[at].slice(0, -1).map((part) => `  ${part}`), line].join('\n')
    return source === checks[at - 1]?.source ? whole : `\nsource ${source}\n${whole}`
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
          'folder with golden-*/ (and the homes and weather they name, else those of ../shared/data); default ../shared/data, else the own references',
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
        fix: 'give a folder that holds golden-dispatch/, golden-solar/ or another such with --data',
      })
    }
    if (!validation.passed) process.exitCode = EXIT_CODES.failure
  },
}
