import type { AuditedHome, Check } from './audit/check.ts'
import { clockSeam } from './audit/clock-seam.ts'
import { constantLoad } from './audit/constant-load.ts'
import { loadLevel } from './audit/load-level.ts'
import { nearZeroLoad } from './audit/near-zero-load.ts'
import { loaderNotes, movedEffect } from './audit/notes.ts'
import { solarOutput } from './audit/solar-output.ts'
import { type Profile, profileOf, type ScaledProfile } from './profile.ts'
import type { AuditFinding } from './run-files.ts'

/** Every check, by the name that its findings carry. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'solar-output': solarOutput,
  'load-near-zero': nearZeroLoad,
  'load-constant': constantLoad,
  'load-level': loadLevel,
  'clock-seam': clockSeam,
  'rows-moved': loaderNotes,
}

/** What is wrong in one home's data, found from the numbers alone. */
export const auditHome = (home: AuditedHome): AuditFinding[] =>
  Object.entries(CHECKS).flatMap(([check, find]) =>
    find(home).map((finding) => ({ homeId: home.id, check, ...finding })),
  )

/** What a run reads of one home. */
export interface HomeProfiles {
  readonly load: ScaledProfile
  readonly solar: ScaledProfile | null
}

const seriesOf = ({ load, solar }: HomeProfiles): { load: Profile; solar: Profile | null } => ({
  load: profileOf(load),
  solar: solar && profileOf(solar),
})

/** All homes of a run; one finding that every home shares is told once, of `all homes`. */
export function auditProfiles(profiles: ReadonlyMap<string, HomeProfiles>, timeZone: string): AuditFinding[] {
  const findings = [...profiles].flatMap(([id, home]) => auditHome({ id, ...seriesOf(home), timeZone }))
  const homesWith = new Map<string, number>()
  for (const { finding } of findings) homesWith.set(finding, (homesWith.get(finding) ?? 0) + 1)
  const isShared = (finding: string) => profiles.size > 1 && homesWith.get(finding) === profiles.size
  const told = new Set<string>()
  return findings.flatMap((finding) => {
    if (!isShared(finding.finding)) return [finding]
    if (told.has(finding.finding)) return []
    told.add(finding.finding)
    const { effect: own, ...rest } = finding
    // Told of all, an effect is that of the home that has most of it.
    const effect = finding.check === 'rows-moved' ? movedEffect(profiles.values().map(seriesOf)) : own
    return [{ ...rest, homeId: 'all homes', ...(effect === null || effect === undefined ? {} : { effect }) }]
  })
}
