/** Takes the licences that reports tell of from the lock file: `node cli/licence-evidence.ts --write`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LicenceEvidence } from '../reports/evidence/licences.ts'

const ROOT = join(import.meta.dirname, '..')
export const LICENCE_EVIDENCE = join(ROOT, 'reports/evidence/licences.json')

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What no licence is stated for is told as such, never guessed. */
const UNSTATED = 'none stated'

export function licencesOf(lock: { readonly packages: Readonly<Record<string, Locked>> }): LicenceEvidence {
  const { '': own, ...installed } = lock.packages
  const used = Object.entries(installed).filter(([, { dev }]) => dev !== true)
  const counts = Map.groupBy(used, ([, { license }]) => license ?? UNSTATED)
  const byLicence = [...counts].map(([licence, all]) => ({ licence, packages: all.length }))
  return {
    version: own.version ?? '',
    own: own.license ?? UNSTATED,
    packages: used.length,
    byLicence: byLicence.toSorted(
      (one, other) => other.packages - one.packages || (one.licence < other.licence ? -1 : 1),
    ),
    direct: Object.keys(own.dependencies ?? {}).map((name) => {
      const { version = '', license = UNSTATED } = lock.packages[`node_modules/${name}`] ?? {}
      return { name, version, licence: license }
    }),
  }
}

export const licenceEvidenceText = (): string =>
  `${JSON.stringify(licencesOf(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as never), null, 1)}\n`

if (import.meta.main && process.argv.includes('--write'))
  writeFileSync(LICENCE_EVIDENCE, licenceEvidenceText())
