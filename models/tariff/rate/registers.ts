import type { EnergyTier, Rate } from './rate.ts'

/** Sizes and limits of a rate in one month, on which its registers are laid out: row = period, column = tier. */
export interface RegisterLayout {
  readonly periods: number
  readonly tiers: number
  /** Upper limit of each tier on the month's energy, milliwatt-hours; the last of a period has none. */
  readonly limitMilliWh: Float64Array
}

/** Everything that a meter remembers of one month for a rate; energies in whole milliwatt-hours, >= 0. */
export interface MonthRegisters {
  readonly layout: RegisterLayout
  /** By period and tier, in the order in which the energy came. */
  readonly imported: Float64Array
  readonly exported: Float64Array
  /** Export less import of each period. */
  readonly net: Float64Array
  importMilliWh: number
  exportMilliWh: number
}

const milliWhOf = ({ max, unit }: EnergyTier, days: number, peakKw: number, part: number): number => {
  if (max === null) return Number.POSITIVE_INFINITY
  const byDay = unit === 'kWh daily' || unit === 'kWh/kW daily' ? days : part
  const byDemand = unit === 'kWh/kW' || unit === 'kWh/kW daily' ? peakKw : 1
  return Math.round(max * byDay * byDemand * 1e6)
}

/** Does a limit of the rate depend on the month's greatest demand, which is known at its end only? */
export const limitsByDemand = ({ energy }: Rate): boolean =>
  energy.flat().some(({ max, unit }) => max !== null && unit.startsWith('kWh/kW'))

/**
 * @param days of the month that are billed; daily limits hold for each
 * @param peakKw greatest demand of the month, for limits per kW
 * @param part of the month that is billed, (0, 1]: monthly limits are in proportion
 */
export function registerLayout(
  { energy }: Rate,
  days: number,
  { peakKw = 0, part = 1 }: { peakKw?: number; part?: number } = {},
): RegisterLayout {
  const tiers = Math.max(...energy.map((list) => list.length))
  const limitMilliWh = new Float64Array(energy.length * tiers).fill(Number.POSITIVE_INFINITY)
  for (const [period, list] of energy.entries()) {
    for (const [tier, one] of list.entries()) {
      if (tier < list.length - 1) limitMilliWh[period * tiers + tier] = milliWhOf(one, days, peakKw, part)
    }
  }
  return { periods: energy.length, tiers, limitMilliWh }
}

export const monthRegisters = (layout: RegisterLayout): MonthRegisters => ({
  layout,
  imported: new Float64Array(layout.periods * layout.tiers),
  exported: new Float64Array(layout.periods * layout.tiers),
  net: new Float64Array(layout.periods),
  importMilliWh: 0,
  exportMilliWh: 0,
})

/** Adds energy of a period behind what the month has had, cut where a tier is full. */
function fill(into: Float64Array, layout: RegisterLayout, period: number, had: number, more: number): void {
  const { tiers, limitMilliWh } = layout
  const row = period * tiers
  let from = had
  const to = had + more
  for (let tier = 0; tier < tiers && from < to; tier++) {
    const limit = limitMilliWh[row + tier]
    if (from >= limit) continue
    const end = to < limit ? to : limit
    into[row + tier] += end - from
    from = end
  }
}

/** Adds one interval of a period: import and export in whole milliwatt-hours, >= 0. */
export function registerInterval(
  registers: MonthRegisters,
  period: number,
  importMilliWh: number,
  exportMilliWh: number,
): void {
  const { layout } = registers
  registers.net[period] += exportMilliWh - importMilliWh
  if (importMilliWh > 0) {
    if (layout.tiers === 1) registers.imported[period] += importMilliWh
    else fill(registers.imported, layout, period, registers.importMilliWh, importMilliWh)
    registers.importMilliWh += importMilliWh
  }
  if (exportMilliWh > 0) {
    if (layout.tiers === 1) registers.exported[period] += exportMilliWh
    else fill(registers.exported, layout, period, registers.exportMilliWh, exportMilliWh)
    registers.exportMilliWh += exportMilliWh
  }
}
