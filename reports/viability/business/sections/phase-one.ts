import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { keptTokens } from '../../../kpi/tokens.ts'
import { homesOf } from '../../../kpi/sums.ts'
import { plural, whole } from '../../../number-format.ts'
import { daysText } from '../../../sections/first-screen.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'
import { USE_CASES } from '../use-cases.ts'
import { evidence } from './evidence.ts'

const codes = (names: readonly string[]): Markup[] =>
  names.map((name, at) => markup`${at === 0 ? '' : ', '}<code>${name}</code>`)

const requirements = (): Markup =>
  table(
    [
      { label: 'Use case' },
      { label: 'Requirement' },
      { label: 'Operations', unit: 'of the token contract' },
      { label: 'Tests', unit: 'in ledger/' },
      { label: 'See it on a run' },
    ],
    USE_CASES.map(({ name, requirement, operations, tests, commands }) => [
      name,
      requirement,
      codes(operations),
      codes(tests.map((path) => path.replace('ledger/', ''))),
      codes(commands),
    ]),
    { caption: 'Requirements and what meets them', id: 'use-cases' },
  )

const part = (title: string, body: Markup): Markup => markup`<h3>${title}</h3>\n<p>${body}</p>\n`

function findings({ business, value, input }: ViabilityContext): Markup {
  const { models } = business
  const findingsCount = input.results.audit.length
  return markup`${keptTokens(input) ? `This run wrote ${whole(value('ledger-operations') ?? 0)} operations. ` : ''}Against independent tools ${whole(models.passed)} of ${plural(models.checks, 'check')} pass (<a href="#model-validation">validation</a>); the burn algorithm stands ${evidence(input, 'burn-trial', 'on trial')} with faults and adversaries; the ledger is tested by random operations against a naive model, by kills at every write, and on a Fabric network against forged transactions. The data audit has ${plural(findingsCount, 'finding')} (<a href="#audit">listed</a>). What is not shown stands under <a href="#limits">limits</a>.`
}

export const phaseOne: ViabilitySection = {
  id: 'phase-one',
  title: 'Phase I: what was built and found',
  render: (context) => {
    const { input, business } = context
    const { results, manifest } = input
    const { machine } = manifest
    return markup`${part('Overview', markup`A virtual power plant for a neighborhood: solar, batteries and loads act as agents, every generated kWh becomes a token that is followed to its burn, and a ledger keeps it. This report rests on ${plural(homesOf(results).length, 'home')} over ${daysText(results.simulatedDays)}.`)}
${part('Goals and value added', markup`To find out whether trading among neighbors pays, for whom, and under which rules, before anyone mounts a device; and to make a claim on stored energy that cannot outlive the energy. Value for homes, operator and utility is told in <a href="#rules">three sets of rules</a>.`)}
<h3>Requirements</h3>
${requirements()}
${part('Environment', markup`Node ${manifest.node} on ${machine.platform}, ${plural(machine.cores, 'core')}; no service and no account is needed. The same ledger contract runs in this process and on a Hyperledger Fabric network.`)}
${part('Development', markup`TypeScript, checked strictly; each model beside its test of conservation, limits and published points. ${whole(business.licences.direct.length)} packages are used directly (<a href="#ip">licences</a>).`)}
${part('Tests and findings', findings(context))}
${part('Summary', markup`The mechanism works and can be audited. Whether it pays is decided by the tariff, not by the technology: <a href="#pays">when it pays</a>.`)}
${part('Production architecture', markup`Gateway in the home → intake that checks signature, clock and range → agents that bid → market → token contract on Fabric, endorsed by utility and operator → statements, exports, audit. The intake and the gateway’s software do not exist yet.`)}
${part('Production features', markup`Enrolment with consent, device keys, late and corrected readings, disputes, monthly statements, demand-response events, export of granular certificates, erasure of personal data beside an unchangeable ledger. Of these, statements, certificates and audit exist, and demand response in simulation.`)}
${part('Next steps', markup`The <a href="#pilot-plan">pilot</a>, gate by gate.`)}`
  },
}
