import { gantt } from '../../../charts/gantt.ts'
import { markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { whole } from '../../../number-format.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'

/** Name of a gate in pictures: A, B, … */
const gateName = (at: number): string => String.fromCodePoint(65 + at)

/** What must hold at each gate, as risks of the register. */
const GATE_RISKS: Readonly<Record<string, readonly string[]>> = {
  route: ['utility', 'counsel'],
  field: ['budget'],
  books: ['token-residual', 'ledger-money-residual', 'over-burned'],
  result: ['gain-on-today', 'losers-on-today', 'low-income', 'rim-net', 'break-even'],
}

function gateTable({ business }: ViabilityContext) {
  const { gates } = business.pilot.schedule
  return table(
    [
      { label: 'Gate' },
      { label: 'End of month', number: true },
      { label: 'Decided' },
      { label: 'Goes on only if', unit: 'risk register' },
    ],
    gates.map(({ id, month, label }, at) => [
      gateName(at),
      whole(month),
      label,
      business.risks
        .filter((risk) => GATE_RISKS[id].includes(risk.id))
        .map(
          (risk, index) => markup`${index === 0 ? '' : '; '}<a href="#risk-${risk.id}">${risk.measure}</a>`,
        ),
    ]),
    { caption: 'Go or no-go', id: 'gates' },
  )
}

export const pilotPlan: ViabilitySection = {
  id: 'pilot-plan',
  title: 'Pilot plan',
  render: (context) => {
    const { business, input } = context
    const { pilot } = input.scenario
    const { tasks, gates } = business.pilot.schedule
    return markup`<p>${whole(pilot.homes)} homes in ${whole(pilot.months)} months. The plan is the scenario’s; nobody has been asked yet beyond the letters that are <a href="#letters">attached</a>. Until gate ${gateName(2)} no money moves: homes are billed as before, and see beside it what they would have paid.</p>
${context.figure({
  id: 'fig-pilot-plan',
  title: `The pilot goes on at ${gates.length === 1 ? 'one gate' : 'each of its gates'} only if a measured figure allows it`,
  draw: (width) =>
    gantt(
      tasks,
      gates.map(({ month }, at) => ({ name: gateName(at), month })),
      { width, months: pilot.months, alternative: 'Work of the pilot over its months, with its gates.' },
    ),
  note: 'Bars: work, from its first to its last month. Diamonds: gates, at the end of their month.',
  data: table(
    [{ label: 'Work' }, { label: 'First month', number: true }, { label: 'Last month', number: true }],
    tasks.map(({ label, from, to }) => [label, whole(from), whole(to)]),
    { caption: 'Work of the pilot' },
  ),
})}
${gateTable(context)}`
  },
}
