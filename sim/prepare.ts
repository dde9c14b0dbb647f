import { axisEndSeconds, isoMinute, type TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { localAxis } from '../data/local-time.ts'
import { type InputRecord, loadProfile, loadSeries, type Profile } from '../data/profile.ts'
import type { Community, Scenario } from '../scenarios/schema.ts'

/** One home's measured series on their own axes, cut to the run and one interval either side. */
export interface PreparedHome {
  readonly load: NativeSeries
  readonly solar: (NativeSeries & { readonly kw: number }) | null
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
}

/** Everything that a run reads, read once, checked against the run's time. */
export interface Prepared {
  readonly axis: TimeAxis
  readonly communities: readonly PreparedCommunity[]
  /** Retail price, USD per kWh, on its own axis; null: flat. */
  readonly price: NativeSeries | null
  readonly inputs: readonly InputRecord[]
  /** By home id, for the data audit. */
  readonly profiles: ReadonlyMap<string, { load: Profile; solar: Profile | null }>
}

/**
 * Reads every profile of a scenario.
 * @throws VppError('invalid') where data are missing, too short or do not fit the settlement intervals
 */
export function prepare(scenario: Scenario, baseDir: string): Prepared {
  const axis = localAxis(
    scenario.period.start,
    scenario.period.days,
    scenario.timeZone,
    scenario.settlementMinutes * 60,
  )
  const inputs = new Map<string, InputRecord>()
  const profiles = new Map<string, { load: Profile; solar: Profile | null }>()
  const communities = scenario.communities.map((community, at): PreparedCommunity => {
    const homes = community.homes.map((home, index): PreparedHome => {
      const place = `communities[${at}].homes[${index}]`
      const load = loadProfile(home.load, 'load', baseDir)
      const solar = home.solar === undefined ? null : loadProfile(home.solar, 'solar', baseDir)
      profiles.set(home.id, { load, solar })
      inputs.set(load.input.name, load.input)
      if (solar !== null) inputs.set(solar.input.name, solar.input)
      return {
        load: cut(load.axis, load.milliWh, axis, `${place}.load (${load.name})`),
        solar:
          solar === null
            ? null
            : {
                ...cut(solar.axis, solar.milliWh, axis, `${place}.solar (${solar.name})`),
                kw: solar.nameplateKw ?? 0,
              },
      }
    })
    return { community, homes }
  })
  let price: NativeSeries | null = null
  if (scenario.tariff.import.kind === 'series') {
    const series = loadSeries(scenario.tariff.import.column)
    inputs.set(series.input.name, series.input)
    price = cut(series.axis, series.values, axis, `tariff.import (${scenario.tariff.import.column})`)
  }
  return { axis, communities, price, inputs: [...inputs.values()], profiles }
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
