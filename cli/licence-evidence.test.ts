import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LICENCE_EVIDENCE, licenceEvidenceText, licencesOf } from './licence-evidence.ts'

test('reports tell the licences of the lock file: node cli/licence-evidence.ts --write', () => {
  expect(JSON.parse(readFileSync(LICENCE_EVIDENCE, 'utf8'))).toEqual(JSON.parse(licenceEvidenceText()))
})

test('a package without a licence is told as such, and development is left out', () => {
  const { byLicence, direct, packages } = licencesOf({
    packages: {
      '': { version: '1.0.0', license: 'Apache-2.0', dependencies: { a: '1', gone: '1' } },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/b': { version: '2.0.0', license: 'MIT', dev: true },
    },
  })
  expect(packages).toBe(1)
  expect(byLicence).toEqual([{ licence: 'none stated', packages: 1 }])
  expect(direct.map(({ licence }) => licence)).toEqual(['none stated', 'none stated'])
})
