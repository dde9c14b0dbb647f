import { readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { VppError } from '../data/errors.ts'
import { canonicalHash } from './canonical.ts'
import { galleryNames, galleryPath } from './gallery.ts'
import { nearest } from './nearest.ts'
import { parseScenario, type Overrides } from './parse.ts'
import type { Path } from './path.ts'
import type { Scenario } from './schema.ts'
import { readYaml } from './yaml-source.ts'

/** Ten thousand homes fit; a hostile file is refused before it costs time. */
const MAX_BYTES = 8 * 1024 * 1024

export interface LoadedScenario {
  readonly scenario: Scenario
  /** The file as it was read. */
  readonly text: string
  /** Absolute path of the file: data files are named relative to its folder. */
  readonly path: string
  /** `file:line:column` of a field, for what only the data tell of it. */
  readonly placeOf: (path: Path) => string
  /** SHA-256 of the resolved scenario's canonical JSON, hex. */
  readonly hash: string
}

/**
 * Loads a scenario by the path of its YAML file, or by its name in the gallery (`./name` for a file of
 * that name). Throws one VppError of kind `invalid` that lists every problem with its place.
 */
export function loadScenario(pathOrName: string, overrides: Overrides = {}): LoadedScenario {
  const path = galleryNames().includes(pathOrName) ? galleryPath(pathOrName) : resolve(pathOrName)
  const shown = shownName(path, pathOrName)
  const text = readText(path, shown)
  const scenario = parseScenario(text, shown, overrides)
  const placeOf = (field: Path) => `${shown}:${readYaml(text, shown).placeOf(field, 'value')}`
  return { scenario, text, path, placeOf, hash: canonicalHash(scenario) }
}

/** How messages call the file: as it was given, or for the gallery relative to here. */
function shownName(path: string, given: string): string {
  if (path === resolve(given)) return given
  const fromHere = relative(process.cwd(), path)
  return fromHere.startsWith('..') ? path : fromHere
}

function refuse(place: string, problem: string, fix: string, cause?: unknown): never {
  throw new VppError('invalid', { place, problem, fix }, cause)
}

function readText(path: string, shown: string): string {
  let bytes: Uint8Array
  try {
    const found = statSync(path)
    if (found.isDirectory())
      refuse(shown, 'is a folder; must be a YAML file', `give ${join(shown, 'scenario.yaml')}`)
    if (!found.isFile()) refuse(shown, 'is not a file', 'give a YAML file')
    if (found.size > MAX_BYTES)
      refuse(shown, `has ${found.size} bytes; must have at most ${MAX_BYTES} (8 MiB)`, 'is it a scenario?')
    bytes = readFileSync(path)
  } catch (error) {
    if (error instanceof VppError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') refuse(shown, 'is not there', missingFix(shown), error)
    refuse(shown, `cannot be read (${code})`, 'check its permissions', error)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) refuse(shown, 'is a binary file', 'give a YAML file')
    return text
  } catch (error) {
    if (error instanceof VppError) throw error
    return refuse(shown, 'is not text in UTF-8', 'give a YAML file in UTF-8', error)
  }
}

function missingFix(shown: string): string {
  const names = galleryNames()
  const near = nearest(shown, names)
  if (near !== undefined) return `did you mean ${near}?`
  return `give the path of a YAML file, or a name of the gallery: ${names.join(', ')}`
}
