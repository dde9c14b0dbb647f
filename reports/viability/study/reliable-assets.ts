import type { ReliableAsset } from '../../../data/viability-files.ts'
import { homesOf } from '../../kpi/sums.ts'
import type { ReportInput } from '../../report-input.ts'
import type { HomeHours } from '../read-homes.ts'

/** A plant generates when it gives more than this part of its nameplate; the sun is there when its neighbors’ plants give that. */
const GIVES = 0.01
const SUNNY = 0.1

/**
 * How reliably each solar plant delivers, judged by its neighbors: an hour counts in which at least half of the other plants
 * generate well, and the plant should then generate something. It needs two others; clouds that pass over one roof alone are
 * rarely as long as an hour.
 */
export function reliableAssets(
  { results, scenario }: ReportInput,
  series: readonly HomeHours[],
): ReliableAsset[] {
  const plants = homesOf(results).flatMap((home) => {
    const hours = series.find(({ id }) => id === home.id)
    return hours === undefined || home.solarKw === 0
      ? []
      : [{ home, shares: hours.solarKwh.map((kwh) => kwh / home.solarKw) }]
  })
  if (plants.length < 3) return []
  const sunny = plants[0].shares.map((_, hour) => plants.filter(({ shares }) => shares[hour] > SUNNY).length)
  return plants
    .map(({ home: { id, label }, shares }): ReliableAsset => {
      let [hours, delivering] = [0, 0]
      for (let hour = 0; hour < shares.length; hour++) {
        const others = sunny[hour] - (shares[hour] > SUNNY ? 1 : 0)
        if (2 * others < plants.length - 1) continue
        hours++
        if (shares[hour] > GIVES) delivering++
      }
      const deliveringShare = hours === 0 ? 0 : delivering / hours
      return {
        id,
        label,
        hours,
        deliveringShare,
        award: hours > 0 && deliveringShare >= scenario.viability.reliableFraction,
      }
    })
    .toSorted((a, b) => b.deliveringShare - a.deliveringShare)
}
