/** The golden file of `vpp regress`: which scenarios, which key figures, how near they must stay, and why they changed. */
import { readFileSync } from 'node:fs'
import { type Document, parseDocument } from 'yaml'
import { z } from 'zod'
import { VppError, type Problem } from '../../data/errors.ts'
import { FIGURES } from '../../reports/kpi/figures.ts'
import { didYouMean } from '../../scenarios/nearest.ts'
import { type Path, pathText } from '../../scenarios/path.ts'
import { readYaml } from '../../scenarios/yaml-source.ts'

const tolerance = z.strictObject({
  /** Largest difference, in the figure's unit. */
  absolute: z.number().min(0).optional(),
  /** Largest difference as a share of the golden value. */
  relative: z.number().min(0).optional(),
})

const figure = z.union([
  z.number(),
  z.null(),
  z.strictObject({ value: z.number().nullable(), ...tolerance.shape }),
])

const golden = z.strictObject({
  regress: z.literal(1),
  tolerance: tolerance.prefault({}),
  scenarios: z
    .array(
      z.strictObject({
        scenario: z.string().min(1),
        name: z.string().min(1).optional(),
        set: z.record(z.string(), z.json()).default({}),
        tolerance: tolerance.optional(),
        /** Which figures are kept when the file is updated; left out: all. */
        keep: z.array(z.string()).optional(),
        kpis: z.record(z.string(), figure).default({}),
      }),
    )
    .min(1),
  updates: z
    .array(
      z.strictObject({
        date: z.string(),
        version: z.string(),
        reason: z.string(),
        changed: z.array(z.string()),
      }),
    )
    .default([]),
})

export type Golden = z.infer<typeof golden>
export type GoldenScenario = Golden['scenarios'][number]
export type Tolerance = z.infer<typeof tolerance>

export interface LoadedGolden {
  readonly golden: Golden
  /** For changes that keep the file's comments. */
  readonly document: Document
  /** `line:column` of a value. */
  readonly placeOf: (path: Path) => string
}

/** What a difference may be where nothing is said: the last bits of sums. */
export const DEFAULT_TOLERANCE: Required<Tolerance> = { absolute: 1e-9, relative: 1e-9 }

const known: readonly string[] = FIGURES.map(({ id }) => id)

/** Reads a golden file. @throws VppError('invalid') with each problem at its line */
export function readGolden(file: string): LoadedGolden {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const fix = 'write one that names scenarios; see docs/batches.md'
    throw new VppError('invalid', { place: file, problem: 'cannot be read', fix }, cause)
  }
  const source = readYaml(text, file)
  const placeOf = (path: Path) => source.placeOf(path, 'value')
  const result = golden.safeParse(source.value)
  const at = (path: Path, problem: string, fix = ''): Problem => ({
    place: `${file}:${source.placeOf(path, 'key')}`,
    problem,
    fix,
  })
  if (!result.success)
    throw new VppError(
      'invalid',
      result.error.issues.map(({ path, message }) =>
        at(path, `${path.length === 0 ? 'the file' : pathText(path)}: ${message.toLowerCase()}`),
      ),
    )
  const problems = result.data.scenarios.flatMap(({ kpis, keep = [] }, index) => [
    ...Object.keys(kpis)
      .filter((id) => !known.includes(id))
      .map((id) => at(['scenarios', index, 'kpis', id], `${id} is no key figure`, didYouMean(id, known))),
    ...keep
      .filter((id) => !known.includes(id))
      .map((id) => at(['scenarios', index, 'keep'], `${id} is no key figure`, didYouMean(id, known))),
  ])
  if (problems.length > 0) throw new VppError('invalid', problems)
  return { golden: result.data, document: parseDocument(text), placeOf }
}
