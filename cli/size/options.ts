import type { Argv } from 'yargs'
import { VppError } from '../../data/errors.ts'
import { EXPORT_RULES } from './tariff.ts'

const WEATHER = ['epw', 'tmy3', 'psm', 'pvgis'] as const

export interface SizeArguments {
  readonly place?: string
  readonly yield?: number
  readonly elevation?: number
  readonly temperature?: number
  readonly weather?: string
  readonly weatherFormat: (typeof WEATHER)[number]
  readonly zone?: string
  readonly billKwh?: number[]
  readonly billUsd?: number[]
  readonly home: string
  readonly meter?: string
  readonly tariff: string
  readonly tariffItem?: string
  readonly export?: string
  readonly exportUsd?: number
  readonly fixedUsdPerMonth?: number
  readonly lowIncome: boolean
  readonly discountFraction?: number
  readonly roofKw?: number
  readonly roofM2?: number
  readonly tilt: number
  readonly azimuth?: number
  readonly budget?: number
  readonly step: number
  readonly batteries: readonly number[]
  readonly panelsCost?: number
  readonly batteryCost?: number
  readonly batteryLife?: number
  readonly batteryReplacement?: number
  readonly batteryHours?: number
  readonly upkeep?: number
  readonly fade?: number
  readonly years?: number
  readonly discount?: number
  readonly escalation?: number
  readonly exportEnds?: number
  readonly exportAfter?: number
  readonly incentives?: string[]
  readonly date?: string
  readonly peerDelivery?: number
  readonly peerFee?: number
  readonly neighborKw: number
  readonly solarRoofCost?: number
  readonly plainRoofCost: number
  readonly loanFraction?: number
  readonly loanRate: number
  readonly loanYears: number
  readonly carbonMarginal?: number
  readonly carbonAverage?: number
  readonly draws: number
  readonly seed: number
  readonly out?: string
  readonly json: boolean
  readonly quiet: boolean
}

/** Name, what it is, and the limits of each number; its default is said where it has one elsewhere. */
const NUMBERS: readonly (readonly [name: string, describe: string, least: number, most: number])[] = [
  ['yield', 'kWh a year of 1 kW at 30°, where --place has no weather', 1, 3000],
  ['elevation', 'of the place, m', -500, 6000],
  ['temperature', 'mean of the year at the place, °C', -40, 40],
  ['export-usd', 'USD per kWh: what exports, or what a month has left, earn', 0, 10],
  ['fixed-usd-per-month', 'fixed charge on top of the rate’s own', 0, 10_000],
  ['discount-fraction', 'low-income discount on the bill', 0, 1],
  ['roof-kw', 'panels that the roof holds, kW', 0, 40],
  ['roof-m2', 'or its area, m² (0.19 kW each)', 0, 210],
  ['tilt', 'of the roof, degrees', 0, 90],
  ['azimuth', 'it faces: 90 east, 180 south, 270 west', 0, 360],
  ['budget', 'most that is paid, USD, before incentives', 0, 1e7],
  ['step', 'panels are tried in steps of, kW', 0.1, 10],
  ['panels-cost', 'installed, USD/W (3.00)', 0, 100],
  ['battery-cost', 'installed, USD/kWh (1,100)', 0, 100_000],
  ['battery-life', 'years (12)', 1, 40],
  ['battery-replacement', 'price of the next, part of today’s (1)', 0, 2],
  ['battery-hours', 'kWh over kW (2.7)', 0.5, 20],
  ['upkeep', 'of panels, USD/kW/year (32)', 0, 1000],
  ['fade', 'power that panels lose a year (0.005)', 0, 0.03],
  ['years', 'horizon (25)', 1, 60],
  ['discount', 'rate, nominal (0.06)', 0, 0.5],
  ['escalation', 'rise of electricity prices a year (0.0166)', -0.05, 0.2],
  ['export-ends', 'today’s rule for exports ends after so many years', 0, 60],
  ['export-after', 'USD per kWh that exports earn then (0.0744)', 0, 10],
  ['peer-delivery', 'delivery on a neighbor’s kWh, USD', 0, 10],
  ['peer-fee', 'fee on a neighbor’s kWh, USD (0.01)', 0, 10],
  ['neighbor-kw', 'panels of the neighbor that sells, kW', 0.1, 100],
  ['solar-roof-cost', 'of a solar roof, USD/W: no price was verified', 0, 100],
  ['plain-roof-cost', 'of the plain roof that it replaces, USD', 0, 1e6],
  ['loan-fraction', 'of the price that is borrowed', 0, 1],
  ['loan-rate', 'of the loan, a year', 0, 0.5],
  ['loan-years', 'of the loan', 1, 60],
  ['carbon-marginal', 'kg CO₂ per kWh of the plant turned down', 0, 3],
  ['carbon-average', 'kg CO₂ per kWh of the grid', 0, 3],
  ['draws', 'of the uncertainty', 10, 5000],
  ['seed', 'of clouds, events and draws', 0, 2 ** 32],
]
const WHOLE = new Set(['years', 'battery-life', 'export-ends', 'loan-years', 'draws', 'seed'])
/** What holds where nothing is said, and nothing else decides. */
export const SIZE_DEFAULTS = {
  weatherFormat: 'epw',
  home: 'fontana-2016/1',
  tariff: 'ma-r1',
  lowIncome: false,
  tilt: 30,
  step: 0.5,
  batteries: [5, 10, 13.5, 20, 27],
  neighborKw: 8,
  plainRoofCost: 0,
  loanRate: 0.08,
  loanYears: 15,
  draws: 200,
  seed: 1,
  json: false,
  quiet: false,
} as const satisfies Partial<SizeArguments>

const defaultOf = (name: string): number | undefined =>
  (SIZE_DEFAULTS as Readonly<Record<string, unknown>>)[
    name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  ] as number | undefined

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

const text = (yargs: Argv, name: string, describe: string, more: object = {}): Argv =>
  yargs.option(name, { type: 'string', requiresArg: true, describe, ...more })

/** Every option of `vpp size`. */
export function sizeOptions(yargs: Argv): Argv {
  let all = text(yargs, 'place', 'latitude,longitude; default Boston: 42.36,-71.06')
  all = text(all, 'weather', 'weather file, in place of --place')
  all = all.option('weather-format', {
    choices: WEATHER,
    default: SIZE_DEFAULTS.weatherFormat,
    describe: 'its format',
  })
  all = text(all, 'zone', 'time zone of the home; default of the tariff’s state')
  all = all
    .option('bill-kwh', { type: 'number', array: true, describe: 'kWh a month: one, or twelve from January' })
    .option('bill-usd', { type: 'number', array: true, describe: 'or USD a month' })
  all = text(all, 'home', 'whose hours of use: an embedded home', { default: SIZE_DEFAULTS.home })
  all = text(all, 'meter', 'or a meter file: Green Button, or a table of `vpp data import`')
  all = text(all, 'tariff', 'published rate, URDB file, or USD per kWh', { default: SIZE_DEFAULTS.tariff })
  all = text(all, 'tariff-item', 'label in a URDB file of several')
  all = all
    .option('export', { choices: EXPORT_RULES, describe: 'rule for exports; default of the tariff’s state' })
    .option('low-income', { type: 'boolean', default: false, describe: 'the low-income rate holds' })
    .option('batteries', {
      type: 'number',
      array: true,
      default: [...SIZE_DEFAULTS.batteries],
      describe: 'sizes tried beside none, kWh',
    })
    .option('incentives', { type: 'string', array: true, describe: 'ids, or none; default of the state' })
  all = text(all, 'date', 'of the installation, YYYY-MM-DD; default today')
  for (const [name, describe] of NUMBERS)
    all = all.option(name, {
      type: 'number',
      requiresArg: true,
      describe,
      ...(defaultOf(name) === undefined ? {} : { default: defaultOf(name) }),
    })
  all = text(all, 'out', 'write the page (HTML) to this file')
  return all
    .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
    .check((args) => {
      check(args)
      return true
    })
}

function check(args: Record<string, unknown>): void {
  const wrong = (place: string, problem: string, fix: string): never => {
    throw new VppError('usage', { place, problem, fix })
  }
  for (const [name, , least, most] of NUMBERS) {
    const value = args[name]
    if (value === undefined) continue
    const whole = WHOLE.has(name)
    if (
      typeof value !== 'number' ||
      !(value >= least && value <= most) ||
      (whole && !Number.isInteger(value))
    )
      wrong(
        `--${name}`,
        `is ${JSON.stringify(value)}; must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
        '',
      )
  }
  for (const name of ['batteries', 'bill-kwh', 'bill-usd']) {
    const values = args[name]
    if (
      Array.isArray(values) &&
      !values.every((one) => typeof one === 'number' && one >= 0 && one <= 100_000)
    )
      wrong(`--${name}`, `is ${values.join(' ')}; must be numbers from 0 on`, '')
  }
  const { date } = args
  if (typeof date === 'string' && !DATE.test(date)) wrong(`--date`, `is ${date}`, 'write it as 2027-01-31')
  if (args['roof-kw'] !== undefined && args['roof-m2'] !== undefined)
    wrong('--roof-kw and --roof-m2', 'are both given', 'give one of them')
  if (args.weather !== undefined && args.place !== undefined)
    wrong('--weather and --place', 'are both given', 'a weather file has its place')
}
