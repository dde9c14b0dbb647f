import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { keptTokens } from '../../../kpi/tokens.ts'
import { homesOf } from '../../../kpi/sums.ts'
import { plural, signedUsd, threeFigures, usd, whole } from '../../../number-format.ts'
import { verdict } from '../../../sections/verdict-text.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'
import { evidence as evidenceLink } from './evidence.ts'

const CRITERIA = ['Technical risk and innovation', 'Broader impacts', 'Commercial potential'] as const

interface Claim {
  readonly criterion: (typeof CRITERIA)[number]
  readonly claim: string
  readonly found: Markup | string
  /** Anchors in this report, with their names. */
  readonly evidence: readonly (readonly [string, string])[]
}

function technical({ business, value, input }: ViabilityContext): Claim[] {
  const storage = input.results.communities.some(({ batteries }) => (batteries ?? []).length > 0)
  const kept = keptTokens(input)
  const { models, burnTrial } = business
  return [
    {
      criterion: CRITERIA[0],
      claim: 'A token for stored energy never outlives the energy, without being burned too early',
      found: `On trial: ${someOf(burnTrial.overBurned)} of ${plural(burnTrial.batteries, 'simulated battery', 'simulated batteries')} over-burned, and ${someOf(burnTrial.faultOverBurned)} of ${whole(burnTrial.faultBatteries)} with a fault. ${kept ? (storage ? `In this run: ${whole(value('over-burned') ?? 0)}.` : 'This run has no storage.') : 'In this run tokens were off.'} Not yet on a real battery.`,
      evidence: [
        ['burn-trial', 'trial'],
        ['tokens', 'tokens'],
      ],
    },
    {
      criterion: CRITERIA[0],
      claim: 'Energy, tokens and money balance to the last unit, and anyone can check it',
      found: kept
        ? `${whole(value('ledger-operations') ?? 0)} operations leave ${threeFigures(value('token-residual') ?? 0)} kWh and ${usd(value('ledger-money-residual') ?? 0)} over; the auditor shares no code with the ledger.`
        : 'Not shown by this run: tokens were off.',
      evidence: [
        ['ledger', 'ledger'],
        ['made', 'how to reproduce'],
      ],
    },
    {
      criterion: CRITERIA[0],
      claim: 'The models agree with independent tools',
      found: `${whole(models.passed)} of ${plural(models.checks, 'check')} against ${plural(models.references, 'reference')} pass.`,
      evidence: [['model-validation', 'validation']],
    },
  ]
}

function broader({ business, value, input }: ViabilityContext): Claim[] {
  const { consumers } = business.lowIncome
  const homes = homesOf(input.results).length
  return [
    {
      criterion: CRITERIA[1],
      claim: 'Who gains and who loses is shown, by name',
      found: `Against today’s rules ${whole(value('losers-on-today') ?? 0)} of ${plural(homes, 'home')} lose; transfers sum to ${usd(value('transfers-residual') ?? 0)}.`,
      evidence: [
        ['rules', 'three sets of rules'],
        ['money', 'who pays'],
      ],
    },
    {
      criterion: CRITERIA[1],
      claim: 'Low-income homes can take part without a roof',
      found:
        consumers === null
          ? 'This run has no low-income consumer: not shown here.'
          : `Each of ${whole(consumers.members)} has ${signedUsd(consumers.usdPerMonth[0].usd)} a month on average against today’s rules.`,
      evidence: [
        ['low-income', 'low-income trading'],
        ['fairness', 'fairness'],
      ],
    },
  ]
}

function commercial(context: ViabilityContext): Claim[] {
  const { business, input } = context
  const { budget, production } = business.pilot
  const { utility } = business
  return [
    {
      criterion: CRITERIA[2],
      claim: 'Trading pays homes',
      found: `${verdict(input).lead}.`,
      evidence: [['pays', 'when it pays']],
    },
    {
      criterion: CRITERIA[2],
      claim: 'The grant pays for the pilot',
      found:
        budget.leftUsd >= 0
          ? `Yes: ${usd(budget.totalUsd)}, ${usd(budget.usdPerHome)} a home.`
          : markup`<span class="lose">▼ No: ${usd(-budget.leftUsd)} are missing.</span>`,
      evidence: [
        ['pilot-budget', 'budget'],
        ['pilot-plan', 'plan'],
      ],
    },
    {
      criterion: CRITERIA[2],
      claim: 'A company can live on it',
      found:
        production.breakEvenHomes === null
          ? markup`<span class="lose">▼ Not at these prices.</span>`
          : `From ${plural(production.breakEvenHomes, 'home')} on, at untested prices; the plan reaches ${whole(input.scenario.pilot.production.homes)}.`,
      evidence: [
        ['pilot-economics', 'economics'],
        ['competition', 'competition'],
      ],
    },
    {
      criterion: CRITERIA[2],
      claim: 'A utility has a reason to pay',
      found: `The meter service by itself: ${signedUsd(utility.serviceWithoutMetersUsd)} a home and year in place of a smart meter; with what homes do behind it: ${signedUsd(utility.netWithoutMetersUsd)}.`,
      evidence: [['utility-case', 'utility']],
    },
  ]
}

export const claims: ViabilitySection = {
  id: 'claims',
  title: 'Claims, criteria and evidence',
  render: (context) => {
    const all = [...technical(context), ...broader(context), ...commercial(context)]
    return markup`<p>Each claim under the NSF criterion that it serves, with what was found and where to check it. A claim that the evidence does not carry is left standing with that said.</p>
${table(
  [{ label: 'Criterion' }, { label: 'Claim' }, { label: 'Found' }, { label: 'Evidence' }],
  all.map(({ criterion, claim, found, evidence }, at) => [
    criterion === all[at - 1]?.criterion ? '' : criterion,
    claim,
    found,
    evidence.map(
      ([id, label], index) => markup`${index === 0 ? '' : ', '}${evidenceLink(context.input, id, label)}`,
    ),
  ]),
  { caption: 'Claims', id: 'claims-table' },
)}`
  },
}

const someOf = (count: number): string => (count === 0 ? 'none' : whole(count))
