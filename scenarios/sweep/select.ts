import { VppError } from '../../data/errors.ts'
import { allFields, fieldsAt, type Field } from '../fields.ts'
import { nearest } from '../nearest.ts'
import type { Path } from '../path.ts'
import type { FieldValue } from './schema.ts'

/** A step of a field's path: a name, or which items of a list (`[]` and `[*]` all, `[2]` one, `[home-01]` by id; all is `*`). */
type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'items'; readonly which: number | string }

export interface Selector {
  readonly text: string
  readonly steps: readonly Step[]
  readonly field: Field
}

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('invalid', { place, problem, fix })
}

/**
 * Reads a path like `communities[].homes[home-01].battery.capacityKwh` and finds its field in the schema.
 * @param place what messages call the path's place
 */
export function selector(text: string, place: string): Selector {
  const steps: Step[] = []
  const pattern = /(?:^|\.)([A-Za-z_][\w-]*)|\[([^\]]*)\]/y
  let at = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null)
      return refuse(
        place,
        `${JSON.stringify(text)} is no path of a field`,
        'write it as in `communities[].homes[0].battery`',
      )
    const [all, name, items] = found
    if (name !== undefined) steps.push({ kind: 'name', name })
    else if (items === '' || items === '*') steps.push({ kind: 'items', which: '*' })
    else steps.push({ kind: 'items', which: /^\d+$/.test(items) ? Number(items) : items })
    at += all.length
  }
  const dotted = steps
    .map((step, index) => (step.kind === 'items' ? '[]' : `${index === 0 ? '' : '.'}${step.name}`))
    .join('')
  const [field] = dotted === '' ? [] : fieldsAt(dotted)
  if (field === undefined) {
    const near = nearest(
      dotted,
      allFields().map(({ path }) => path),
    )
    const leaf = allFields().find(({ name }) => name === text.split('.').at(-1))
    return refuse(
      place,
      `there is no field ${JSON.stringify(text)}`,
      leaf !== undefined && near === undefined
        ? `did you mean ${leaf.path}?`
        : near === undefined
          ? '`vpp explain` lists the fields'
          : `did you mean ${near}?`,
    )
  }
  return { text, steps, field }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Positions of a list that a step means. */
function positions(list: readonly unknown[], which: number | string): number[] {
  if (which === '*') return [...list.keys()]
  if (typeof which === 'number') return which < list.length ? [which] : []
  return [...list.keys()].filter((index) => (list[index] as { id?: unknown }).id === which)
}

/**
 * Every place in a resolved scenario that a selector means. A field inside an optional part (`battery`) is
 * meant only where that part is; the part itself is meant everywhere.
 */
export function select(scenario: unknown, { steps }: Selector): Path[] {
  let places: { value: unknown; path: PropertyKey[] }[] = [{ value: scenario, path: [] }]
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1
    places = places.flatMap(({ value, path }) => {
      if (step.kind === 'items')
        return Array.isArray(value)
          ? positions(value, step.which).map((item) => ({
              value: (value as unknown[])[item],
              path: [...path, item],
            }))
          : []
      if (!isMap(value) || (!last && !(step.name in value))) return []
      return [{ value: value[step.name], path: [...path, step.name] }]
    })
  }
  return places.map(({ path }) => path)
}

/** A copy of a scenario with values in some places; what is not changed is shared. */
export function withValues(scenario: unknown, changes: readonly (readonly [Path, FieldValue])[]): unknown {
  let root = scenario
  for (const [path, value] of changes) root = replaced(root, path, value)
  return root
}

function replaced(node: unknown, [step, ...rest]: Path, value: FieldValue): unknown {
  if (step === undefined) return value
  if (Array.isArray(node))
    return node.map((item: unknown, index) => (index === step ? replaced(item, rest, value) : item))
  const map = node as Record<PropertyKey, unknown>
  return { ...map, [step]: replaced(map[step], rest, value) }
}
