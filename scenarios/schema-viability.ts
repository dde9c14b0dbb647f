/** The schema of what a viability report needs beside the run: uncertain inputs, each with its source, and costs. */
import { z } from 'zod'
import { VIABILITY_FACTS, type UncertainName } from '../data/viability-facts.ts'
import { day, fraction, oneLine, quantity, whole } from './schema-parts.ts'

const grade = z.enum(['primary', 'secondary', 'derived', 'assumed']).meta({
  description: 'How sure it is: read in a primary text, a secondary one, arithmetic on such, or assumed.',
})

/** An uncertain input: what it is by default stands in `data/viability-facts.ts`, with its source. */
function uncertain(name: UncertainName) {
  const { unit, what, low, mode, high, source, year, grade: sure } = VIABILITY_FACTS[name]
  const limits = { min: 0, max: 1_000_000 }
  const likeliest = quantity(unit, limits, 'Likeliest value; without one all between are as likely.')
  return z
    .strictObject({
      low: quantity(unit, limits, 'Least value.').default(low),
      mode: mode === null ? likeliest.optional() : likeliest.default(mode),
      high: quantity(unit, limits, 'Greatest value.').default(high),
      source: oneLine(300, 'Where the range is from, or that it is assumed.').default(source),
      year: whole('year', 0, 2100, 'Of the source; 0: none.').default(year),
      grade: grade.default(sure),
    })
    .refine(
      ({ low: from, mode: middle, high: to }) =>
        from <= (middle ?? from) && (middle ?? to) <= to && from <= to,
    )
    .prefault({})
    .meta({ description: `${what}.`, rule: 'a range with low ≤ mode ≤ high' })
}

const usd = (unit: string, max: number, description: string) => quantity(unit, { min: 0, max }, description)

export const INCENTIVE_NAMES = ['federal-25d', 'ma-state-credit', 'smart-3', 'connected-solutions'] as const

export const viability = z
  .strictObject({
    uncertain: z
      .strictObject({
        solarYear: uncertain('solarYear'),
        load: uncertain('load'),
        retail: uncertain('retail'),
        wholesale: uncertain('wholesale'),
        participation: uncertain('participation'),
        batteryCost: uncertain('batteryCost'),
        solarCost: uncertain('solarCost'),
        discount: uncertain('discount'),
        solarDegradation: uncertain('solarDegradation'),
        batteryLife: uncertain('batteryLife'),
      })
      .prefault({})
      .meta({ description: 'What the uncertainty study draws: ranges with source, year and grade.' }),
    years: whole('years', 1, 40, 'Years over which solar and battery are reckoned. REopt: 25.').default(25),
    installedOn: day('Day of expenditure: which incentives there are.').default('2027-01-01'),
    incentives: z.array(z.enum(INCENTIVE_NAMES)).default(['federal-25d']).meta({
      description:
        'Incentives that these homes might claim; one whose dates have passed gives nothing. See models/finance/incentives.ts.',
    }),
    priceEscalationFraction: fraction('Yearly rise of electricity prices. REopt: 0.0166.').default(0.0166),
    upkeepEscalationFraction: fraction('Yearly rise of upkeep. REopt: 0.025.').default(0.025),
    solarUpkeepUsdPerKwYear: usd('USD/kW/year', 10_000, 'Upkeep of solar. REopt: 32.').default(32),
    batteryUpkeepFraction: fraction(
      'Upkeep of a battery by the year, as part of its price. REopt has 0.025 for commercial sites.',
    ).default(0.025),
    solarDcAcRatio: quantity(
      '-',
      { min: 0.5, max: 3 },
      'DC over AC nameplate of solar: its cost is by DC. REopt: 1.2.',
    ).default(1.2),
    averageCarbonKgPerKwh: quantity(
      'kg/kWh',
      { min: 0, max: 3 },
      'CO₂ of the mean kWh. eGRID 2023 as copied: New England 0.2464, upstate New York 0.1101.',
    ).default(0.2464),
    saidiMinutesPerYear: usd(
      'min/year',
      525_600,
      'Mean minutes without supply (SAIDI). EIA 2023, Massachusetts: 259.4 with major events, 82.2 without.',
    ).default(259.4),
    saifiPerYear: usd(
      '1/year',
      10_000,
      'Mean interruptions (SAIFI). EIA 2023, Massachusetts: 1.057.',
    ).default(1.057),
    criticalFraction: fraction(
      'Part of a home’s load that must be served through an outage: an assumption.',
    ).default(0.3),
    reliableFraction: fraction(
      'Share of sunny hours in which a plant must deliver to be awarded as reliable: an assumption.',
    ).default(0.98),
    outageHours: quantity(
      'h',
      { above: 0, max: 1000 },
      'Longest outage that is looked at: an assumption.',
    ).default(168),
  })
  .prefault({})
  .meta({ description: 'What a viability report needs beside the run; no simulation depends on it.' })
