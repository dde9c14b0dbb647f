/** TEST ONLY. Finds numbers that somebody typed into a report's text: digits in strings and templates of a source file. */

/** Texts between quotes and in templates, with the line each begins on; comments and `${…}` are left out. */
export function textsOf(source: string): { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = []
  let at = 0
  let line = 1
  const step = (): string => {
    const character = source[at++]
    if (character === '\n') line++
    return character
  }
  /** What an escape stands for, as far as digits matter: a code point is none. */
  const escaped = (): string => {
    const character = step()
    if (character !== 'u' && character !== 'x') return character
    const [code] = /^(?:\{[\da-f]+\}|[\da-f]{2,4})/i.exec(source.slice(at)) ?? ['']
    at += code.length
    return ' '
  }
  const quoted = (end: string): void => {
    const start = line
    let text = ''
    while (at < source.length) {
      const character = step()
      if (character === '\\') text += escaped()
      else if (character === end) break
      else text += character
    }
    found.push({ line: start, text })
  }
  const template = (): void => {
    let start = line
    let text = ''
    while (at < source.length) {
      const character = step()
      if (character === '\\') text += escaped()
      else if (character === '`') break
      else if (character === '$' && source[at] === '{') {
        step()
        found.push({ line: start, text })
        code('}')
        start = line
        // What is filled in stands between: two pieces never join to a number.
        text = ''
      } else text += character
    }
    found.push({ line: start, text })
  }
  /** Code until an unpaired `end`, or to the end of the file. */
  const code = (end: string): void => {
    let depth = 0
    while (at < source.length) {
      const character = step()
      if (character === end && depth === 0) return
      if (character === '{') depth++
      else if (character === '}') depth--
      else if (character === "'" || character === '"') quoted(character)
      else if (character === '`') template()
      else if (character === '/' && source[at] === '/')
        while (at < source.length && source[at] !== '\n') step()
      else if (character === '/' && source[at] === '*') {
        while (at < source.length && !(source[at] === '*' && source[at + 1] === '/')) step()
        step()
        step()
      } else if (character === '/' && /[(,=:[!&|?{};\n]\s*$/.test(source.slice(0, at - 1)))
        regularExpression()
    }
  }
  const regularExpression = (): void => {
    let inClass = false
    while (at < source.length) {
      const character = step()
      if (character === '\\') step()
      else if (character === '[') inClass = true
      else if (character === ']') inClass = false
      else if ((character === '/' && !inClass) || character === '\n') return
    }
  }
  code('')
  return found
}

/** Names that hold digits and state no result. */
const NAMES = [
  /\bP(?:10|50|90)\b/g,
  /\bR-[12]\b/g,
  /\bG\.L\. c\. 164 § 139\b/g,
  /\b220 CMR 18\.04(?:\(1\))?/g,
  /\bCO[2₂]\b/g,
  /\bSHA-256\b/g,
  /\bANSI C12\.20\b/g,
  /\bIEC \d+(?:-\d+)*\b/g,
  /\bStandard Practice Manual \(2001\)/g,
  /\b(?:25D|48E)\b/g,
  /** Origin of a scale. */
  /\bfrom 0 to\b/g,
  /** Powers of ten, whose exponent is filled in. */
  /× 10(?!\d)/g,
]

/** A text without names, markup and addresses. */
export const withoutNames = (text: string): string =>
  NAMES.reduce(
    (rest, name) => rest.replaceAll(name, ' '),
    text.replaceAll(/<[^>]*>?/g, ' ').replaceAll(/&#?\w+;/g, ' '),
  )

/** A string that is no prose: a path, an id, a class, a format. */
const isIdentifier = (text: string): boolean => /^[\w./:#@${}-]*$/.test(text.trim())

/** A number given to a formatter as it is. */
const FORMATTED =
  /\b(?:usd|signedUsd|percent|signedPercent|whole|threeFigures|signed|centsPerKwh|kwh|plural)\(\s*-?\d[\d_.]*\s*[,)]/g

/** Places where a number is typed into text, as `line: text`. */
export function typedNumbers(source: string): string[] {
  const inTexts = textsOf(source)
    .filter(({ text }) => !isIdentifier(text) && /\d/.test(withoutNames(text)))
    .map(({ line, text }) => `${line}: ${text.trim()}`)
  const formatted = [...source.matchAll(FORMATTED)].map(([call]) => `formatted: ${call}`)
  return [...inTexts, ...formatted]
}
