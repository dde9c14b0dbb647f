import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { galleryNames } from '../scenarios/gallery.ts'
import { expectedJson, expectedPath, readmePath, runFigures, withFigures } from './gallery-figures.ts'

// After a change that is meant: `node cli/gallery-figures.ts --write`, and say in CHANGELOG.md why.
test.each(galleryNames())(
  '%s gives the figures that it is expected to, and its README shows them',
  async (name) => {
    const report = await runFigures(name)
    expect(expectedJson(report)).toBe(readFileSync(expectedPath(name), 'utf8'))
    const readme = readFileSync(readmePath(name), 'utf8')
    expect(readme).toContain('| Self-sufficiency, community, AC side |')
    expect(withFigures(readme, report)).toBe(readme)
  },
)
