/** Writes checksums.json from a folder that holds the sets: `node data/catalogue/checksums.ts FOLDER`. */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CATALOGUE } from './sets.ts'

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node data/catalogue/checksums.ts FOLDER')
  process.exit(2)
}
const sets = CATALOGUE.map(({ id }) => [
  id,
  Object.fromEntries(
    readdirSync(join(folder, id))
      .toSorted()
      .map((name) => {
        const bytes = readFileSync(join(folder, id, name))
        return [name, [bytes.length, hash('sha256', bytes, 'hex')]]
      }),
  ),
])
writeFileSync(
  join(import.meta.dirname, 'checksums.json'),
  `${JSON.stringify(Object.fromEntries(sets), null, 1)}\n`,
)
