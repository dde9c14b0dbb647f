/** The field reference in README.md, from the schema; `node scenarios/reference.ts --write` renews it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { allFields, type Field } from './fields.ts'

const README = new URL('README.md', import.meta.url)
const BEGIN = '<!-- fields: written by scenarios/reference.ts -->'
const END = '<!-- end of fields -->'

const cell = (text: string): string => text.replaceAll('|', '\\|')

function row({ path, when, type, unit, rule, presence, description }: Field): string {
  const name = `\`${path}\`${when === '' ? '' : ` (${when})`}`
  const limits = type === 'map' ? '' : rule
  return `| ${[name, unit, limits, presence, description].map(cell).join(' | ')} |`
}

/** A Markdown table of all fields. */
export const fieldReference = (): string =>
  [
    '| field | unit | must be | default | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...allFields().map(row),
  ].join('\n')

/** README.md as it is and as it should be. */
export function readmeTexts(): { readonly actual: string; readonly expected: string } {
  const actual = readFileSync(README, 'utf8')
  const [before, rest = ''] = actual.split(BEGIN)
  const after = rest.split(END)[1] ?? ''
  return { actual, expected: `${before}${BEGIN}\n\n${fieldReference()}\n\n${END}${after}` }
}

if (import.meta.main) {
  const { actual, expected } = readmeTexts()
  if (process.argv.includes('--write')) writeFileSync(README, expected)
  else if (actual === expected) console.log('README.md is up to date')
  else {
    console.error('README.md differs from the schema; renew it with: node scenarios/reference.ts --write')
    process.exitCode = 1
  }
}
