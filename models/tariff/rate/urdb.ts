import { VppError } from '../../../data/errors.ts'
import {
  type DemandTier,
  type EnergyTier,
  ONE_PERIOD,
  type Rate,
  type Schedule,
  USAGE_UNITS,
  type UsageUnit,
} from './rate.ts'

type Json = Record<string, unknown>

/** A rate of the U.S. Utility Rate Database with what it calls itself and how it nets. */
export interface UrdbRate {
  readonly rate: Rate
  readonly label: string
  readonly name: string
  readonly utility: string
  /** `dgrules` of the database; empty: not said. */
  readonly exportRules: string
}

/**
 * Reads one rate of a URDB answer (API version 8): `{ items: [ … ] }`, or the rate itself.
 *
 * Prices are `rate + adj`. Fixed and minimum charges per day become months of 365 / 12 days. Demand is in kW; coincident
 * demand, ratchets and limits in horsepower or reactive units are refused, for a bill without them would be wrong.
 *
 * @param item which of the rates, by `label` or `name`; undefined: the only one
 * @throws VppError('invalid') naming the field
 */
export function parseUrdb(text: string, file: string, item?: string): UrdbRate {
  const chosen = choose(parsed(text, file), file, item)
  const place = (field: string) => `${file}  ${field}`
  const energy = periods(chosen, 'energyratestructure', file).map((tiers, period) =>
    tiers.map((one, at) => energyTier(one, place(`energyratestructure[${period}][${at}]`))),
  )
  refuseUnbuilt(chosen, file)
  const demandList = periods(chosen, 'demandratestructure', file).map(
    demandTiers(place('demandratestructure')),
  )
  const flatList = periods(chosen, 'flatdemandstructure', file).map(demandTiers(place('flatdemandstructure')))
  const months = chosen.flatdemandmonths as number[] | undefined
  return {
    rate: {
      energy,
      schedule: schedule(chosen, 'energy', energy.length, file),
      demand:
        demandList.length === 0
          ? null
          : { periods: demandList, schedule: schedule(chosen, 'demand', demandList.length, file) },
      flatDemand:
        flatList.length === 0
          ? null
          : Array.from({ length: 12 }, (_, month) => flatList[months?.[month] ?? 0] ?? flatList[0]),
      demandWindowMinutes: amount(chosen, 'demandwindow', file) ?? 15,
      ...charges(chosen, file),
    },
    label: words(chosen.label),
    name: words(chosen.name),
    utility: words(chosen.utility),
    exportRules: words(chosen.dgrules),
  }
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '')

function refuse(place: string, problem: string, fix: string): never {
  throw new VppError('invalid', { place, problem, fix })
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place: file, problem: `is no JSON: ${(cause as Error).message}`, fix: 'was it cut off?' },
      cause,
    )
  }
}

const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function choose(root: unknown, file: string, item: string | undefined): Json {
  const list = isMap(root) && Array.isArray(root.items) ? root.items : [root]
  const rates = list.filter((one): one is Json => isMap(one) && Array.isArray(one.energyratestructure))
  if (rates.length === 0) refuse(file, 'holds no energyratestructure', 'is it an answer of the URDB?')
  if (item === undefined && rates.length === 1) return rates[0]
  const names = rates.map((one) => words(one.label) || words(one.name))
  const found = rates.find((one) => words(one.label) === item || words(one.name) === item)
  return found ?? refuse(file, `holds ${rates.length} rates`, `name one with item: ${names.join(', ')}`)
}

function periods(rate: Json, field: string, file: string): Json[][] {
  const value = rate[field]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every((one) => Array.isArray(one) && one.every(isMap)))
    refuse(`${file}  ${field}`, 'is no list of periods with lists of tiers', 'see the URDB')
  const empty = value.findIndex((tiers) => tiers.length === 0)
  if (empty >= 0) refuse(`${file}  ${field}[${empty}]`, 'has no tier', 'give it one')
  return value
}

/** A number that may be left out. */
function amount(rate: Json, field: string, file: string): number | null {
  const value = rate[field]
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'number' || !Number.isFinite(value))
    refuse(`${file}  ${field}`, `is ${JSON.stringify(value)}`, 'must be a number')
  return value
}

const limit = (tier: Json, place: string): number | null => {
  const max = amount(tier, 'max', place)
  return max === null || max >= 1e30 ? null : max
}

const price = (tier: Json, place: string): number =>
  (amount(tier, 'rate', place) ?? 0) + (amount(tier, 'adj', place) ?? 0)

function energyTier(tier: Json, place: string): EnergyTier {
  const unit = tier.unit ?? 'kWh'
  if (!USAGE_UNITS.some((known) => known === unit))
    refuse(`${place}.unit`, `is ${JSON.stringify(unit)}`, `must be one of ${USAGE_UNITS.join(', ')}`)
  return {
    max: limit(tier, place),
    unit: unit as UsageUnit,
    buyUsdPerKwh: price(tier, place),
    sellUsdPerKwh: amount(tier, 'sell', place) ?? 0,
  }
}

const demandTiers =
  (place: string) =>
  (tiers: Json[], period: number): DemandTier[] =>
    tiers.map((tier, at) => {
      const here = `${place}[${period}][${at}]`
      return { maxKw: limit(tier, here), usdPerKw: price(tier, here) }
    })

function schedule(rate: Json, kind: 'energy' | 'demand', count: number, file: string): Schedule {
  const rows = (field: string): number[][] | null => {
    const value = rate[field]
    if (value === undefined || value === null) return null
    const whole =
      Array.isArray(value) &&
      value.length === 12 &&
      value.every(
        (row) =>
          Array.isArray(row) &&
          row.length === 24 &&
          row.every((one) => Number.isInteger(one) && one >= 0 && one < count),
      )
    if (!whole)
      refuse(
        `${file}  ${field}`,
        'is no 12 months of 24 hours of periods that exist',
        `periods are 0 to ${count - 1}`,
      )
    return value as number[][]
  }
  const weekday = rows(`${kind}weekdayschedule`) ?? ONE_PERIOD.weekday
  return { weekday, weekend: rows(`${kind}weekendschedule`) ?? weekday }
}

const MONTHS: Record<string, number> = { '$/month': 1, '$/day': 365 / 12, '$/year': 1 / 12 }

/** Fixed and minimum charges under their names of both generations of the database. */
function charges(
  rate: Json,
  file: string,
): Pick<Rate, 'fixedUsdPerMonth' | 'minimumUsdPerMonth' | 'minimumUsdPerYear'> {
  const months = (field: string): number => {
    const unit = words(rate[field]) || '$/month'
    return (
      MONTHS[unit] ??
      refuse(`${file}  ${field}`, `is ${unit}`, `must be one of ${Object.keys(MONTHS).join(', ')}`)
    )
  }
  const first = amount(rate, 'fixedchargefirstmeter', file)
  const fixed =
    first === null ? (amount(rate, 'fixedmonthlycharge', file) ?? 0) : first * months('fixedchargeunits')
  const least = amount(rate, 'mincharge', file)
  const yearly = words(rate.minchargeunits) === '$/year'
  return {
    fixedUsdPerMonth: fixed,
    minimumUsdPerMonth:
      least === null
        ? (amount(rate, 'minmonthlycharge', file) ?? 0)
        : yearly
          ? 0
          : least * months('minchargeunits'),
    minimumUsdPerYear: least !== null && yearly ? least : (amount(rate, 'annualmincharge', file) ?? 0),
  }
}

function refuseUnbuilt(rate: Json, file: string): void {
  for (const field of ['coincidentratestructure', 'demandreactivepowercharge'])
    if (periodsIn(rate[field]))
      refuse(`${file}  ${field}`, 'is there', 'such charges are not built; take it out to bill without')
  for (const field of ['lookbackPercent', 'lookbackpercent', 'demandratchetpercentage']) {
    const value = rate[field]
    const some = Array.isArray(value) ? value.some((one) => one !== 0) : Boolean(value)
    if (some)
      refuse(
        `${file}  ${field}`,
        'is not 0',
        'demand of earlier months is not built; take it out to bill without',
      )
  }
  for (const field of ['demandrateunit', 'flatdemandunit']) {
    const unit = words(rate[field])
    if (
      unit !== '' &&
      unit !== 'kW' &&
      periodsIn(rate[field === 'flatdemandunit' ? 'flatdemandstructure' : 'demandratestructure'])
    )
      refuse(`${file}  ${field}`, `is ${unit}`, 'must be kW')
  }
}

const periodsIn = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))
