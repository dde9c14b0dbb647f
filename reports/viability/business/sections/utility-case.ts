import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { signedUsd, threeFigures, usd, whole } from '../../../number-format.ts'
import type { ViabilityContext, ViabilitySection } from '../../section.ts'

function verdict({ utility }: ViabilityContext['business']): Markup {
  const { serviceWithoutMetersUsd, plantUsd, feeUsd, netWithoutMetersUsd, mostFeeUsdPerMonth } = utility
  const service =
    serviceWithoutMetersUsd >= 0
      ? markup`<strong>By itself the service pays in place of a smart meter:</strong> ${signedUsd(serviceWithoutMetersUsd)} a home and year, up to a fee of ${usd(mostFeeUsdPerMonth)} a month. Where the meter is there already it only costs its fee, ${usd(feeUsd)}.`
      : markup`<strong>By itself the service costs more than a smart meter:</strong> ${signedUsd(serviceWithoutMetersUsd)} a home and year; a fee of ${usd(mostFeeUsdPerMonth)} a month would not.`
  const plant =
    plantUsd < 0
      ? markup`What homes do behind it, batteries and trading, costs the utility ${usd(-plantUsd)} more than it avoids, mostly revenue on energy that they no longer buy${netWithoutMetersUsd < 0 ? ': no fee makes that good' : ''}.`
      : markup`What homes do behind it, batteries and trading, brings the utility ${usd(plantUsd)}.`
  return markup`${service} ${plant}`
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
    ['Supply and capacity that it need not buy; below zero: more', signedUsd(utility.avoidedUsd)],
    ['Change of its revenue, against solar only', signedUsd(-utility.lostRevenueUsd)],
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
<p>As cost tests over all homes: the utility as administrator ${signedUsd(utility.administratorUsdPerYear)} a year, other ratepayers ${signedUsd(utility.ratepayersUsdPerYear)} (<a href="#money">transfers</a>). The simulated meters are off by up to ${threeFigures(telemetry.meterClassPercent)} %; a device’s own readings are not revenue grade, so bills would still need the utility’s meter or a certified one. Whether National Grid wants this is not known: its letter is listed under <a href="#letters">letters</a>.</p>`
  },
}
