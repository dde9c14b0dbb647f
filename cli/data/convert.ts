import { hash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONVERTERS } from '../../data/catalogue/converters/registry.ts'
import { filesOf } from '../../data/catalogue/files.ts'
import { setNamed } from '../../data/catalogue/sets.ts'
import { VppError } from '../../data/errors.ts'
import { readTextFile } from '../../data/read-text.ts'
import { didYouMean } from '../../scenarios/nearest.ts'

export interface Converted {
  readonly set: string
  readonly file: string
  /** Equal to the catalogue's file, byte for byte. */
  readonly same: boolean
  readonly sha256: string
  readonly path: string | null
}

/**
 * Makes the files of a set from its origin's. A file is written when it is the recorded one, and never
 * over another; what differs is told and not written.
 */
export function convertOrigin(name: string, folder: string, out: string): Converted[] {
  const converter = CONVERTERS[name]
  if (converter === undefined) {
    const names = Object.keys(CONVERTERS)
    throw new VppError('usage', {
      place: `vpp data convert ${name}`,
      problem: 'no such converter',
      fix: didYouMean(name, names) || `there are ${names.join(', ')}`,
    })
  }
  const { set, needs } = converter
  const from = setNamed(set)?.origin
  const fix = `it needs ${needs}, from ${from?.from} @ ${from?.commit}`
  const read = (path: string) => readTextFile(join(folder, path), path, fix).text
  const known = filesOf(set)
  return [...converter.convert(read)].map(({ name: file, text }) => {
    const sha256 = hash('sha256', text, 'hex')
    const same = known.find((one) => one.name === file)?.sha256 === sha256
    return { set, file, same, sha256, path: same ? place(join(out, set), file, text) : null }
  })
}

function place(dir: string, file: string, text: string): string {
  const path = join(dir, file)
  mkdirSync(dir, { recursive: true })
  if (existsSync(path)) return path
  writeFileSync(`${path}.part`, text)
  linkSync(`${path}.part`, path)
  rmSync(`${path}.part`)
  return path
}
