/** Every field of the schema as a row: what `vpp explain`, messages and the field reference say of it. */
import { z } from 'zod'
import { scenarioSchema } from './schema.ts'

export interface Field {
  /** `communities[].homes[].battery.capacityKwh` */
  readonly path: string
  readonly name: string
  /** Which alternative of its parent has it: `kind: flat`, `with file`; empty: every one. */
  readonly when: string
  readonly type: string
  readonly unit: string
  /** What a value must be, after "must be": `a number > 0 and ≤ 10000`. */
  readonly rule: string
  readonly description: string
  /** `default 0.95`, `default: the id`, `optional`, `required`. */
  readonly presence: string
  /** Names of the fields inside, for a map or a list of maps; in the order of the schema. */
  readonly children: readonly string[]
}

type Constant = string | number | boolean

/** As much of JSON Schema as zod writes for this schema, with the metadata of schema-parts.ts. */
interface Node {
  type?: string
  description?: string
  unit?: string
  rule?: string
  defaultText?: string
  default?: Constant | object
  const?: Constant
  enum?: Constant[]
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  maxLength?: number
  minItems?: number
  items?: Node
  properties?: Record<string, Node>
  required?: string[]
  oneOf?: Node[]
  anyOf?: Node[]
}

const alternatives = (node: Node): Node[] | undefined => node.oneOf ?? node.anyOf

const childNames = (node: Node): string[] => [
  ...new Set(
    (alternatives(node) ?? [node.items ?? node]).flatMap((branch) => Object.keys(branch.properties ?? {})),
  ),
]

function typeOf(node: Node): string {
  if (node.const !== undefined || node.enum !== undefined) return 'choice'
  if (alternatives(node) !== undefined || node.type === 'object') return 'map'
  const names: Record<string, string> = {
    array: 'list',
    string: 'text',
    integer: 'whole number',
    boolean: 'true or false',
  }
  return names[node.type ?? ''] ?? node.type ?? 'any'
}

function ruleOf(node: Node): string {
  if (node.rule !== undefined) return node.rule
  if (node.const !== undefined) return `${node.const}`
  if (node.enum !== undefined) return `one of ${node.enum.join(', ')}`
  const type = typeOf(node)
  if (type === 'map') return `a map with ${childNames(node).join(', ')}`
  if (type === 'list') return `a list of at least ${node.minItems ?? 0}`
  if (type === 'true or false') return type
  if (type === 'text')
    return node.maxLength === undefined ? 'text' : `text of up to ${node.maxLength} characters`
  const floor =
    node.exclusiveMinimum === undefined ? `≥ ${node.minimum ?? '-∞'}` : `> ${node.exclusiveMinimum}`
  return `a ${type} ${floor} and ≤ ${node.maximum ?? '∞'}`
}

function presenceOf(node: Node, required: boolean): string {
  if (node.defaultText !== undefined) return `default: ${node.defaultText}`
  if (node.default === undefined) return required ? 'required' : 'optional'
  if (typeof node.default === 'object') return 'default: all its defaults'
  return node.default === '' ? 'default: empty' : `default ${node.default}`
}

/** Names an alternative by what tells it apart. */
function whenOf(branch: Node): string {
  const kind = branch.properties?.kind?.const
  return kind === undefined ? `with ${branch.required?.[0]}` : `kind: ${kind}`
}

function* rows(node: Node, path: string, name: string, when: string, required: boolean): Generator<Field> {
  yield {
    path,
    name,
    when,
    type: typeOf(node),
    unit: node.unit ?? '',
    rule: ruleOf(node),
    description: node.description ?? '',
    presence: presenceOf(node, required),
    children: childNames(node),
  }
  if (node.items !== undefined) yield* childRows(node.items, `${path}[]`, '')
  const branches = alternatives(node)
  if (branches === undefined) yield* childRows(node, path, '')
  else for (const branch of branches) yield* childRows(branch, path, whenOf(branch))
}

function* childRows(node: Node, path: string, when: string): Generator<Field> {
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const required = node.required?.includes(name) ?? false
    yield* rows(child, path === '' ? name : `${path}.${name}`, name, when, required)
  }
}

/** A field that all alternatives of its parent have alike is one row. */
function mergeAlike(all: readonly Field[]): Field[] {
  const groups = Map.groupBy(all, (field) => JSON.stringify({ ...field, when: '' }))
  return all.flatMap((field) => {
    const group = groups.get(JSON.stringify({ ...field, when: '' })) ?? []
    if (group.length === 1) return [field]
    return group[0] === field ? [{ ...field, when: '' }] : []
  })
}

/** The schema as JSON Schema, with this project's own metadata still in it. */
export const rawJsonSchema = (): Record<string, unknown> =>
  z.toJSONSchema(scenarioSchema, { io: 'input' }) as Record<string, unknown>

let cached: { root: Field; list: readonly Field[] } | undefined

function table(): { root: Field; list: readonly Field[] } {
  if (cached === undefined) {
    const [root, ...list] = rows(rawJsonSchema(), '', '', '', true)
    cached = {
      root: { ...root, description: 'Everything that a run is made of, but its data.' },
      list: mergeAlike(list),
    }
  }
  return cached
}

/** All fields, in the order of the schema. */
export const allFields = (): readonly Field[] => table().list

/** The rows of one path (several when alternatives differ); the empty path is the whole scenario. */
export const fieldsAt = (path: string): readonly Field[] =>
  path === '' ? [table().root] : table().list.filter((field) => field.path === path)
