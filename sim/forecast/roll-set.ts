import { isScored } from '../../models/forecast/at-home.ts'
import { daysOf, type HomeRecord, type Target } from '../../models/forecast/issue.ts'
import type { ModelName } from '../../models/forecast/model.ts'
import type { NetworkTrainer } from '../../models/forecast/models/network.ts'
import { LEVELS, meanPinball } from '../../models/forecast/quantiles.ts'
import { type OnForecast, rollForward } from '../../models/forecast/rolling.ts'
import { type DayScores, newScores, scoreDay } from '../../models/forecast/scores.ts'
import { makeModels } from './models.ts'

/** Days before the first fit, and before the first day that is scored: errors and calibration need some of their own. */
export const FIRST_FIT_DAY = 42
export const FIRST_SCORED_DAY = 70
const REFIT_DAYS = 28

/** How the homes of a set are split: each fold is tested on weights of all the others. */
export type Split =
  | { readonly kind: 'folds'; readonly folds: number }
  /** Weights of other homes, whose days are all over before. */
  | { readonly kind: 'elsewhere'; readonly training: readonly HomeRecord[] }
  /** Each home on its own past: where there is no other of its resolution. */
  | { readonly kind: 'own' }

export interface RollOptions {
  readonly models: readonly ModelName[]
  readonly target: Target
  readonly seed: number
  readonly trainer: NetworkTrainer
  readonly split: Split
  /** Homes that are tested, by place; the others are trained on only. */
  readonly tested: readonly number[]
  readonly days: number
  /** Called after each day with the share of this roll that is done; false stops. */
  readonly onProgress: (doneFraction: number) => boolean
  /** Called with each scored forecast. */
  readonly onForecast?: OnForecast
  /** Another series for the tested homes than the one that is trained on: a change that comes to them. */
  readonly testedRecords?: readonly HomeRecord[]
}

/** Scores of every model by home, `chosen` among them. */
export interface RolledHome {
  readonly place: number
  readonly record: HomeRecord
  readonly scores: ReadonlyMap<string, DayScores>
  /** Which model was chosen, by scored day. */
  readonly chosen: readonly ModelName[]
  /** Mean pinball loss by slot: sums, baseline and chosen. */
  readonly bySlot: { readonly baseline: Float64Array; readonly chosen: Float64Array }
}

/** Rolls through a set with the given split and scores what was forecast. */
export async function rollSet(records: readonly HomeRecord[], options: RollOptions): Promise<RolledHome[]> {
  const { models, target, seed, trainer, split, tested, days, onProgress, onForecast, testedRecords } =
    options
  const groups =
    split.kind === 'folds'
      ? Array.from({ length: split.folds }, (_, fold) => tested.filter((home) => home % split.folds === fold))
      : split.kind === 'own'
        ? tested.map((home) => [home])
        : [[...tested]]
  const results: RolledHome[] = []
  const filled = groups.filter((group) => group.length > 0)
  for (const [index, group] of filled.entries()) {
    const cut = (record: HomeRecord): HomeRecord => ({
      ...record,
      kwh: record.kwh.subarray(0, days * record.slotsPerDay),
    })
    const training =
      split.kind === 'elsewhere'
        ? split.training
        : split.kind === 'own'
          ? group.map((home) => cut(records[home]))
          : records.filter((_, home) => home % split.folds !== group[0] % split.folds).map(cut)
    const under = group.map((home) => cut((testedRecords ?? records)[home]))
    const homes = group.map((place, at) => ({
      place,
      record: under[at],
      scores: new Map<string, DayScores>(),
      chosen: [] as ModelName[],
      bySlot: {
        baseline: new Float64Array(under[at].slotsPerDay),
        chosen: new Float64Array(under[at].slotsPerDay),
      },
    }))
    const scored = Math.max(...under.map(daysOf)) - FIRST_SCORED_DAY
    await rollForward(
      training,
      under,
      {
        models: makeModels(models, { slots: under[0].slotsPerDay, target, seed, trainer }),
        combine: models.includes('combination'),
        refitDays: REFIT_DAYS,
        firstFitDay: FIRST_FIT_DAY,
        trainFirst: split.kind === 'elsewhere',
        onDay: (day) => onProgress((index + day / days) / filled.length),
      },
      (home, issue, forecast, actual) => {
        if (issue.day < FIRST_SCORED_DAY) return
        const { scores, chosen, bySlot } = homes[home]
        const picked = forecast.byModel.get(forecast.chosen)!
        for (const [name, quantiles] of [...forecast.byModel, ['chosen', picked] as const]) {
          let own = scores.get(name)
          if (own === undefined) scores.set(name, (own = newScores(scored)))
          scoreDay(own, issue.day - FIRST_SCORED_DAY, issue, quantiles, actual)
        }
        chosen.push(forecast.chosen)
        const baseline = forecast.byModel.get('seasonal-naive')!
        for (let slot = 0; slot < actual.length; slot++) {
          if (Number.isNaN(actual[slot]) || !isScored(issue, slot)) continue
          bySlot.baseline[slot] += meanPinball(baseline, slot * LEVELS.length, actual[slot])
          bySlot.chosen[slot] += meanPinball(picked, slot * LEVELS.length, actual[slot])
        }
        onForecast?.(group[home], issue, forecast, actual)
      },
    )
    results.push(...homes)
  }
  return results.toSorted((a, b) => a.place - b.place)
}
