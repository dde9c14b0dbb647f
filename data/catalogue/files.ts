import checksums from './checksums.json' with { type: 'json' }

const ALL = checksums as unknown as Record<string, Record<string, [number, string]>>

/** A file of a set as it must be. */
export interface CatalogueFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** The files of a set, in order of their names. */
export const filesOf = (setId: string): readonly CatalogueFile[] =>
  Object.entries(ALL[setId] ?? {}).map(([name, [bytes, sha256]]) => ({ name, bytes, sha256 }))

/** Which file of which set has this SHA-256. */
export function findBySha256(sha256: string): { setId: string; file: CatalogueFile } | null {
  for (const setId of Object.keys(ALL)) {
    const file = filesOf(setId).find((known) => known.sha256 === sha256)
    if (file !== undefined) return { setId, file }
  }
  return null
}
