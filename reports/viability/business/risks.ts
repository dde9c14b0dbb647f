import type { ViabilityStudy } from '../../../data/viability-files.ts'
import type { KpiId } from '../../kpi/registry.ts'
import { homesOf } from '../../kpi/sums.ts'
import type { ReportInput } from '../../report-input.ts'
import type { LetterState } from './letters.ts'
import type { PilotPart } from './pilot.ts'

export type RiskKind = 'technical' | 'market' | 'rules' | 'money' | 'people'

/** A risk with the figure that decides it. */
export interface Risk {
  readonly id: string
  readonly kind: RiskKind
  readonly risk: string
  /** What is measured: a key figure of the run (its id) or a figure of this report. */
  readonly measure: string
  readonly kpi: KpiId | null
  readonly unit: string
  readonly value: number | null
  readonly must: 'at least' | 'at most'
  readonly threshold: number
  /** Where the threshold is from. */
  readonly from: string
  /** `open`: not measured yet. */
  readonly state: 'go' | 'no-go' | 'open'
  /** What is done about it, and what happens on a no-go. */
  readonly answer: string
}

type Rule = Omit<Risk, 'state' | 'value'> & { readonly value: number | null }

/** Energy and money are whole numbers inside: what is left over shows nowhere below this. */
const ROUNDING = 1e-6

const state = ({ value, must, threshold }: Rule): Risk['state'] => {
  if (value === null) return 'open'
  const keeps = must === 'at least' ? value >= threshold - ROUNDING : value <= threshold + ROUNDING
  return keeps ? 'go' : 'no-go'
}

/** Every risk of the pilot, judged by this run. */
export function riskRegister(
  report: ReportInput,
  study: ViabilityStudy | null,
  pilot: PilotPart,
  letters: readonly LetterState[],
): Risk[] {
  const { scenario, results } = report
  const homes = homesOf(results).length
  const plan = scenario.pilot
  const value = (id: KpiId) => report.kpis.kpis.find((entry) => entry.id === id)?.value ?? null
  const [today] = report.kpis.ruleBaselines
  const consumers = today.roles.find(({ id }) => id === 'consumer')
  const batteries = results.communities.some((community) => (community.batteries ?? []).length > 0)
  const kpi = (
    id: KpiId,
    rule: Pick<Rule, 'kind' | 'risk' | 'measure' | 'unit' | 'must' | 'threshold' | 'from' | 'answer'>,
    scale = 1,
  ): Rule => {
    const found = value(id)
    return { id, kpi: id, value: found === null ? null : found * scale, ...rule }
  }
  const own = (id: string, rule: Omit<Rule, 'id' | 'kpi'>): Rule => ({ id, kpi: null, ...rule })
  /** Null while there is none: nobody has said no. */
  const attached = (role: string) =>
    letters.filter((letter) => letter.role === role && letter.state === 'attached').length || null
  const rules: Rule[] = [
    kpi('gain-on-today', {
      kind: 'market',
      risk: 'Homes gain less than they would pay for it',
      measure: 'Mean gain of a home against today’s rules',
      unit: 'USD/month',
      must: 'at least',
      threshold: plan.priceUsdPerHomeMonth,
      from: 'price for a home, pilot.priceUsdPerHomeMonth',
      answer: 'Sell storage and demand response, not trading; stop the trading part.',
    }),
    kpi(
      'losers-on-today',
      {
        kind: 'market',
        risk: 'Too many homes lose',
        measure: 'Homes worse off than under today’s rules',
        unit: 'fraction',
        must: 'at most',
        threshold: plan.loserShareMost,
        from: 'pilot.loserShareMost',
        answer: 'Leave every home the better of two bills; the pilot pays the difference.',
      },
      1 / homes,
    ),
    ...(consumers === undefined
      ? []
      : [
          own('low-income', {
            kind: 'market',
            risk: 'Low-income homes pay more',
            measure: 'Mean gain of a low-income consumer against today’s rules',
            unit: 'USD/month',
            value: consumers.meanUsdPerMonth,
            must: 'at least',
            threshold: 0,
            from: 'nobody of them may lose on average',
            answer: 'Credits are assigned to them instead of energy sold.',
          }),
        ]),
    kpi('rim-net', {
      kind: 'rules',
      risk: 'Other ratepayers pay for it',
      measure: 'Ratepayer test, net benefit',
      unit: 'USD/year',
      must: 'at least',
      threshold: 0,
      from: 'California Standard Practice Manual (2001)',
      answer: 'A network charge on traded energy, or no trading without a tariff that regulators set.',
    }),
    kpi('trc-net', {
      kind: 'market',
      risk: 'It costs society more than it brings',
      measure: 'Total-resource test, net benefit',
      unit: 'USD/year',
      must: 'at least',
      threshold: 0,
      from: 'California Standard Practice Manual (2001)',
      answer: 'Use batteries that homes have already; buy none for trading.',
    }),
    kpi('peak-import-change', {
      kind: 'technical',
      risk: 'The neighborhood’s peak grows',
      measure: 'Peak import against solar only',
      unit: 'fraction',
      must: 'at most',
      threshold: 0,
      from: 'the same homes with solar only',
      answer: 'Dispatch against the peak; cut export by the stated rule.',
    }),
    ...(batteries
      ? [
          kpi('over-burned', {
            kind: 'technical',
            risk: 'An owner loses tokens that energy still backs',
            measure: 'Batteries ever over-burned',
            unit: 'batteries',
            must: 'at most',
            threshold: 0,
            from: 'burn study, target',
            answer: 'Burn in arrears only, until the cause is found.',
          }),
          kpi('unclaimed-share', {
            kind: 'technical',
            risk: 'Batteries give energy that no token claims',
            measure: 'Discharge that no token claims',
            unit: 'fraction',
            must: 'at most',
            threshold: plan.loserShareMost,
            from: 'pilot.loserShareMost',
            answer: 'Mint shadow lots at verified anchors; check the meters.',
          }),
        ]
      : []),
    kpi('token-residual', {
      kind: 'technical',
      risk: 'Tokens and energy do not balance',
      measure: 'Tokens left over',
      unit: 'kWh',
      must: 'at most',
      threshold: 0,
      from: 'conservation',
      answer: 'Stop minting; audit from the journal.',
    }),
    kpi('ledger-money-residual', {
      kind: 'technical',
      risk: 'Money on the ledger does not balance',
      measure: 'Money left over',
      unit: 'USD',
      must: 'at most',
      threshold: 0,
      from: 'conservation',
      answer: 'Stop settling; audit from the journal.',
    }),
    own('budget', {
      kind: 'money',
      risk: 'The grant does not pay for the pilot',
      measure: 'Budget of the pilot',
      unit: 'USD',
      value: pilot.budget.totalUsd,
      must: 'at most',
      threshold: plan.grantUsd,
      from: 'pilot.grantUsd',
      answer: 'Fewer homes, or the package without a meter for half of them.',
    }),
    own('break-even', {
      kind: 'money',
      risk: 'No number of homes that is in reach pays for the company',
      measure: 'Homes at the end of the time to production less those needed',
      unit: 'homes',
      value:
        pilot.production.breakEvenHomes === null
          ? Number.NEGATIVE_INFINITY
          : plan.production.homes - pilot.production.breakEvenHomes,
      must: 'at least',
      threshold: 0,
      from: 'break-even number of homes',
      answer: 'License the software to utilities; no company that serves homes.',
    }),
    ...(study === null
      ? []
      : study.investments.map((one) =>
          own(`investment-${one.id}`, {
            kind: 'market',
            risk: `Owners do not earn their equipment back: ${one.label.toLowerCase()}`,
            measure: 'Draws with a net present value above zero',
            unit: 'fraction',
            value: one.paysShare,
            must: 'at least',
            threshold: 0.5,
            from: 'more likely than not',
            answer: 'Nobody is advised to buy for the pilot.',
          }),
        )),
    own('utility', {
      kind: 'people',
      risk: 'No utility takes part',
      measure: 'Letters of a utility',
      unit: 'letters',
      value: attached('utility'),
      must: 'at least',
      threshold: 1,
      from: 'gate at the end of the preparation',
      answer: 'A municipal light plant instead, or no pilot.',
    }),
    own('counsel', {
      kind: 'rules',
      risk: 'Sale between homes is not lawful where the pilot is',
      measure: 'Letters of counsel',
      unit: 'letters',
      value: attached('counsel'),
      must: 'at least',
      threshold: 1,
      from: 'gate at the end of the preparation',
      answer: 'Assign net-metering credits (G.L. c. 164 § 139) in place of selling energy.',
    }),
  ]
  return rules.map((rule) => ({
    ...rule,
    value: rule.value !== null && Number.isFinite(rule.value) ? rule.value : null,
    state: state(rule),
  }))
}
