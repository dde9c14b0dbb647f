import type { ForecastEvaluation, SetEvaluation, TargetEvaluation } from '../../data/forecast-evaluation.ts'
import { figure } from '../html/figure.ts'
import { type Markup, markup } from '../html/markup.ts'
import { page, type PageSection } from '../html/page.ts'
import { table } from '../html/table.ts'
import { scoreOf, tenths, withInterval } from './parts.ts'
import {
  exampleOf,
  type Figure,
  homesOf,
  knownSection,
  modelsOf,
  regimeOf,
  weatherOf,
  whenOf,
} from './sections.ts'

type Pair = readonly [SetEvaluation, TargetEvaluation]

/** The evaluation as one HTML file; the same evaluation gives the same bytes. */
export function renderForecastReport(evaluation: ForecastEvaluation): string {
  let count = 0
  const draw: Figure = (spec) => figure(++count, spec)
  const pairs: Pair[] = evaluation.sets.flatMap((set) => set.targets.map((target) => [set, target] as const))
  const section = (id: string, title: string, body: Markup | readonly Markup[]): PageSection => ({
    id,
    title,
    body: markup`${body}`,
  })
  const deep = pairs.filter(([, { weather }]) => weather.length > 0)
  const changed = pairs.filter(([, { regime }]) => regime !== null)
  const first = evaluation.sets
    .slice(0, 1)
    .flatMap((set) => set.targets.map((target) => [set, target] as const))
  return page({
    title: 'How good are day-ahead forecasts of load and solar?',
    header: header(evaluation, pairs),
    sections: [
      section('known', 'What was known', knownSection(evaluation)),
      section(
        'models',
        'Model by model',
        pairs.map(([set, target]) => modelsOf(set, target, draw)),
      ),
      section(
        'weeks',
        'What a week looks like',
        first.map(([set, target]) => exampleOf(set, target, draw)),
      ),
      section(
        'when',
        'When they are wrong, and how often',
        first.map(([set, target]) => whenOf(set, target, draw)),
      ),
      ...(changed.length === 0
        ? []
        : [
            section(
              'change',
              'After a change',
              changed.map(([set, target]) => regimeOf(set, target, draw)),
            ),
          ]),
      section(
        'homes',
        'Home by home',
        markup`<p>Skill is the part of the seasonal naive’s loss that is saved; below zero the baseline is better. Which model is used at a home is decided each day by the losses of the 56 days before, never by what comes.</p>${pairs.map(([set, target]) => homesOf(set, target))}`,
      ),
      ...(deep.length === 0
        ? []
        : [
            section(
              'weather',
              'What the weather forecast is worth',
              deep.map(([set, target]) => weatherOf(set, target)),
            ),
          ]),
      section('limits', 'Limits', LIMITS),
    ],
    data: { 'forecast-evaluation': evaluation },
  })
}

const LIMITS = markup`<ul>
<li>One year at one place for the measured homes; homes tested and trained on share it, though no day is learnt from before it is over.</li>
<li>The weather forecast is simulated. Its clear-sky index comes from the other homes’ plants, a stone’s throw away: a real forecast is of a grid cell, and its error has been made larger to stand for that.</li>
<li>A plant that is out of order on most days is set apart; single dead days count, and no model foresees them. Days without any output, and loads that are near zero for a quarter of the day (net metering reconstructed wrongly), are not trained on; they do count in the scores.</li>
<li>Intervals hold for each hour by itself, not for a whole day at once.</li>
</ul>`

/** The answer in a few words, no stronger than its intervals. */
function leadOf(pairs: readonly Pair[]): string {
  const skills = pairs.map(([, target]) => scoreOf(target, 'chosen').skill)
  if (skills.every(({ low }) => low > 0)) return 'Better than repeating the past.'
  if (skills.some(({ low }) => low > 0))
    return 'Better than repeating the past for one, not surely for the other.'
  return 'Not surely better than repeating the past.'
}

/** Answer, what it rests on, and how to make it again. */
function header(evaluation: ForecastEvaluation, pairs: readonly Pair[]): Markup {
  const measured = pairs.filter(([set]) => set === evaluation.sets[0])
  const sentences = measured.map(
    ([, target]) =>
      `${target.target === 'load' ? 'Load' : 'Solar'}: ${withInterval(scoreOf(target, 'chosen').skill)} lower pinball loss than the seasonal naive.`,
  )
  const summary = table(
    [
      { label: 'Of' },
      { label: 'Homes', number: true },
      { label: 'Skill, chosen model', number: true },
      { label: '80 % holds', number: true },
      { label: '95 % holds', number: true },
      { label: 'Baseline chosen', number: true, unit: 'of days' },
    ],
    pairs.map(([set, target]) => {
      const chosen = scoreOf(target, 'chosen')
      const counted = target.homes.filter(({ setApart }) => setApart === null)
      const shown = counted.length > 0 ? counted : target.homes
      return [
        `${target.target === 'load' ? 'Load' : 'Solar'}, ${set.title}${set.ownPast ? ' (learnt from its own past)' : ''}`,
        shown.length,
        withInterval(chosen.skill),
        tenths(chosen.coverage80.value),
        tenths(chosen.coverage95.value),
        tenths(shown.reduce((sum, { baselineShare }) => sum + baselineShare, 0) / shown.length),
      ]
    }),
  )
  return markup`<h1>How good are day-ahead forecasts of load and solar?</h1>
<p class="meta">Rolling origin, at homes that no weights were learnt from (but where said)${evaluation.sets.map(({ title }, at) => `${at === 0 ? ': ' : '; '}${title}`)}</p>
<p class="verdict"><strong>${leadOf(measured)}</strong> ${sentences.join(' ')}</p>
${summary}
<p class="made">Made by <code>${evaluation.command}</code>, version ${evaluation.version}${evaluation.engine === null ? '' : `; network trained by ${evaluation.engine}`}. The same command gives the same figures on the same machine; the network’s last digits may differ on another.</p>`
}
