import { LEVELS } from './quantiles.ts'

/** A forecast's quantile at a slot, at the nearest level at or beyond the one asked for. */
function quantileAt(quantiles: Float64Array, slot: number, level: number): number {
  const above = LEVELS.findIndex((one) => one >= level - 1e-9)
  return quantiles[slot * LEVELS.length + (above === -1 ? LEVELS.length - 1 : above)]
}

function lowQuantileAt(quantiles: Float64Array, slot: number, level: number): number {
  const below = LEVELS.findLastIndex((one) => one <= level + 1e-9)
  return quantiles[slot * LEVELS.length + Math.max(0, below)]
}

/**
 * Upper bound of what a home will ask of its battery over a horizon, kWh: the sum over slots of the load's quantile at
 * `level` less the solar's at `1 − level`, never below zero in a slot. A sum of quantiles is what comes when all slots
 * are high at once (comonotone), so the bound holds at least as often as its level says wherever they are not.
 *
 * Between two levels it takes the outer one.
 *
 * @param load slots × `LEVELS`, kWh, from the horizon's first slot on, as forecasts have it
 * @param solar the same of the plant; null: none
 * @param slots of the horizon; must not be more than the forecast has
 */
export function demandUpperBound(
  load: Float64Array,
  solar: Float64Array | null,
  slots: number,
  level: number,
): number {
  if (slots * LEVELS.length > load.length) throw new RangeError('the horizon is longer than the forecast')
  let sum = 0
  for (let slot = 0; slot < slots; slot++) {
    const own = solar === null ? 0 : lowQuantileAt(solar, slot, 1 - level)
    sum += Math.max(0, quantileAt(load, slot, level) - own)
  }
  return sum
}
