/** What zod found, as problems that a reader can act on: place, value found, value expected, fix. */
import type { z } from 'zod'
import type { Problem } from '../data/errors.ts'
import { allFields, fieldsAt, type Field } from './fields.ts'
import { didYouMean, nearest } from './nearest.ts'
import { fieldPath, pathText, type Path } from './path.ts'
import { SLUG_RULE } from './schema-parts.ts'
import { numberAlone, unitHint } from './unit-hint.ts'

type Issue = z.core.$ZodIssue

/** The value found, short enough for a line and without control characters. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'empty'
  if (typeof value === 'number')
    return Number.isFinite(value) || Number.isNaN(value) ? String(value) : 'infinite'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'boolean' ? `${value}` : 'a map'
}

const valueAt = (root: unknown, path: Path): unknown => {
  let value = root
  for (const step of path)
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined
  return value
}

/** The first clause of a description and the unit: `(usable energy when new, kWh)`. */
function meaning(field: Field | undefined): string {
  if (field === undefined || field.description === '') return ''
  const clause = field.description.split(/[.;:(`]/)[0].trim()
  const lower = /^[A-Z][a-z]/.test(clause) ? clause[0].toLowerCase() + clause.slice(1) : clause
  return field.unit === '' || field.unit === '-' ? ` (${lower})` : ` (${lower}; ${field.unit})`
}

/** Of the alternatives of a union, the issues of the one that the writer most likely meant. */
function likelyBranch(errors: readonly Issue[][]): readonly Issue[] {
  const unknownKeys = (issues: readonly Issue[]): number =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0)
  const [best] = errors.toSorted((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length)
  return best ?? []
}

/** Issues with whole paths, one for each wrong place; unions opened. */
function* flatten(issues: readonly Issue[], prefix: Path = []): Generator<Issue> {
  for (const issue of issues) {
    const path = [...prefix, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0)
      yield* flatten(likelyBranch(issue.errors), path)
    else if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) yield { ...issue, keys: [key], path: [...path, key] }
    else yield { ...issue, path }
  }
}

/** The field at a path; of alternatives that differ, what they have in common to say. */
function fieldOf(path: Path): Field | undefined {
  const dotted = fieldPath(path)
  const [field, ...others] = fieldsAt(dotted)
  if (field === undefined && dotted.endsWith('[]')) return itemOf(dotted)
  if (others.length === 0 || field.type !== 'choice') return field
  const rules = [field, ...others].map(({ rule }) => rule)
  return { ...field, description: '', rule: `one of ${rules.join(', ')}` }
}

/** A list's item, which has no row of its own. */
function itemOf(dotted: string): Field | undefined {
  const [list] = fieldsAt(dotted.slice(0, -'[]'.length))
  if (list === undefined) return undefined
  return { ...list, type: 'map', description: '', rule: `a map with ${list.children.join(', ')}` }
}

/** An unknown key: what to do about it, and which of the known fields it most likely stands for. */
function unknownKey(place: string, root: unknown, path: Path): Problem & { standsFor: string } {
  const key = String(path.at(-1))
  const siblings = fieldOf(path.slice(0, -1))?.children ?? []
  const hint = unitHint(key, valueAt(root, path), siblings)
  const near = hint?.field ?? nearest(key, siblings)
  const elsewhere = new Set(
    allFields()
      .filter((field) => field.name === key)
      .map((field) => field.path),
  )
  const fix =
    hint?.fix ??
    (elsewhere.size > 0 ? `it belongs at ${[...elsewhere].join(' or ')}` : undefined) ??
    (near === undefined ? `known here: ${siblings.join(', ')}` : `did you mean ${near}?`)
  return {
    place,
    problem: `${pathText(path)} is not a known field`,
    fix,
    standsFor: near === undefined ? '' : pathText([...path.slice(0, -1), near]),
  }
}

function slugFix(value: string): string {
  const slug = value
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-|-$/g, '')
  return slug === '' ? '' : `for example ${slug}`
}

/** What to do about a value that is known to be wrong, where it can be guessed. */
function valueFix(field: Field | undefined, value: unknown): string {
  if (field === undefined) return ''
  if (typeof value === 'string') {
    if (field.rule.startsWith('one of '))
      return didYouMean(value, field.rule.slice('one of '.length).split(', '))
    if (field.rule === SLUG_RULE) return slugFix(value)
    if (field.type.endsWith('number')) return numberAlone(value, field.unit) ?? ''
  }
  if (typeof value === 'number' || typeof value === 'boolean')
    if (field.type === 'text') return `put it in quotes: "${value}"`
  if (typeof value === 'number' && value > 1 && Number.isFinite(value)) {
    const hundredth = Number((value / 100).toPrecision(12))
    if (field.unit === 'fraction' && value <= 100) return `if this is in percent, write ${hundredth}`
    if (field.unit === 'USD/kWh' && value <= 1000) return `if this is in cents, write ${hundredth}`
    if (field.unit === 'kWh' || field.unit === 'kW')
      return `if this is in ${field.unit.slice(1)}, write ${Number((value / 1000).toPrecision(12))}`
  }
  return ''
}

function wrongValue(place: string, issue: Issue, value: unknown): Problem {
  const name = issue.path.length === 0 ? 'the scenario' : pathText(issue.path)
  if (issue.code === 'custom' && issue.message.startsWith('must '))
    return { place, problem: `${name} is ${valueText(value)}; ${issue.message}`, fix: '' }
  const field = fieldOf(issue.path)
  const rule = `must be ${field?.rule ?? issue.message}${issue.path.length === 0 ? '' : meaning(field)}`
  return { place, problem: `${name} is ${valueText(value)}; ${rule}`, fix: valueFix(field, value) }
}

/** More problems than anyone reads at once. */
const MAX_PROBLEMS = 100

/** Every issue (of very many, the first hundred) as a problem; `placeOf` tells where in the file a path is. */
export function problemsFrom(
  issues: readonly Issue[],
  root: unknown,
  placeOf: (path: Path, part: 'key' | 'value') => string,
): Problem[] {
  const all = flatten(issues).take(MAX_PROBLEMS).toArray()
  const unknown = all
    .filter((issue) => issue.code === 'unrecognized_keys')
    .map((issue) => unknownKey(placeOf(issue.path, 'key'), root, issue.path))
  // A misspelt field is told once, not also as missing.
  const misspelt = new Set(unknown.map(({ standsFor }) => standsFor))
  const wrong = all
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .map((issue) => ({ issue, value: valueAt(root, issue.path) }))
    .filter(({ issue, value }) => value !== undefined || !misspelt.has(pathText(issue.path)))
    .map(({ issue, value }) => wrongValue(placeOf(issue.path, 'value'), issue, value))
  return [...unknown.map(({ place, problem, fix }) => ({ place, problem, fix })), ...wrong]
}
