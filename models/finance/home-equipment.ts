import type { Project, SingleLine, YearlyLine } from './project.ts'

/** Solar and battery of a home, what they cost and what they save. USD >= 0. */
export interface HomeEquipment {
  readonly years: number
  /** DC nameplate; 0: no solar in it. */
  readonly solarKw: number
  readonly solarUsdPerKw: number
  readonly solarUpkeepUsdPerKwYear: number
  /** 0: no battery in it. */
  readonly batteryKwh: number
  readonly batteryUsdPerKwh: number
  readonly batteryUpkeepFraction: number
  /** Whole years until a battery is replaced, at the same price. */
  readonly batteryLifeYears: number
  /** Bills of the first year that solar takes away, and that the battery takes away beside it; may be < 0. */
  readonly solarSavingUsd: number
  readonly batterySavingUsd: number
  readonly priceEscalation: number
  readonly upkeepEscalation: number
  /** Lost each year: of the solar’s yield, of the battery’s saving until it is replaced. */
  readonly solarFade: number
  readonly batteryFade: number
  readonly incentives: readonly {
    readonly label: string
    readonly onceUsd: number
    readonly yearlyUsd: number
    readonly years: number
  }[]
}

/** What the equipment costs before incentives, USD. */
export const equipmentCost = ({
  solarKw,
  solarUsdPerKw,
  batteryKwh,
  batteryUsdPerKwh,
}: HomeEquipment): number => solarKw * solarUsdPerKw + batteryKwh * batteryUsdPerKwh

/** First years of every battery: 1, then the year after each replacement. */
export function batteryStarts({ years, batteryKwh, batteryLifeYears: life }: HomeEquipment): number[] {
  if (batteryKwh === 0) return []
  return Array.from({ length: Math.ceil(years / life) }, (_, at) => at * life + 1)
}

/**
 * Replacements, each at the end of the life of the one before, and at the end of the project what the last one is still
 * worth: its price times the share of its life that is left.
 */
export function batterySingles(equipment: HomeEquipment): SingleLine[] {
  const { years, batteryKwh, batteryUsdPerKwh, batteryLifeYears: life } = equipment
  const price = batteryKwh * batteryUsdPerKwh
  const starts = batteryStarts(equipment)
  const last = starts.at(-1)
  if (last === undefined) return []
  const left = (last - 1 + life - years) / life
  return [
    ...starts.slice(1).map((start) => ({ label: 'battery replaced', year: start - 1, usd: -price })),
    ...(left > 0 ? [{ label: 'what the battery is still worth', year: years, usd: price * left }] : []),
  ]
}

/** A battery’s yearly amount that grows with prices and fades until it is replaced, one line for each battery. */
function batteryLines(equipment: HomeEquipment, label: string, usd: number, growth: number): YearlyLine[] {
  const { years, batteryFade, batteryLifeYears: life } = equipment
  return batteryStarts(equipment).map((start) => ({
    label,
    // New again: the fade of the years before is taken back.
    firstYearUsd: usd / (1 - batteryFade) ** (start - 1),
    growthFraction: (1 + growth) * (1 - batteryFade) - 1,
    fromYear: start,
    untilYear: Math.min(years, start + life - 1),
  }))
}

/** The equipment laid out in years, for `projectFlows`. */
export function equipmentProject(equipment: HomeEquipment): Project {
  const { years, solarKw, batteryKwh, priceEscalation, upkeepEscalation, incentives } = equipment
  const upkeep =
    solarKw * equipment.solarUpkeepUsdPerKwYear +
    batteryKwh * equipment.batteryUsdPerKwh * equipment.batteryUpkeepFraction
  const once = incentives.reduce((sum, { onceUsd }) => sum + onceUsd, 0)
  return {
    years,
    investmentUsd: equipmentCost(equipment) - once,
    yearly: [
      ...(solarKw > 0
        ? [
            {
              label: 'bills, by solar',
              firstYearUsd: equipment.solarSavingUsd,
              growthFraction: (1 + priceEscalation) * (1 - equipment.solarFade) - 1,
            },
          ]
        : []),
      ...batteryLines(equipment, 'bills, by the battery', equipment.batterySavingUsd, priceEscalation),
      { label: 'upkeep', firstYearUsd: -upkeep, growthFraction: upkeepEscalation },
      ...incentives
        .filter(({ yearlyUsd }) => yearlyUsd > 0)
        .map(({ label, yearlyUsd, years: until }) => ({
          label,
          firstYearUsd: yearlyUsd,
          growthFraction: 0,
          untilYear: Math.min(years, until),
        })),
    ],
    single: batterySingles(equipment),
    loan: null,
  }
}

/** Energy that a battery gives in each year, the first at place 1: fading until it is replaced. */
export function dischargedByYear(equipment: HomeEquipment, firstYearKwh: number): Float64Array {
  const { years, batteryFade, batteryLifeYears: life, batteryKwh } = equipment
  const kwh = new Float64Array(years + 1)
  if (batteryKwh === 0) return kwh
  for (let year = 1; year <= years; year++)
    kwh[year] = firstYearKwh * (1 - batteryFade) ** ((year - 1) % life)
  return kwh
}
