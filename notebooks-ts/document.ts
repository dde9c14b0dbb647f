/**
 * Makes API.md from the docstrings of what workbench.ts exports: `node notebooks-ts/document.ts --write`.
 * A test fails where the file is not what this makes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ROOM = import.meta.dirname
const ENTRY = join(ROOM, 'workbench.ts')
export const API_FILE = join(ROOM, 'API.md')

interface Exported {
  readonly name: string
  /** File that declares it. */
  readonly file: string
}

/** Names that the entry exports, with their files, in its order. */
function exportsOf(entry: string): Exported[] {
  return [...entry.matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)].flatMap(([, names, from]) =>
    names
      .split(',')
      .map((name) => name.replace('type', '').trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, file: join(dirname(ENTRY), from) })),
  )
}

/** The sentences of a docstring, without its stars. */
const sentences = (doc: string): string =>
  doc
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim()

/** A declaration's code up to where its body begins, or (an interface, a type) whole. */
function signature(code: string): string {
  const [first] = code.split('\n')
  if (/^export (?:interface|type|class)/.test(first)) {
    if (!first.endsWith('{'))
      return code.slice(0, Math.max(first.length, code.search(/\n(?:\n|\/\*\*|export)/)))
    const whole = code.slice(0, code.indexOf('\n}') + 2)
    // Of a class only what its users see of it.
    return first.startsWith('export class') ? `${whole.split(/\n\n {2}constructor/)[0]}\n}` : whole
  }
  if (first.startsWith('export const'))
    return first.includes('=>') ? first.split(' =>')[0] : first.split(' = ')[0]
  // The body's brace is the first at the end of a line that is followed by a deeper line, after the parameters.
  let depth = 0
  for (let at = 0; at < code.length; at++) {
    if (code[at] === '(' || code[at] === '<') depth++
    if (code[at] === ')' || (code[at] === '>' && code[at - 1] !== '=')) depth--
    if (depth === 0 && code.startsWith(' {\n', at)) return code.slice(0, at)
  }
  throw new Error(`no end of ${first}`)
}

/** What is said of one export. */
function describe({ name, file }: Exported): { kind: 'function' | 'type'; text: string } {
  const source = readFileSync(file, 'utf8')
  const declared = new RegExp(
    `^export (?:async )?(?:function|const|interface|type|class) (?:\\{ )?${name}\\b`,
    'm',
  ).exec(source)
  if (declared === null) throw new Error(`${file} does not declare ${name}`)
  const before = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/.exec(source.slice(0, declared.index))
  if (before === null) throw new Error(`${file}: ${name} has no docstring`)
  const code = source.slice(declared.index)
  const kind = /^export (?:interface|type|class)/.test(declared[0]) ? 'type' : 'function'
  const shown = signature(code).replace(/^export /, '')
  const words = sentences(before[0].trim()).replaceAll(
    /^@(\w+)/gm,
    (_, tag: string) => `\n**${tag === 'param' ? 'argument' : tag}**`,
  )
  return { kind, text: `### ${name}\n\n${words}\n\n\`\`\`ts\n${shown}\n\`\`\`\n` }
}

/** The text of API.md. */
export function apiText(): string {
  const parts = exportsOf(readFileSync(ENTRY, 'utf8')).map(describe)
  const of = (kind: string) => parts.filter((part) => part.kind === kind).map(({ text }) => text)
  return [
    '# Workbench API',
    '',
    "What notebooks and other programs may use: `import { run } from 'vpp-workbench'`. Made from the source by",
    '`node notebooks-ts/document.ts --write`.',
    '',
    '## Functions and values',
    '',
    ...of('function'),
    '## Types',
    '',
    ...of('type'),
  ].join('\n')
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write'))
  writeFileSync(API_FILE, apiText())
