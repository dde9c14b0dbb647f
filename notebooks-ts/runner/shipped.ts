import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..')

/** Notebooks that ship, by name without ending: `01-first-run`. */
export const shippedNotebooks = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => /^\d\d-.*\.ts$/.test(name))
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted()

/** Path of a notebook: one that ships by its name, else a file. */
export const notebookPath = (name: string): string =>
  shippedNotebooks().includes(name) ? join(FOLDER, `${name}.ts`) : name
