/**
 * Takes what every report tells of the burn study from the study that was measured: `node cli/burn-evidence.ts --write`
 * after `bench/burn-study.json` was made anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { BurnStudy } from '../data/burn-study.ts'
import { evidenceOf } from '../reports/evidence/burn-study.ts'

const at = (path: string): URL => new URL(`../${path}`, import.meta.url)

/** The text of `reports/evidence/burn-study.json` as it must be. */
export const burnEvidenceText = (): string =>
  `${JSON.stringify(evidenceOf(JSON.parse(readFileSync(at('bench/burn-study.json'), 'utf8')) as BurnStudy))}\n`

if (process.argv.includes('--write'))
  writeFileSync(at('reports/evidence/burn-study.json'), burnEvidenceText())
