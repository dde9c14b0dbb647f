import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { auditFile } from '../../data/audit-file.ts'
import { filesOf, findBySha256 } from '../../data/catalogue/files.ts'
import { type CatalogueSet, setNamed } from '../../data/catalogue/sets.ts'
import { VppError } from '../../data/errors.ts'
import { fixedOffsetHours } from '../../data/formats/label-axis.ts'
import { type FormatName, formatNamed, type FormatOptions } from '../../data/formats/registry.ts'
import type { SeriesFile } from '../../data/formats/series.ts'
import { FONTANA_HOMES, loadFontanaHome } from '../../data/fontana.ts'
import { readTextFile } from '../../data/read-text.ts'
import type { AuditFinding } from '../../data/run-files.ts'

const FIX = 'vpp data fetch brings a set; or give the path of a file and its --format'

/** Local days need a zone: the clock of the file when it is one, else the offset as a zone of that kind. */
function zoneOf(file: SeriesFile): string {
  const { timeZone } = file.clock
  const offset = fixedOffsetHours(timeZone)
  if (offset === null) return timeZone
  const match = /([+-]\d\d:\d\d)$/.exec(timeZone)
  return match === null ? 'UTC' : match[1]
}

/** Nameplates of the twelve homes; other plants are not known. */
function nameplateOf(setId: string, file: string): number | null {
  const home = Number(/^home_(\d\d)\.csv$/.exec(file)?.[1] ?? Number.NaN)
  if (setId !== 'homes-fontana-2016' || !FONTANA_HOMES.some((known) => known === home)) return null
  return loadFontanaHome(home).solarKw
}

/** Every series of a set, in the first folder that has it. */
export function auditSet(set: CatalogueSet, folders: readonly string[]): AuditFinding[] {
  const folder = folders.find((candidate) => existsSync(join(candidate, set.id)))
  if (folder === undefined)
    throw new VppError('invalid', { place: set.id, problem: 'is not here', fix: `vpp data fetch ${set.id}` })
  const read = filesOf(set.id).flatMap(({ name, sha256 }) => {
    const reading = set.readings.find(({ files }) => files.test(name))
    if (reading === undefined) return []
    const path = join(folder, set.id, name)
    const text = readTextFile(path, `${set.id}/${name}`, FIX)
    if (text.sha256 !== sha256)
      throw new VppError('invalid', {
        place: `${set.id}/${name}`,
        problem: 'is not the recorded file',
        fix: `remove it and run vpp data fetch ${set.id}`,
      })
    const solarKw = nameplateOf(set.id, name)
    const options = { ...reading.options, name, ...(solarKw === null ? {} : { solarKw }) }
    const file = formatNamed(reading.format).parse(text.text, options)
    return [{ name, file, place: reading.place ?? null, solarKw }]
  })
  const weather =
    read.find(({ file }) => formatNamed(file.format as FormatName).holds === 'weather')?.file ?? null
  return read.flatMap(({ name, file, place, solarKw }) =>
    auditFile({ name, file, place, weather: file === weather ? null : weather }, solarKw, zoneOf(file)),
  )
}

/** One file of a format; a file of the catalogue is read as the catalogue says. */
export function auditOne(
  path: string,
  format: FormatName,
  told: Omit<FormatOptions, 'name'>,
): AuditFinding[] {
  const { text, sha256 } = readTextFile(path, path, FIX)
  const known = findBySha256(sha256)
  const set = known === null ? undefined : setNamed(known.setId)
  const reading = set?.readings.find((one) => one.format === format && one.files.test(known?.file.name ?? ''))
  const options = { ...reading?.options, ...told, name: path }
  const file = formatNamed(format).parse(text, options)
  return auditFile(
    { name: path, file, place: reading?.place ?? null, weather: null },
    options.solarKw ?? null,
    zoneOf(file),
  )
}
