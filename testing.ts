import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'

/** Measured data and reference outputs beside the project; see README. */
export const SHARED_DATA = join(import.meta.dirname, '..', 'shared', 'data')

/**
 * A test that reads `../shared/data`: elsewhere than in CI it is listed as not run when the folder is
 * not there; in CI it runs, and fails.
 */
export const testWithSharedData = test.skipIf(!existsSync(SHARED_DATA) && process.env.CI === undefined)
