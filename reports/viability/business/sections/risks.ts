import { type Markup, markup } from '../../../html/markup.ts'
import { percent, plural, threeFigures, usd, whole } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'
import type { Risk } from '../risks.ts'

const MARKS: Readonly<Record<Risk['state'], Markup>> = {
  go: markup`<span class="mark">● go</span>`,
  'no-go': markup`<span class="lose mark">▼ no-go</span>`,
  open: markup`<span class="mark">○ open</span>`,
}

/** A figure of the register in its unit. */
function shown(value: number, unit: string): string {
  if (unit === 'fraction') return percent(value)
  if (unit.startsWith('USD')) return `${usd(value)}${unit.slice(3).replace('/', ' a ')}`
  return `${threeFigures(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`
}

const rows = (risks: readonly Risk[]): Markup[] =>
  risks.map(
    ({ id, kind, risk, measure, kpi, value, unit, must, threshold, from, state, answer }) =>
      markup`<tr id="risk-${id}"><th scope="row">${MARKS[state]}</th><td>${risk} <small>${kind}. ${answer}</small></td><td>${measure}${
        kpi === null ? '' : markup` <small><code>${kpi}</code></small>`
      }</td><td class="n">${value === null ? 'none' : shown(value, unit)}</td><td>${must} ${shown(threshold, unit)} <small>${from}</small></td></tr>`,
  )

export const risksSection: ViabilitySection = {
  id: 'risks',
  title: 'Risks and go or no-go',
  render: ({ business }) => {
    const { risks } = business
    const of = (state: Risk['state']) => risks.filter((risk) => risk.state === state).length
    const stops = of('no-go')
    return markup`<p><strong>${stops === 0 ? 'Go.' : `No-go on ${plural(stops, 'count')}.`}</strong> ${whole(of('go'))} of ${plural(risks.length, 'risk')} keep to their threshold in this run, ${whole(stops)} do not, ${whole(of('open'))} are open. The same figures, measured at real homes, decide at the pilot’s <a href="#gates">gates</a>.</p>
<div class="scroll" role="region" tabindex="0" aria-label="Risk register" id="risk-register"><table><caption>Risk register</caption><thead><tr><th scope="col">State</th><th scope="col">Risk<small>kind, and what is done about it</small></th><th scope="col">Measured by</th><th scope="col" class="n">This run</th><th scope="col">Must be<small>threshold from</small></th></tr></thead><tbody>${rows(risks)}</tbody></table></div>`
  },
}
