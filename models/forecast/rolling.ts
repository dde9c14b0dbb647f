import { type DayForecast, ModelsAtHome } from './at-home.ts'
import { actualOf, daysOf, type HomeRecord, type Issue, issueOf } from './issue.ts'
import type { SharedModel } from './model.ts'
import { meanOf } from './quantiles.ts'
import { isSoundDay } from './soundness.ts'

export interface RollingOptions {
  readonly models: readonly SharedModel[]
  /** Also the combination of them. */
  readonly combine: boolean
  /** Days between fits; a fit learns from all days of the training homes before it. */
  readonly refitDays: number
  /** First day on which the models are fitted. */
  readonly firstFitDay: number
  /** The training homes' days are all over before the first of the tested ones: they are learnt from once. */
  readonly trainFirst?: boolean
  /** Also forecasts the day after each, on the mean of the first. */
  readonly secondDay?: boolean
  /** Called at each day's end; false stops. */
  readonly onDay?: (day: number) => boolean | void
}

/** Called with each forecast when its day is over. */
export type OnForecast = (
  home: number,
  issue: Issue,
  forecast: DayForecast,
  actual: Float64Array,
  next?: DayForecast | null,
) => void

/** Forecast of the day after, as if the day had come as its mean; null: there is none. */
function dayAfter(
  models: ModelsAtHome,
  record: HomeRecord,
  day: number,
  { chosen, byModel }: DayForecast,
): DayForecast | null {
  if (day + 1 >= daysOf(record)) return null
  const kwh = record.kwh.slice()
  kwh.set(meanOf(byModel.get(chosen)!), day * record.slotsPerDay)
  return models.forecast(issueOf({ ...record, kwh }, day + 1))
}

/** A day that is over goes into what the models learn from, if it is sound. */
function learnDay(models: readonly SharedModel[], record: HomeRecord, day: number): void {
  const issue = issueOf(record, day)
  const actual = actualOf(record, day)
  if (isSoundDay(issue, actual)) for (const model of models) model.add(record.id, issue, actual)
}

/**
 * Rolling origin: day by day a forecast of every test home is issued from what is known at the day's start, then the
 * day is measured, and only then learnt from. The weights come from the training homes' days before the last fit.
 */
export async function rollForward(
  training: readonly HomeRecord[],
  tested: readonly HomeRecord[],
  { models, combine, refitDays, firstFitDay, trainFirst = false, secondDay = false, onDay }: RollingOptions,
  onForecast: OnForecast,
): Promise<void> {
  const homes = tested.map((record) => new ModelsAtHome(models, record.slotsPerDay, combine))
  const days = Math.max(...tested.map(daysOf))
  if (trainFirst) {
    for (const record of training)
      for (let day = 1; day < daysOf(record); day++) learnDay(models, record, day)
    for (const model of models) await model.fit()
  }
  for (let day = 1; day < days; day++) {
    if (!trainFirst && day >= firstFitDay && (day - firstFitDay) % refitDays === 0)
      for (const model of models) await model.fit()
    for (const [home, record] of tested.entries()) {
      if (day >= daysOf(record)) continue
      const issue = issueOf(record, day)
      const forecast = homes[home].forecast(issue)
      const actual = actualOf(record, day)
      const next = secondDay ? dayAfter(homes[home], record, day, forecast) : null
      onForecast(home, issue, forecast, actual, next)
      homes[home].observe(issue, forecast, actual)
    }
    for (const record of trainFirst ? [] : training) {
      if (day >= daysOf(record)) continue
      learnDay(models, record, day)
    }
    if (onDay?.(day) === false) return
  }
}
