import type { Markup } from '../html/markup.ts'
import { markup, named } from '../html/markup.ts'
import { homesOf } from '../kpi/sums.ts'
import { plural } from '../number-format.ts'
import { daysText, fourFigures, inputsHash, longDate, partialWarning } from '../sections/first-screen.ts'
import { losersLine, rulesTable } from '../sections/rules-table.ts'
import { verdict } from '../sections/verdict-text.ts'
import type { ViabilityContext } from './section.ts'

/** Title, answer, who wins and loses, four figures, and how to check. */
export function viabilityScreen(context: ViabilityContext): Markup {
  const { input } = context
  const { results, manifest, scenario, kpis } = input
  const { lead, sentences } = verdict(input)
  return markup`<h1>${named(scenario.question)}</h1>
<p class="meta">${named(scenario.title)} · ${plural(homesOf(results).length, 'home')}, ${daysText(results.simulatedDays)} from ${longDate(`${scenario.period.start}T00:00Z`)} · run <code>${results.runId}</code> · made ${longDate(manifest.createdAt)}</p>
${partialWarning(input)}<p class="verdict"><strong>${lead}</strong>${sentences[0]} ${sentences[1]}</p>
${rulesTable(kpis.ruleBaselines, results.simulatedDays)}
${losersLine(kpis.ruleBaselines)}
${fourFigures(context)}
${reproduction(context)}`
}

/** The command that makes this page again, and what went in. */
function reproduction({ viability, input }: ViabilityContext): Markup {
  const { manifest } = input
  return markup`<div class="made" id="reproduce"><p><strong>Make this page again:</strong></p><pre tabindex="0"><code>${viability.command}</code></pre><p>version ${viability.version} · seed of the run ${String(manifest.seed)}, of the draws ${String(viability.seed)} · inputs SHA-256 <code>${inputsHash(manifest).slice(0, 12)}</code> · <a href="#audit">data audit</a> · <a href="#made">the run</a> · <a href="#formulas">formulas</a> · <a href="#limits">limits</a></p></div>`
}
