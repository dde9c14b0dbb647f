import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf } from '../../data/catalogue/files.ts'
import { CATALOGUE, originUrl } from '../../data/catalogue/sets.ts'
import {
  FONTANA,
  FONTANA_HOMES,
  FONTANA_LICENCE,
  FONTANA_SERIES,
  FONTANA_SOURCE,
} from '../../data/fontana.ts'
import { FORMATS } from '../../data/formats/registry.ts'
import { print, printJson, table } from '../output.ts'

/** What ships, by the names that a scenario uses, and every set that can be fetched. */
export function listData(json: boolean, folders: readonly string[]): void {
  const members = [...FONTANA_HOMES.map(String), ...FONTANA_SERIES].map((member) => ({
    name: `${FONTANA}/${member}`,
    what: /^\d/.test(member) ? 'home: load and solar, hourly' : `${member}, hourly`,
    source: FONTANA_SOURCE,
    licence: FONTANA_LICENCE,
  }))
  const sets = CATALOGUE.map((set) => {
    const files = filesOf(set.id)
    return {
      id: set.id,
      title: set.title,
      origin: set.origin.from,
      commit: set.origin.commit,
      licence: set.licence,
      attribution: set.attribution,
      citation: set.citation,
      shareAlike: set.shareAlike,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      converter: set.origin.converter,
      here:
        folders.find((folder) => files.every(({ name }) => existsSync(join(folder, set.id, name)))) ?? null,
      files: files.map((file) => ({ ...file, url: originUrl(set, file.name) })),
    }
  })
  const formats = Object.entries(FORMATS).map(([name, { describe, holds }]) => ({ name, describe, holds }))
  if (json) return printJson({ format: 1, data: members, sets, formats })
  print(`Ships with the project: ${FONTANA}, ${FONTANA_SOURCE} (${FONTANA_LICENCE})`)
  print('twelve measured homes in Fontana, California, 2016-08-01 to 2017-07-31')
  print(table(members.map(({ name, what }) => [`  ${name}`, what])))
  print('\nCan be fetched (vpp data fetch SET):')
  print(
    table(
      sets.map(({ id, bytes, here, licence }) => [
        `  ${id}`,
        `${(bytes / 1e6).toFixed(2)} MB`,
        here === null ? '' : 'here',
        licence,
      ]),
      [false, true],
    ),
  )
  print('\nFormats that vpp data import reads:')
  print(
    table([
      ...formats.map(({ name, describe }) => [`  ${name}`, describe]),
      ['  csv', 'a table of your own, with a mapping'],
    ]),
  )
}
