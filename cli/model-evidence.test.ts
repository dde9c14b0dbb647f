import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ModelEvidence } from '../reports/evidence/model-validation.ts'
import { SHARED_DATA, testWithSharedData } from '../testing.ts'
import { MODEL_EVIDENCE, modelEvidenceOf } from './model-evidence.ts'
import { REFERENCE_FAMILIES } from './references/registry.ts'
import { version } from './version.ts'

const shipped = JSON.parse(readFileSync(MODEL_EVIDENCE, 'utf8')) as ModelEvidence

test('what reports tell of the models is of this version, of every family, and adds up', () => {
  expect(shipped.version).toBe(version)
  const families = new Set(shipped.sources.map(({ family }) => family))
  expect([...families].toSorted()).toEqual(REFERENCE_FAMILIES.map(({ id }) => id).toSorted())
  expect(shipped.sources.reduce((sum, { checks }) => sum + checks, 0)).toBe(shipped.checks)
  expect(shipped.sources.reduce((sum, { passed }) => sum + passed, 0)).toBe(shipped.passed)
})

testWithSharedData(
  'it is what this build measures: node cli/model-evidence.ts --write',
  { timeout: 60_000 },
  () => {
    expect(shipped).toEqual(modelEvidenceOf(SHARED_DATA))
  },
)
