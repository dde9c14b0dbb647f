import { costTests } from '../../models/finance/cost-tests.ts'
import { type Markup, markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { costTestInput } from '../kpi/cost-tests.ts'
import { paidOnce } from '../kpi/paid-once.ts'
import { keptTokens } from '../kpi/tokens.ts'
import { kwhExact, NOTHING, signedUsd, threeFigures, usd } from '../number-format.ts'
import type { Section, SectionContext } from './section.ts'

function paidOnceTable({ input }: SectionContext): Markup {
  const { exported, traded, solarSettled, storageSettled, leftOver } = paidOnce(input.results)
  const answers = input.results.communities.flatMap(({ demandResponse }) => demandResponse ?? [])
  const reduced = answers.reduce((sum, { reducedMilliWh }) => sum + reducedMilliWh, 0)
  return markup`${table(
    [{ label: 'Exported energy' }, { label: 'Who pays' }, { label: 'Energy', unit: 'kWh', number: true }],
    [
      ['Exported at the homes’ meters', 'meters', kwhExact(exported)],
      ['Traded', 'a neighbor, by the ledger’s trades', kwhExact(traded)],
      ['Solar settled', 'the utility, by the tariff’s export rule', kwhExact(solarSettled)],
      ['Out of batteries', 'the utility, by the tariff’s export rule', kwhExact(storageSettled)],
    ],
    {
      caption: 'Every exported kWh is paid once',
      id: 'paid-once',
      total: ['Paid twice or not at all', '', kwhExact(leftOver)],
    },
  )}
<p>Demand response pays for load left out${answers.length > 0 ? ` (${kwhExact(reduced)} kWh here)` : ''} or for battery power, never for an exported kWh, so it stands beside this table.</p>`
}

function accountsTable({ input }: SectionContext): Markup {
  const { incentiveUsd, programUsd, avoidedUsd, lostRevenueUsd } = costTestInput({
    results: input.results,
    scenario: input.scenario,
  })
  const years = input.results.simulatedDays / 365
  const fees =
    input.results.communities.reduce((sum, { operatorIncomeMicroUsd }) => sum + operatorIncomeMicroUsd, 0) /
    1e6 /
    years
  return table(
    [
      { label: 'Account' },
      { label: 'Line' },
      { label: 'Amount', unit: 'USD/year', number: true },
      { label: 'How it is reckoned' },
    ],
    [
      ['Operator', 'Fees', signedUsd(fees), 'fee × traded kWh, each trade rounded up'],
      ['Operator', 'Cost of the program', signedUsd(-programUsd), '12 × economics.programUsdPerMonth'],
      [
        markup`<strong>Operator</strong>`,
        markup`<strong>Result</strong>`,
        signedUsd(fees - programUsd),
        'before anything that it owns',
      ],
      ['Utility', 'Lost revenue', signedUsd(-lostRevenueUsd), 'bills with solar only − bills with the plant'],
      ['Utility', 'Incentives paid', signedUsd(-incentiveUsd), 'demand-response payments'],
      [
        'Utility',
        'Avoided cost',
        signedUsd(avoidedUsd),
        'kWh not supplied × avoided supply + kW of peak × avoided capacity',
      ],
      [
        markup`<strong>Utility</strong>`,
        markup`<strong>Result</strong>`,
        signedUsd(avoidedUsd - incentiveUsd - lostRevenueUsd),
        'until it changes its rates',
      ],
    ],
    { caption: 'Operator’s and utility’s accounts, against solar only', id: 'accounts-table' },
  )
}

function testsTable({ input }: SectionContext): Markup {
  const tests = costTests(costTestInput({ results: input.results, scenario: input.scenario }))
  return table(
    [
      { label: 'Test' },
      { label: 'For whom' },
      { label: 'Benefit', unit: 'USD/year', number: true },
      { label: 'Cost', unit: 'USD/year', number: true },
      { label: 'Net', unit: 'USD/year', number: true },
      { label: 'Ratio', number: true },
      { label: 'Formula of the ratio' },
    ],
    tests.map(({ name, label, formula, benefitUsd, costUsd, netUsd, ratio }) => [
      name,
      label,
      usd(benefitUsd),
      usd(costUsd),
      netUsd < 0 ? markup`<span class="lose mark">▼ loses ${signedUsd(netUsd)}</span>` : signedUsd(netUsd),
      ratio === null ? NOTHING : threeFigures(ratio),
      formula,
    ]),
    { caption: 'Cost tests, one year, the plant against solar only', id: 'cost-tests' },
  )
}

function assumptions({ input }: SectionContext): Markup {
  const { economics } = input.scenario
  const row = (what: string, value: string, source: string) => [what, value, source, 'assumed']
  return table(
    [
      { label: 'Assumption' },
      { label: 'Value', number: true },
      { label: 'Where such a figure is from' },
      { label: 'Grade' },
    ],
    [
      row(
        'Avoided supply',
        `${threeFigures(economics.avoidedSupplyUsdPerKwh)} USD/kWh`,
        'wholesale proxy: NYISO mean 2024 0.0418, 2025 0.0744',
      ),
      row(
        'Avoided capacity',
        `${threeFigures(economics.avoidedCapacityUsdPerKwYear)} USD/kW/year`,
        economics.avoidedCapacityUsdPerKwYear === 0 ? 'not counted' : 'scenario',
      ),
      row(
        'Battery',
        `${threeFigures(economics.batteryUsdPerKwh)} USD/kWh over ${threeFigures(economics.batteryLifeYears)} years`,
        'vendor tables 2022 to 2026: 850 to 1,340; life 10 to 15 years',
      ),
      row(
        'Tax credit',
        `${threeFigures(economics.taxCreditFraction * 100)} %`,
        'the federal one ended for owners with 2025 (P.L. 119-21)',
      ),
      row(
        'Cost of the program',
        `${threeFigures(economics.programUsdPerMonth)} USD/month`,
        'scenario; staff and hosting',
      ),
      row(
        'Discount rates',
        `${threeFigures(economics.discountFraction * 100)} %, societal ${threeFigures(economics.socialDiscountFraction * 100)} %`,
        'REopt: 6.24 % nominal',
      ),
      row(
        'Carbon',
        `${threeFigures(economics.marginalCarbonKgPerKwh)} kg/kWh at ${threeFigures(economics.carbonUsdPerTonne)} USD/t`,
        'AVERT 2023 hourly mean; REopt',
      ),
    ],
    { caption: 'What the tests assume', id: 'cost-test-assumptions' },
  )
}

export const accounts: Section = {
  id: 'accounts',
  title: 'Paid once; operator, utility and the cost tests',
  render: (context) => markup`${keptTokens(context.input) ? paidOnceTable(context) : markup``}
${accountsTable(context)}
<p>Five views of the same year, after the California Standard Practice Manual (2001). Payments between homes, fees and incentives are transfers: they decide who gains (participants, other ratepayers) and cancel for all resources and society. Participants’ equipment is their batteries; solar stands in both cases.</p>
${testsTable(context)}
${assumptions(context)}`,
}
