import { auditHome } from './audit.ts'
import type { AuditedFile, FileCheck } from './audit/file/check.ts'
import { coverage, readerNotes } from './audit/file/coverage.ts'
import { irradiance } from './audit/file/irradiance.ts'
import { dailyPeak, roughSeries } from './audit/file/market-series.ts'
import { thermalLoad } from './audit/file/thermal-load.ts'
import type { Profile } from './profile.ts'
import type { AuditFinding } from './run-files.ts'

/** Every check of a file as a whole, by the name that its findings carry. */
export const FILE_CHECKS: Readonly<Record<string, FileCheck>> = {
  reader: readerNotes,
  coverage,
  irradiance,
  'rough-series': roughSeries,
  'daily-peak': dailyPeak,
  'thermal-load': thermalLoad,
}

/**
 * What is wrong in one file, found from its numbers alone: the checks of series, and for load and
 * solar those of a home.
 *
 * @param solarKw nameplate of the plant; null: not known
 * @param zone clock of the home, for the checks that look at local days
 */
export function auditFile(audited: AuditedFile, solarKw: number | null, zone: string): AuditFinding[] {
  const { name, file } = audited
  const whole = Object.entries(FILE_CHECKS).flatMap(([check, find]) =>
    find(audited).map((finding) => ({ homeId: name, check, ...finding })),
  )
  const profile = (column: string, nameplateKw: number | null): Profile | null => {
    const milliWh = file.frame.columns[column]
    if (milliWh === undefined) return null
    const input = { name, sha256: '', source: '', licence: '' }
    return { name, axis: file.frame.axis, milliWh, nameplateKw, input, notes: [] }
  }
  const load = profile('loadMilliWh', null) ?? profile('importMilliWh', null)
  const solar = profile('solarMilliWh', solarKw)
  const home = load === null && solar === null ? [] : auditHome({ id: name, load, solar, timeZone: zone })
  return [...whole, ...home]
}
