import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { VppError } from '../../data/errors.ts'
import { galleryNames } from '../gallery.ts'
import { loadScenario } from '../load.ts'
import { readYaml } from '../yaml-source.ts'
import { type Design, type SweepFile, sweepProblems, sweepSchema } from './schema.ts'
import { buildSweep, type PlaceOf, type Sweep } from './sweep.ts'

/** What the command line adds to a sweep, or makes one of. */
export interface SweepFlags {
  /** `PATH=1,2,3` or `PATH=0..0.05` or `PATH=0..0.05/6`. */
  readonly vary: readonly string[]
  /** `PATH=VALUE` */
  readonly set: readonly string[]
  readonly design?: Design
  readonly samples?: number
  readonly sampleSeed?: number
  readonly name?: string
}

const usage = (place: string, problem: string, fix: string): never => {
  throw new VppError('usage', { place, problem, fix })
}

/** `PATH=TEXT`, at the first `=` outside brackets. */
function split(flag: string, option: string): [path: string, text: string] {
  const found = /^((?:[^=[\]]|\[[^\]]*\])+)=(.*)$/s.exec(flag)
  if (found === null) return usage(option, `is ${JSON.stringify(flag)}`, `write ${option} PATH=VALUE`)
  return [found[1].trim(), found[2].trim()]
}

function yamlValue(text: string, place: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new VppError('usage', { place, problem: `${text} cannot be read as YAML`, fix: 'quote it' }, cause)
  }
}

/** One `--vary` as the parameter of a sweep file. */
function varied(flag: string): object {
  const [path, text] = split(flag, '--vary')
  const range = /^(-?[\d.]+(?:e-?\d+)?)\.\.(-?[\d.]+(?:e-?\d+)?)(?:\/(\d+))?$/i.exec(text)
  if (range === null) return { path, values: yamlValue(`[${text}]`, `--vary ${path}`) }
  const [, from, to, steps] = range
  return {
    path,
    from: Number(from),
    to: Number(to),
    ...(steps === undefined ? {} : { steps: Number(steps) }),
  }
}

/**
 * Loads a sweep: a YAML file with `sweep: 1`, or a scenario (file or name of the gallery) with flags.
 * @throws VppError('invalid') for what is wrong in a file, with its line; 'usage' for flags
 */
export function loadSweep(file: string, flags: SweepFlags): Sweep {
  const inGallery = galleryNames().includes(file)
  const path = resolve(file)
  const text = inGallery || !existsSync(path) ? '' : readFileSync(path, 'utf8')
  const source = text.trim() === '' ? undefined : readYaml(text, file)
  const { value } = source ?? {}
  const isSweep = typeof value === 'object' && value !== null && 'sweep' in value
  const own = isSweep ? (value as Record<string, unknown>) : { sweep: 1, scenario: file }
  const given = Array.isArray(own.parameters) ? own.parameters.length : 0
  const set = Object.fromEntries(
    flags.set.map((flag) => {
      const [field, to] = split(flag, '--set')
      return [field, yamlValue(to, `--set ${field}`)]
    }),
  )
  const merged = {
    ...own,
    ...(flags.set.length === 0 ? {} : { set: { ...(own.set as object | undefined), ...set } }),
    ...(flags.vary.length === 0
      ? {}
      : { parameters: [...((own.parameters ?? []) as object[]), ...flags.vary.map(varied)] }),
    ...(flags.design === undefined ? {} : { design: flags.design }),
    ...(flags.samples === undefined ? {} : { samples: flags.samples }),
    ...(flags.sampleSeed === undefined ? {} : { seed: flags.sampleSeed }),
    ...(flags.name === undefined ? {} : { name: flags.name }),
  }
  const placeOf: PlaceOf = (at, part = 'value') => {
    const [head, second] = at
    const flag = flagOf(head, second, given, set, flags)
    if (flag !== undefined) return flag
    return isSweep && source !== undefined ? `${file}:${source.placeOf(at, part)}` : file
  }
  const checked = sweepSchema.safeParse(merged)
  if (!checked.success) throw new VppError('invalid', sweepProblems(checked.error.issues, merged, placeOf))
  const spec: SweepFile = checked.data
  if (!isSweep && flags.vary.length === 0)
    usage(file, 'is a scenario and nothing varies', 'add --vary PATH=VALUES, or give a sweep file')
  const named = isSweep ? baseOf(spec.scenario, path, placeOf(['scenario'])) : file
  const { scenario, path: scenarioPath } = loadScenario(named)
  const name = spec.name ?? (isSweep ? slugOf(basename(file)) : undefined)
  return buildSweep(
    name === undefined ? spec : { ...spec, name },
    { scenario, baseDir: dirname(scenarioPath), shown: spec.scenario },
    placeOf,
  )
}

/** The flag that a place of the merged sweep is from, if it is from one. */
function flagOf(
  head: PropertyKey | undefined,
  second: PropertyKey | undefined,
  given: number,
  set: object,
  flags: SweepFlags,
): string | undefined {
  if (head === 'parameters' && typeof second === 'number' && second >= given)
    return `--vary ${split(flags.vary[second - given], '--vary')[0]}`
  if (head === 'set' && second !== undefined && Object.hasOwn(set, second)) return `--set ${String(second)}`
  if (head === 'design' && flags.design !== undefined) return '--design'
  if (head === 'samples' && flags.samples !== undefined) return '--samples'
  if (head === 'seed' && flags.sampleSeed !== undefined) return '--sample-seed'
  return head === 'name' && flags.name !== undefined ? '--name' : undefined
}

/** A scenario that a sweep file names: of the gallery, or a file beside it. */
function baseOf(scenario: string, sweepPath: string, place: string): string {
  if (galleryNames().includes(scenario)) return scenario
  const beside = resolve(dirname(sweepPath), scenario)
  if (existsSync(beside)) return beside
  throw new VppError('invalid', {
    place,
    problem: `the scenario ${JSON.stringify(scenario)} is not there`,
    fix: `name a file relative to the sweep, or one of ${galleryNames().join(', ')}`,
  })
}

const slugOf = (name: string): string | undefined => {
  const slug = name
    .replace(/\.ya?ml$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return /^[a-z0-9]/.test(slug) ? slug.slice(0, 63) : undefined
}
