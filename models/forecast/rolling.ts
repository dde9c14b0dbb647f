import { type DayForecast, ModelsAtHome } from './at-home.ts'
import { actualOf, daysOf, type HomeRecord, type Issue, issueOf } from './issue.ts'
import type { SharedModel } from './model.ts'

export interface RollingOptions {
  readonly models: readonly SharedModel[]
  /** Also the combination of them. */
  readonly combine: boolean
  /** Days between fits; a fit learns from all days of the training homes before it. */
  readonly refitDays: number
  /** First day on which the models are fitted. */
  readonly firstFitDay: number
  /** Called at each day's end. */
  readonly onDay?: (day: number) => void
}

/** Called with each forecast when its day is over. */
export type OnForecast = (home: number, issue: Issue, forecast: DayForecast, actual: Float64Array) => void

/**
 * Rolling origin: day by day a forecast of every test home is issued from what is known at the day's start, then the
 * day is measured, and only then learnt from. The weights come from the training homes' days before the last fit.
 */
export async function rollForward(
  training: readonly HomeRecord[],
  tested: readonly HomeRecord[],
  { models, combine, refitDays, firstFitDay, onDay }: RollingOptions,
  onForecast: OnForecast,
): Promise<void> {
  const homes = tested.map((record) => new ModelsAtHome(models, record.slotsPerDay, combine))
  const days = Math.max(...[...training, ...tested].map(daysOf))
  for (let day = 1; day < days; day++) {
    if (day >= firstFitDay && (day - firstFitDay) % refitDays === 0)
      for (const model of models) await model.fit()
    for (const [home, record] of tested.entries()) {
      if (day >= daysOf(record)) continue
      const issue = issueOf(record, day)
      const forecast = homes[home].forecast(issue)
      const actual = actualOf(record, day)
      onForecast(home, issue, forecast, actual)
      homes[home].observe(issue, forecast, actual)
    }
    for (const record of training) {
      if (day >= daysOf(record)) continue
      const issue = issueOf(record, day)
      for (const model of models) model.add(record.id, issue, actualOf(record, day))
    }
    onDay?.(day)
  }
}
