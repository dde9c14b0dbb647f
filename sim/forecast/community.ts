import type { ForecastQuality } from '../../data/forecast-quality.ts'
import { localClock } from '../../data/local-clock.ts'
import { daysOf, type HomeRecord, type Target, TARGETS } from '../../models/forecast/issue.ts'
import { MODEL_NAMES, type ModelName } from '../../models/forecast/model.ts'
import type { NetworkTrainer } from '../../models/forecast/models/network.ts'
import type { DailyForecasts } from '../../models/forecast/believed.ts'
import { rollForward } from '../../models/forecast/rolling.ts'
import { type DayScores, newScores, scoreDay, total } from '../../models/forecast/scores.ts'
import { clearSkyOf } from '../../models/forecast/surroundings.ts'
import { DAY_AHEAD_ERROR } from '../../models/forecast/weather-forecast.ts'
import type { Battery, Scenario } from '../../scenarios/schema.ts'
import type { HomeInput, MarketArea } from '../market-area.ts'
import { makeModels } from './models.ts'
import { recordsOf } from './records.ts'
import type { ForecastSet } from './sets.ts'

type Strategy = Battery['strategy']
export type PlannerForecast = Extract<Strategy, { kind: 'model-predictive' }>['forecast']

/** What was forecast for one home, day by day. */
export interface HomeForecasts {
  readonly load: DailyForecasts
  readonly solar: DailyForecasts | null
}

export interface CommunityForecasts {
  /** By place of the home in its community. */
  readonly homes: ReadonlyMap<number, HomeForecasts>
  readonly quality: readonly ForecastQuality[]
}

const DAY = 86_400
/** Forecasts are made at the data's own steps; where those are finer than this, at this. */
const FINEST_SECONDS = 900
const FIRST_FIT_DAY = 14
const REFIT_DAYS = 14
/** Days that are not scored, where the run has more than a few beyond them. */
const LEARNT_DAYS = 28
const LEAST_SCORED = 7
/** Where nobody knows where a plant stands, the sun is taken as always the same: its own past tells the night. */
const UNKNOWN_LIGHT_WM2 = 1000

/** The forecast that a home's strategy goes by, if it is one that learns; null: none, or one that needs nothing. */
function learntForecast({ battery }: HomeInput): Exclude<PlannerForecast, 'persistence' | 'perfect'> | null {
  const strategy = battery?.strategy
  if (strategy?.kind !== 'model-predictive') return null
  const { forecast } = strategy
  return forecast === 'persistence' || forecast === 'perfect' ? null : forecast
}

/** Models that a choice needs beside the baseline. `automatic` leaves the network out, which costs most. */
function modelsFor(choices: ReadonlySet<string>): ModelName[] {
  if (choices.has('combination') && choices.has('network')) return [...MODEL_NAMES]
  const needed = new Set<ModelName>()
  for (const choice of choices) {
    if (choice === 'automatic' || choice === 'combination')
      for (const name of ['smart-persistence', 'ridge', 'combination'] as const) needed.add(name)
    else needed.add(choice as ModelName)
  }
  return [...needed]
}

/**
 * Forecasts for all homes of a community whose strategy goes by them, each issued at the start of its day from the
 * days before, of all its homes, and a weather forecast with its error. Null: nobody asks, and nothing is trained.
 */
export async function communityForecasts(
  area: MarketArea,
  scenario: Scenario,
  trainer: NetworkTrainer,
): Promise<CommunityForecasts | null> {
  const choices = area.homes.map(learntForecast)
  const asked = new Set(choices.filter((choice) => choice !== null))
  if (asked.size === 0) return null
  const set = setOf(area, scenario)
  const quality: ForecastQuality[] = []
  const found = new Map<Target, Map<string, DailyForecasts>>()
  for (const target of TARGETS) {
    const records = recordsOf(set, target, scenario.seed, DAY_AHEAD_ERROR)
    const at = new Map(records.map((record, index) => [record.id, index]))
    if (records.length === 0) continue
    const rolled = await roll(
      records,
      target,
      asked,
      (record) => choices[Number(record.id)],
      (record) => area.homes[Number(record.id)].id,
      scenario.seed,
      trainer,
    )
    found.set(target, new Map([...at].map(([id, index]) => [id, rolled.forecasts[index]])))
    quality.push(...rolled.quality)
  }
  const homes = new Map<number, HomeForecasts>()
  choices.forEach((choice, home) => {
    const load = found.get('load')?.get(String(home))
    if (choice !== null && load !== undefined)
      homes.set(home, { load, solar: found.get('solar')?.get(String(home)) ?? null })
  })
  return { homes, quality }
}

async function roll(
  records: readonly HomeRecord[],
  target: Target,
  asked: ReadonlySet<string>,
  choiceOf: (record: HomeRecord) => string | null,
  nameOf: (record: HomeRecord) => string,
  seed: number,
  trainer: NetworkTrainer,
): Promise<{ forecasts: DailyForecasts[]; quality: ForecastQuality[] }> {
  const days = daysOf(records[0])
  const { slotsPerDay } = records[0]
  const from = days >= LEARNT_DAYS + LEAST_SCORED ? LEARNT_DAYS : Math.min(LEAST_SCORED, days - 1)
  const names = modelsFor(asked)
  const forecasts = records.map(() => ({
    slotsPerDay,
    today: Array.from({ length: days }, (): Float64Array | null => null),
    tomorrow: Array.from({ length: days }, (): Float64Array | null => null),
  }))
  const scores = records.map(() => ({
    own: newScores(days),
    baseline: newScores(days),
    baselineDays: 0,
    days: 0,
  }))
  await rollForward(
    records,
    records,
    {
      models: makeModels(names, { slots: slotsPerDay, target, seed, trainer }),
      combine: names.includes('combination'),
      refitDays: REFIT_DAYS,
      firstFitDay: FIRST_FIT_DAY,
      secondDay: true,
    },
    (home, issue, forecast, actual, next) => {
      const choice = choiceOf(records[home])
      if (choice === null) return
      const picked = choice === 'automatic' ? forecast.chosen : (choice as ModelName)
      const said = forecast.byModel.get(picked)!
      forecasts[home].today[issue.day] = said
      forecasts[home].tomorrow[issue.day] = next?.byModel.get(picked) ?? null
      if (issue.day < from) return
      const { own, baseline } = scores[home]
      scoreDay(own, issue.day, issue, said, actual)
      scoreDay(baseline, issue.day, issue, forecast.byModel.get('seasonal-naive')!, actual)
      scores[home].days++
      if (picked === 'seasonal-naive') scores[home].baselineDays++
    },
  )
  const quality = records.flatMap((record, home): ForecastQuality[] => {
    const choice = choiceOf(record)
    const { own, baseline, baselineDays, days: scored } = scores[home]
    if (choice === null || scored === 0) return []
    return [qualityOf(nameOf(record), record, choice, own, baseline, baselineDays / scored, scored)]
  })
  return { forecasts, quality }
}

function qualityOf(
  homeId: string,
  { target, slotsPerDay }: HomeRecord,
  forecast: string,
  own: DayScores,
  baseline: DayScores,
  baselineShare: number,
  days: number,
): ForecastQuality {
  const energy = total(own.energy)
  const slots = total(own.slots)
  const part = (value: number, whole: number) => (whole > 0 ? value / whole : 0)
  return {
    homeId,
    target,
    forecast,
    slotMinutes: 1440 / slotsPerDay,
    days,
    nMae: part(total(own.absolute), energy),
    pinball: part(total(own.loss), energy),
    skill: total(baseline.loss) > 0 ? 1 - total(own.loss) / total(baseline.loss) : 0,
    coverage80: part(total(own.within[1]), slots),
    coverage95: part(total(own.within[0]), slots),
    baselineShare,
  }
}

/** A community as a set of homes at their data's own steps; homes go by their place, as texts. */
function setOf(area: MarketArea, scenario: Scenario): ForecastSet {
  const { axis } = area
  const real = area.homes.filter(({ shared }) => !shared)
  const own = Math.max(...real.map(({ dataStepSeconds }) => dataStepSeconds))
  const stepSeconds = Math.max(axis.stepSeconds, Math.min(3600, Math.max(FINEST_SECONDS, own)))
  const factor = stepSeconds / axis.stepSeconds
  const slotsPerDay = DAY / stepSeconds
  const days = Math.floor((axis.count * axis.stepSeconds) / DAY)
  const slotAxis = { startSeconds: axis.startSeconds, stepSeconds, count: days * slotsPerDay }
  const gather = (column: Int32Array | Float64Array, share: number): Float64Array =>
    Float64Array.from({ length: slotAxis.count }, (_, slot) => {
      let sum = 0
      for (let at = 0; at < factor; at++) sum += column[slot * factor + at]
      return sum * share
    })
  const place = area.homes.find((home) => home.place !== null)?.place ?? null
  const { temperatureC } = area.environment
  const clock = localClock({ ...slotAxis, stepSeconds: DAY, count: days }, scenario.timeZone)
  return {
    id: area.id,
    title: area.label,
    axis: slotAxis,
    offsetSeconds: 0,
    homes: area.homes.flatMap((home, at) =>
      home.shared
        ? []
        : [
            {
              id: String(at),
              loadKwh: gather(home.loadMilliWh.whole(), 1e-6),
              solarKwh: home.solarKw > 0 ? gather(home.solarMilliWh.whole(), 1e-6) : null,
            },
          ],
    ),
    // 1970-01-01 was a Thursday.
    weekday: Uint8Array.from(clock.day, (day) => (day + 3) % 7),
    clearSkyWM2:
      place === null ? new Float64Array(slotAxis.count).fill(UNKNOWN_LIGHT_WM2) : clearSkyOf(slotAxis, place),
    temperatureC: temperatureC && gather(temperatureC, 1 / factor),
    clearness: 'plants',
    weather: '',
    notes: [],
  }
}
