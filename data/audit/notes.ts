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

/** What moving rows can do to the figures of homes, at most; null: nothing was counted. One home is looked at after the other. */
export function movedEffect(homes: Iterable<Pick<AuditedHome, 'load' | 'solar'>>): string | null {
  let [counted, loads, solar, share] = [false, 0, 0, 0]
  for (const home of homes) {
    if ((home.load?.movedMilliWh ?? home.solar?.movedMilliWh) === undefined) continue
    counted = true
    const moved = home.load?.movedMilliWh ?? 0
    const all = home.load?.milliWh.reduce((sum, value) => sum + value, 0) ?? 0
    loads = Math.max(loads, moved / 1e6)
    solar = Math.max(solar, (home.solar?.movedMilliWh ?? 0) / 1e6)
    if (all !== 0) share = Math.max(share, moved / all)
  }
  if (!counted) return null
  return `At most ${loads.toFixed(2)} kWh of load and ${solar.toFixed(2)} kWh of solar of a home stand at another hour: shares change by ${(share * 100).toFixed(3)} points or less.`
}
