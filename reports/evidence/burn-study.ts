import { readFileSync } from 'node:fs'
import type { BurnStudy, FaultStudy, GroupStudy } from '../../data/burn-study.ts'

/** What every report tells of the burn study that this version ships: enough for one section. */
export interface BurnEvidence extends Pick<BurnStudy, 'seed' | 'tuningSeeds' | 'batteryYears' | 'batteries'> {
  readonly groups: readonly Pick<GroupStudy, 'group' | 'batteries' | 'batteryYears' | 'figures' | 'methods'>[]
  readonly faults: readonly Pick<FaultStudy, 'fault' | 'group' | 'batteries' | 'overBurned'>[]
}

/** The part of a study that reports tell; `cli/burn-evidence.ts` writes it from `bench/burn-study.json`. */
export const evidenceOf = (study: BurnStudy): BurnEvidence => ({
  seed: study.seed,
  tuningSeeds: study.tuningSeeds,
  batteryYears: study.batteryYears,
  batteries: study.batteries,
  groups: study.groups.map(({ group, batteries, batteryYears, figures, methods }) => ({
    group,
    batteries,
    batteryYears,
    figures,
    methods,
  })),
  faults: study.faults.map(({ fault, group, batteries, overBurned }) => ({
    fault,
    group,
    batteries,
    overBurned,
  })),
})

/** The study that ships with this version. */
export const burnEvidence = (): BurnEvidence =>
  JSON.parse(readFileSync(new URL('burn-study.json', import.meta.url), 'utf8')) as BurnEvidence
