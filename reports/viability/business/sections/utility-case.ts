import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { signedUsd, threeFigures, usd, whole } from '../../../number-format.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'

function verdict({ utility }: ViabilityContext['business']): Markup {
  const { netWithMetersUsd, netWithoutMetersUsd, mostFeeUsdPerMonth } = utility
  if (netWithMetersUsd >= 0)
    return markup`<strong>It pays the utility</strong> even where homes have smart meters: ${signedUsd(netWithMetersUsd)} a home and year.`
  if (netWithoutMetersUsd >= 0)
    return markup`<strong>It pays only in place of a smart meter:</strong> ${signedUsd(netWithoutMetersUsd)} a home and year where one would have to be bought, ${signedUsd(netWithMetersUsd)} where it is there already.`
  const most =
    mostFeeUsdPerMonth > 0
      ? `The highest fee at which it would not lose is ${usd(mostFeeUsdPerMonth)} a month.`
      : 'There is no fee at which it would not lose.'
  return markup`<strong>It does not pay the utility in this run:</strong> ${signedUsd(netWithoutMetersUsd)} a home and year even where the service stands in for a meter. What it loses is revenue on energy that homes no longer buy. ${most}`
}

export const utilityCaseSection: ViabilitySection = {
  id: 'utility-case',
  title: 'Business case: a virtual smart meter for National Grid',
  render: ({ business, input }) => {
    const { utility } = business
    const { telemetry, settlementMinutes } = input.scenario
    return markup`<p>The service gives the utility interval data of home, solar and battery, settled every ${whole(settlementMinutes)} minutes, without a visit of its own. ${verdict(business)}</p>
${table(
  [{ label: 'For a home and year' }, { label: 'USD', number: true }],
  [
    ['Supply and capacity that it need not buy', signedUsd(utility.avoidedUsd)],
    ['Revenue that it no longer has, against solar only', signedUsd(-utility.lostRevenueUsd)],
    ['Incentives that it pays', signedUsd(-utility.incentiveUsd)],
    ['Fee for the service', signedUsd(-utility.feeUsd)],
    [
      `Smart meter that it need not buy: ${usd(utility.smartMeterPriceUsd)} over ${whole(utility.smartMeterLifeYears)} years`,
      signedUsd(utility.smartMeterUsd),
    ],
  ],
  {
    caption: 'As the utility sees it',
    id: 'utility-lines',
    total: ['Where a meter would have to be bought', signedUsd(utility.netWithoutMetersUsd)],
  },
)}
<p>As cost tests for all homes: the utility ${signedUsd(utility.administratorUsdPerYear)} a year, other ratepayers ${signedUsd(utility.ratepayersUsdPerYear)} (<a href="#money">transfers</a>). The simulated meters are off by up to ${threeFigures(telemetry.meterClassPercent)} %; a device’s own readings are not revenue grade, so bills would still need the utility’s meter or a certified one. Whether National Grid wants this is not known: its letter is listed under <a href="#letters">letters</a>.</p>`
  },
}
