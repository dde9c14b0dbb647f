/** The sweep file: which fields of a scenario vary, and how. */
import { z } from 'zod'
import type { Problem } from '../../data/errors.ts'
import { pathText, type Path } from '../path.ts'
import { valueText } from '../problems.ts'

export const DESIGNS = ['grid', 'list', 'latin-hypercube', 'sobol'] as const
export type Design = (typeof DESIGNS)[number]

/** Points that one sweep may have: above, it is a mistake in the file. */
export const MAX_POINTS = 100_000

/** A value that a scenario's field can have; the scenario's own schema checks it. */
const fieldValue = z.json()
const path = z.string().min(1).max(200)

const parameter = z.strictObject({
  path,
  values: z.array(fieldValue).min(1).max(MAX_POINTS).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  steps: z.int().min(1).max(MAX_POINTS).optional(),
  scale: z.enum(['linear', 'log']).default('linear'),
})

export const sweepSchema = z.strictObject({
  sweep: z.literal(1),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .optional(),
  scenario: z.string().min(1).max(4000),
  design: z.enum(DESIGNS).default('grid'),
  samples: z.int().min(1).max(MAX_POINTS).optional(),
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  shift: z.boolean().default(true),
  set: z.record(path, fieldValue).default({}),
  parameters: z.array(parameter).max(1000).default([]),
  points: z.array(z.record(path, fieldValue)).max(MAX_POINTS).optional(),
})

export type SweepFile = z.infer<typeof sweepSchema>
export type ParameterSpec = SweepFile['parameters'][number]
export type FieldValue = z.infer<typeof fieldValue>

const RULES: Record<string, string> = {
  sweep: '1 (the version of this format)',
  name: 'lower-case letters, digits and hyphens',
  scenario: 'a name of the gallery, or a YAML file relative to this one',
  design: `one of ${DESIGNS.join(', ')}`,
  samples: `a whole number from 1 to ${MAX_POINTS}`,
  seed: 'a whole number from 0 to 4294967295',
  shift: 'true or false',
  set: 'a map of fields and their values',
  parameters: 'a list of parameters',
  points: 'a list of maps of fields and their values',
  path: 'the path of a field, as in `market.mechanism`',
  values: 'a list of at least one value',
  from: 'a number',
  to: 'a number',
  steps: 'a whole number above 0',
  scale: 'linear or log',
}

const valueAt = (root: unknown, steps: Path): unknown =>
  steps.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], root)

/** What the schema found wrong in a sweep file, in its reader's words. */
export function sweepProblems(
  issues: readonly z.core.$ZodIssue[],
  root: unknown,
  placeOf: (path: Path, part: 'key' | 'value') => string,
): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        place: placeOf([...issue.path, key], 'key'),
        problem: `${pathText([...issue.path, key])} is not a field of a sweep`,
        fix: `known here: ${Object.keys(issue.path.length === 0 ? sweepSchema.shape : parameter.shape).join(', ')}`,
      }))
    const at = issue.path.findLast((step) => typeof step === 'string' && step in RULES)
    const rule = at === undefined ? 'a map with sweep, scenario and parameters' : RULES[String(at)]
    const name = issue.path.length === 0 ? 'the sweep' : pathText(issue.path)
    return [
      {
        place: placeOf(issue.path, 'value'),
        problem: `${name} is ${valueText(valueAt(root, issue.path))}; must be ${rule}`,
        fix: '',
      },
    ]
  })
}
