import { readFileSync } from 'node:fs'

/** How the models of this build stand against one reference file: its check nearest to failing. */
export interface ReferenceEvidence {
  readonly family: string
  /** File of the reference. */
  readonly source: string
  /** What computed the reference, in its own words. */
  readonly computedBy: string
  readonly checks: number
  readonly passed: number
  readonly worst: {
    readonly quantity: string
    readonly unit: string
    readonly tolerance: number
    /** Greatest absolute deviation, two figures. */
    readonly deviation: number
    /** Deviation over tolerance; 0 where there is neither. */
    readonly used: number
  }
}

/** What `vpp validate-models` measured of this build. */
export interface ModelEvidence {
  readonly version: string
  readonly references: number
  readonly checks: number
  readonly passed: number
  readonly sources: readonly ReferenceEvidence[]
}

/** The measurement that ships with this version; `cli/model-evidence.ts` writes it. */
export const modelEvidence = (): ModelEvidence =>
  JSON.parse(readFileSync(new URL('model-validation.json', import.meta.url), 'utf8')) as ModelEvidence
