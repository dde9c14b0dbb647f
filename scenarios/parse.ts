import { VppError, type Problem } from '../data/errors.ts'
import { problemsFrom } from './problems.ts'
import { scenarioSchema, type Scenario } from './schema.ts'
import { readYaml } from './yaml-source.ts'

/** What the command line may change in a scenario, before it is checked. */
export interface Overrides {
  readonly days?: number
  readonly seed?: number
  /** Keep tokens, or not. */
  readonly tokens?: boolean
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Options of the command line, by the path that each one sets. */
const OPTION_OF: Record<string, string> = {
  'period.days': '--days',
  seed: '--seed',
  'ledger.tokens': '--tokens',
}

function override(value: unknown, { days, seed, tokens }: Overrides): unknown {
  if (!isMap(value)) return value
  const result = { ...value }
  if (seed !== undefined) result.seed = seed
  if (days !== undefined && isMap(result.period)) result.period = { ...result.period, days }
  if (tokens !== undefined && (result.ledger === undefined || isMap(result.ledger)))
    result.ledger = { ...result.ledger, tokens }
  return result
}

/**
 * The resolved scenario that `text` (YAML) holds: checked, every default filled in. `fileName` is how
 * messages call it. Throws one VppError of kind `invalid` with all problems, each at `file:line:column`.
 */
export function parseScenario(text: string, fileName: string, overrides: Overrides = {}): Scenario {
  if (text.trim() === '')
    throw new VppError('invalid', {
      place: fileName,
      problem: 'is empty; must hold a scenario',
      fix: 'start from one of the gallery: vpp scenarios',
    })
  const source = readYaml(text, fileName)
  const value = override(source.value, overrides)
  const result = scenarioSchema.safeParse(value)
  if (result.success) return result.data
  const given = new Set<string>()
  if (overrides.days !== undefined) given.add('period.days')
  if (overrides.seed !== undefined) given.add('seed')
  if (overrides.tokens !== undefined) given.add('ledger.tokens')
  const problems = problemsFrom(result.error.issues, value, (path, part) => {
    const dotted = path.join('.')
    return given.has(dotted) ? OPTION_OF[dotted] : `${fileName}:${source.placeOf(path, part)}`
  })
  throw new VppError('invalid', inFileOrder(problems))
}

/** Line and column at the end of a place; a place without them counts as the top. */
const lineColumn = (place: string): number[] => /:(\d+):(\d+)$/.exec(place)?.slice(1).map(Number) ?? [0, 0]

/** From the top of the file down. */
const inFileOrder = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted((a, b) => {
    const [lineA, columnA] = lineColumn(a.place)
    const [lineB, columnB] = lineColumn(b.place)
    return lineA - lineB || columnA - columnB
  })
