/**
 * The scenario: the one source of its fields' defaults, units, limits and descriptions. Validation,
 * `vpp explain`, the JSON Schema for editors and the field reference are all derived from it.
 */
import { z } from 'zod'
import { COMPARED_STRATEGIES } from './schema-battery.ts'
import { feeder } from './schema-feeder.ts'
import { demandResponse, environment } from './schema-flexible.ts'
import { home, sharedBattery } from './schema-home.ts'
import { market } from './schema-market.ts'
import { pilot } from './schema-pilot.ts'
import { day, fraction, label, oneLine, quantity, slug, timeZone, usdPerKwh, whole } from './schema-parts.ts'
import { baselines, tariff } from './schema-tariff.ts'
import { viability } from './schema-viability.ts'
import { whatIf } from './schema-what-if.ts'
import {
  keepFlexibleWhole,
  keepTariffsWhole,
  refuseRepeatedIds,
  refuseUnknownPartners,
} from './schema-rules.ts'

const method = z.enum(['hold', 'smooth', 'stochastic'])

const disaggregation = z
  .strictObject({
    solar: method.default('smooth').meta({
      description:
        'How solar is split. `hold`: equal parts; `smooth`: a curve through the hours; `stochastic`: seeded clouds.',
    }),
    load: method.default('stochastic').meta({
      description:
        'How load is split. `hold`: equal parts; `smooth`: a curve through the hours; `stochastic`: seeded appliances.',
    }),
  })
  .prefault({})
  .meta({
    description:
      "How data coarser than a settlement interval become intervals; each hour's energy is kept exactly.",
  })

const usd = (description: string) => quantity('USD', { min: 0, max: 1_000_000 }, description)

const ledger = z
  .strictObject({
    openingBalanceUsd: usd("Every account's balance at the start.").default(5000),
    creditLimitUsd: usd('How far below zero trades may bring a balance.').default(0),
    tokens: z.boolean().default(true).meta({
      description:
        'Mint, trade and burn tokens on a ledger. `false`: energy, market and bills alone, many times faster, for sweeps; balances limit trades all the same, but nothing limits what batteries sell out of storage.',
    }),
  })
  .prefault({})
  .meta({ description: 'Accounts and the token ledger.' })

const kwh = (description: string) => quantity('kWh', { min: 0, max: 1000 }, description)

const burn = z
  .strictObject({
    missRate: quantity(
      'fraction',
      { above: 0, max: 0.5 },
      'Share of times that the lower bound on stored energy may be missed (α).',
    ).default(0.05),
    hysteresisKwh: kwh('Smallest change of the target that sets tokens aside or releases them.').default(0.3),
    setAside: z.boolean().default(true).meta({
      description: 'Set tokens aside by prediction; without it the same is burned, and more is unbacked.',
    }),
    factorStart: quantity(
      'fraction',
      { above: 0, max: 1 },
      'AC-to-AC conversion factor that a battery starts with, before its own has been learnt.',
    ).default(0.9),
    refitDays: whole('days', 1, 366, 'Days between two fits of the conversion factor.').default(7),
    gateKwh: kwh(
      'A refusal to discharge is not believed while more than this (plus 3 · scale) is predicted.',
    ).default(0.6),
    confirmHours: quantity(
      'h',
      { min: 0, max: 24 },
      'A refusal to discharge must stand so long before it is an anchor; tokens are set aside from its first interval on.',
    ).default(1),
  })
  .prefault({})
  .meta({ description: 'Parameters of the predictive burn algorithm.' })

const telemetry = z
  .strictObject({
    meterClassPercent: quantity(
      '%',
      { min: 0, max: 5 },
      "Greatest bias of a battery's charge and discharge registers; 0 is a perfect meter.",
    ).default(1),
    registerStepWh: quantity(
      'Wh',
      { min: 0, max: 1000 },
      "Smallest step of a battery's registers; 0: they show every milliwatt-hour.",
    ).default(0),
    falseRefusalsPerYear: quantity(
      '1/year',
      { min: 0, max: 1000 },
      'Refusals to discharge that a battery flags and that are none, each for a quarter to half an hour. `vpp burn study` has gaps, wrong clocks and irregular points too.',
    ).default(0),
  })
  .prefault({})
  .meta({ description: 'What the simulated meters see of the truth.' })

const economics = z
  .strictObject({
    avoidedSupplyUsdPerKwh: usdPerKwh(
      'Supply cost that the utility avoids for each kWh it need not deliver. A wholesale proxy: the NYISO mean was 0.0418 in 2024, 0.0744 in 2025.',
    ).default(0.05),
    batteryUsdPerKwh: quantity(
      'USD/kWh',
      { min: 0, max: 100_000 },
      'Installed cost of a battery for each usable kWh. EnergySage H2-2022: 1,339; vendor table 2026: 852 to 1,000.',
    ).default(1100),
    batteryLifeYears: quantity(
      'years',
      { min: 1, max: 40 },
      'Years over which a battery is paid off in the cost tests (10 to 15 are usual).',
    ).default(12),
    programUsdPerMonth: usd(
      'What running the program costs each month, in the cost tests. Three organisations on Hyperledger Fabric: 1,091 (a competitor’s figure).',
    ).default(0),
    avoidedCapacityUsdPerKwYear: quantity(
      'USD/kW/year',
      { min: 0, max: 10_000 },
      'What the utility avoids for each kW less of the community’s greatest import, in the cost tests; 0: not counted.',
    ).default(0),
    taxCreditFraction: fraction(
      'Part of a battery’s price that a tax credit takes. The federal one ended for owners with 2025 (P.L. 119-21).',
    ).default(0),
    discountFraction: fraction('Yearly discount rate of participants. REopt: 0.0624 nominal.').default(0.06),
    socialDiscountFraction: fraction('Yearly discount rate of the societal test.').default(0.03),
    carbonUsdPerTonne: quantity(
      'USD/t',
      { min: 0, max: 10_000 },
      'Damage of a tonne of CO₂, in the societal test. REopt: 51.',
    ).default(51),
    marginalCarbonKgPerKwh: quantity(
      'kg/kWh',
      { min: 0, max: 3 },
      'CO₂ of the plant that a kWh less turns down. AVERT 2023, hourly mean: New England 0.484, New York 0.479.',
    ).default(0.48),
  })
  .prefault({})
  .meta({ description: 'Costs outside the tariff.' })

const comparison = z
  .strictObject({
    enabled: z.boolean().default(true).meta({
      description:
        'Make these comparisons, and each home’s fair share of pooling. `false`: a faster run, for sweeps; its report leaves them out.',
    }),
    strategies: z
      .array(z.enum(COMPARED_STRATEGIES))
      .default(['self-consumption', 'time-of-use', 'peak-shaving', 'backup-reserve', 'market-aware'])
      .meta({
        description:
          'Strategies that the report sets beside the perfect-foresight bound, each home alone, with their defaults; the chosen one is always there. `model-predictive` takes some seconds a home and year.',
      }),
    batteries: whole(
      '-',
      0,
      10_000,
      'For how many batteries of each community, its first ones. Left out: the first 40.',
    ).optional(),
  })
  .prefault({})
  .meta({ description: 'What the chosen strategies are compared with.' })

const community = z
  .strictObject({
    id: slug('Name of the community in files and ledgers; unique in the scenario.'),
    label: label('community'),
    sharedBattery: sharedBattery.optional(),
    feeder: feeder.optional(),
    homes: z.array(home).min(1).max(10_000).meta({ description: 'The homes, at least one.' }),
  })
  .transform(({ id, label: name = id, ...rest }) => ({ id, label: name, ...rest }))

const period = z
  .strictObject({
    start: day('First local day in the time zone.'),
    days: whole('days', 1, 366 * 25, 'Number of local days.').default(365),
    years: whole(
      'years',
      1,
      25,
      'Times that these days are run one after the other, the batteries ageing on; series are kept of the first.',
    ).default(1),
  })
  .meta({ description: 'What time is simulated.' })

export const scenarioSchema = z
  .strictObject({
    schema: z.literal(1).meta({ description: 'Version of this format.' }),
    name: slug('Name of the scenario in files and commands; in the gallery, the name of its folder.'),
    title: oneLine(160, 'Title of the report: what is simulated, in one line.'),
    question: oneLine(300, 'The question that the run answers; the report opens with it.').default(
      'Does peer-to-peer trading pay for this neighborhood?',
    ),
    description: z
      .string()
      .max(4000)
      // oxlint-disable-next-line no-control-regex -- control characters but the line feed are refused
      .regex(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$/u)
      .default('')
      .meta({
        description: 'What is assumed and why, in a few sentences.',
        rule: 'text of up to 4000 characters, without control characters but line feeds',
      }),
    seed: whole(
      '-',
      0,
      0xffff_ffff,
      'Start of all random streams, 32 bits; the same seed gives the same bytes.',
    ).default(1),
    period,
    timeZone: timeZone('IANA time zone of the homes: local days, months and tariffs follow it.'),
    settlementMinutes: z
      .literal([5, 15, 30, 60])
      .default(5)
      .meta({ unit: 'min', description: 'Length of a settlement interval: 5 beginning, 15 advanced.' }),
    disaggregation,
    tariff,
    baselines,
    market,
    ledger,
    burn,
    telemetry,
    economics,
    viability,
    whatIf,
    comparison,
    environment,
    demandResponse: demandResponse.optional(),
    pilot,
    communities: z.array(community).min(1).max(1000).meta({
      description: 'Market areas: neighbors trade within one, and each is simulated by itself.',
    }),
  })
  .superRefine(refuseRepeatedIds, { when: () => true })
  .superRefine(keepFlexibleWhole, { when: () => true })
  .superRefine(keepTariffsWhole, { when: () => true })
  .superRefine(refuseUnknownPartners, { when: () => true })

/** A resolved scenario: checked, and every default filled in. */
export type Scenario = z.infer<typeof scenarioSchema>
export type Community = Scenario['communities'][number]
export type Feeder = NonNullable<Community['feeder']>
export type Home = Community['homes'][number]
export type LoadSource = Home['load']
export type SolarSource = NonNullable<Home['solar']>
export type Trading = Home['trading']
export type Devices = NonNullable<Home['devices']>
export type DemandResponse = NonNullable<Scenario['demandResponse']>
export type Pilot = Scenario['pilot']
export type Environment = Scenario['environment']
export type Battery = NonNullable<Home['battery']>
export type Tariff = Scenario['tariff']
export type ImportRule = Tariff['import']
export type ExportRule = Tariff['export']
export type Disaggregation = Scenario['disaggregation']
export type BurnParameters = Scenario['burn']
/** As a user may write it: what has a default may be left out. */
export type ScenarioInput = z.input<typeof scenarioSchema>
