/** TEST ONLY. Holds every number in a report's text to the data that it must come from. */
import { centsExact, kwhExact, threeFigures, usd, whole } from '../../number-format.ts'
import { withoutNames } from './typed-numbers.ts'

/** Texts of numbers that data can give: as they are, as a share in percent, in cents. */
export type Traceable = ReadonlySet<string>

const unsigned = (text: string): string => text.replaceAll(/[−+$]/g, '')

function texts(value: number): string[] {
  return [value, value * 100].flatMap((one) => [
    unsigned(threeFigures(one)),
    unsigned(whole(one)),
    unsigned(usd(one)),
    String(Math.abs(one)),
    ...(Number.isInteger(one) ? [] : [1, 2, 3].map((digits) => Math.abs(one).toFixed(digits))),
    // Digits before a power of ten.
    ...(one > 0 && one < 0.001 ? [one.toExponential().split('e')[0]] : []),
  ])
}

/**
 * Collects the numbers of data, the lengths of its lists, and how many of a list's rows have each value of a field
 * ("7 of 14 are go"). Numbers in texts (a source's title, a label) may be shown with their text.
 *
 * @param months where given, data are in millionths (micro-dollars, milliwatt-hours) over so many months, and are also told
 *   in whole units and by the month
 */
export function traceable(data: readonly unknown[], months?: number): Traceable {
  const found = new Set<string>()
  const add = (value: number): void => {
    for (const text of texts(value)) found.add(text)
    if (months !== undefined) {
      for (const told of [value / 1e6, value / 1e6 / months, value / 1e3])
        for (const text of texts(told)) found.add(text)
      found.add(unsigned(centsExact(value)))
      found.add(unsigned(kwhExact(value)))
    }
  }
  const walk = (value: unknown): void => {
    if (typeof value === 'number') add(value)
    else if (typeof value === 'string') for (const [token] of numbersIn(value)) found.add(token)
    else if (Array.isArray(value)) {
      add(value.length)
      countRows(value, add)
      value.forEach(walk)
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  data.forEach(walk)
  return found
}

function countRows(rows: readonly unknown[], add: (count: number) => void): void {
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue
    for (const [key, value] of Object.entries(row))
      if (typeof value === 'string' || typeof value === 'boolean')
        counts.set(`${key} ${value}`, (counts.get(`${key} ${value}`) ?? 0) + 1)
  }
  counts.forEach(add)
}

const numbersIn = (text: string): RegExpExecArray[] =>
  [...withoutNames(text).matchAll(/(?<![\w.])\d[\d,]*(?:\.\d+)?/g)].map((match) => {
    match[0] = match[0].replace(/,+$/, '')
    return match
  })

/** What is no text: scripts, styles, drawings' axes, code, section and figure numbers, column heads. */
const NO_TEXT = [
  /<(script|style|svg|code|pre|thead)\b[\s\S]*?<\/\1>/g,
  /<span class="no">\d+<\/span>/g,
  /Figure \d+\./g,
  /Data of figure \d+/g,
  // A row that is named by its number: a month.
  /<th scope="row"[^>]*>\d+<\/th>/g,
  /× 10<sup>[−\d]+<\/sup>/g,
]

/** A day, a month or an instant is told as it is. */
const DATES = [
  /\b\d{4}-\d{2}(?:-\d{2}(?:T[\d:.]+Z?)?)?\b/g,
  /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b/g,
  /\b\d{1,2}:\d{2}\b/g,
  /\bv?\d+\.\d+\.\d+\b/g,
]

/** Numbers in a part of a page that none of the data gives, each with the words around it. */
export function untraced(html: string, from: Traceable): string[] {
  const plain = [...NO_TEXT, ...DATES].reduce((rest, pattern) => rest.replaceAll(pattern, ' '), html)
  const text = withoutNames(plain).replaceAll(/[\s\u00a0]+/g, ' ')
  return [...text.matchAll(/(?<![\w.,])\d[\d,]*(?:\.\d+)?/g)].flatMap((match) => {
    const token = match[0].replace(/,+$/, '')
    if (from.has(token)) return []
    return [text.slice(Math.max(0, match.index - 60), match.index + 40).trim()]
  })
}

/** The sections of a page by their id, the first screen as `top`. */
export function sectionsOf(html: string): Map<string, string> {
  const found = new Map<string, string>()
  const header = /<header id="top">([\s\S]*?)<\/header>/.exec(html)
  if (header !== null) found.set('top', header[1])
  for (const [, id, body] of html.matchAll(/<section id="([\w-]+)"[^>]*>([\s\S]*?)<\/section>/g))
    found.set(id, body)
  return found
}
