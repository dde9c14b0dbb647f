import { type Features, loadFeatures, loadFromUnits, loadToUnits, solarFeatures } from './features.ts'
import type { Issue, Target } from './issue.ts'
import { MOST_CLEARNESS, PlantHistory } from './plant.ts'

/** Days of own errors that weigh as much as all the training homes'. */
export const OWN_DAYS = 21

/** Energy in the units that models learn in: root of the home's mean, or share of the plant's clear sky. */
export const inUnits = (target: Target, kwh: number, unitKwh: number): number =>
  unitKwh <= 0
    ? Number.NaN
    : target === 'load'
      ? loadToUnits(kwh, unitKwh)
      : Math.min(MOST_CLEARNESS, kwh / unitKwh)

export const fromUnits = (target: Target, value: number, unitKwh: number): number =>
  target === 'load' ? loadFromUnits(value, unitKwh) : Math.max(0, value) * unitKwh

/** @param history of the plant; null for a load */
export const featuresOf = (issue: Issue, history: PlantHistory | null): Features =>
  history === null ? loadFeatures(issue) : solarFeatures(issue, history)

/** A training day as features and what came, in units. */
export interface TrainingDay {
  readonly features: Features
  readonly values: Float64Array
}

/** Days of the homes that a model is trained on. */
export class TrainingHomes {
  readonly days: TrainingDay[] = []
  readonly #slots: number
  readonly #target: Target
  readonly #histories = new Map<string, PlantHistory>()

  constructor(slots: number, target: Target) {
    this.#slots = slots
    this.#target = target
  }

  /** Takes a day in that is over; a plant's days come in order. */
  add(home: string, issue: Issue, actual: Float64Array): void {
    const history = this.#historyOf(home)
    const features = featuresOf(issue, history)
    const values = actual.map((kwh, slot) => inUnits(this.#target, kwh, features.unitKwh[slot]))
    this.days.push({ features, values })
    history?.observe(issue, actual)
  }

  #historyOf(home: string): PlantHistory | null {
    if (this.#target === 'load') return null
    let history = this.#histories.get(home)
    if (history === undefined) this.#histories.set(home, (history = new PlantHistory(this.#slots)))
    return history
  }
}
