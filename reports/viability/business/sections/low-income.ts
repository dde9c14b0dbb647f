import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { centsPerKwh, percent, plural, signed, signedUsd } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'
import type { LowIncomeCase } from '../low-income.ts'

const saved = (usdPerKwh: number | null): Markup | string => {
  if (usdPerKwh === null) return 'nothing traded'
  const text = signed(usdPerKwh * 100)
  return usdPerKwh < 0 ? markup`<span class="lose mark">▼ ${text}</span>` : text
}

function inRun({ consumers }: LowIncomeCase): Markup {
  if (consumers === null) return markup`This run has no low-income consumer.`
  const worse =
    consumers.worse === 0
      ? 'none of them is worse off than under today’s rules'
      : `${consumers.worse} of them worse off than under today’s rules`
  return markup`In this run ${plural(consumers.members, 'low-income consumer')} ${consumers.members === 1 ? 'has' : 'have'}, on average a month: ${consumers.usdPerMonth.map(({ label, usd }, at) => `${at === 0 ? '' : '; '}${signedUsd(usd)} against “${label}”`)}; ${worse}.`
}

function where({
  peerUsdPerKwh,
  mostDiscountFraction,
  peerUnderNetMeteringUsdPerKwh,
}: LowIncomeCase): Markup {
  const here =
    peerUsdPerKwh === null
      ? markup`Nothing is traded in this run, so there is no peer price to compare.`
      : mostDiscountFraction === null
        ? markup`A neighbor’s kWh costs ${centsPerKwh(peerUsdPerKwh)} here with delivery and fee: <strong>more than the full R-1 price</strong>, so it helps nobody in Massachusetts.`
        : markup`A neighbor’s kWh costs ${centsPerKwh(peerUsdPerKwh)} here with delivery and fee: <strong>it helps a customer whose discount is below ${percent(mostDiscountFraction)}</strong>, and costs one with a greater discount money.`
  return markup`${here} Under Massachusetts net metering a seller needs its credit, and with delivery on top a neighbor’s kWh costs ${centsPerKwh(peerUnderNetMeteringUsdPerKwh)}: there selling energy helps no low-income customer. Assigning credits (G.L. c. 164 § 139) sells no energy and charges no delivery twice: the scenario <code>massachusetts-credits</code> runs it, and counsel must confirm it.`
}

export const lowIncomeSection: ViabilitySection = {
  id: 'low-income',
  title: 'Business case: trading with low-income homes',
  render: ({ business }) => {
    const { lowIncome } = business
    return markup`<p>${where(lowIncome)}</p>
${table(
  [
    { label: 'Customer of Massachusetts Electric' },
    { label: 'Discount', number: true },
    { label: 'Pays the utility', unit: '¢ a kWh', number: true },
    { label: 'Saved at this run’s peer price', unit: '¢ a kWh', number: true },
    { label: 'Saved under net metering', unit: '¢ a kWh', number: true },
  ],
  lowIncome.rows.map((row) => [
    row.label,
    percent(row.discountFraction),
    centsPerKwh(row.utilityUsdPerKwh),
    saved(row.savedUsdPerKwh),
    saved(row.savedUnderNetMeteringUsdPerKwh),
  ]),
  { caption: 'Where a neighbor’s kWh is cheaper, what-if', id: 'low-income-prices' },
)}
<p>${inRun(lowIncome)} Whether R-2’s discount would apply to a neighbor’s energy was not verified; here it does not. A host’s credit is ${centsPerKwh(lowIncome.netMeteringCreditUsdPerKwh)}, from the rate’s own lines.</p>`
  },
}
