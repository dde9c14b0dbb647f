import type { ForecastQuality } from '../../data/forecast-quality.ts'
import type { RunResults } from '../../data/run-files.ts'
import { intervals } from '../charts/intervals.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { homesOf } from '../kpi/sums.ts'
import { threeFigures } from '../number-format.ts'
import type { Section } from './section.ts'

const LABELS: Readonly<Record<string, string>> = {
  'seasonal-naive': 'seasonal naive',
  'smart-persistence': 'smart persistence',
  automatic: 'automatic',
}

const forecastsOf = ({ communities }: RunResults): ForecastQuality[] =>
  communities.flatMap(({ forecasts = [] }) => forecasts)

const percent = (part: number): string => `${(100 * part).toFixed(1).replace('-', '−')}\u00a0%`

function qualityTable(rows: readonly ForecastQuality[], labels: ReadonlyMap<string, string>): Markup {
  return table(
    [
      { label: 'Home' },
      { label: 'Of' },
      { label: 'Forecast' },
      { label: 'Days', number: true },
      { label: 'nMAE', number: true, unit: 'of mean energy' },
      { label: 'Pinball loss', number: true, unit: 'of mean energy' },
      { label: 'Skill', number: true, unit: 'against seasonal naive' },
      { label: '80 % holds', number: true },
      { label: '95 % holds', number: true },
      { label: 'Naive used', number: true, unit: 'of days' },
    ],
    rows.map((row) => [
      named(labels.get(row.homeId) ?? row.homeId),
      row.target,
      LABELS[row.forecast] ?? row.forecast,
      row.days,
      percent(row.nMae),
      percent(row.pinball),
      percent(row.skill),
      percent(row.coverage80),
      percent(row.coverage95),
      percent(row.baselineShare),
    ]),
    { caption: 'Forecasts that planners went by' },
  )
}

/** How good the forecasts were that the run's planners went by; only where they went by any that learn. */
export const forecasts: Section = {
  id: 'forecasts',
  title: 'How good the forecasts were',
  applies: ({ results }) => forecastsOf(results).length > 0,
  render: ({ input: { results }, figure }) => {
    const rows = forecastsOf(results)
    const labels = new Map(homesOf(results).map(({ id, label }) => [id, label]))
    const [{ slotMinutes }] = rows
    const mean = rows.reduce((sum, { skill }) => sum + skill, 0) / rows.length
    const drawn = rows.slice(0, 40)
    return markup`<p>Batteries planned on forecasts that are issued at the start of each day from the days before of this community’s homes, the calendar, and a weather forecast: the measured weather with the error of a day-ahead forecast, drawn from the seed. They are made in slots of ${slotMinutes} minutes, ${slotMinutes * 60 === results.stepSeconds ? 'which are the run’s own' : `shared evenly over the run’s intervals of ${results.stepSeconds / 60} minutes (derived: nothing is known of the shape within a slot)`}. Weights are learnt in the run, every two weeks, from what is over. What a home could steer (heat pump, vehicle) is not part of its forecast.</p>
${figure({
  id: 'forecast-skill',
  title: `The forecasts lose ${percent(Math.abs(mean))} ${mean >= 0 ? 'less' : 'more'} than repeating the week or day before, in the mean`,
  draw: (width) =>
    intervals(
      drawn.map(({ homeId, target, skill }) => ({
        label: `${homeId}, ${target}`,
        className: target,
        value: 100 * skill,
        low: Number.NaN,
        high: Number.NaN,
      })),
      { width, alternative: 'Skill of the forecasts by home', unit: 'loss below the seasonal naive’s, %' },
    ),
  note: `${drawn.length < rows.length ? `The first ${drawn.length} of ${rows.length}. ` : ''}Pinball loss over eleven levels, against the same slot a week (load) or a day (solar) before with the spread of its own late errors; after ${threeFigures(results.simulatedDays - Math.max(...rows.map(({ days }) => days)))} days of learning.`,
  data: qualityTable(rows, labels),
})}`
  },
}
