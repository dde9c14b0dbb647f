import type { Profile } from './profile.ts'
import type { AuditFinding } from './run-files.ts'

/** What is wrong in the homes' data, found from the numbers alone. */
export function auditProfiles(
  _profiles: ReadonlyMap<string, { load: Profile; solar: Profile | null }>,
  _timeZone: string,
): AuditFinding[] {
  return []
}
