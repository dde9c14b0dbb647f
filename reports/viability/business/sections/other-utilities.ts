import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { centsPerKwh, NOTHING, plural, signed, threeFigures, whole } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'

const cents = (usdPerKwh: number | null): string =>
  usdPerKwh === null ? NOTHING : threeFigures(usdPerKwh * 100)

function gain(usdPerKwh: number | null): Markup | string {
  if (usdPerKwh === null) return 'not known'
  const text = signed(usdPerKwh * 100)
  return usdPerKwh < 0 ? markup`<span class="lose mark">▼ ${text}</span>` : text
}

export const otherUtilitiesSection: ViabilitySection = {
  id: 'other-utilities',
  title: 'Other rates of National Grid, what-if',
  render: ({ business }) => {
    const { rows, wholesaleUsdPerKwh, platformFeeUsdPerKwh, ...count } = business.otherUtilities
    const { known, payingUnderNetMetering, payingUnderWholesale } = count
    return markup`<p>What a neighbor’s kWh would gain a pair under each published rate that ships, when the buyer still pays the full delivery. Under net metering ${payingUnderNetMetering === 0 ? 'none pays' : `${whole(payingUnderNetMetering)} of ${whole(known)} pay`}: the seller gives up what the buyer saves. Where exports earn only the wholesale ${centsPerKwh(wholesaleUsdPerKwh)}, ${whole(payingUnderWholesale)} of ${plural(known, 'rate')} pay, after a fee of ${centsPerKwh(platformFeeUsdPerKwh)}.</p>
${table(
  [
    { label: 'Rate' },
    { label: 'Price', unit: '¢ a kWh', number: true },
    { label: 'Supply', unit: '¢ a kWh', number: true },
    { label: 'Delivery', unit: '¢ a kWh', number: true },
    { label: 'Pair gains', unit: 'net metering, ¢', number: true },
    { label: 'Pair gains', unit: 'wholesale, ¢', number: true },
    { label: 'Stops at', unit: 'charges of, ¢', number: true },
  ],
  rows.map((row) => [
    markup`${row.offered ? row.label : `${row.label} (not on offer)`} <small>${row.date}</small>`,
    cents(row.usdPerKwh),
    cents(row.supplyUsdPerKwh),
    cents(row.deliveryUsdPerKwh),
    gain(row.underNetMeteringUsdPerKwh),
    gain(row.underWholesaleUsdPerKwh),
    cents(row.mostChargeUsdPerKwh),
  ]),
  { caption: 'Published rates, mean over the year', id: 'other-rates' },
)}
<p>Utilities other than National Grid are not in the gallery: their rates were not read. A rate can be added from a file (<code>data/tariffs</code>, or a URDB export in the scenario) and the whole run made under it.</p>`
  },
}
