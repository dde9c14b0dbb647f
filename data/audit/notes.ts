import type { AuditedHome, Check } from './check.ts'

/** What the loader had to do to the source's rows. */
export const loaderNotes: Check = (home) =>
  [...new Set([...(home.load?.notes ?? []), ...(home.solar?.notes ?? [])])].map((note) => {
    const moved = note.includes(' fills ')
    const effect = moved ? movedEffect([home]) : null
    return {
      severity: 'info' as const,
      finding: note,
      action: moved
        ? 'Every row is used once and every hour has one: sums are those of the source.'
        : 'As the reader says.',
      ...(effect === null ? {} : { effect }),
    }
  })

/** What moving rows can do to the figures of homes, at most; null: nothing was counted. */
export function movedEffect(homes: readonly Pick<AuditedHome, 'load' | 'solar'>[]): string | null {
  const kwh = (profiles: (AuditedHome['load'] | undefined)[]) => {
    const moved = profiles.map((profile) => profile?.movedMilliWh ?? 0)
    return moved.reduce((most, value) => Math.max(most, value), 0) / 1e6
  }
  const counted = homes.some(({ load, solar }) => (load?.movedMilliWh ?? solar?.movedMilliWh) !== undefined)
  if (!counted) return null
  const share = homes.reduce((most, { load }) => {
    const all = load?.milliWh.reduce((sum, value) => sum + value, 0) ?? 0
    return all === 0 ? most : Math.max(most, (load?.movedMilliWh ?? 0) / all)
  }, 0)
  const solar = kwh(homes.map((home) => home.solar))
  const loads = kwh(homes.map((home) => home.load))
  return `At most ${loads.toFixed(2)} kWh of load and ${solar.toFixed(2)} kWh of solar of a home stand at another hour: shares change by ${(share * 100).toFixed(3)} points or less.`
}
