import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf } from '../../data/catalogue/files.ts'
import { CATALOGUE, originUrl, setNamed } from '../../data/catalogue/sets.ts'
import { VppError } from '../../data/errors.ts'
import { didYouMean } from '../../scenarios/nearest.ts'
import { print, printJson, say } from '../output.ts'
import { download, type Downloaded } from './download.ts'

export interface FetchOptions {
  readonly sets: readonly string[]
  readonly out: string
  /** Folder or address that has the sets, each in a folder of its name; null: from their origins. */
  readonly mirror: string | null
  readonly json: boolean
}

/** Brings whole sets, file by file, each verified; what is there and right stays. */
export async function fetchSets({ sets, out, mirror, json }: FetchOptions): Promise<void> {
  const wanted = sets.includes('all') ? CATALOGUE.map(({ id }) => id) : sets
  const done: { set: string; file: string; how: Downloaded; path: string }[] = []
  for (const id of wanted) {
    const set = setNamed(id)
    if (set === undefined) {
      const names = CATALOGUE.map((known) => known.id)
      throw new VppError('usage', {
        place: `vpp data fetch ${id}`,
        problem: 'no such set',
        fix: didYouMean(id, names) || '`vpp data list` names them',
      })
    }
    for (const file of filesOf(id)) {
      const to = join(out, id, file.name)
      const from =
        mirror === null
          ? originUrl(set, file.name)
          : /^https?:/.test(mirror)
            ? `${mirror.replace(/\/$/, '')}/${id}/${encodeURIComponent(file.name)}`
            : join(mirror, id, file.name)
      if (from === null) {
        // Not the origin's own bytes: an origin cannot serve it.
        if (existsSync(to)) continue
        throw new VppError('failure', {
          place: `${id}/${file.name}`,
          problem: `is made from ${set.origin.from} @ ${set.origin.commit || '-'}, which does not have this file itself`,
          fix:
            set.origin.converter === null
              ? 'give --mirror, a folder or an address that has the set'
              : `give --mirror, or make it: vpp data convert ${set.origin.converter} FOLDER_OF_THE_ORIGIN`,
        })
      }
      // oxlint-disable-next-line no-await-in-loop -- one connection, files in order
      const how = await download({ from, to, file })
      done.push({ set: id, file: file.name, how, path: to })
      if (!json) say(`${how.padEnd(14)} ${to}`)
    }
    if (set.shareAlike) say(`${id} holds ODbL series: ${set.attribution}; pass it on under ODbL 1.0 only`)
  }
  if (json) return printJson({ format: 1, fetched: done })
  const news = done.filter(({ how }) => how !== 'there already').length
  print(`${done.length} files verified, ${news} of them new, in ${out}`)
}
