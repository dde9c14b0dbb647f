/** The schema of how a battery loses, ages and is dispatched. */
import { z } from 'zod'
import { fraction, quantity, usdPerKwh, whole } from './schema-parts.ts'

/** Ageing models by name, as `models/battery/ageing` has them; a test holds the two lists together. */
export const AGEING_NAMES = [
  'linear',
  'sam-lfp',
  'sam-nmc',
  'sam-nmc-table',
  'sam-lmo-lto',
  'Lfp_Gr_250AhPrismatic',
  'Lfp_Gr_SonyMurata3Ah_Battery',
  'Lmo_Gr_NissanLeaf66Ah_2ndLife_Battery',
  'Nca_Gr_Panasonic3Ah_Battery',
  'NCA_GrSi_SonyMurata2p5Ah_Battery',
  'Nmc111_Gr_Kokam75Ah_Battery',
  'Nmc111_Gr_Sanyo2Ah_Battery',
  'NMC_Gr_50Ah_B1',
  'NMC_Gr_50Ah_B2',
  'NMC_Gr_75Ah_A',
  'Nmc_Lto_10Ah_Battery',
  'Nmc622_Gr_DENSO50Ah_Battery',
  'Nmc811_GrSi_LGM50_5Ah_Battery',
  'Nmc811_GrSi_LGMJ1_4Ah_Battery',
] as const

/** Strategies that can be compared by name. */
export const COMPARED_STRATEGIES = [
  'self-consumption',
  'time-of-use',
  'peak-shaving',
  'backup-reserve',
  'demand-response',
  'market-aware',
  'model-predictive',
] as const

/** What a planner can believe of the days to come. */
export const PLANNER_FORECASTS = [
  'persistence',
  'perfect',
  'seasonal-naive',
  'smart-persistence',
  'ridge',
  'network',
  'combination',
  'automatic',
] as const

const gridCharge = (description: string) => z.boolean().meta({ description })

const losses = z
  .strictObject({
    inverterFixedFraction: quantity(
      'fraction',
      { min: 0, max: 0.1 },
      'Lost by the inverter while it runs, of rated power (0.003 to 0.01 are usual).',
    ).default(0.005),
    inverterSquareFraction: quantity(
      'fraction',
      { min: 0, max: 0.2 },
      'Lost by the inverter at rated power, with the square of power, of rated power.',
    ).default(0.01),
    cellLossFraction: quantity(
      'fraction',
      { min: 0, max: 0.2 },
      'Lost in new cells at rated power, 25 °C and half charge, with the square of current, of rated power.',
    ).default(0.02),
    resistancePerFade: quantity(
      'factor',
      { min: 0, max: 10 },
      'Rise of the cells’ resistance for each unit of usable energy lost: efficiency fades with capacity.',
    ).default(1),
    resistanceKelvin: quantity(
      'K',
      { min: 0, max: 10_000 },
      'Temperature dependence of the resistance: exp(K · (1/T − 1/298.15)); 2000 doubles it at 0 °C nearly.',
    ).default(2000),
    voltageSwingFraction: quantity(
      'fraction',
      { min: 0, max: 0.5 },
      'Voltage of full over empty cells less 1; at low charge the same power is more current.',
    ).default(0.1),
    heaterWattPerKelvin: quantity(
      'W/K',
      { min: 0, max: 100 },
      'Heating of cold cells for each degree below `heaterBelowC`; part of standby.',
    ).default(0),
    heaterBelowC: quantity('°C', { min: -40, max: 40 }, 'Temperature below which cells are heated.').default(
      5,
    ),
  })
  .meta({
    description:
      'Losses by power, charge, health and temperature, beside the two efficiencies; left out: efficiencies alone.',
  })

const program = {
  firstMonth: whole('-', 1, 12, 'First month of the season.').default(6),
  lastMonth: whole('-', 1, 12, 'Last month of the season.').default(9),
  fromHour: quantity('h', { min: 0, max: 23 }, 'Local hour from which an event may start.').default(15),
  toHour: quantity('h', { min: 1, max: 24 }, 'Local hour by which an event has ended.').default(20),
  eventHours: quantity('h', { above: 0, max: 12 }, 'Length of an event.').default(3),
  eventsPerSeason: whole(
    '-',
    1,
    365,
    'Events called in a season, on days drawn at random; of a season that the run holds in part, that part.',
  ).default(40),
  optOutFraction: fraction(
    'Part of the events that the home opts out of; they count as nothing given.',
  ).default(0),
  usdPerKwSeason: quantity(
    'USD/kW',
    { min: 0, max: 10_000 },
    'Paid for each kW given on average over all events of a season; for a part of a season, that part.',
  ).default(275),
  capKw: quantity('kW', { above: 0, max: 1000 }, 'Most power that is paid for.').default(5),
}

export const strategy = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z
        .literal('self-consumption')
        .meta({ description: 'Charges the surplus of its solar, discharges what solar does not cover.' }),
    }),
    z.strictObject({
      kind: z
        .literal('time-of-use')
        .meta({ description: 'Self-consumption that keeps energy for the dearest hours of the day.' }),
      gridCharge: gridCharge('Fill up from the grid in the cheapest hours, where that pays.').default(true),
    }),
    z.strictObject({
      kind: z.literal('peak-shaving').meta({ description: 'Keeps the import below a limit.' }),
      limitKw: quantity('kW', { min: 0, max: 1000 }, 'Import that is not to be passed.').default(2),
      gridCharge: gridCharge('Refill from the grid below the limit.').default(false),
    }),
    z.strictObject({
      kind: z
        .literal('backup-reserve')
        .meta({ description: 'Self-consumption above a reserve for outages.' }),
      reserveFraction: fraction('Part of the energy that stays in the battery.').default(0.3),
      gridCharge: gridCharge('Fill up to the reserve from the grid.').default(true),
    }),
    z.strictObject({
      kind: z.literal('demand-response').meta({
        description: 'Self-consumption around a program’s events (ConnectedSolutions kind), which are paid.',
      }),
      ...program,
    }),
    z.strictObject({
      kind: z.literal('market-aware').meta({
        description: 'Also discharges for neighbors where their price covers export, losses and wear.',
      }),
      lifeEfc: quantity(
        'EFC',
        { above: 0, max: 100_000 },
        'Equivalent full cycles that the battery’s price buys: wear of a kWh is price over these.',
      ).default(6000),
      midPoint: fraction(
        'Price expected of a neighbor, as a part of the way from export to import price.',
      ).default(0.5),
    }),
    z.strictObject({
      kind: z.literal('model-predictive').meta({
        description: 'Plans the hours ahead on a forecast, by linear program, and follows the plan.',
      }),
      horizonHours: quantity(
        'h',
        { min: 1, max: 168 },
        'How far a plan reaches: a day misses what a battery keeps for the day after.',
      ).default(48),
      planHours: z
        .literal([1, 0.5, 0.25])
        .default(1)
        .meta({ unit: 'h', description: 'Length of a planned interval.' }),
      forecast: z.enum(PLANNER_FORECASTS).default('persistence').meta({
        description:
          '`persistence`: as a day before. `perfect`: what will be, for comparison. The others forecast load and solar at each midnight from the past of the community’s homes and a weather forecast with its error (models/forecast); `automatic` takes each day what did best before. `network` trains a TensorFlow.js network in the run.',
      }),
      wearUsdPerKwh: usdPerKwh('Counted against each kWh discharged.').default(0),
    }),
    z.strictObject({
      kind: z.literal('optimum').meta({
        description: 'The perfect-foresight optimum of the home alone: a reference, not a controller.',
      }),
    }),
  ])
  .meta({ description: 'How the battery is dispatched.' })

/** Fields of a battery beside its size and efficiencies. */
export const batteryBehaviour = {
  coupling: z.enum(['ac', 'dc']).default('ac').meta({
    description:
      '`ac`: an inverter of its own beside the solar one (dual inverter). `dc`: one inverter for both (hybrid); solar charges before it.',
  }),
  solarInverterEfficiency: quantity(
    'fraction',
    { above: 0, max: 1 },
    'Coupling `dc` alone: AC given by the shared inverter for each unit of solar DC, which charging avoids.',
  ).default(0.96),
  sharedInverterKw: quantity(
    'kW',
    { above: 0, max: 1000 },
    'Coupling `dc` alone: rated AC power of the shared inverter.',
  )
    .optional()
    .meta({ defaultText: 'the greater of solar nameplate and powerKw' }),
  losses: losses.optional(),
  ageing: z.enum(AGEING_NAMES).default('linear').meta({
    description:
      'Ageing model: `linear` (the two fade rates here), a life model of SAM (`sam-…`), or a cell of BLAST-Lite by its name; the others leave the two rates aside.',
  }),
  temperatureC: quantity('°C', { min: -40, max: 60 }, 'Mean temperature of the cells.').default(20),
  temperatureYearSwingC: quantity(
    '°C',
    { min: 0, max: 40 },
    'Its swing over the year, above and below the mean; warmest in July.',
  ).default(0),
  temperatureDaySwingC: quantity(
    '°C',
    { min: 0, max: 20 },
    'Its swing over the day; warmest at 15 o’clock.',
  ).default(0),
  strategy: strategy.default({ kind: 'self-consumption' }),
}
