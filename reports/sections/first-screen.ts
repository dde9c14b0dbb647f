import { hash } from 'node:crypto'
import type { Manifest } from '../../data/run-files.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import type { KpiEntry } from '../kpi/compute.ts'
import { homesOf, totalOf } from '../kpi/sums.ts'
import { keptTokens } from '../kpi/tokens.ts'
import { percent, plural, signedPercent, threeFigures, usd, whole } from '../number-format.ts'
import type { ReportInput } from '../report-input.ts'
import type { ScenarioView } from '../scenario-view.ts'
import { losersLine, rulesTable } from './rules-table.ts'
import type { SectionContext } from './section.ts'
import { verdict } from './verdict-text.ts'

/** One hash for all inputs: SHA-256 over their names and hashes. */
export const inputsHash = ({ inputs }: Manifest): string =>
  hash('sha256', inputs.map(({ name, sha256 }) => `${name} ${sha256}\n`).join(''), 'hex')

export const longDate = (iso: string): string =>
  new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })

export const daysText = (days: number): string => `${threeFigures(days)} ${days === 1 ? 'day' : 'days'}`

/** What a partial run says about itself, in words. */
export function partialWarning({ results, scenario }: ReportInput): Markup | null {
  if (results.complete) return null
  return markup`<p class="partial" role="note">PARTIAL RUN: stopped after ${daysText(results.simulatedDays)} of ${daysText(scenario.period.days * scenario.period.years)}. Nothing below is the scenario’s result.</p>`
}

/** What a run that is a what-if supposes: its scenario’s own values times these. */
export function whatIfNote({ whatIf }: ScenarioView): Markup | null {
  const times = (factor: number, what: string) => (factor === 1 ? [] : [`${what} × ${threeFigures(factor)}`])
  const told = (usdPerKwh: number | undefined, what: string) =>
    usdPerKwh === undefined ? [] : [`${what} ${threeFigures(usdPerKwh * 100)}\u00a0¢`]
  const parts = [
    ...times(whatIf.loadFactor, 'loads'),
    ...times(whatIf.solarFactor, 'solar'),
    ...times(whatIf.retailFactor, 'the utility’s prices'),
    ...times(whatIf.exportFactor, 'export and wholesale prices'),
    ...told(whatIf.exportUsdPerKwh, 'every exported kWh earns'),
    ...told(whatIf.peerDeliveryUsdPerKwh, 'delivery on a neighbor’s kWh'),
    ...(whatIf.tradingFraction === 1 ? [] : [`${percent(whatIf.tradingFraction)} of homes trade`]),
  ]
  return parts.length === 0
    ? null
    : markup`<p class="meta"><strong>What if:</strong> ${parts.join('; ')}.</p>`
}

/** Title, answer, who wins and loses, four figures, and how to check. */
export function firstScreen(context: SectionContext): Markup {
  const { input } = context
  const { results, manifest, scenario, kpis } = input
  const { lead, sentences } = verdict(input)
  const homes = homesOf(results).length
  const communities = results.communities.length
  return markup`<h1>${named(scenario.question)}</h1>
<p class="meta">${named(scenario.title)} · ${plural(homes, 'home')}${communities === 1 ? '' : ` in ${communities} communities`}, ${daysText(results.simulatedDays)} from ${longDate(`${scenario.period.start}T00:00Z`)}, ${scenario.settlementMinutes}-minute settlement${keptTokens(input) ? '' : ', tokens off'} · run <code>${results.runId}</code> · made ${longDate(manifest.createdAt)}</p>
${partialWarning(input)}${whatIfNote(scenario)}<p class="verdict"><strong>${lead}</strong>${sentences[0]} ${sentences[1]}</p>
${rulesTable(kpis.ruleBaselines, results.simulatedDays)}
${losersLine(kpis.ruleBaselines)}
${fourFigures(context)}
${howMade(input)}`
}

export const figureItem = (label: string, value: string, note: string): Markup =>
  markup`<div><dt>${label}</dt><dd><strong>${value}</strong>${note}</dd></div>`

function homesSpread({ spreadOverHomes: spread }: KpiEntry, format: (value: number) => string): string {
  return spread === undefined || spread.count < 3
    ? ''
    : `; homes: P10 ${format(spread.p10)}, P90 ${format(spread.p90)}`
}

export function fourFigures({ kpi, value, input }: SectionContext): Markup {
  const { results } = input
  const sufficiency = kpi('self-sufficiency')
  const traded = kpi('traded')
  const load = value('load') ?? 0
  const peak = value('peak-import-change')
  const kw = (name: 'plant' | 'solar-only') =>
    threeFigures(totalOf(results, ({ peakImportW }) => peakImportW[name]) / 1000)
  const cost = kpi('battery-cost')
  const payback = kpi('battery-payback')
  const owners = cost.spreadOverHomes?.count ?? 0
  return markup`<dl class="figures">${figureItem(
    'Self-sufficiency',
    sufficiency.value === null ? 'none' : percent(sufficiency.value),
    `of the load, community, AC side${homesSpread(sufficiency, percent)}`,
  )}${figureItem(
    'Traded among neighbors',
    `${threeFigures(traded.value ?? 0)} kWh`,
    (traded.value ?? 0) === 0
      ? 'nothing was traded'
      : `${load > 0 ? `${percent((traded.value ?? 0) / load)} of the load` : ''}${homesSpread(traded, threeFigures)} bought + sold`,
  )}${figureItem(
    'Peak import, against solar only',
    peak === null ? 'none' : signedPercent(peak),
    `${kw('solar-only')} → ${kw('plant')} kW; one number for the run, so no interval`,
  )}${figureItem(
    'Batteries, cost for each home',
    cost.value === null ? 'none' : usd(cost.value / Math.max(1, homesOf(results).length)),
    cost.value === null
      ? 'no battery in this scenario'
      : `over all homes; ${usd(cost.value / owners)} where there is one; ${
          payback.value === null
            ? value('battery-saving') === null
              ? `payback not verifiable from ${daysText(results.simulatedDays)}`
              : 'never pays back'
            : `pays back in ${threeFigures(payback.value)} years${payback.spreadOverHomes === undefined || payback.spreadOverHomes.count < 3 ? '' : ` (P10 ${threeFigures(payback.spreadOverHomes.p10)}, P90 ${threeFigures(payback.spreadOverHomes.p90)})`}`
        }`,
  )}</dl>`
}

function howMade({ results, manifest }: ReportInput): Markup {
  const findings = results.audit.length
  return markup`<p class="made" id="made-short"><strong>Check it:</strong> <code>${manifest.command}</code> · version ${manifest.version} · seed ${whole(manifest.seed).replaceAll(',', '')} · inputs SHA-256 <code>${inputsHash(manifest).slice(0, 12)}</code> · <a href="#audit">data audit: ${findings === 0 ? 'no findings' : plural(findings, 'finding')}</a> · <a href="#made">reproduce</a> · <a href="#formulas">formulas</a> · <a href="#limits">limits</a></p>`
}
