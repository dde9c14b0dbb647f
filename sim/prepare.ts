import { axisEndSeconds, isoMinute, type TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { localAxis } from '../data/local-time.ts'
import { type InputRecord, loadProfile, type Profile } from '../data/profile.ts'
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
  readonly values: Float64Array
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
  readonly profiles: ReadonlyMap<string, { load: Profile; solar: Profile | null }>
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
  const profiles = new Map<string, { load: Profile; solar: Profile | null }>()
  const environment = placed(
    () => placeOf(['environment']),
    () => readEnvironment(scenario, baseDir, axis, inputs),
  )
  const communities = scenario.communities.map((community, at) => {
    const homes = community.homes.map((home, index): PreparedHome => {
      const read = (part: 'load' | 'solar', load: () => Profile) => {
        const path = ['communities', at, 'homes', index, part]
        return placed(
          () => placeOf(path),
          () => {
            const profile = load()
            inputs.set(profile.input.name, profile.input)
            const name = `${pathText(path)} (${profile.name})`
            refuseTooMuch(profile, name)
            return { profile, series: cut(profile.axis, profile.milliWh, axis, name) }
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
                ? solarFromWeather(plant, weatherOf, axis, scenario.timeZone)
                : loadProfile(plant, 'solar', baseDir),
            )
      // A model has no measuring defects to be found.
      if (!('commercial' in home.load))
        profiles.set(home.id, { load: load.profile, solar: solar?.profile ?? null })
      return {
        load: load.series,
        solar:
          solar === null
            ? null
            : { ...solar.series, kw: solar.profile.nameplateKw ?? 0, place: solar.profile.place ?? null },
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

function refuseTooMuch({ axis, milliWh }: Profile, place: string): void {
  const most = MAX_KW * 1e6 * (axis.stepSeconds / 3600)
  const at = milliWh.findIndex((value) => !(value <= most))
  if (at < 0) return
  throw new VppError('invalid', {
    place,
    problem: `is ${milliWh[at] / 1e6} kWh in the interval from ${isoMinute(axis.startSeconds + at * axis.stepSeconds)}; must be at most ${MAX_KW} kW`,
    fix: 'is its unit right?',
  })
}

/** The part of a series that a run covers; a series must cover all of it, in whole intervals. */
function cut(source: TimeAxis, values: Float64Array, run: TimeAxis, place: string): NativeSeries {
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
    values: values.slice(from, Math.min(values.length, first + count + 1)),
    stepSeconds: source.stepSeconds,
    first: first - from,
    count,
  }
}
