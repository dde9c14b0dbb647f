import { type Problem, VppError } from '../../data/errors.ts'
import { type Check, passes } from './reference.ts'
import { REFERENCE_FAMILIES } from './registry.ts'

/** What came of all references in a folder. */
export interface Validation {
  /** Every check passed, none was unreadable, and there was at least one. */
  readonly passed: boolean
  readonly references: number
  readonly checks: readonly (Check & { readonly family: string; readonly passed: boolean })[]
  /** References that could not be read. */
  readonly problems: readonly Problem[]
}

/** Holds the models against every reference found in a data folder. */
export function validateModels(dir: string): Validation {
  const checks: Validation['checks'][number][] = []
  const problems: Problem[] = []
  let references = 0
  for (const family of REFERENCE_FAMILIES) {
    for (const name of family.find(dir)) {
      references++
      try {
        for (const check of family.check(dir, name)) {
          checks.push({ family: family.id, ...check, passed: passes(check) })
        }
      } catch (error) {
        // One malformed reference must not hide what the others say.
        if (!(error instanceof VppError)) throw error
        problems.push(...error.problems)
      }
    }
  }
  const passed = references > 0 && problems.length === 0 && checks.every((check) => check.passed)
  return { passed, references, checks, problems }
}
