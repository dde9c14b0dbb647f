/** The scenarios that ship with the workbench: one folder each, `gallery/<name>/scenario.yaml`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { VppError } from '../data/errors.ts'
import { didYouMean } from './nearest.ts'
import { parseScenario } from './parse.ts'

const GALLERY = new URL('gallery/', import.meta.url)

export interface GalleryEntry {
  readonly name: string
  readonly title: string
  readonly homes: number
  readonly communities: number
  readonly days: number
}

const fileOf = (name: string): string => fileURLToPath(new URL(`${name}/scenario.yaml`, GALLERY))

/** Names of the gallery's scenarios, in alphabetical order. */
export const galleryNames = (): string[] =>
  readdirSync(GALLERY, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(fileOf(entry.name)))
    .map((entry) => entry.name)
    .toSorted()

/** Absolute path of a gallery scenario's file. Throws `invalid` for a name that the gallery does not have. */
export function galleryPath(name: string): string {
  const names = galleryNames()
  // Only a name that was read from the folder becomes a path, so `../` never does.
  if (names.includes(name)) return fileOf(name)
  throw new VppError('invalid', {
    place: JSON.stringify(name.slice(0, 200)),
    problem: 'is no scenario of the gallery',
    fix: didYouMean(name, names) || `known: ${names.join(', ')}`,
  })
}

/** What the gallery holds, for `vpp scenarios`. */
export const listGallery = (): GalleryEntry[] =>
  galleryNames().map((name) => {
    const file = fileOf(name)
    const { title, communities, period } = parseScenario(readFileSync(file, 'utf8'), file)
    const homes = communities.reduce((sum, community) => sum + community.homes.length, 0)
    return { name, title, homes, communities: communities.length, days: period.days }
  })
