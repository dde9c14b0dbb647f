import { LEVELS } from '../../models/forecast/quantiles.ts'
import type { ForecastEvaluation, SetEvaluation, TargetEvaluation } from '../../data/forecast-evaluation.ts'
import { fan } from '../charts/fan.ts'
import { intervals } from '../charts/intervals.ts'
import { timePanels } from '../charts/time-panels.ts'
import type { FigureSpec } from '../html/figure.ts'
import { type Markup, markup, NO_MARKUP } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { threeFigures } from '../number-format.ts'
import { anchorOf, kwhPerDay, MODEL_TITLES, scoreOf, SHORT_TITLES, tenths, withInterval } from './parts.ts'

export type Figure = (spec: FigureSpec) => Markup

const classOf = ({ target }: TargetEvaluation): string => target

/** Skill of every model, one figure for each target of a set. */
export function modelsOf(set: SetEvaluation, evaluation: TargetEvaluation, figure: Figure): Markup {
  const { models, target, homes } = evaluation
  const best = scoreOf(evaluation, 'chosen').skill.value
  const counted = homes.filter(({ setApart }) => setApart === null).length
  const rows = models.map((score) => [
    MODEL_TITLES[score.model],
    withInterval(score.nMae),
    withInterval(score.pinball),
    score.model === 'seasonal-naive' ? 'baseline' : withInterval(score.skill),
    withInterval(score.coverage80),
    withInterval(score.coverage95),
  ])
  return markup`<h3>${target === 'load' ? 'Load' : 'Solar'}: ${set.title}</h3>
${figure({
  id: `skill-${anchorOf(set, evaluation)}`,
  title: `The model chosen by past loss loses ${tenths(Math.abs(best))} ${best >= 0 ? 'less' : 'more'} than the seasonal naive`,
  draw: (width) =>
    intervals(
      models
        .filter(({ model }) => model !== 'seasonal-naive')
        .map(({ model, skill: { value, low, high } }) => ({
          label: MODEL_TITLES[model],
          className: classOf(evaluation),
          value: 100 * value,
          low: 100 * low,
          high: 100 * high,
        })),
      { width, alternative: `Skill of each model for ${target}`, unit: 'loss below the seasonal naive’s, %' },
    ),
  note: markup`${counted} of ${homes.length} homes count, ${set.scoredDays} days (${set.firstDay} to ${set.lastDay}), slots of ${set.stepMinutes} minutes. Weights from ${set.trainedOn}. Weather: ${set.weather}. 95 % intervals by a bootstrap of seven-day blocks.${set.notes.map((note) => ` ${note}`)}`,
  data: table(
    [
      { label: 'Model' },
      { label: 'nMAE', number: true, unit: 'of mean energy' },
      { label: 'Pinball loss', number: true, unit: 'of mean energy' },
      { label: 'Skill', number: true },
      { label: '80 % holds', number: true },
      { label: '95 % holds', number: true },
    ],
    rows,
  ),
})}`
}

const DAY_NAMES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

/** A week of forecasts at one home. */
export function exampleOf(set: SetEvaluation, evaluation: TargetEvaluation, figure: Figure): Markup {
  const { example, target } = evaluation
  if (example === null) return NO_MARKUP
  const slotsPerDay = Math.round(1440 / set.stepMinutes)
  const days = Math.floor(example.actual.length / slotsPerDay)
  // Days begin at local midnight; a little later is surely the day.
  const first = new Date(Date.parse(example.day) + 6 * 3_600_000).getUTCDay()
  const level = (value: number) => example.quantiles[example.levels.indexOf(value)]
  return figure({
    id: `week-${anchorOf(set, evaluation)}`,
    title: `A week at ${example.home}: each day is forecast at its midnight, in one piece`,
    draw: (width) =>
      fan({
        width,
        alternative: `Forecast and measured ${target} of a week`,
        unit: `kWh in ${set.stepMinutes} min`,
        className: classOf(evaluation),
        bands: [
          { label: '95 %', low: level(0.025), high: level(0.975) },
          { label: '80 %', low: level(0.1), high: level(0.9) },
        ],
        middle: level(0.5),
        actual: example.actual,
        slotsPerDay,
        days: Array.from({ length: days }, (_, day) => DAY_NAMES[(first + 6 + day) % 7]),
      }),
    note: `From ${example.day.slice(0, 10)} (UTC); the home was chosen by its place in the list, the week by its place in the year, not by how well it went.`,
    data: table(
      [
        { label: 'Slot' },
        { label: 'Measured', number: true, unit: 'kWh' },
        ...[0.025, 0.1, 0.5, 0.9, 0.975].map((at) => ({ label: `${100 * at} %`, number: true, unit: 'kWh' })),
      ],
      example.actual.map((actual, slot) => [
        slot + 1,
        actual.toFixed(3),
        ...[0.025, 0.1, 0.5, 0.9, 0.975].map((at) => level(at)[slot].toFixed(3)),
      ]),
    ),
  })
}

/** Loss by time of day, and how often each level held. */
export function whenOf(set: SetEvaluation, evaluation: TargetEvaluation, figure: Figure): Markup {
  const { bySlot, reliability, target } = evaluation
  const slots = bySlot.chosen.length
  const perHour = slots / 24
  const worst = Math.max(...reliability.map(({ level, observed }) => Math.abs(observed - level)))
  return markup`${figure({
    id: `hours-${anchorOf(set, evaluation)}`,
    title: `Where the loss of ${target} lies in the day`,
    draw: (width) =>
      timePanels(
        [
          {
            unit: '% of a mean slot’s energy',
            height: 110,
            series: [
              {
                label: 'chosen',
                className: classOf(evaluation),
                kind: 'line',
                values: bySlot.chosen.map((value) => 100 * value),
              },
              {
                label: 'seasonal naive',
                className: 'measured',
                kind: 'dashed',
                values: bySlot.baseline.map((value) => 100 * value),
              },
            ],
          },
        ],
        {
          width,
          alternative: `Pinball loss of ${target} by hour of the day`,
          count: slots,
          ticks: [0, 6, 12, 18].map((hour) => ({ at: hour * perHour, label: `${hour} h` })),
          between: false,
        },
      ),
    note: `${set.title}; mean pinball loss by slot since local midnight (of the first day’s clock).`,
    data: table(
      [
        { label: 'Slot' },
        { label: 'Chosen', number: true, unit: '%' },
        { label: 'Seasonal naive', number: true, unit: '%' },
      ],
      bySlot.chosen.map((value, slot) => [
        slot + 1,
        threeFigures(100 * value),
        threeFigures(100 * bySlot.baseline[slot]),
      ]),
    ),
  })}${figure({
    id: `reliability-${anchorOf(set, evaluation)}`,
    title: `Levels of ${target} hold within ${tenths(worst)} of what they say`,
    draw: (width) =>
      intervals(
        reliability.map(({ level, observed }) => ({
          label: `${100 * level} %`,
          className: classOf(evaluation),
          value: 100 * (observed - level),
          low: Number.NaN,
          high: Number.NaN,
        })),
        {
          width,
          alternative: `Observed less nominal share for each level of ${target}`,
          unit: 'observed less nominal, points',
        },
      ),
    note: 'Share of measured values below each level of the chosen forecast (equal ones, mostly zeros, count half), less the level.',
    data: table(
      [{ label: 'Level' }, { label: 'Observed', number: true }],
      reliability.map(({ level, observed }) => [`${100 * level} %`, tenths(observed)]),
    ),
  })}`
}

/** Coverage after a new vehicle. */
export function regimeOf(set: SetEvaluation, evaluation: TargetEvaluation, figure: Figure): Markup {
  const { regime } = evaluation
  if (regime === null) return NO_MARKUP
  const { weeks, settled, what } = regime
  const series = (
    label: string,
    pick: (week: (typeof weeks)[number]) => number,
    className: string,
    dashed = false,
  ) => ({
    label,
    className,
    kind: dashed ? ('dashed' as const) : ('line' as const),
    values: weeks.map((week) => 100 * pick(week)),
  })
  return figure({
    id: `regime-${anchorOf(set, evaluation)}`,
    title: `Two weeks after a new vehicle the 80 % interval holds ${tenths(settled.coverage80.value)}, the 95 % interval ${tenths(settled.coverage95.value)}`,
    draw: (width) =>
      timePanels(
        [
          {
            unit: '% within',
            height: 130,
            series: [
              series('95 %, all hours', ({ all95 }) => all95, 'battery'),
              series('95 %, charging hours', ({ charging95 }) => charging95, 'battery', true),
              series('80 %, all hours', ({ all80 }) => all80, 'grid'),
              series('80 %, charging hours', ({ charging80 }) => charging80, 'grid', true),
            ],
          },
        ],
        {
          width,
          alternative: 'Coverage by week after a new vehicle',
          count: weeks.length,
          ticks: weeks.map((_, week) => ({ at: week, label: String(week + 1) })),
          between: true,
        },
      ),
    note: markup`The change: ${what}. Weeks since; days 15 to 42 with intervals: 80 % holds ${withInterval(settled.coverage80)}, 95 % holds ${withInterval(settled.coverage95)}. Training homes have no vehicle. In the charging hours the intervals stay wider than they need be for some weeks: they have just been missed.`,
    data: table(
      [
        { label: 'Week' },
        ...['80 %, all', '95 %, all', '80 %, charging', '95 %, charging'].map((label) => ({
          label,
          number: true,
        })),
      ],
      weeks.map((week, at) => [
        at + 1,
        tenths(week.all80),
        tenths(week.all95),
        tenths(week.charging80),
        tenths(week.charging95),
      ]),
    ),
  })
}

/** A home's name within its set. */
const shortId = (id: string): string => id.split('/').at(-1) ?? id

/** Home by home, with where the baseline won. */
export function homesOf(set: SetEvaluation, evaluation: TargetEvaluation): Markup {
  const { homes, models, target } = evaluation
  const names = models.map(({ model }) => model).filter((model) => model !== 'seasonal-naive')
  return table(
    [
      { label: 'Home' },
      { label: 'Energy', number: true, unit: 'kWh/day' },
      ...names.map((name) => ({ label: SHORT_TITLES[name], number: true, unit: 'skill' })),
      { label: 'Naive used', number: true, unit: 'of days' },
      { label: 'Best', unit: 'seen afterwards' },
      { label: '80 %', number: true },
      { label: '95 %', number: true },
    ],
    homes.map((home) => [
      home.setApart === null
        ? shortId(home.id)
        : markup`${shortId(home.id)} <small>set apart: ${home.setApart}</small>`,
      kwhPerDay(home.kwhPerDay),
      ...names.map((name) => tenths(home.skill[name])),
      tenths(home.baselineShare),
      SHORT_TITLES[home.best],
      tenths(home.coverage80),
      tenths(home.coverage95),
    ]),
    { caption: `${target === 'load' ? 'Load' : 'Solar'}, ${set.title}` },
  )
}

/** Skill with better, worse and no weather forecasts. */
export function weatherOf(set: SetEvaluation, evaluation: TargetEvaluation): Markup {
  if (evaluation.weather.length === 0) return NO_MARKUP
  return table(
    [{ label: 'Weather forecast' }, { label: 'Skill of the chosen model', number: true }],
    evaluation.weather.map(({ errorFactor, skill }) => [
      errorFactor === null
        ? 'none'
        : errorFactor === 1
          ? 'as stated'
          : `errors × ${errorFactor}, without the network`,
      withInterval(skill),
    ]),
    { caption: `Skill for ${evaluation.target} by weather forecast, ${set.title}` },
  )
}

/** What was known, and how the weather forecast was made. */
export function knownSection({ weatherError }: ForecastEvaluation): Markup {
  const { achieved } = weatherError
  return markup`<p>Each forecast is issued at the start of a day, for that day, with what is known then: the home’s measured past, the calendar, the sun, and a weather forecast. The forecast is simulated: the measured weather of the day with an error, drawn day by day from the seed. No model sees anything else of the future; a test shuffles it and finds every forecast the same.</p>
<p>The error: ${threeFigures(weatherError.temperatureK)} K of temperature; of the clear-sky index ${weatherError.clearness} at its most (half the light), ${tenths(weatherError.clearBias)} of the missing light unseen, hours and day correlated.${
    achieved === null
      ? ''
      : ` As drawn here, the forecast of global light is off by ${threeFigures(achieved.forecastWM2)} W/m² (root mean square) where persistence is off by ${threeFigures(achieved.persistenceWM2)} and the mean is ${threeFigures(achieved.meanWM2)}: worse than published day-ahead forecasts at their best, which halve persistence’s error (Perez et al. 2013).`
  }</p>
<p>A forecast has ${LEVELS.length} levels. Its intervals are stretched slot by slot by what they missed before (adaptive conformal inference), so that coverage holds whatever changes; quantiles that cross are sorted. The weights are learnt from other homes’ days before; a home’s own past gives its lags, its spread, and the choice of model. The baseline is the same slot a week (load) or a day (solar) before, with the spread of its own late errors and the same calibration: no model is compared with a straw man.</p>`
}
