import type {
  ForecastEvaluation,
  IntervalFigure,
  SetEvaluation,
  TargetEvaluation,
} from '../../data/forecast-evaluation.ts'
import { wordWrap } from '../../scenarios/word-wrap.ts'
import { table } from '../output.ts'

const percent = (value: number, digits = 1): string =>
  Number.isFinite(value) ? (100 * value).toFixed(digits) : '-'
const withInterval = ({ value, low, high }: IntervalFigure): string =>
  Number.isFinite(low) ? `${percent(value)} (${percent(low)} to ${percent(high)})` : percent(value)

/** One target of one set: models, then the homes where the baseline stands. */
function targetBlock(
  { title, stepMinutes, scoredDays }: SetEvaluation,
  evaluation: TargetEvaluation,
): string {
  const { target, models, homes, regime } = evaluation
  const head = ['  model', 'nMAE', 'loss', 'skill, %', '80 %', '95 %']
  const rows = models.map((score) => [
    `  ${score.model}`,
    percent(score.nMae.value),
    percent(score.pinball.value),
    score.model === 'seasonal-naive' ? 'baseline' : withInterval(score.skill),
    percent(score.coverage80.value),
    percent(score.coverage95.value),
  ])
  const counted = homes.filter(({ setApart }) => setApart === null).length
  const lines = [
    `${target.toUpperCase()}  ${title}`,
    `  ${counted} of ${homes.length} homes count, ${scoredDays} days, ${stepMinutes}-minute slots`,
    table([head, ...rows], [false, true, true, true, true, true]),
    ...wrapped(baselineWins(evaluation)),
    ...homes.flatMap(({ id, setApart }) =>
      setApart === null ? [] : wrapped(`Set apart: ${id}, ${setApart}.`),
    ),
  ]
  if (regime !== null)
    lines.push(
      ...wrapped(
        `After a new vehicle (${regime.what}), days 15 to 42: 80 % holds ${percent(regime.settled.coverage80.value)}, 95 % holds ${percent(regime.settled.coverage95.value)}.`,
      ),
    )
  return lines.join('\n')
}

const wrapped = (text: string): string[] => wordWrap(text, 76).map((line) => `  ${line}`)

/** Where the seasonal naive won: chosen on days before, and seen afterwards. */
function baselineWins({ homes }: TargetEvaluation): string {
  const chosen = homes.filter(({ baselineShare }) => baselineShare > 0.005)
  const best = homes.filter((home) => home.best === 'seasonal-naive')
  const shares = chosen.map(({ id, baselineShare }) => `${id} (${percent(baselineShare, 0)} % of days)`)
  return [
    chosen.length === 0
      ? 'The baseline was chosen nowhere.'
      : `The baseline was chosen at ${shares.join(', ')}.`,
    best.length === 0
      ? 'Nowhere is it the best of all.'
      : `It is the best at ${best.map(({ id }) => id).join(', ')}.`,
  ].join(' ')
}

/** The evaluation in 80 columns. */
export function evaluationTable({ sets }: ForecastEvaluation): string {
  return [
    ...sets.flatMap((set) => [
      set.targets.map((target) => targetBlock(set, target)).join('\n\n'),
      [...wrapped(`Weights: ${set.trainedOn}.`), ...wrapped(`Weather: ${set.weather}.`)].join('\n'),
      '',
    ]),
    ...wordWrap(
      'nMAE and loss (pinball, mean of 11 levels) in % of mean energy; skill: loss below the seasonal naive’s, with 95 % interval; 80 % and 95 %: measured values within, %.',
      78,
    ),
  ].join('\n')
}
