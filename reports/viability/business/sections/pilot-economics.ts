import { xyChart } from '../../../charts/xy.ts'
import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { NOTHING, plural, signedUsd, threeFigures, usd, whole } from '../../../number-format.ts'
import type { PackageName } from '../../../../models/pilot/packages.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'
import type { PackageCase } from '../pilot.ts'

export const PACKAGE_LABELS: Readonly<Record<PackageName, string>> = {
  metered: 'Meter and gateway',
  gateway: 'Gateway on the inverter',
  'utility-meter': 'The utility’s own meter',
}

const orNone = (homes: number | null): Markup | string =>
  homes === null ? markup`<span class="lose">▼ none</span>` : whole(homes)

function verdict({ business, input }: ViabilityContext): Markup {
  const { production } = input.scenario.pilot
  const { production: chosen, cash } = business.pilot
  const name = PACKAGE_LABELS[production.hardware].toLowerCase()
  const { breakEvenHomes, breakEvenWithoutProgramHomes } = chosen
  const first =
    breakEvenHomes === null
      ? markup`<strong>No number of homes pays for the company</strong> with ${name}: a home leaves ${signedUsd(chosen.unit.marginUsdPerMonth)} a month before staff.`
      : breakEvenHomes <= production.homes
        ? markup`<strong>It pays from ${plural(breakEvenHomes, 'home')} on</strong>, with ${name}; the plan reaches ${whole(production.homes)}.`
        : markup`<strong>The plan does not reach break-even:</strong> it needs ${plural(breakEvenHomes, 'home')} with ${name}, and reaches ${whole(production.homes)} in ${plural(production.months, 'month')}.`
  const without =
    breakEvenWithoutProgramHomes === null
      ? 'Where no demand-response program pays, no number of homes does.'
      : `Where no demand-response program pays, it takes ${plural(breakEvenWithoutProgramHomes, 'home')}.`
  return markup`<p>${first} ${without} To the end of the plan investors must bring ${usd(cash.neededUsd)} beyond the grant.</p>`
}

function packages({ business }: ViabilityContext): Markup {
  const all = business.pilot.packages
  const row = (label: string, cell: (one: PackageCase) => Markup | string) => [label, ...all.map(cell)]
  return table(
    [
      { label: 'A home, USD a month' },
      ...all.map(({ cost }) => ({ label: PACKAGE_LABELS[cost.name], number: true })),
    ],
    [
      row('Revenue', ({ unit }) => usd(unit.revenueUsdPerMonth)),
      row('… less support and repairs', ({ unit }) => signedUsd(unit.contributionUsdPerMonth)),
      row('Devices and winning it, over their life', ({ unit }) => usd(unit.capitalUsdPerMonth)),
      row('Left for staff and hosting', ({ unit }) =>
        unit.marginUsdPerMonth < 0
          ? markup`<span class="lose mark">▼ ${signedUsd(unit.marginUsdPerMonth)}</span>`
          : signedUsd(unit.marginUsdPerMonth),
      ),
      row('Pays back in, months', ({ unit }) =>
        unit.paybackMonths === null ? 'never' : threeFigures(unit.paybackMonths),
      ),
      row('Break-even, homes', ({ breakEvenHomes }) => orNone(breakEvenHomes)),
      row('… without a demand-response program', ({ breakEvenWithoutProgramHomes }) =>
        orNone(breakEvenWithoutProgramHomes),
      ),
    ],
    { caption: 'Economics of one home after the pilot', id: 'unit-economics' },
  )
}

function revenue({ business }: ViabilityContext): Markup {
  return table(
    [{ label: 'Revenue of a home' }, { label: 'USD a month', number: true }],
    business.pilot.revenue.map(({ label, usdPerMonth }) => [label, usd(usdPerMonth)]),
    {
      caption: 'Where the revenue comes from',
      id: 'unit-revenue',
      total: ['All', usd(business.pilot.production.unit.revenueUsdPerMonth)],
    },
  )
}

function cashFigure(context: ViabilityContext): Markup {
  const { cash } = context.business.pilot
  const months = cash.balanceUsdByMonth.map((_, at) => at + 1)
  const { pilotMonths } = cash
  const lowest = cash.pilotLowestUsd
  const title =
    cash.firstPositiveMonth === null
      ? 'After the pilot every month costs more than it brings'
      : `From month ${whole(cash.firstPositiveMonth)} on a month brings more than it costs`
  return context.figure({
    id: 'fig-cash',
    title,
    draw: (width) =>
      xyChart(
        [
          {
            label: 'pilot, paid by the grant',
            values: cash.balanceUsdByMonth.map((usdValue, at) =>
              at < pilotMonths ? usdValue / 1000 : Number.NaN,
            ),
          },
          {
            label: 'to production, before investors',
            values: cash.balanceUsdByMonth.map((usdValue, at) =>
              at >= pilotMonths - 1 ? usdValue / 1000 : Number.NaN,
            ),
          },
        ],
        {
          width,
          alternative: 'Money in hand at the end of each month, through the pilot and on to production.',
          kind: 'line',
          x: months,
          xLabel: 'month',
          yLabel: 'thousand USD in hand',
        },
      ),
    note: markup`The grant comes in ${plural(context.input.scenario.pilot.grantInstalments, 'even instalment')}; what the pilot leaves unspent goes back. ${lowest < 0 ? markup`Between instalments ${usd(-lowest)} must be financed.` : 'Between instalments nothing must be financed.'}`,
    data: table(
      [
        { label: 'Month' },
        { label: 'Homes', number: true },
        { label: 'Grant', unit: 'USD', number: true },
        { label: 'Flow', unit: 'USD', number: true },
        { label: 'In hand', unit: 'USD', number: true },
      ],
      months.map((month, at) => [
        whole(month),
        whole(cash.homesByMonth[at]),
        cash.grantUsdByMonth[at] === 0 ? NOTHING : whole(cash.grantUsdByMonth[at]),
        whole(cash.flowUsdByMonth[at]),
        whole(cash.balanceUsdByMonth[at]),
      ]),
      { caption: 'Cash by month' },
    ),
  })
}

export const pilotEconomics: ViabilitySection = {
  id: 'pilot-economics',
  title: 'From the pilot to production',
  render: (context) => {
    const { fixedUsdPerMonth, programKwPerHome } = context.business.pilot
    return markup`${verdict(context)}
<p>Staff, office and hosting take ${usd(fixedUsdPerMonth)} a month. A home’s batteries give ${threeFigures(programKwPerHome)} kW over an event, mean over all homes of this run. Every price below is the scenario’s own and untested.</p>
${packages(context)}
${revenue(context)}
${cashFigure(context)}`
  },
}
