import type { AuditedHome, Check } from './audit/check.ts'
import { clockSeam } from './audit/clock-seam.ts'
import { constantLoad } from './audit/constant-load.ts'
import { loadLevel } from './audit/load-level.ts'
import { nearZeroLoad } from './audit/near-zero-load.ts'
import { loaderNotes, movedEffect } from './audit/notes.ts'
import { solarOutput } from './audit/solar-output.ts'
import type { Profile } from './profile.ts'
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

/** All homes of a run; one finding that every home shares is told once, of `all homes`. */
export function auditProfiles(
  profiles: ReadonlyMap<string, { load: Profile; solar: Profile | null }>,
  timeZone: string,
): AuditFinding[] {
  const findings = [...profiles].flatMap(([id, { load, solar }]) => auditHome({ id, load, solar, timeZone }))
  const shared = new Set<string>()
  for (const { finding } of findings) {
    const homes = findings.filter((other) => other.finding === finding).length
    if (homes === profiles.size && homes > 1) shared.add(finding)
  }
  const told = new Set<string>()
  return findings.flatMap((finding) => {
    if (!shared.has(finding.finding)) return [finding]
    if (told.has(finding.finding)) return []
    told.add(finding.finding)
    const { effect: own, ...rest } = finding
    // Told of all, an effect is that of the home that has most of it.
    const effect = finding.check === 'rows-moved' ? movedEffect([...profiles.values()]) : own
    return [{ ...rest, homeId: 'all homes', ...(effect === null || effect === undefined ? {} : { effect }) }]
  })
}
