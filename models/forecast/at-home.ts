import { Calibration } from './calibration.ts'
import type { Issue } from './issue.ts'
import type { Forecaster, ModelName, SharedModel } from './model.ts'
import { Combination } from './models/combination.ts'
import { NIGHT_WM2 } from './plant.ts'
import { meanPinball, LEVELS } from './quantiles.ts'

/** Days of late loss that the choice of a model looks at. */
const CHOICE_DAYS = 56
/** The baseline stays until another was better by this part: a tie is not won. */
const MARGIN = 0.01

/** What the models say of one home's day ahead, calibrated; `chosen` is the one that did best on the days before. */
export interface DayForecast {
  readonly chosen: ModelName
  readonly byModel: ReadonlyMap<ModelName, Float64Array>
}

/** Does a slot count? A plant at night does not. */
export function isScored({ target, clearSkyWM2, day, slotsPerDay }: Issue, slot: number): boolean {
  return target === 'load' || clearSkyWM2 === null || clearSkyWM2[day * slotsPerDay + slot] >= NIGHT_WM2
}

/**
 * All models at one home: forecasts, their calibration, their combination, and the choice among them by what each
 * lost on the days before, so that the baseline wins where it is better.
 */
export class ModelsAtHome {
  readonly names: readonly ModelName[]
  readonly #base: readonly { name: ModelName; forecaster: Forecaster; calibration: Calibration }[]
  readonly #combination: Combination | null
  readonly #combined: Calibration
  /** Late daily losses by model, newest last. */
  readonly #losses = new Map<ModelName, number[]>()

  constructor(models: readonly SharedModel[], slots: number, combine: boolean) {
    this.#base = models.map((model) => ({
      name: model.name,
      forecaster: model.forecaster(),
      calibration: new Calibration(slots),
    }))
    this.#combination = combine && models.length > 1 ? new Combination(models.length, slots) : null
    this.#combined = new Calibration(slots)
    this.names = [
      ...models.map(({ name }) => name),
      ...(this.#combination === null ? [] : ['combination' as const]),
    ]
  }

  /** Changes nothing. */
  forecast(issue: Issue): DayForecast {
    const byModel = new Map<ModelName, Float64Array>()
    const said = this.#base.map(({ name, forecaster, calibration }) => {
      const quantiles = calibration.apply(forecaster.forecast(issue))
      byModel.set(name, quantiles)
      return quantiles
    })
    if (this.#combination !== null)
      byModel.set('combination', this.#combined.apply(this.#combination.combine(said)))
    return { chosen: this.#choose(), byModel }
  }

  /** Learns from a day that is over. */
  observe(issue: Issue, { byModel }: DayForecast, actual: Float64Array): void {
    const scored = (slot: number) => isScored(issue, slot)
    const said = this.#base.map(({ name, forecaster, calibration }) => {
      const quantiles = byModel.get(name)!
      forecaster.observe(issue, quantiles, actual)
      calibration.observe(quantiles, actual, scored)
      return quantiles
    })
    if (this.#combination !== null) {
      this.#combination.observe(issue, said, actual)
      this.#combined.observe(byModel.get('combination')!, actual, scored)
    }
    for (const [name, quantiles] of byModel) {
      const losses = this.#losses.get(name) ?? []
      losses.push(dayLoss(quantiles, actual, scored))
      if (losses.length > CHOICE_DAYS) losses.shift()
      this.#losses.set(name, losses)
    }
  }

  #choose(): ModelName {
    const [baseline, ...others] = this.names
    const lossOf = (name: ModelName) => (this.#losses.get(name) ?? []).reduce((sum, loss) => sum + loss, 0)
    let best = baseline
    let least = lossOf(baseline) * (1 - MARGIN)
    for (const name of others) {
      const loss = lossOf(name)
      if (loss < least) [best, least] = [name, loss]
    }
    return best
  }
}

/** Pinball loss of a day, summed over the slots that count, kWh. */
export function dayLoss(
  quantiles: Float64Array,
  actual: Float64Array,
  scored: (slot: number) => boolean,
): number {
  let sum = 0
  for (let slot = 0; slot < actual.length; slot++)
    if (!Number.isNaN(actual[slot]) && scored(slot))
      sum += meanPinball(quantiles, slot * LEVELS.length, actual[slot])
  return sum
}
