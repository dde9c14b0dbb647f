import { isoMinute } from '../../data/axis.ts'
import { VppError } from '../../data/errors.ts'
import type {
  ForecastEvaluation,
  HomeScore,
  IntervalFigure,
  ModelScore,
  SetEvaluation,
  TargetEvaluation,
} from '../../data/forecast-evaluation.ts'
import { streamFor } from '../../data/random.ts'
import { blockBootstrap } from '../../models/forecast/bootstrap.ts'
import { daysOf, type HomeRecord, type Target, TARGETS } from '../../models/forecast/issue.ts'
import type { ModelName } from '../../models/forecast/model.ts'
import type { NetworkTrainer } from '../../models/forecast/models/network.ts'
import { LEVELS } from '../../models/forecast/quantiles.ts'
import { type DayScores, pooled, summed, total } from '../../models/forecast/scores.ts'
import { isDeadPlant } from '../../models/forecast/soundness.ts'
import { DAY_AHEAD_ERROR, scaledError } from '../../models/forecast/weather-forecast.ts'
import { recordsOf, weatherErrors } from './records.ts'
import { evaluateRegime } from './regime.ts'
import { FIRST_SCORED_DAY, type RolledHome, rollSet, type RollOptions, type Split } from './roll-set.ts'
import type { ForecastSet } from './sets.ts'

/** A set, how its homes are split, and which are tested. */
export interface EvaluatedSet {
  readonly set: ForecastSet
  readonly split: 'folds' | 'own' | { readonly trainedOn: ForecastSet }
  /** Places of the homes that are tested. */
  readonly tested: readonly number[]
  /** Also with other weather forecasts, and with a new vehicle. */
  readonly inDepth: boolean
}

export interface EvaluateOptions {
  readonly sets: readonly EvaluatedSet[]
  readonly models: readonly ModelName[]
  readonly seed: number
  readonly days: number | null
  readonly trainer: NetworkTrainer
  readonly version: string
  readonly command: string
  readonly onProgress: (progress: { doneFraction: number; text: string }) => void
  readonly signal?: AbortSignal
}

const FOLDS = 3
/** Beside one: half and double error, and no weather forecast. */
const OTHER_ERRORS = [0.5, 2, null] as const

/**
 * Rolling-origin evaluation of every set: day-ahead forecasts of homes that the weights were not trained on, scored
 * against the seasonal naive.
 * @throws VppError('interrupted') when the signal says so
 */
export async function evaluateForecasts(options: EvaluateOptions): Promise<ForecastEvaluation> {
  const rolls = options.sets.reduce((sum, { set, inDepth }) => sum + rollsOf(set, inDepth), 0)
  let done = 0
  const step =
    (text: string) =>
    (fraction: number): boolean => {
      if (options.signal?.aborted === true)
        throw new VppError('interrupted', { place: 'vpp forecast evaluate', problem: 'was stopped', fix: '' })
      options.onProgress({ doneFraction: (done + fraction) / rolls, text })
      if (fraction >= 1) done++
      return true
    }
  const sets: SetEvaluation[] = []
  for (const evaluated of options.sets) {
    const targets: TargetEvaluation[] = []
    for (const target of TARGETS) {
      if (target === 'solar' && evaluated.set.homes.every(({ solarKwh }) => solarKwh === null)) continue
      targets.push(await evaluateTarget(evaluated, target, options, (text) => finishing(step(text))))
    }
    sets.push(describeSet(evaluated, targets, options))
  }
  return {
    format: 1,
    version: options.version,
    command: options.command,
    seed: options.seed,
    models: options.models,
    engine: null,
    weatherError: { ...pickError(), achieved: achievedError(options) },
    sets,
  }
}

/** Folds end a little before 1; the roll's last call counts it as done. */
const finishing = (report: (fraction: number) => boolean) => ({
  report: (fraction: number) => report(Math.min(0.999, fraction)),
  end: () => report(1),
})
type Step = (text: string) => ReturnType<typeof finishing>

const targetsOf = (set: ForecastSet): Target[] =>
  TARGETS.filter((target) => target === 'load' || set.homes.some(({ solarKwh }) => solarKwh !== null))

function rollsOf(set: ForecastSet, inDepth: boolean): number {
  const targets = targetsOf(set)
  return targets.length * (inDepth ? 1 + OTHER_ERRORS.length : 1) + (inDepth ? 1 : 0)
}

const pickError = () => {
  const { temperatureK, clearness, clearBias } = DAY_AHEAD_ERROR
  return { temperatureK, clearness, clearBias }
}

function achievedError({ sets, seed }: EvaluateOptions): ForecastEvaluation['weatherError']['achieved'] {
  const set = sets.find(({ set: { clearness } }) => clearness === 'plants')?.set
  if (set === undefined) return null
  return weatherErrors(recordsOf(set, 'solar', seed, DAY_AHEAD_ERROR)[0])
}

async function evaluateTarget(
  { set, split, tested, inDepth }: EvaluatedSet,
  target: Target,
  { models, seed, days, trainer }: EvaluateOptions,
  step: Step,
): Promise<TargetEvaluation> {
  const elsewhere = typeof split === 'object'
  // Weights that were learnt with a weather forecast are of no use without one.
  const error = elsewhere ? null : DAY_AHEAD_ERROR
  const records = recordsOf(set, target, seed, error)
  const whole = Math.min(days ?? Infinity, daysOf(records[0]))
  const rolled = (changed: Partial<RollOptions>, of = records, text = ''): Promise<RolledHome[]> => {
    const { report, end } = step(`${set.id}, ${target}${text}`)
    const rollSplit: Split =
      split === 'folds'
        ? { kind: 'folds', folds: FOLDS }
        : split === 'own'
          ? { kind: 'own' }
          : { kind: 'elsewhere', training: recordsOf(split.trainedOn, target, seed, null) }
    const base: RollOptions = {
      models,
      target,
      seed,
      trainer,
      split: rollSplit,
      tested,
      days: whole,
      onProgress: report,
    }
    return rollSet(of, { ...base, ...changed }).finally(end)
  }
  const example = new Example(set, tested, records, whole)
  const homes = await rolled({ onForecast: example.take })
  const dead = (record: HomeRecord) =>
    target === 'solar' && isDeadPlant(record.kwh, record.slotsPerDay, record.around.clearSkyWM2)
  const counted = homes.filter(({ record }) => !dead(record))
  // All dead is all there is.
  const judged = counted.length > 0 ? counted : homes
  const streams = (name: string) => streamFor(seed, 'bootstrap', set.id, target, name)
  const weather: { errorFactor: number | null; skill: IntervalFigure }[] = []
  if (inDepth) {
    weather.push({ errorFactor: 1, skill: skillOf(judged, 'chosen', streams('weather-1')) })
    const light = models.filter((name) => name !== 'network')
    for (const factor of OTHER_ERRORS) {
      const other = recordsOf(
        set,
        target,
        seed,
        factor === null ? null : scaledError(DAY_AHEAD_ERROR, factor),
      )
      const text = factor === null ? ', no weather forecast' : `, weather error × ${factor}`
      const again = await rolled({ models: light }, other, text)
      const same = again.filter(({ place }) => judged.some((home) => home.place === place))
      weather.push({ errorFactor: factor, skill: skillOf(same, 'chosen', streams(`weather-${factor}`)) })
    }
  }
  const regime =
    inDepth && target === 'load' && whole > 160
      ? await evaluateRegime(records, seed, whole, streams('regime'), (changed) =>
          rolled(
            { ...changed, models: models.filter((name) => name !== 'network') },
            records,
            ', new vehicle',
          ),
        )
      : null
  if (inDepth && target === 'load' && regime === null) step('').end()
  return {
    target,
    models: [...judged[0].scores.keys()].map((name) => modelScore(judged, name, streams)),
    homes: homes.map((home) => homeScore(home, dead(home.record))),
    bySlot: slotLosses(judged),
    reliability: reliabilityOf(judged),
    example: example.result,
    weather,
    regime,
  }
}

const scoresOf = (homes: readonly RolledHome[], name: string): DayScores[] =>
  homes.map(({ scores }) => scores.get(name)!)

type Streams = (name: string) => ReturnType<typeof streamFor>

function skillOf(homes: readonly RolledHome[], name: string, stream: ReturnType<Streams>): IntervalFigure {
  const loss = pooled(scoresOf(homes, name), (scores) => scores.loss)
  const baseline = pooled(scoresOf(homes, 'seasonal-naive'), (scores) => scores.loss)
  return blockBootstrap([loss, baseline], ([own, naive]) => 1 - own / naive, stream)
}

function modelScore(homes: readonly RolledHome[], name: string, streams: Streams): ModelScore {
  const scores = scoresOf(homes, name)
  const slots = summed(scores, (one) => one.slots)
  const share = (column: Float64Array) =>
    blockBootstrap([column, slots], ([part, all]) => part / all, streams('scores'))
  return {
    model: name,
    nMae: share(pooled(scores, (one) => one.absolute)),
    pinball: share(pooled(scores, (one) => one.loss)),
    skill: skillOf(homes, name, streams('scores')),
    coverage80: share(summed(scores, (one) => one.within[1])),
    coverage95: share(summed(scores, (one) => one.within[0])),
  }
}

function homeScore({ record, scores, chosen }: RolledHome, dead: boolean): HomeScore {
  const naive = total(scores.get('seasonal-naive')!.loss)
  const losses = [...scores]
    .filter(([name]) => name !== 'chosen')
    .map(([name, { loss }]) => [name, total(loss)] as const)
  const own = scores.get('chosen')!
  const slots = total(own.slots)
  return {
    id: record.id,
    kwhPerDay: total(own.energy) / own.energy.length,
    setApart: dead ? 'its plant is out of order on most days' : null,
    baselineShare: chosen.filter((name) => name === 'seasonal-naive').length / chosen.length,
    best: losses.reduce((least, one) => (one[1] < least[1] ? one : least))[0],
    skill: Object.fromEntries([...scores].map(([name, { loss }]) => [name, 1 - total(loss) / naive])),
    coverage80: total(own.within[1]) / slots,
    coverage95: total(own.within[0]) / slots,
  }
}

function slotLosses(homes: readonly RolledHome[]): TargetEvaluation['bySlot'] {
  const sums = (pick: (home: RolledHome) => Float64Array): number[] =>
    Array.from({ length: homes[0].record.slotsPerDay }, (_, slot) => {
      let sum = 0
      for (const home of homes) {
        const { energy, slots } = home.scores.get('chosen')!
        sum += pick(home)[slot] / (total(energy) / total(slots)) / energy.length / homes.length
      }
      return sum
    })
  return { baseline: sums(({ bySlot }) => bySlot.baseline), chosen: sums(({ bySlot }) => bySlot.chosen) }
}

function reliabilityOf(homes: readonly RolledHome[]): TargetEvaluation['reliability'] {
  const scores = scoresOf(homes, 'chosen')
  const slots = scores.reduce((sum, one) => sum + total(one.slots), 0)
  return LEVELS.map((level, at) => ({
    level,
    observed: scores.reduce((sum, { below }) => sum + below[at], 0) / slots,
  }))
}

/** Collects a week of the first tested home, in the middle of what is scored. */
class Example {
  result: TargetEvaluation['example'] = null
  readonly #set: ForecastSet
  readonly #home: number
  readonly #from: number

  constructor(set: ForecastSet, tested: readonly number[], records: readonly HomeRecord[], days: number) {
    this.#set = set
    this.#home = tested.find((home) => home < records.length) ?? 0
    this.#from = FIRST_SCORED_DAY + Math.max(0, Math.floor((days - FIRST_SCORED_DAY) / 2) - 3)
  }

  take: NonNullable<RollOptions['onForecast']> = (home, issue, forecast, actual) => {
    if (home !== this.#home || issue.day < this.#from || issue.day >= this.#from + 7) return
    const quantiles = forecast.byModel.get(forecast.chosen)!
    const { axis, homes } = this.#set
    this.result ??= {
      home: homes[home].id,
      day: isoMinute(axis.startSeconds + issue.day * 86_400),
      levels: [...LEVELS],
      quantiles: LEVELS.map(() => []),
      actual: [],
    }
    LEVELS.forEach((_, level) => {
      for (let slot = 0; slot < actual.length; slot++)
        (this.result!.quantiles[level] as number[]).push(quantiles[slot * LEVELS.length + level])
    })
    ;(this.result.actual as number[]).push(...actual)
  }
}

function describeSet(
  { set, split, tested }: EvaluatedSet,
  targets: TargetEvaluation[],
  { days }: EvaluateOptions,
): SetEvaluation {
  const all = Math.floor((set.axis.count * set.axis.stepSeconds) / 86_400)
  const whole = Math.min(days ?? Infinity, all)
  const dayOf = (day: number) =>
    isoMinute(set.axis.startSeconds + set.offsetSeconds + day * 86_400).slice(0, 10)
  return {
    id: set.id,
    title: set.title,
    stepMinutes: set.axis.stepSeconds / 60,
    scoredDays: whole - FIRST_SCORED_DAY,
    firstDay: dayOf(FIRST_SCORED_DAY),
    lastDay: dayOf(whole - 1),
    trainedOn:
      split === 'folds'
        ? `the other homes of the set, in ${FOLDS} folds, on the days before each forecast (${tested.length} of ${set.homes.length} homes tested)`
        : split === 'own'
          ? 'the home’s own past: no other has its resolution'
          : `${split.trainedOn.title}, without weather`,
    ownPast: split === 'own',
    weather: typeof split === 'object' ? 'none' : set.weather,
    notes: set.notes,
    targets,
  }
}
