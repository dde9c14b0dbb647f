import { GROUP_LABELS, heldOutText } from '../../data/burn-study.ts'
import { methodsFigure, shown } from '../burn-study.ts'
import { type BurnEvidence, burnEvidence } from '../evidence/burn-study.ts'
import { type Markup, markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { keptTokens } from '../kpi/tokens.ts'
import { NOTHING, plural, whole } from '../number-format.ts'
import type { Section } from './section.ts'

/** A row a figure that has a target, a column a group. */
function targets({ groups }: BurnEvidence): Markup {
  const rows = groups[0].figures.filter(({ target }) => target !== '').map(({ id }) => id)
  const of = (group: BurnEvidence['groups'][number], id: string) => group.figures.find((one) => one.id === id)
  const cell = (group: BurnEvidence['groups'][number], id: string): Markup | string => {
    const one = of(group, id)
    if (one === undefined || one.value === null) return NOTHING
    const text = shown(one.value, one.unit)
    return one.reached === false ? markup`<span class="lose mark">▲ ${text}, for ${one.target}</span>` : text
  }
  return table(
    [
      { label: 'Figure' },
      ...groups.map(({ group }) => ({ label: group, unit: GROUP_LABELS[group] ?? '', number: true })),
      { label: 'Target' },
    ],
    rows.map((id) => [
      (of(groups[0], id)?.label ?? id).replace(/, of \d+ batteries$/, ''),
      ...groups.map((group) => cell(group, id)),
      [...new Set(groups.map((group) => of(group, id)?.target ?? ''))].join('; '),
    ]),
    {
      caption: `Typical telemetry, one and ten years: ${groups.map(({ group, batteries }) => `${group} ${whole(batteries)} batteries`).join(', ')}`,
      id: 'burn-targets',
    },
  )
}

/** Faults in which a battery lost more tokens than energy, in a sentence. */
function faults({ faults: all }: BurnEvidence): string {
  const batteries = all.reduce((sum, one) => sum + one.batteries, 0)
  const over = all.filter(({ overBurned }) => overBurned > 0)
  if (over.length === 0)
    return `Under faults and adversaries (${whole(batteries)} batteries) none lost more tokens than energy.`
  const count = over.reduce((sum, { overBurned }) => sum + overBurned, 0)
  const where = [...new Set(over.map(({ fault }) => fault))].join(', ')
  return `Under faults and adversaries ${whole(count)} of ${whole(batteries)} batteries lost more tokens than energy (${where}).`
}

/** The study that ships with this version: many batteries, one algorithm, and what it is compared with. */
export const burnTrial: Section = {
  id: 'burn-trial',
  title: 'The burn algorithm on trial',
  applies: keptTokens,
  render: ({ figure }) => {
    const study = burnEvidence()
    const hardest = study.groups[0]
    return markup`<p>This is not of this run: it is the study that ships with this version, ${plural(study.batteries, 'simulated battery', 'simulated batteries')} and ${whole(study.batteryYears)} battery-years on the measured homes, whose truth is another model than the algorithm’s. ${heldOutText(study)} Made by <code>vpp burn study</code>; <code>bench/burn-study.md</code> tells the rest.</p>
${targets(study)}
<p>${faults(study)}</p>
${figure(methodsFigure(hardest))}`
  },
}
