import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The workbench's version: with the same scenario and data, another version is another run. */
export const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string
  }
).version

/** Folder for results: VPP_OUT, which the notebook's runner sets from --out; else `runs`. */
export const outFolder = (): string => process.env.VPP_OUT ?? 'runs'
