import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { burnEvidenceText } from './burn-evidence.ts'

test('reports tell the burn study that was measured: node cli/burn-evidence.ts --write', () => {
  const shipped = new URL('../reports/evidence/burn-study.json', import.meta.url)
  expect(JSON.parse(readFileSync(shipped, 'utf8'))).toEqual(JSON.parse(burnEvidenceText()))
})
