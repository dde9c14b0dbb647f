import { axisEndSeconds, isoMinute, type TimeAxis } from '../../data/axis.ts'
import { VppError } from '../../data/errors.ts'
import { localAxis, localMonths } from '../../data/local-time.ts'
import type { Profile } from '../../data/profile.ts'
import { billFactors } from '../../models/load/bill-scale.ts'
import { weatherSolar } from '../../scenarios/schema-solar.ts'
import { solarFromWeather } from '../agents/solar.ts'
import { weatherReader } from '../plant-weather.ts'
import { localClock } from '../../data/local-clock.ts'
import { tariffPlan } from '../tariff-plan.ts'
import type { TariffTerms } from '../tariffs.ts'
import { placeWeather } from './place-weather.ts'
import type { ReadSizing, SizingRequest } from './request.ts'

const HOUR = 3600
const DAYS = 365
/** Panels that are computed, kW: large enough that an interval's energy is not coarse. */
const COMPUTED_KW = 10

/** The local year that a load covers: its last 365 whole days, or the days of a shape. */
function yearAxis({ axis }: Profile, kind: 'shape' | 'measured', zone: string, label: string): TimeAxis {
  if (kind === 'shape') return localAxis('2016-08-01', DAYS, zone, HOUR)
  const end = Temporal.Instant.fromEpochMilliseconds(axisEndSeconds(axis) * 1000).toZonedDateTimeISO(zone)
  const first = end.startOfDay().subtract({ days: DAYS }).toPlainDate()
  const year = localAxis(first.toString(), DAYS, zone, HOUR)
  if (year.startSeconds >= axis.startSeconds) return year
  throw new VppError('invalid', {
    place: label,
    problem: `covers ${isoMinute(axis.startSeconds)} to ${isoMinute(axisEndSeconds(axis))}; ${DAYS} whole days are needed`,
    fix: 'give a year of readings, or what the home is billed: --bill-kwh',
  })
}

/** Energy of each hour of the axis from finer or equal intervals, kWh. */
function hourly(profile: Profile, year: TimeAxis, label: string): Float64Array {
  const { axis, milliWh } = profile
  const parts = HOUR / axis.stepSeconds
  const first = (year.startSeconds - axis.startSeconds) / axis.stepSeconds
  if (!Number.isInteger(parts) || !Number.isInteger(first))
    throw new VppError('invalid', {
      place: label,
      problem: `its intervals of ${axis.stepSeconds / 60} min do not fit whole hours of the local clock`,
      fix: 'give intervals of 60, 30, 15 or 5 minutes',
    })
  return Float64Array.from({ length: year.count }, (_, at) => {
    let sum = 0
    for (let part = 0; part < parts; part++) sum += milliWh[first + at * parts + part]
    return sum / 1e6
  })
}

/** Scales use to what was billed; by dollars with the tariff's own prices (of a rate with tiers the first). */
function scaled(
  loadKwh: Float64Array,
  axis: TimeAxis,
  { bill, zone, tariff }: SizingRequest,
  terms: TariffTerms,
): Float64Array {
  if (bill === null) return loadKwh
  const months = localMonths(axis, zone)
  const list = 'kwhPerMonth' in bill ? bill.kwhPerMonth : bill.usdPerMonth
  const fixedUsd = months.names.map((name, at) => {
    const { rate } = terms
    const month = Number(name.slice(5)) - 1
    const usd = tariff.fixedUsdPerMonth + (rate?.fixedUsdByMonth?.[month] ?? rate?.fixedUsdPerMonth ?? 0)
    return usd * months.covered[at]
  })
  // A mean bill keeps the seasons of the shape: one factor for the year.
  const mean = list.length === 1
  const all = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
  const billed = mean
    ? [list[0] * all(months.covered)]
    : months.names.map((name, at) => list[Number(name.slice(5)) - 1] * months.covered[at])
  const ofStep = mean ? new Uint16Array(axis.count) : months.ofStep
  const price =
    'usdPerMonth' in bill
      ? {
          microUsdPerKwh: tariffPlan(terms, axis, localClock(axis, zone)).priceMicroUsdPerKwh,
          fixedUsd: mean ? [all(fixedUsd)] : fixedUsd,
        }
      : undefined
  const milliWh = loadKwh.map((kwh) => Math.round(kwh * 1e6))
  try {
    const factors = billFactors(milliWh, ofStep, billed, price)
    return loadKwh.map((kwh, at) => kwh * factors[ofStep[at]])
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const [month, problem] = cause.message.split(': ')
    throw new VppError(
      'invalid',
      { place: mean ? 'bill' : `bill of ${months.names[Number(month)]}`, problem, fix: 'correct the bill' },
      cause,
    )
  }
}

/** Reads and computes a home's year: its use, and what a kW on its roof gives. */
export function readSizing(request: SizingRequest, terms: (axis: TimeAxis) => TariffTerms): ReadSizing {
  const { load, zone, sun, roof, seed, baseDir, fixed } = request
  const axis = yearAxis(load.profile, load.kind, zone, load.label)
  const loadKwh =
    load.kind === 'shape'
      ? Float64Array.from(
          { length: axis.count },
          (_, at) => load.profile.milliWh[at % load.profile.milliWh.length] / 1e6,
        )
      : hourly(load.profile, axis, load.label)
  const gap = loadKwh.findIndex((value) => !(value >= 0))
  if (gap >= 0)
    throw new VppError('invalid', {
      place: load.label,
      problem: `has no use, or use below zero, in the hour from ${isoMinute(axis.startSeconds + gap * HOUR)}`,
      fix: 'fill the gap, or give what the home is billed: --bill-kwh',
    })
  const spec = weatherSolar.parse({
    weather: sun.kind === 'file' ? sun.file : sun.place.label,
    weatherFormat: sun.kind === 'file' ? sun.format : 'epw',
    ...(sun.kind === 'file' ? { weatherYears: 'any' } : {}),
    dcKw: COMPUTED_KW,
    tiltDeg: roof.tiltDeg,
    azimuthDeg: roof.azimuthDeg,
    dcAcRatio: fixed['dc-ac'],
  })
  const weatherOf =
    sun.kind === 'file'
      ? weatherReader(baseDir, axis)
      : (
          (made) => () =>
            made
        )(placeWeather(sun.place, axis, zone, seed))
  const plant = solarFromWeather(spec, weatherOf, axis, zone)
  const first = (axis.startSeconds - plant.axis.startSeconds) / plant.axis.stepSeconds
  if (!Number.isInteger(first) || plant.axis.stepSeconds > HOUR)
    throw new VppError('invalid', {
      place: spec.weather,
      problem: `its intervals of ${plant.axis.stepSeconds / 60} min do not fit the hours of ${zone}`,
      fix: 'give weather by the hour or finer, or another --zone',
    })
  const sunKwh = hourly(plant, axis, spec.weather)
  return {
    axis,
    loadKwh: scaled(loadKwh, axis, request, terms(axis)),
    sunKwhPerKw: sunKwh.map((kwh) => kwh / COMPUTED_KW),
    placeLabel: sun.kind === 'file' ? weatherOf(spec).site.label : sun.place.label,
    inputs: [load.profile.input, plant.input],
    notes: [
      ...(load.kind === 'shape'
        ? ['The hours of use are those of another home: an assumption.']
        : load.profile.notes),
      ...(request.bill !== null && 'usdPerMonth' in request.bill && isTiered(terms(axis))
        ? [
            'The bill in dollars is turned into energy at the lowest price of each period: with tiers the home uses less than that.',
          ]
        : []),
      ...plant.notes,
    ],
  }
}

const isTiered = ({ rate }: TariffTerms): boolean =>
  rate !== null && rate.energy.some(({ length }) => length > 1)
