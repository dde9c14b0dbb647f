/** The pilot that a viability report plans and budgets; no simulation depends on it. */
import { z } from 'zod'
import { type Fact, PILOT_FACTS, type PilotFact } from '../data/pilot-facts.ts'
import { oneLine, quantity, whole } from './schema-parts.ts'

/** The description of a field with the source of its default, so that both stand in one place. */
function told({ what, source, year, grade }: Fact): string {
  const from = grade === 'assumed' ? source : `${source}${year === null ? '' : `, ${year}`} (${grade})`
  return `${what}. Default: ${from}.`
}

const amount = (name: PilotFact, limits: { min?: number; above?: number; max: number }) =>
  quantity(PILOT_FACTS[name].unit, limits, told(PILOT_FACTS[name])).default(PILOT_FACTS[name].value)

const count = (name: PilotFact, min: number, max: number) =>
  whole(PILOT_FACTS[name].unit, min, max, told(PILOT_FACTS[name])).default(PILOT_FACTS[name].value)

const usd = (name: PilotFact) => amount(name, { min: 0, max: 1e9 })
const share = (name: PilotFact) => amount(name, { min: 0, max: 1 })

const staffLine = z.strictObject({
  role: oneLine(120, 'What the person does; no names.'),
  fullTimeFraction: quantity('fraction', { above: 0, max: 100 }, 'Full-time equivalents.'),
  usdPerYear: quantity(
    'USD/year',
    { min: 0, max: 1e7 },
    'Cost of one full-time equivalent with benefits and overhead.',
  ),
})

const serviceLine = z.strictObject({
  label: oneLine(120, 'What is bought.'),
  usd: quantity('USD', { min: 0, max: 1e9 }, 'In all, spread evenly over its months.'),
  fromMonth: whole('month', 1, 240, 'First month.').default(1),
  months: whole(
    'months',
    1,
    240,
    'Months over which it is spread; what lies after the pilot is left out.',
  ).default(24),
})

const hardware = z
  .strictObject({
    meterUsd: usd('hardware.meterUsd'),
    gatewayUsd: usd('hardware.gatewayUsd'),
    partsUsd: usd('hardware.partsUsd'),
    installUsd: usd('hardware.installUsd'),
    replacedFractionPerYear: share('hardware.replacedFractionPerYear'),
    lifeYears: amount('hardware.lifeYears', { above: 0, max: 50 }),
  })
  .prefault({})
  .meta({ description: 'What is mounted in a home of the pilot, and what that costs.' })

export const HARDWARE_PACKAGES = ['metered', 'gateway', 'utility-meter'] as const

const production = z
  .strictObject({
    months: count('production.months', 1, 120),
    homes: count('production.homes', 1, 10_000_000),
    fixedUsdPerMonth: usd('production.fixedUsdPerMonth'),
    hardware: z.enum(HARDWARE_PACKAGES).default('utility-meter').meta({
      description:
        'What a home gets after the pilot. `metered`: a revenue meter and a gateway; `gateway`: the inverter’s own readings; `utility-meter`: nothing, the utility’s readings are used.',
    }),
  })
  .prefault({})
  .meta({ description: 'The time from the pilot’s end to production.' })

export const LETTER_ROLES = ['utility', 'installer', 'community', 'evaluator', 'counsel', 'customer'] as const

const letter = z.strictObject({
  from: oneLine(120, 'Who wrote it.'),
  role: z.enum(LETTER_ROLES).meta({ description: 'What that party is to the pilot.' }),
  file: oneLine(300, 'The letter, relative to the scenario; told as missing where there is no such file.'),
})

const DEFAULT_STAFF = [
  { role: 'Principal investigator: models and evaluation', fullTimeFraction: 0.8, usdPerYear: 150_000 },
  { role: 'Software engineer: ledger, interfaces, operation', fullTimeFraction: 1, usdPerYear: 140_000 },
  { role: 'Field and hardware engineer', fullTimeFraction: 0.5, usdPerYear: 120_000 },
  { role: 'Utility, homes and rules', fullTimeFraction: 0.25, usdPerYear: 130_000 },
]

const DEFAULT_SERVICES = [
  { label: 'Legal counsel', usd: 40_000, fromMonth: 1, months: 12 },
  { label: 'Independent evaluation', usd: 30_000, fromMonth: 19, months: 6 },
  { label: 'Security review', usd: 20_000, fromMonth: 4, months: 3 },
  { label: 'Travel', usd: 10_000, fromMonth: 1, months: 24 },
]

export const pilot = z
  .strictObject({
    grantUsd: usd('grantUsd'),
    grantInstalments: count('grantInstalments', 1, 240),
    months: count('months', 1, 240),
    homes: count('homes', 1, 1_000_000),
    enrolFromMonth: count('enrolFromMonth', 1, 240),
    enrolMonths: count('enrolMonths', 1, 240),
    staff: z
      .array(staffLine)
      .default(DEFAULT_STAFF)
      .meta({ description: 'People of the pilot; the default is an assumption.', defaultText: 'four roles' }),
    services: z.array(serviceLine).default(DEFAULT_SERVICES).meta({
      description: 'What is bought from others; the default is an assumption.',
      defaultText: 'four lines',
    }),
    hardware,
    hostingUsdPerMonth: usd('hostingUsdPerMonth'),
    acquisitionUsdPerHome: usd('acquisitionUsdPerHome'),
    supportUsdPerHomeMonth: usd('supportUsdPerHomeMonth'),
    contingencyFraction: share('contingencyFraction'),
    priceUsdPerHomeMonth: usd('priceUsdPerHomeMonth'),
    utilityFeeUsdPerHomeMonth: usd('utilityFeeUsdPerHomeMonth'),
    programUsdPerKwYear: usd('programUsdPerKwYear'),
    programHours: amount('programHours', { above: 0, max: 24 }),
    programShareFraction: share('programShareFraction'),
    discountFraction: share('discountFraction'),
    loserShareMost: share('loserShareMost'),
    production,
    letters: z
      .array(letter)
      .default([])
      .meta({ description: 'Letters of support that exist as files.', defaultText: 'none' }),
  })
  .prefault({})
  .meta({
    description:
      'The pilot and what follows it, for `vpp viability`: budget, prices, letters. It changes no simulated figure.',
  })
