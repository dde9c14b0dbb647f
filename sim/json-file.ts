import { closeSync, openSync, writeFileSync } from 'node:fs'

/** Text that is collected before it is written. */
const CHUNK = 1 << 20
/** Objects below this depth are made into text at once: those of one home, in results. */
const WHOLE_DEPTH = 4

/** `JSON.stringify(value, null, 1)` in pieces: results of a large community are longer than a string can be. */
function* pieces(value: unknown, depth: number): Generator<string> {
  const isList = Array.isArray(value)
  if (typeof value !== 'object' || value === null || depth === WHOLE_DEPTH) {
    yield (JSON.stringify(value, null, 1) ?? 'null').replaceAll('\n', `\n${' '.repeat(depth)}`)
    return
  }
  const entries = Object.entries(value).filter(([, one]) => isList || one !== undefined)
  const [open, close] = isList ? '[]' : '{}'
  if (entries.length === 0) return yield open + close
  const indent = `\n${' '.repeat(depth + 1)}`
  let before = open
  for (const [key, one] of entries) {
    yield isList ? before + indent : `${before}${indent}${JSON.stringify(key)}: `
    yield* pieces(one, depth + 1)
    before = ','
  }
  yield `\n${' '.repeat(depth)}${close}`
}

/** Writes plain data as JSON with an indent of one, and a line break at the end. */
export function writeJsonFile(path: string, value: unknown): void {
  const file = openSync(path, 'wx')
  try {
    let text = ''
    for (const piece of pieces(value, 0)) {
      text += piece
      if (text.length < CHUNK) continue
      writeFileSync(file, text)
      text = ''
    }
    writeFileSync(file, `${text}\n`)
  } finally {
    closeSync(file)
  }
}
