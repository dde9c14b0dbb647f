import { RUN_FILES } from '../../data/run-files.ts'
import type { SizingResult } from '../../data/sizing-result.ts'
import type { ViabilityFile, ViabilityStudy } from '../../data/viability-files.ts'
import type { ReportInput } from '../report-input.ts'
import { type Business, businessOf } from './business/business.ts'

/** What the report is made from beside its run, as `viability.json` holds it. */
export function viabilityFile(
  report: ReportInput,
  made: {
    readonly command: string
    readonly study?: ViabilityStudy
    readonly sizing?: SizingResult
    /** Is there a letter of that name, relative to the scenario? */
    readonly letterExists: (file: string) => boolean
  },
): ViabilityFile<Business> {
  const { manifest, results } = report
  const { study = null, sizing } = made
  const ofRun = [RUN_FILES.scenario, RUN_FILES.results].map((name) => ({
    name,
    sha256: manifest.files[name],
  }))
  return {
    format: 1,
    runId: results.runId,
    version: results.version,
    command: made.command,
    seed: study?.seed ?? manifest.seed,
    draws: study?.draws ?? 0,
    inputs: [...manifest.inputs.map(({ name, sha256 }) => ({ name, sha256 })), ...ofRun],
    study,
    ...(sizing === undefined ? {} : { sizing }),
    business: businessOf(report, study, made.letterExists),
  }
}
