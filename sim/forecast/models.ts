import type { Target } from '../../models/forecast/issue.ts'
import type { ModelName, SharedModel } from '../../models/forecast/model.ts'
import { network, type NetworkTrainer } from '../../models/forecast/models/network.ts'
import { ridge } from '../../models/forecast/models/ridge.ts'
import { seasonalNaive } from '../../models/forecast/models/seasonal-naive.ts'
import { smartPersistence } from '../../models/forecast/models/smart-persistence.ts'

/** Models that forecast by themselves; the combination is made of them. */
export type BaseModelName = Exclude<ModelName, 'combination'>

export interface ModelMeans {
  readonly slots: number
  readonly target: Target
  readonly seed: number
  readonly trainer: NetworkTrainer
}

const MAKERS: Readonly<Record<BaseModelName, (means: ModelMeans) => SharedModel>> = {
  'seasonal-naive': ({ slots }) => seasonalNaive(slots),
  'smart-persistence': ({ slots, target }) => smartPersistence(slots, target),
  ridge: ({ slots, target }) => ridge(slots, target),
  network: ({ slots, target, trainer, seed }) => network(slots, target, trainer, seed),
}

/** The named models, the baseline always first: nothing is judged without it. */
export function makeModels(names: readonly ModelName[], means: ModelMeans): SharedModel[] {
  const base = (Object.keys(MAKERS) as BaseModelName[]).filter(
    (name) => name === 'seasonal-naive' || names.includes(name),
  )
  return base.map((name) => MAKERS[name](means))
}
