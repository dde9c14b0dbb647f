import { VppError } from '../../data/errors.ts'
import { loadProfile } from '../../data/profile.ts'
import { INCENTIVES } from '../../models/finance/incentives.ts'
import { DRAWN_DEFAULTS, type Drawn, FIXED_DEFAULTS, type Fixed } from '../../models/sizing/defaults.ts'
import type { Triangle } from '../../models/sizing/uncertain.ts'
import { exportText } from '../../reports/tariff-text.ts'
import { didYouMean } from '../../scenarios/nearest.ts'
import type { StatedPlace } from '../../sim/sizing/place-weather.ts'
import type { SizingRequest } from '../../sim/sizing/request.ts'
import { version } from '../version.ts'
import { meterFile } from './load.ts'
import type { SizeArguments } from './options.ts'
import { chosenTariff } from './tariff.ts'

/** Boston: the default, because its yield has a source. */
const BOSTON: StatedPlace = {
  label: 'Boston, Massachusetts',
  latitudeDeg: 42.36,
  longitudeDeg: -71.06,
  elevationM: 10,
  yieldKwhPerKw: 1100,
  yieldSource: 'Massachusetts Clean Energy Center, Boston area',
  meanC: 11,
}
/** Degrees around it for which the yield is taken. */
const NEAR_DEG = 1
/** Use of a mean home of Massachusetts: EIA, 2020. */
const MEAN_KWH_PER_MONTH = 602
/** Where nothing is said of the roof. */
const ROOF_KW = 8
const WHOLESALE_USD_PER_KWH = 0.0744

const usage = (place: string, problem: string, fix: string): VppError =>
  new VppError('usage', { place, problem, fix })

/** A request from the command line, what is left out filled in. */
export function sizingRequest(args: SizeArguments, command: string, today: string): SizingRequest {
  const { tariff, rules } = chosenTariff(args)
  const sun = sunOf(args)
  const given = new Set<string>()
  const fixed = fixedOf(args, given)
  const drawn = drawnOf(args, given)
  for (const [id, value] of [
    ['export-after', args.exportAfter],
    ['peer-delivery', args.peerDelivery],
    ['peer-fee', args.peerFee],
    ['carbon-marginal', args.carbonMarginal],
    ['carbon-average', args.carbonAverage],
    ['yield', args.yield],
  ] as const)
    if (value !== undefined) given.add(id)
  const load =
    args.meter === undefined
      ? {
          profile: loadProfile({ profile: args.home }, 'load', '.'),
          label: args.home,
          kind: 'shape' as const,
        }
      : { profile: meterFile(args.meter), label: args.meter, kind: 'measured' as const }
  const bill = billOf(args)
  return {
    version,
    command,
    seed: args.seed,
    draws: args.draws,
    baseDir: '.',
    zone: zoneOf(args, sun, rules.zone),
    sun,
    load: {
      ...load,
      label:
        args.meter === undefined
          ? `${billText(args)}, hours of ${args.home}`
          : args.meter.split(/[/\\]/).at(-1)!,
    },
    bill,
    lowIncome: args.lowIncome,
    tariff: {
      ...tariff,
      ...(args.discountFraction === undefined ? {} : { lowIncomeDiscountFraction: args.discountFraction }),
    },
    exportText: exportText(tariff.export),
    afterUsdPerKwh: args.exportAfter ?? WHOLESALE_USD_PER_KWH,
    exportRuleYears: args.exportEnds ?? null,
    roof: {
      kw:
        args.roofKw ??
        (args.roofM2 === undefined ? ROOF_KW : args.roofM2 * FIXED_DEFAULTS['panels-m2'].value),
      tiltDeg: args.tilt,
      azimuthDeg: args.azimuth ?? southwards(sun),
    },
    stepKw: args.step,
    batteriesKwh: args.batteries,
    budgetUsd: args.budget ?? null,
    drawn,
    fixed,
    given,
    incentives: incentivesOf(args, rules.incentives),
    day: args.date ?? today,
    loan:
      args.loanFraction === undefined
        ? null
        : { fraction: args.loanFraction, ratePerYear: args.loanRate, years: args.loanYears },
    neighbors: {
      sellerPanelsKw: args.neighborKw,
      deliveryUsdPerKwh: args.peerDelivery ?? rules.deliveryUsdPerKwh,
      feeUsdPerKwh: args.peerFee ?? 0.01,
      legal: rules.legal,
    },
    solarRoofUsdPerW: args.solarRoofCost ?? null,
    plainRoofUsd: args.plainRoofCost,
    carbon: {
      source: rules.carbon.source,
      marginalKgPerKwh: args.carbonMarginal ?? rules.carbon.marginalKgPerKwh,
      averageKgPerKwh: args.carbonAverage ?? rules.carbon.averageKgPerKwh,
    },
    notes: rules.notes,
  }
}

const southwards = (sun: SizingRequest['sun']): number =>
  sun.kind === 'place' && sun.place.latitudeDeg < 0 ? 0 : 180

function sunOf(args: SizeArguments): SizingRequest['sun'] {
  if (args.weather !== undefined) return { kind: 'file', file: args.weather, format: args.weatherFormat }
  const place = args.place === undefined ? BOSTON : coordinates(args.place)
  const near =
    Math.abs(place.latitudeDeg - BOSTON.latitudeDeg) <= NEAR_DEG &&
    Math.abs(place.longitudeDeg - BOSTON.longitudeDeg) <= NEAR_DEG
  if (args.yield === undefined && !near)
    throw usage(
      `--place ${args.place}`,
      'has no stated yield: what 1 kW gives there in a year',
      'give a weather file (--weather), or the yield with --yield (PVWatts and PVGIS tell it)',
    )
  return {
    kind: 'place',
    place: {
      label: args.place === undefined ? BOSTON.label : `${place.latitudeDeg}, ${place.longitudeDeg}`,
      ...place,
      elevationM: args.elevation ?? (near ? BOSTON.elevationM : 0),
      yieldKwhPerKw: args.yield ?? BOSTON.yieldKwhPerKw,
      yieldSource: args.yield === undefined ? BOSTON.yieldSource : 'given',
      meanC: args.temperature ?? BOSTON.meanC,
    },
  }
}

function coordinates(text: string): { latitudeDeg: number; longitudeDeg: number } {
  const [latitudeDeg, longitudeDeg, ...more] = text.split(',').map((part) => Number(part.trim() || 'none'))
  if (more.length === 0 && Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)
    return { latitudeDeg, longitudeDeg }
  throw usage(`--place ${text}`, 'is no latitude and longitude in degrees', 'write it as 42.36,-71.06')
}

/** The clock: given, of the tariff's state, or the sun's own, which has no daylight saving. */
function zoneOf({ zone }: SizeArguments, sun: SizingRequest['sun'], ofState: string | null): string {
  const chosen = zone ?? ofState
  if (chosen !== null) {
    try {
      return new Intl.DateTimeFormat('en-US', { timeZone: chosen }).resolvedOptions().timeZone
    } catch (cause) {
      throw new VppError(
        'usage',
        { place: `--zone ${chosen}`, problem: 'is no time zone', fix: 'use one like America/New_York' },
        cause,
      )
    }
  }
  if (sun.kind === 'file')
    throw usage(
      '--zone',
      'is not given, and this tariff is of no known state',
      'use one like America/New_York',
    )
  const hours = Math.round(sun.place.longitudeDeg / 15)
  return `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
}

function billOf({ billKwh, billUsd, meter }: SizeArguments): SizingRequest['bill'] {
  const list = (name: string, values: readonly number[]): readonly number[] => {
    if (values.length === 1 || values.length === 12) return values
    throw usage(name, `has ${values.length} values`, 'give one for the mean month, or twelve, January first')
  }
  if (billKwh !== undefined && billUsd !== undefined)
    throw usage('--bill-kwh and --bill-usd', 'are both given', 'give one of them')
  if (billKwh !== undefined) return { kwhPerMonth: list('--bill-kwh', billKwh) }
  if (billUsd !== undefined) return { usdPerMonth: list('--bill-usd', billUsd) }
  return meter === undefined ? { kwhPerMonth: [MEAN_KWH_PER_MONTH] } : null
}

function billText({ billKwh, billUsd }: SizeArguments): string {
  const one = (values: readonly number[]) => (values.length === 1 ? String(values[0]) : 'twelve bills of')
  if (billUsd !== undefined) return `${one(billUsd)} USD a month`
  return billKwh === undefined
    ? `${MEAN_KWH_PER_MONTH} kWh a month (mean of Massachusetts, EIA 2020)`
    : `${one(billKwh)} kWh a month`
}

function fixedOf(args: SizeArguments, given: Set<string>): Record<Fixed, number> {
  const told: Partial<Record<Fixed, number | undefined>> = {
    years: args.years,
    discount: args.discount,
    'battery-life': args.batteryLife,
    'battery-replacement': args.batteryReplacement,
    'battery-hours': args.batteryHours,
    'panels-upkeep': args.upkeep,
  }
  return Object.fromEntries(
    (Object.keys(FIXED_DEFAULTS) as Fixed[]).map((name) => {
      if (told[name] !== undefined) given.add(name)
      return [name, told[name] ?? FIXED_DEFAULTS[name].value]
    }),
  ) as Record<Fixed, number>
}

/** What was given is the likely value; what it is drawn over keeps its proportion. */
function drawnOf(args: SizeArguments, given: Set<string>): Record<Drawn, Triangle> {
  const told: Partial<Record<Drawn, number | undefined>> = {
    escalation: args.escalation,
    'panels-price': args.panelsCost,
    'battery-price': args.batteryCost,
    fade: args.fade,
  }
  return Object.fromEntries(
    (Object.keys(DRAWN_DEFAULTS) as Drawn[]).map((name): [Drawn, Triangle] => {
      const { low, mode, high } = DRAWN_DEFAULTS[name]
      const value = told[name]
      if (name === 'export-rule' && args.exportEnds !== undefined) {
        given.add(name)
        return [name, { low: args.exportEnds, mode: args.exportEnds, high: args.exportEnds }]
      }
      if (value === undefined) return [name, { low, mode, high }]
      given.add(name)
      const part = value / mode
      return [name, { low: low * part, mode: value, high: high * part }]
    }),
  ) as Record<Drawn, Triangle>
}

function incentivesOf({ incentives }: SizeArguments, ofState: readonly string[]) {
  const wanted = incentives ?? ofState
  if (wanted.length === 1 && wanted[0] === 'none') return []
  const known = INCENTIVES.map(({ id }) => id)
  return wanted.map((id) => {
    const found = INCENTIVES.find((one) => one.id === id)
    if (found !== undefined) return found
    throw usage(
      `--incentives ${id}`,
      'is not known',
      didYouMean(id, known) || `use none, or of ${known.join(', ')}`,
    )
  })
}
