import type { BreakEven, ViabilityStudy } from '../../data/viability-files.ts'
import { centsPerKwh, percent, threeFigures, usd } from '../number-format.ts'

const lineOf = (study: ViabilityStudy, id: string): BreakEven | undefined =>
  study.breakEvens.find((one) => one.id === id)

/**
 * Where along a line the gain by trading ends: the least value tried from which nothing is gained, found between the points.
 * Trading that ends leaves a gain of zero, not below it.
 */
export function endOfGain({ points }: BreakEven): { from: number; to: number } | null {
  const last = points.findLastIndex(({ y }) => y > 0.005)
  if (last === points.length - 1) return null
  if (last < 0) return { from: points[0].x, to: points[0].x }
  return { from: points[last].x, to: points[last + 1].x }
}

/** What trading depends on, one sentence each, made from the runs of the study. */
export function tradingConditions(study: ViabilityStudy): string[] {
  const { figures, map } = study
  const found: string[] = [
    figures.tradesShare === 1
      ? 'Neighbors trade in every draw.'
      : figures.tradesShare === 0
        ? 'Neighbors trade in no draw: under this tariff no price suits a buyer and a seller.'
        : `Neighbors trade in ${percent(figures.tradesShare)} of draws.`,
  ]
  if (map === null) return found
  for (const [id, what] of [
    ['trading-by-export', 'what an exported kWh earns'],
    ['trading-by-charge', 'delivery on a neighbor’s kWh'],
  ] as const) {
    const line = lineOf(study, id)
    if (line === undefined) continue
    const end = endOfGain(line)
    const now = centsPerKwh(line.base)
    if (end === null)
      found.push(
        `With ${what} up to ${centsPerKwh(line.to)} (now ${now}) trading still gains, all else as it is.`,
      )
    else if (end.from === end.to)
      found.push(
        `No value of ${what} from ${centsPerKwh(line.from)} to ${centsPerKwh(line.to)} makes trading gain, all else as it is.`,
      )
    else
      found.push(
        `Trading gains while ${what} stays below ${centsPerKwh(end.from)} to ${centsPerKwh(end.to)} (now ${now}), all else as it is.`,
      )
  }
  return found
}

/** What exports would have to earn for trading to gain, all else as in the run; null: no value tried makes it gain. */
export function exportCondition(study: ViabilityStudy): string | null {
  const line = lineOf(study, 'trading-by-export')
  if (line === undefined) return null
  const end = endOfGain(line)
  if (end === null || end.from === end.to) return null
  return `no more than ${centsPerKwh(end.from)} (now up to ${centsPerKwh(line.base)})`
}

/** At what price a battery would be worth it, in words. */
export function batteryCondition(study: ViabilityStudy): string | null {
  const line = lineOf(study, 'npv-battery')
  if (line === undefined) return null
  const [at] = line.crossings
  if (at === undefined)
    return line.points[0].y < 0 ? 'not even for nothing' : `at any price up to ${usd(line.to)} a kWh`
  return `below ${usd(at)} a kWh instead of ${usd(line.base)}`
}

export const shareText = (share: number): string =>
  share === 0 ? 'in no draw' : share === 1 ? 'in every draw' : `in ${percent(share)} of draws`

export const hoursText = (hours: number): string => `${threeFigures(hours)}\u00a0h`
