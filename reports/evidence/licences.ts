import { readFileSync } from 'node:fs'

/** Licences of what is installed with the project, by its lock file; what only development needs is left out. */
export interface LicenceEvidence {
  readonly version: string
  /** The project's own. */
  readonly own: string
  readonly packages: number
  /** Most frequent first. */
  readonly byLicence: readonly { readonly licence: string; readonly packages: number }[]
  /** Packages that the project names itself. */
  readonly direct: readonly { readonly name: string; readonly version: string; readonly licence: string }[]
}

/** Licences of this version's packages; `cli/licence-evidence.ts` writes them. */
export const licenceEvidence = (): LicenceEvidence =>
  JSON.parse(readFileSync(new URL('licences.json', import.meta.url), 'utf8')) as LicenceEvidence
