import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { auditProfiles } from '../../data/audit.ts'
import { setNamed } from '../../data/catalogue/sets.ts'
import { type CsvSpec, loadCsvProfile } from '../../data/csv-profile.ts'
import { VppError } from '../../data/errors.ts'
import { FONTANA, FONTANA_HOMES, FONTANA_ZONE } from '../../data/fontana.ts'
import type { FormatName } from '../../data/formats/registry.ts'
import { loadScaled } from '../../data/profile.ts'
import type { AuditFinding } from '../../data/run-files.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { prepare } from '../../sim/prepare.ts'
import { auditOne, auditSet } from '../data/audit-files.ts'
import { convertOrigin } from '../data/convert.ts'
import { fetchSets } from '../data/fetch.ts'
import { importFile, type ImportOptions } from '../data/import.ts'
import { listData } from '../data/list.ts'
import { CSV_OPTIONS, fileOptions, FORMAT_OPTIONS, toldOptions } from '../data/options.ts'
import { print, printJson, say } from '../output.ts'

/** Sets beside the project, as developers have them. */
const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')
const DATASETS = 'datasets'

/** Findings for a set, a file of a format, a scenario's homes, or one embedded home. */
function findings(subject: string, args: DataArguments): AuditFinding[] {
  const set = setNamed(subject)
  if (set !== undefined) return auditSet(set, [DATASETS, SHARED])
  if (args.format !== undefined && args.format !== 'csv')
    return auditOne(subject, args.format as FormatName, toldOptions(args, FORMAT_OPTIONS))
  if (args.format === 'csv') return auditTable(subject, args)
  if (FONTANA_HOMES.some((home) => subject === `${FONTANA}/${home}`)) {
    const load = loadScaled({ profile: subject }, 'load', '.')
    const solar = loadScaled({ profile: subject }, 'solar', '.')
    return auditProfiles(new Map([[subject, { load, solar }]]), FONTANA_ZONE)
  }
  const { scenario, path } = loadScenario(subject)
  return auditProfiles(prepare(scenario, dirname(path)).profiles, scenario.timeZone)
}

/** A table of one's own, by the mapping of the options. */
function auditTable(file: string, args: DataArguments): AuditFinding[] {
  const timeZone = (args.timeZone as string | undefined) ?? 'UTC'
  const map = { file, timeZone, ...toldOptions(args, CSV_OPTIONS) } as unknown as CsvSpec
  const load = { source: loadCsvProfile(map, '.'), factor: 1 }
  return auditProfiles(new Map([[file, { load, solar: null }]]), /^[+-]/.test(timeZone) ? 'UTC' : timeZone)
}

/** Text in lines of at most 76 characters, indented. */
function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    if (lines[lines.length - 1].length + word.length > 74) lines.push('')
    lines[lines.length - 1] += ` ${word}`
  }
  return lines.map((line) => `   ${line}`).join('\n')
}

const ACTIONS = ['list', 'fetch', 'convert', 'import', 'audit'] as const

interface DataArguments {
  readonly action: (typeof ACTIONS)[number]
  readonly subjects?: string[]
  readonly json: boolean
  readonly out?: string
  readonly mirror?: string
  readonly [option: string]: unknown
}

const nothingNamed = (action: string, fix: string) =>
  new VppError('usage', { place: `vpp data ${action}`, problem: 'nothing is named', fix })

/** `vpp data`: what ships and what can be fetched; files of other formats; what is wrong in them. */
export const command: CommandModule<object, DataArguments> = {
  command: 'data <action> [subjects..]',
  describe: 'data sets and files: list, fetch, convert, import, audit',
  builder: (yargs: Argv) =>
    fileOptions(
      yargs
        .positional('action', { choices: ACTIONS, demandOption: true })
        .positional('subjects', {
          type: 'string',
          array: true,
          describe:
            'fetch: sets, or all; convert: a converter and a folder of the origin; import: a file; audit: scenario, home like fontana-2016/7, set or file',
        })
        .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
        .option('out', { type: 'string', describe: 'fetch, convert: folder; import: file to write' })
        .option('mirror', { type: 'string', describe: 'fetch: folder or address that has the sets' })
        .option('source', { type: 'string', describe: 'import: where the file is from' })
        .option('licence', { type: 'string', describe: 'import: on what terms' }),
    ) as never,
  handler: async (args) => {
    const { action, subjects = [], json } = args
    if (action === 'list') return listData(json, [DATASETS, SHARED])
    if (action === 'fetch') {
      if (subjects.length === 0) throw nothingNamed('fetch', '`vpp data list` names the sets; `all` is all')
      const mirror = args.mirror ?? (existsSync(SHARED) ? SHARED : null)
      return fetchSets({ sets: subjects, out: args.out ?? DATASETS, mirror, json })
    }
    const [subject] = subjects
    if (subject === undefined) throw nothingNamed(action, 'vpp data audit first-neighborhood')
    if (action === 'import') return importOne(subject, args)
    if (action === 'convert') return convert(subject, subjects[1], args)
    const found = findings(subject, args)
    if (json) return printJson({ format: 1, subject, findings: found })
    for (const { homeId, check, severity, finding, action: done, effect } of found) {
      print(`${severity.toUpperCase()}  ${homeId}  ${check}\n${wrapped(finding)}\n${wrapped(`→ ${done}`)}`)
      if (effect !== undefined) print(wrapped(`⇒ ${effect}`))
    }
    print(`${found.length} findings`)
  },
}

function convert(name: string, folder: string | undefined, { out, json }: DataArguments): void {
  if (folder === undefined)
    throw nothingNamed(`convert ${name}`, 'name the folder that has the files of the origin')
  const done = convertOrigin(name, folder, out ?? DATASETS)
  if (json) printJson({ format: 1, converted: done })
  else
    for (const { set, file, same } of done)
      print(`${same ? 'as recorded' : 'DIFFERS, not written'}  ${set}/${file}`)
  const other = done.filter(({ same }) => !same)
  if (other.length > 0)
    throw new VppError('failure', {
      place: `vpp data convert ${name}`,
      problem: `${other.length} of ${done.length} files are not the recorded ones`,
      fix: 'is the origin the commit that `vpp data list --json` names?',
    })
}

function importOne(file: string, args: DataArguments): void {
  const { out, json } = args
  if (out === undefined || args.format === undefined)
    throw new VppError('usage', {
      place: `vpp data import ${file}`,
      problem: `${out === undefined ? '--out' : '--format'} is missing`,
      fix: 'vpp data import meter.xml --format espi --out meter.csv',
    })
  const provenance = importFile({
    file,
    out,
    format: args.format as ImportOptions['format'],
    told: toldOptions(args, FORMAT_OPTIONS),
    csv: toldOptions(args, CSV_OPTIONS),
    column: args.column as string | undefined,
    kw: args.kw as number | undefined,
    source: args.source as string | undefined,
    licence: args.licence as string | undefined,
  })
  if (json) return printJson({ ...provenance, out })
  const { count, stepSeconds, startUtc, energyKwh, notes, shareAlike, attribution } = provenance
  print(`${out}  ${count} intervals of ${stepSeconds / 60} min from ${startUtc}`)
  for (const [name, kwh] of Object.entries(energyKwh)) print(`  ${name}: ${kwh} kWh`)
  for (const note of notes) say(note)
  if (shareAlike) say(`holds an ODbL series: ${attribution}; pass it on under ODbL 1.0 only`)
}
