/** YAML text as plain values, with the place of every value, and guards against hostile files. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml'
import { VppError, type Problem } from '../data/errors.ts'
import type { Path } from './path.ts'

/** Aliases may repeat a value, but not multiply a file: expanded, they stay below this many. */
const MAX_ALIASES = 10_000

/** More findings than anyone reads at once. */
const MAX_FINDINGS = 20

export interface YamlSource {
  readonly value: unknown
  /**
   * `line:column` of the value at `path`, or of its key; of the nearest parent that is there when the
   * field is missing.
   */
  readonly placeOf: (path: Path, part: 'key' | 'value') => string
}

/** As much as is used of what the parser finds. */
interface Finding {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, ...number[]]
}

/** What to do about the mistakes that are made most, by the parser's code. */
const FIXES: Record<string, string> = {
  DUPLICATE_KEY: 'keep one of them',
  MULTIPLE_DOCS: 'keep one scenario in a file',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'align it with its neighbors',
  MISSING_CHAR: 'close the quote or bracket, or put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put text that holds ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'put text that holds ": " in quotes',
  BAD_ALIAS: 'put text that starts with "*" in quotes',
  TAG_RESOLVE_FAILED: 'put text that starts with "!" in quotes',
}

/** Reads one document; `fileName` is how messages call the file. Throws `invalid` for anything else. */
export function readYaml(text: string, fileName: string): YamlSource {
  refuseManyAliases(text, fileName)
  const lines = new LineCounter()
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${line}:${col}`
  }
  const { document, findings, value } = read(text, lines, fileName)
  if (findings.length > 0)
    throw new VppError(
      'invalid',
      findings.slice(0, MAX_FINDINGS).map(({ code, message, pos }): Problem => ({
        place: `${fileName}:${at(pos[0])}`,
        problem: `cannot be read as YAML: ${code === 'MULTIPLE_DOCS' ? 'a second document starts' : message}`,
        fix: FIXES[code] ?? '',
      })),
    )
  return { value, placeOf: (path, part) => at(offsetOf(document, path, part)) }
}

function read(text: string, lines: LineCounter, fileName: string) {
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
    })
    const findings: Finding[] = [...document.errors, ...document.warnings, ...referenceFindings(document)]
    // The parser catches its own stack overflow and reports it as a mistake in the text.
    if (findings.some(({ message }) => message.includes('call stack'))) throw tooDeep(fileName)
    const value: unknown = findings.length > 0 ? undefined : document.toJS({ maxAliasCount: MAX_ALIASES })
    return { document, findings, value }
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(fileName)
    if (error instanceof ReferenceError && /excessive alias count/i.test(error.message))
      throw tooManyAliases(fileName)
    throw error
  }
}

const tooDeep = (fileName: string): VppError =>
  new VppError('invalid', {
    place: fileName,
    problem: 'is nested too deeply to be read',
    fix: 'no field of a scenario is more than 6 deep',
  })

const tooManyAliases = (fileName: string): VppError =>
  new VppError('invalid', {
    place: fileName,
    problem: `its aliases (*name) expand to more than ${MAX_ALIASES} values`,
    fix: 'write the values out',
  })

/** Before parsing, which takes some µs for each node; the few `*` of prose don't matter. */
function refuseManyAliases(text: string, fileName: string): void {
  let count = 0
  for (const _ of text.matchAll(/[\s,[{:-]\*[^\s,\]}]/g))
    if (++count > MAX_ALIASES) throw tooManyAliases(fileName)
}

/**
 * Aliases without an anchor before them, and keys that repeat in one map (the parser's own check
 * compares every key with every other: a minute for a hostile file).
 */
function referenceFindings(document: Document): Finding[] {
  const anchors = new Set<string>()
  const found: Finding[] = []
  const add = (code: string, message: string, offset = 0): void => {
    found.push({ code, message, pos: [offset] })
  }
  visit(document, {
    Alias(_, alias) {
      if (!anchors.has(alias.source))
        add('BAD_ALIAS', `*${alias.source} names no anchor before it`, startOf(alias))
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.add(node.anchor)
      if (!isMap(node)) return
      const keys = new Set<string>()
      for (const { key } of node.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (keys.has(name))
          add('DUPLICATE_KEY', `${JSON.stringify(name.slice(0, 60))} is there twice`, startOf(key))
        keys.add(name)
      }
    },
  })
  return found
}

/** Where the node at `path` starts; follows aliases, stops at the deepest node that exists. */
function offsetOf(document: Document, path: Path, part: 'key' | 'value'): number {
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
  let offset = startOf(document.contents) ?? 0
  let node = resolve(document.contents)
  for (const [i, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      if (pair === undefined) return offset
      const keyOffset = startOf(pair.key) ?? offset
      if (part === 'key' && i === path.length - 1) return keyOffset
      // An empty value has no text of its own: its key stands for it.
      offset = isEmpty(pair.value) ? keyOffset : (startOf(pair.value) ?? keyOffset)
      node = resolve(pair.value)
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      offset = startOf(item) ?? offset
      node = resolve(item)
    } else return offset
  }
  return offset
}

const isEmpty = (node: unknown): boolean => isScalar(node) && node.source === ''

const startOf = (node: unknown): number | undefined =>
  typeof node === 'object' && node !== null ? (node as Node).range?.[0] : undefined
