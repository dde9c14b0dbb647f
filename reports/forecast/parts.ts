import type { IntervalFigure, SetEvaluation, TargetEvaluation } from '../../data/forecast-evaluation.ts'
import { NOTHING, threeFigures } from '../number-format.ts'

export const MODEL_TITLES: Readonly<Record<string, string>> = {
  'seasonal-naive': 'seasonal naive (baseline)',
  'smart-persistence': 'smart persistence',
  ridge: 'ridge',
  network: 'network',
  combination: 'combination',
  chosen: 'chosen by past loss',
}

export const SHORT_TITLES: Readonly<Record<string, string>> = {
  'seasonal-naive': 'naive',
  'smart-persistence': 'persist.',
  ridge: 'ridge',
  network: 'network',
  combination: 'combin.',
  chosen: 'chosen',
}

/** A share as per cent with one decimal: skill and coverage are compared at tenths. */
export const tenths = (share: number): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(1).replace('-', '−')}\u00a0%` : NOTHING

/** With its interval: `26.5 % (25.1 to 27.9)`. */
export const withInterval = ({ value, low, high }: IntervalFigure): string =>
  Number.isFinite(low)
    ? `${tenths(value)} (${tenths(low).replace('\u00a0%', '')} to ${tenths(high).replace('\u00a0%', '')})`
    : tenths(value)

export const scoreOf = ({ models }: TargetEvaluation, name: string): TargetEvaluation['models'][number] =>
  models.find(({ model }) => model === name)!

export const anchorOf = (set: SetEvaluation, { target }: TargetEvaluation): string =>
  `${set.id.replaceAll(/[^a-z0-9]+/gi, '-')}-${target}`

export const kwhPerDay = (value: number): string => threeFigures(value)
