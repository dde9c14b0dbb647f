import type { AuditFinding } from '../run-files.ts'
import type { Profile } from '../profile.ts'

/** What a check looks at: one home's load and solar, whichever are there. */
export interface AuditedHome {
  readonly id: string
  readonly load: Profile | null
  readonly solar: Profile | null
  readonly timeZone: string
}

/** A check finds one kind of defect by the numbers alone; its findings carry its name. */
export type Check = (home: AuditedHome) => Omit<AuditFinding, 'homeId' | 'check'>[]

/** `2016-11-06 01:00`, in the zone of the home. */
export const localMinute = (epochSeconds: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString()
    .slice(0, 16)
    .replace('T', ' ')

/** Start of interval `at` of a profile in local time. */
export const startOf = (profile: Profile, at: number, timeZone: string): string =>
  localMinute(profile.axis.startSeconds + at * profile.axis.stepSeconds, timeZone)

export const hoursOf = (profile: Profile, intervals: number): number =>
  (intervals * profile.axis.stepSeconds) / 3600

/** `1 hour`, `3 hours`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
