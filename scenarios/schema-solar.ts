/** The schema of a solar plant that is computed from a weather file. */
import { z } from 'zod'
import { fraction, oneLine, quantity } from './schema-parts.ts'

/** Most kW of one home's plant; see schema-home.ts. */
const MAX_KW = 1000
const percent = (unit: string, description: string) => quantity(unit, { min: 0, max: 100 }, description)

/** A fixed array under the weather of a file, by PVWatts version 8 (models/solar/pvwatts-v8). */
export const weatherSolar = z.strictObject({
  weather: oneLine(
    1024,
    'Weather file, relative to the folder of this scenario. Irradiance is the mean of each interval; the sun is taken at its middle, or where the file says.',
  ),
  weatherFormat: z.enum(['epw', 'tmy3', 'psm', 'pvgis']).default('epw').meta({
    description:
      'Format of the weather file: EnergyPlus, NREL TMY3 CSV, NSRDB PSM CSV, PVGIS CSV or JSON. Without beam and diffuse light they are derived from the global (Erbs).',
  }),
  weatherLabels: z.enum(['start', 'middle', 'end']).optional().meta({
    description: 'Which moment of its interval a label names, where the file leaves it open.',
    defaultText: 'as the format has it',
  }),
  weatherYears: z.enum(['own', 'any']).optional().meta({
    description:
      'Which years the file stands for. `own`: the year of its rows, which the run must lie in. `any`: every year of the run, day by day; 29 February has the weather of the 28th where the file has none.',
    defaultText: 'any for a typical year, which has months of several years; own for a year that was',
  }),
  dcKw: quantity('kW', { above: 0, max: MAX_KW }, 'DC nameplate of the modules at standard conditions.'),
  tiltDeg: quantity('°', { min: 0, max: 90 }, 'Tilt of the modules: 0 flat, 90 upright.'),
  azimuthDeg: quantity(
    '°',
    { min: 0, max: 360 },
    'Where the modules face: 0 north, 90 east, 180 south, 270 west.',
  ),
  mount: z.enum(['roof', 'rack']).default('roof').meta({
    description:
      'How the modules are mounted. `roof`: close to it, hotter. `rack`: open, rows that shade each other.',
  }),
  module: z.enum(['standard', 'premium', 'thin-film']).default('standard').meta({
    description: 'Type of module, as PVWatts has them.',
  }),
  dcAcRatio: quantity(
    '-',
    { min: 0.5, max: 5 },
    'DC nameplate over the inverter’s AC rating. What the AC rating limits is clipped; it limits minting too.',
  ).default(1.2),
  groundCoverFraction: quantity(
    'fraction',
    { min: 0.05, max: 0.95 },
    'Area of modules over area of ground, for racks.',
  ).default(0.4),
  lossesPercent: percent(
    '%',
    'DC losses together: mismatch, wiring, dirt that is not told by month, age that is not told (14.0757 in PVWatts).',
  ).default(14.0757),
  monthlyLossPercent: z.array(percent('%', 'Loss of one month.')).length(12).optional().meta({
    description: 'Light that snow and dirt keep off, by month, January first.',
    rule: 'a list of 12 numbers from 0 to 100',
    defaultText: 'none',
  }),
  horizonDeg: z
    .array(quantity('°', { min: 0, max: 90 }, 'Elevation of the horizon at one azimuth.'))
    .min(1)
    .max(360)
    .optional()
    .meta({
      description:
        'Elevation of what stands around, at equal steps of azimuth from north over east. Takes the beam while the sun is behind it, and its part of the sky.',
      rule: 'a list of 1 to 360 numbers from 0 to 90',
      defaultText: 'flat',
    }),
  inverterEfficiencyFraction: quantity(
    'fraction',
    { min: 0.5, max: 1 },
    'Efficiency of the inverter at its rating.',
  ).default(0.96),
  albedoFraction: fraction('Light that the ground reflects.').default(0.2),
  ageYears: quantity('years', { min: 0, max: 60 }, 'Age of the plant at the start of the run.').default(0),
  degradationPercentPerYear: percent(
    '%/year',
    'Power lost with age, linear, up to the start of the run (0.5 is usual).',
  ).default(0.5),
})
export type WeatherSolar = z.output<typeof weatherSolar>
