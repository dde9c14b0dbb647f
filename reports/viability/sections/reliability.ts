import type { ReliabilityStudy } from '../../../data/viability-files.ts'
import { intervals } from '../../charts/intervals.ts'
import { isolated, type Markup, markup, named } from '../../html/markup.ts'
import { table } from '../../html/table.ts'
import { percent, plural, threeFigures, whole } from '../../number-format.ts'
import { hoursText } from '../conditions.ts'
import { ends } from '../interval-text.ts'
import type { ViabilityContext, ViabilitySection } from '../section.ts'
import { studyOf } from '../study-of.ts'
import { inputTable } from './how-sure.ts'

function hoursFigure(
  context: ViabilityContext,
  { homes, meanHours, criticalFraction }: ReliabilityStudy,
): Markup | null {
  if (meanHours === null) return null
  const [{ mostHours }] = homes
  return context.figure({
    id: 'fig-resilience',
    title: `The homes with a battery keep ${percent(criticalFraction.value)} of their load through ${ends(meanHours, hoursText)} of outage, mean over all hours at which one may begin`,
    draw: (width) =>
      intervals(
        homes.map(({ label, meanHours: mean, medianHours }) => ({
          label: isolated(label),
          className: 'battery',
          value: mean,
          low: medianHours,
          high: mean,
        })),
        {
          width,
          unit: 'hours',
          alternative: `Hours that the critical load is served: ${homes.map(({ label, meanHours: mean, medianHours }) => `${label} mean ${hoursText(mean)}, median ${hoursText(medianHours)}`).join('; ')}.`,
        },
      ),
    note: `Dot: mean, other end of the line: median, over all hours of the run as the beginning of an outage. The battery starts with what the run left in it and its reserve; solar serves and charges. No outage beyond ${hoursText(mostHours)} is looked at: the mean would be more otherwise. Interval in the title: P10 to P90 over homes.`,
    data: table(
      [
        { label: 'Home' },
        { label: 'Battery', unit: 'kWh', number: true },
        { label: 'Critical load', unit: 'kW, mean', number: true },
        { label: 'Mean', unit: 'h', number: true },
        { label: 'Median', unit: 'h', number: true },
        { label: 'Mean interruption served', unit: 'of beginnings', number: true },
      ],
      homes.map((home) => [
        named(home.label),
        threeFigures(home.batteryKwh),
        threeFigures(home.criticalKw),
        threeFigures(home.meanHours),
        threeFigures(home.medianHours),
        percent(home.usualServedShare),
      ]),
      { caption: 'Hours of critical load served' },
    ),
  })
}

function awards({ assets, awardFrom }: ReliabilityStudy): Markup {
  if (assets.length === 0)
    return markup`<p>Fewer than three solar plants: none can be judged by its neighbors, so no award for reliability is given.</p>`
  const awarded = assets.filter(({ award }) => award).length
  return markup`<p>${plural(awarded, 'plant')} of ${whole(assets.length)} ${awarded === 1 ? 'earns' : 'earn'} the award for reliable assets: in at least ${percent(awardFrom.value)} of the hours in which half of the other plants generate well, they generate too.</p>
${table(
  [
    { label: 'Plant of' },
    { label: 'Sunny hours', number: true },
    { label: 'Delivers', unit: 'share', number: true },
    { label: 'Award' },
  ],
  assets.map(({ label, hours, deliveringShare, award }) => [
    named(label),
    whole(hours),
    percent(deliveringShare),
    award ? markup`<span class="mark">★ reliable</span>` : markup`<span class="mark">none</span>`,
  ]),
  { caption: 'Awards for reliable assets', id: 'awards' },
)}`
}

export const reliability: ViabilitySection = {
  id: 'reliability',
  title: (context) => {
    const { meanHours } = studyOf(context).reliability
    return meanHours === null
      ? 'Reliability: no battery, no hour bridged'
      : `Reliability: ${ends(meanHours, hoursText)} of critical load bridged`
  },
  applies: ({ study }) => study !== null,
  render: (context) => {
    const found = studyOf(context).reliability
    const { saidiMinutes, saifiPerYear, minutesLeftPerYear } = found
    return markup`<p>Supply fails ${threeFigures(saifiPerYear.value)} times and ${threeFigures(saidiMinutes.value)} minutes a year (SAIFI and SAIDI, inputs of the scenario). ${
      minutesLeftPerYear === null
        ? 'No home here has a battery, so nobody is spared any of it.'
        : `With its battery the mean home’s critical load would still lack supply for ${threeFigures(minutesLeftPerYear)} of them, when interruptions last as long as the mean one and begin at any hour alike.`
    } That a home may run by itself takes an inverter that islands; the run’s batteries are assumed to have one.</p>
${hoursFigure(context, found)}
${awards(found)}
${inputTable([saidiMinutes, saifiPerYear, found.criticalFraction, found.awardFrom], 'What reliability rests on', 'reliability-inputs')}`
  },
}
