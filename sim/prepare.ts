import type { HomeProfiles } from '../data/audit.ts'
import { axisEndSeconds, isoMinute, type TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { localAxis } from '../data/local-time.ts'
import { madeOnce } from '../data/made-once.ts'
import { type InputRecord, loadScaled, type Profile, profileOf, type ScaledProfile } from '../data/profile.ts'
import { type Path, pathText } from '../scenarios/path.ts'
import type { Community, Scenario } from '../scenarios/schema.ts'
import { solarFromWeather } from './agents/solar.ts'
import { type EnvironmentSeries, readEnvironment } from './environment.ts'
import { type FeederInput, readFeeder } from './feeder-input.ts'
import { loadSource } from './load-source.ts'
import { weatherReader } from './plant-weather.ts'
import { type ReadTariffs, readTariffs, type TariffPart } from './tariffs.ts'

/** One home's measured series on their own axes, cut to the run and one interval either side. */
export interface PreparedHome {
  readonly load: NativeSeries
  readonly solar: (NativeSeries & { readonly kw: number; readonly place: Profile['place'] | null }) | null
}

/** A series around the run: what stands before and after it shapes the first and last steps. */
export interface NativeSeries {
  /** Milliwatt-hours before scaling; homes with the same source share them, and so do threads. */
  readonly values: Float64Array | Int32Array
  /** Every value is multiplied by it and rounded. */
  readonly scale: number
  readonly stepSeconds: number
  /** Which of the values is the first of the run (0 or 1). */
  readonly first: number
  /** How many values the run covers. */
  readonly count: number
}

export interface PreparedCommunity {
  readonly community: Community
  readonly homes: readonly PreparedHome[]
  readonly environment: EnvironmentSeries
  readonly feeder: FeederInput | null
  readonly tariffs: ReadTariffs
}

/** Everything that a run reads, read once, checked against the run's time. */
export interface Prepared {
  readonly axis: TimeAxis
  readonly communities: readonly PreparedCommunity[]
  readonly inputs: readonly InputRecord[]
  /** By home id, for the data audit. */
  readonly profiles: ReadonlyMap<string, HomeProfiles>
}

/** All but the tariffs: runs with other prices share it. */
export interface PreparedHomes extends Omit<Prepared, 'communities'> {
  readonly communities: readonly Omit<PreparedCommunity, 'tariffs'>[]
}

/** A home's or plant's mean power above this is a mistake in the data or its unit, kW. */
const MAX_KW = 1000

/**
 * Reads everything of a scenario. `placeOf` tells where in the scenario's file a field stands.
 * @throws VppError('invalid') where data are missing, too short or do not fit the settlement intervals
 */
export const prepare = (
  scenario: Scenario,
  baseDir: string,
  placeOf: (path: Path) => string = () => '',
): Prepared => withTariffs(prepareHomes(scenario, baseDir, placeOf), scenario, baseDir, placeOf)

/** Adds the tariffs to what was read of the homes. @throws VppError('invalid') */
export function withTariffs(
  homes: PreparedHomes,
  scenario: TariffPart,
  baseDir: string,
  placeOf: (path: Path) => string = () => '',
): Prepared {
  const inputs = new Map(homes.inputs.map((input) => [input.name, input]))
  const tariffs = placed(
    () => placeOf(['tariff']),
    () => readTariffs(scenario, baseDir, homes.axis, inputs),
  )
  const communities = homes.communities.map((one): PreparedCommunity => ({ ...one, tariffs }))
  return { ...homes, communities, inputs: [...inputs.values()] }
}

/**
 * Reads every profile of a scenario. `placeOf` tells where in the scenario's file a field stands.
 * @throws VppError('invalid') where data are missing, too short or do not fit the settlement intervals
 */
export function prepareHomes(
  scenario: Scenario,
  baseDir: string,
  placeOf: (path: Path) => string = () => '',
): PreparedHomes {
  const axis = localAxis(
    scenario.period.start,
    scenario.period.days,
    scenario.timeZone,
    scenario.settlementMinutes * 60,
  )
  const inputs = new Map<string, InputRecord>()
  const weatherOf = weatherReader(baseDir, axis)
  const profiles = new Map<string, HomeProfiles>()
  const environment = placed(
    () => placeOf(['environment']),
    () => readEnvironment(scenario, baseDir, axis, inputs),
  )
  const communities = scenario.communities.map((community, at) => {
    const homes = community.homes.map((home, index): PreparedHome => {
      const read = (part: 'load' | 'solar', load: () => ScaledProfile) => {
        const path = ['communities', at, 'homes', index, part]
        return placed(
          () => placeOf(path),
          () => {
            const profile = load()
            const { source } = profile
            inputs.set(source.input.name, source.input)
            const name = `${pathText(path)} (${source.name})`
            refuseTooMuch(profile, name)
            return { profile, series: cut(profile, axis, name) }
          },
        )
      }
      const load = read('load', () => loadSource(home.load, axis, scenario.timeZone, baseDir))
      const { solar: plant } = home
      const solar =
        plant === undefined
          ? null
          : read('solar', () =>
              'weather' in plant
                ? { source: solarFromWeather(plant, weatherOf, axis, scenario.timeZone), factor: 1 }
                : loadScaled(plant, 'solar', baseDir),
            )
      // A model has no measuring defects to be found.
      if (!('commercial' in home.load))
        profiles.set(home.id, { load: load.profile, solar: solar?.profile ?? null })
      return {
        load: load.series,
        solar:
          solar === null
            ? null
            : {
                ...solar.series,
                kw: solar.profile.source.nameplateKw ?? 0,
                place: solar.profile.source.place ?? null,
              },
      }
    })
    const feeder = placed(
      () => placeOf(['communities', at, 'feeder']),
      () => readFeeder(community, baseDir, inputs),
    )
    return { community, homes, environment, feeder }
  })
  return { axis, communities, inputs: [...inputs.values()], profiles }
}

/** What goes wrong in a field's data is told with the field's place before it, which is looked up only then. */
function placed<T>(placeOf: () => string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof VppError)) throw error
    const place = placeOf()
    if (place === '') throw error
    const problems = error.problems.map((one) => ({ ...one, place: `${place}  ${one.place}` }))
    throw new VppError(error.kind, problems, error)
  }
}

/** NaN where one of them is. */
const greatest = madeOnce((milliWh: Float64Array) => ({
  milliWh: milliWh.reduce((most, value) => Math.max(most, value), 0),
}))

function refuseTooMuch(profile: ScaledProfile, place: string): void {
  const { axis, milliWh } = profile.source
  const most = MAX_KW * 1e6 * (axis.stepSeconds / 3600)
  if (Math.round(greatest(milliWh).milliWh * profile.factor) <= most) return
  const scaled = profileOf(profile).milliWh
  const at = scaled.findIndex((value) => !(value <= most))
  throw new VppError('invalid', {
    place,
    problem: `is ${scaled[at] / 1e6} kWh in the interval from ${isoMinute(axis.startSeconds + at * axis.stepSeconds)}; must be at most ${MAX_KW} kW`,
    fix: 'is its unit right?',
  })
}

/** Some of a source's intervals in memory that threads share, in 32 bits where they fit. */
const part = madeOnce((milliWh: Float64Array, from: number, to: number): Float64Array | Int32Array => {
  const values = milliWh.subarray(from, to)
  const fits = values.every((value) => value === (value | 0))
  const shared = new SharedArrayBuffer(values.length * (fits ? 4 : 8))
  const kept = fits ? new Int32Array(shared) : new Float64Array(shared)
  kept.set(values)
  return kept
})

/** The part of a series that a run covers; a series must cover all of it, in whole intervals. */
function cut({ source: profile, factor: scale }: ScaledProfile, run: TimeAxis, place: string): NativeSeries {
  const { axis: source, milliWh } = profile
  const offset = run.startSeconds - source.startSeconds
  const span = run.count * run.stepSeconds
  if (offset < 0 || axisEndSeconds(run) > axisEndSeconds(source)) {
    throw new VppError('invalid', {
      place,
      problem: `covers ${isoMinute(source.startSeconds)} to ${isoMinute(axisEndSeconds(source))}, the run needs ${isoMinute(run.startSeconds)} to ${isoMinute(axisEndSeconds(run))}`,
      fix: 'shorten period.days, move period.start or give a longer profile',
    })
  }
  const finer = source.stepSeconds < run.stepSeconds
  const whole = finer ? run.stepSeconds % source.stepSeconds : source.stepSeconds % run.stepSeconds
  if (whole !== 0 || offset % source.stepSeconds !== 0 || (finer ? 0 : span % source.stepSeconds) !== 0) {
    throw new VppError('invalid', {
      place,
      problem: `its intervals of ${source.stepSeconds / 60} min from ${isoMinute(source.startSeconds)} do not fit settlement intervals of ${run.stepSeconds / 60} min from ${isoMinute(run.startSeconds)}`,
      fix: 'choose settlementMinutes and period.start so that one is a whole part of the other',
    })
  }
  const first = offset / source.stepSeconds
  const count = span / source.stepSeconds
  const from = Math.max(0, first - 1)
  return {
    values: part(milliWh, from, Math.min(milliWh.length, first + count + 1)),
    scale,
    stepSeconds: source.stepSeconds,
    first: first - from,
    count,
  }
}
