import { VppError } from '../data/errors.ts'
import { allFields, fieldsAt, type Field } from './fields.ts'
import { nearest } from './nearest.ts'
import { wordWrap } from './word-wrap.ts'

/** Two fields are the same to a reader whatever the list positions: `homes[3].id`, `homes.id`. */
const withoutPositions = (path: string): string => path.replaceAll(/\[[^\]]*\]/g, '')

/** Fields that a reader may mean: the path itself, or the end of a path, like `battery.powerKw`. */
function find(asked: string): readonly Field[] {
  const wanted = withoutPositions(asked.trim())
  if (wanted === '') return fieldsAt('')
  const whole = allFields().filter((field) => withoutPositions(field.path) === wanted)
  if (whole.length > 0) return whole
  return allFields().filter((field) => withoutPositions(field.path).endsWith(`.${wanted}`))
}

const INDENT = '           '
const entry = (name: string, text: string): string =>
  `  ${name.padEnd(INDENT.length - 2)}${wordWrap(text, 66).join(`\n${INDENT}`)}`

function childLines(field: Field): string[] {
  const prefix = `${field.path}${field.type === 'list' ? '[]' : ''}${field.path === '' ? '' : '.'}`
  const children = field.children.flatMap((name) => fieldsAt(`${prefix}${name}`))
  const width = Math.max(0, ...children.map((child) => child.name.length)) + 2
  return children.map((child) => {
    const kind = child.rule.startsWith('one of ')
      ? child.rule
      : child.type === 'choice'
        ? `is ${child.rule}`
        : child.type
    const what = child.unit === '' || child.unit === '-' ? kind : `${kind}, ${child.unit}`
    const when = child.when === '' ? '' : ` (${child.when})`
    const [first, ...more] = wordWrap(`${what}; ${child.presence}${when}`, 76 - width)
    return [
      `    ${child.name.padEnd(width)}${first}`,
      ...more.map((line) => `    ${' '.repeat(width)}${line}`),
    ].join('\n')
  })
}

function describe(field: Field): string {
  const lines = [field.path === '' ? 'scenario' : field.path]
  if (field.when !== '') lines[0] += `  (${field.when})`
  lines.push(...wordWrap(field.description, 78).map((line) => `  ${line}`))
  lines.push(entry('type', field.type))
  if (field.unit !== '' && field.unit !== '-') lines.push(entry('unit', field.unit))
  if (field.type !== 'map') lines.push(entry('must be', field.rule))
  if (field.path !== '') lines.push(entry('', field.presence))
  if (field.children.length > 0) lines.push('  fields', ...childLines(field))
  return lines.join('\n')
}

/**
 * What the schema says of a field: meaning, unit, limits, default; of a map or list also its
 * fields. Takes a whole path with or without positions (`communities[0].homes[2].battery`), the end of
 * one (`battery.powerKw`), or nothing for the whole scenario. Throws a usage error with a suggestion.
 */
export function explain(path: string): string {
  const found = find(path)
  if (found.length > 0) return found.map(describe).join('\n\n')
  const paths = allFields().map((field) => withoutPositions(field.path))
  const leaf = path.split('.').at(-1) ?? path
  const near =
    nearest(withoutPositions(path), paths) ?? nearest(leaf, new Set(allFields().map((f) => f.name)))
  throw new VppError('usage', {
    place: 'vpp explain',
    problem: `there is no field ${JSON.stringify(path.slice(0, 200))}`,
    fix: near === undefined ? '`vpp explain` without a field lists them' : `did you mean ${near}?`,
  })
}
