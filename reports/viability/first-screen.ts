import { type Markup, markup, named } from '../html/markup.ts'
import { homesOf } from '../kpi/sums.ts'
import { percent, plural, signedPercent, threeFigures, usd } from '../number-format.ts'
import {
  daysText,
  figureItem,
  fourFigures,
  inputsHash,
  longDate,
  partialWarning,
  whatIfNote,
} from '../sections/first-screen.ts'
import { losersLine, rulesTable } from '../sections/rules-table.ts'
import type { ViabilityStudy } from '../../data/viability-files.ts'
import { shareText } from './conditions.ts'
import { ends } from './interval-text.ts'
import { roleIntervalTable, usualLosers } from './role-table.ts'
import type { ViabilityContext } from './section.ts'
import { viabilityVerdict } from './verdict.ts'

/** Title, answer, who wins and loses, four figures, and how to check. */
export function viabilityScreen(context: ViabilityContext): Markup {
  const { input, study } = context
  const { results, manifest, scenario, kpis } = input
  const { lead, sentences } = viabilityVerdict(input, study)
  return markup`<h1>${named(scenario.question)}</h1>
<p class="meta">${plural(homesOf(results).length, 'home')}, ${daysText(results.simulatedDays)} from ${longDate(`${scenario.period.start}T00:00Z`)} · run <code>${results.runId}</code> · made ${longDate(manifest.createdAt)}</p>
${partialWarning(input)}${whatIfNote(scenario)}<p class="verdict short"><strong>${lead}</strong>${sentences[0]} ${sentences[1]}</p>
${study === null ? rulesTable(kpis.ruleBaselines, results.simulatedDays) : roleIntervalTable(study)}
${study === null ? losersLine(kpis.ruleBaselines) : usualLosers(study.rules)}
${study === null ? fourFigures(context) : intervalFigures(context, study)}
${reproduction(context)}`
}

function intervalFigures({ business }: ViabilityContext, { figures }: ViabilityStudy): Markup {
  const { selfSufficiency, tradedKwhPerYear: traded, peakChange: peak, tradesShare } = figures
  const pilot = business.pilotUsdPerHome
  const kwh = (value: number) => `${threeFigures(value)} kWh`
  return markup`<dl class="figures">${figureItem(
    'Self-sufficiency',
    percent(selfSufficiency.p50),
    `${ends(selfSufficiency, percent)}; of the load, AC side`,
  )}${figureItem(
    'Traded in a year',
    kwh(traded.p50),
    `${ends(traded, kwh)}; ${shareText(tradesShare)}`,
  )}${figureItem(
    'Peak, against solar only',
    peak === null ? 'none' : signedPercent(peak.p50),
    peak === null ? 'solar only imports nothing' : `${ends(peak, signedPercent)}; mean of an hour`,
  )}${figureItem(
    'Pilot, cost for each home',
    pilot === null ? 'unknown' : usd(pilot),
    pilot === null ? 'not verifiable yet: no budget' : 'from the budget, all costs over homes',
  )}</dl>`
}

/** The command that makes this page again, and what went in. */
function reproduction({ viability, input }: ViabilityContext): Markup {
  const { manifest, results } = input
  const findings = results.audit.length
  return markup`<p class="made" id="reproduce"><strong>Make this page again:</strong> <code>${viability.command}</code> · version ${viability.version} · seed of the run ${String(manifest.seed)}, of the ${plural(viability.draws, 'draw')} ${String(viability.seed)} · inputs SHA-256 <code>${inputsHash(manifest).slice(0, 12)}</code> · <a href="#audit">data audit: ${findings === 0 ? 'no findings' : plural(findings, 'finding')}</a> · <a href="#hashes">hashes</a> · <a href="#formulas">formulas</a> · <a href="#limits">limits</a></p>`
}
