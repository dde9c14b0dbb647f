/** The JSON Schema for editors; `node scenarios/json-schema.ts --write` writes it to schema.json. */
import { readFileSync, writeFileSync } from 'node:fs'
import { rawJsonSchema } from './fields.ts'

export const JSON_SCHEMA_FILE = new URL('schema.json', import.meta.url)

/** Folds unit, rule and default in words into the description, which editors show. */
function forEditors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forEditors)
  if (typeof value !== 'object' || value === null) return value
  const node = value as Record<string, unknown>
  if (typeof node.description !== 'string')
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, forEditors(child)]))
  const { unit, rule, defaultText, description, ...rest } = node
  const sentences = [description]
  if (typeof unit === 'string' && unit !== '-') sentences.push(`Unit: ${unit}.`)
  if (typeof rule === 'string') sentences.push(`Must be ${rule}.`)
  if (typeof defaultText === 'string') sentences.push(`Default: ${defaultText}.`)
  return { description: sentences.join(' '), ...(forEditors(rest) as object) }
}

/** Short lists on one line, as the formatter of this repository writes them. */
const shortLists = (json: string): string =>
  json.replaceAll(
    /^(.*)\[\n([^[\]{}]*?)\n +\](,?)$/gm,
    (whole, before: string, items: string, after: string) => {
      const line = `${before}[${items.trim().replaceAll(/,\n +/g, ', ')}]${after}`
      return line.length <= 110 ? line : whole
    },
  )

/** The text of schema.json as the schema is now. */
export const jsonSchemaText = (): string => {
  const { $schema, ...rest } = rawJsonSchema()
  const root = { $schema, title: 'VPP workbench scenario', ...(forEditors(rest) as object) }
  return shortLists(`${JSON.stringify(root, null, 2)}\n`)
}

if (import.meta.main) {
  const text = jsonSchemaText()
  if (process.argv.includes('--write')) writeFileSync(JSON_SCHEMA_FILE, text)
  else if (readFileSync(JSON_SCHEMA_FILE, 'utf8') === text) console.log('schema.json is up to date')
  else {
    console.error('schema.json differs from the schema; write it with: node scenarios/json-schema.ts --write')
    process.exitCode = 1
  }
}
