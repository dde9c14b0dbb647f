/**
 * Measures this build against every reference in ../shared/data and keeps what reports tell of it:
 * `node cli/model-evidence.ts --write`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelEvidence, ReferenceEvidence } from '../reports/evidence/model-validation.ts'
import { validateModels, type Validation } from './references/run.ts'
import { version } from './version.ts'

export const MODEL_EVIDENCE = join(import.meta.dirname, '../reports/evidence/model-validation.json')

type Measured = Validation['checks'][number]

/** How much of its tolerance a check uses; a tolerance of zero is used up by any deviation. */
const used = ({ deviation, tolerance }: Measured): number =>
  deviation === 0 ? 0 : tolerance === 0 ? Number.POSITIVE_INFINITY : deviation / tolerance

function evidenceOf(checks: readonly Measured[]): ReferenceEvidence {
  const [{ family, source, computedBy }] = checks
  const worst = checks.reduce((most, check) => (used(check) > used(most) ? check : most))
  return {
    family,
    source,
    computedBy,
    checks: checks.length,
    passed: checks.filter(({ passed }) => passed).length,
    worst: {
      quantity: worst.quantity,
      unit: worst.unit,
      tolerance: worst.tolerance,
      deviation: Number(worst.deviation.toPrecision(2)),
      used: Number(used(worst).toPrecision(2)),
    },
  }
}

/** What reports tell of the references in a folder; nothing may be unreadable. */
export function modelEvidenceOf(dir: string): ModelEvidence {
  const { checks, references, problems } = validateModels(dir)
  if (problems.length > 0) throw new Error(`${problems[0].place}: ${problems[0].problem}`)
  const sources = [...Map.groupBy(checks, ({ family, source }) => `${family} ${source}`).values()]
  return {
    version,
    references,
    checks: checks.length,
    passed: checks.filter(({ passed }) => passed).length,
    sources: sources.map(evidenceOf),
  }
}

if (import.meta.main && process.argv.includes('--write'))
  writeFileSync(
    MODEL_EVIDENCE,
    `${JSON.stringify(modelEvidenceOf(join(import.meta.dirname, '../../shared/data')), null, 1)}\n`,
  )
