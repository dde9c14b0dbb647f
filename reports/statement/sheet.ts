import { flowBars } from '../charts/flow-bars.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { NARROW, WIDE } from '../html/figure.ts'
import type { Statement } from './statement.ts'
import { chargeText, coverText, energyText, outcomeText, savedText, signedDollars } from './words.ts'

/** The five figures of the month. */
function figures({ usedMilliWh, madeMilliWh, boughtMilliWh, soldMilliWh, comparisons }: Statement): Markup {
  const saved = comparisons[0].savedCents
  const split = (parts: { utility: number; neighbors: number }): string =>
    parts.neighbors === 0
      ? 'utility'
      : `utility ${energyText(parts.utility)}, neighbors ${energyText(parts.neighbors)}`
  const items = [
    ['Used', energyText(usedMilliWh), 'at home'],
    ['Made', energyText(madeMilliWh), madeMilliWh === 0 ? 'no panels, or no sun' : 'by your panels'],
    ['Bought', energyText(boughtMilliWh.utility + boughtMilliWh.neighbors), `from: ${split(boughtMilliWh)}`],
    ['Sold', energyText(soldMilliWh.utility + soldMilliWh.neighbors), `to: ${split(soldMilliWh)}`],
    [saved < 0 ? 'Lost' : 'Saved', signedDollars(Math.abs(saved)), 'against today’s rules'],
  ]
  return markup`<dl class="figures">${items.map(
    ([label, value, note]) => markup`<div><dt>${label}</dt><dd><strong>${value}</strong> ${note}</dd></div>`,
  )}</dl>`
}

/** Where the month's electricity came from and where it went: both are the same sum. */
function bars(statement: Statement): Markup {
  const { usedMilliWh, madeMilliWh, boughtMilliWh, soldMilliWh, keptMilliWh } = statement
  const kept = keptMilliWh ?? 0
  const part = (label: string, className: string, value: number) => ({
    label,
    className,
    value,
    text: energyText(value),
  })
  const flows = [
    {
      label: 'It came from',
      parts: [
        part('your panels', 'solar', madeMilliWh),
        part('neighbors', 'trade', boughtMilliWh.neighbors),
        part('the utility', 'grid', boughtMilliWh.utility),
        part('your battery’s store', 'battery', Math.max(0, -kept)),
      ],
    },
    {
      label: 'It went to',
      parts: [
        part('your home', 'load', usedMilliWh),
        part('neighbors', 'trade', soldMilliWh.neighbors),
        part('the utility', 'grid', soldMilliWh.utility),
        part('kept or lost in your battery', 'battery', Math.max(0, kept)),
      ],
    },
  ]
  const alternative = flows
    .map(
      ({ label, parts }) =>
        `${label}: ${parts
          .filter(({ value }) => value > 0)
          .map((one) => `${one.label} ${one.text}`)
          .join(', ')}`,
    )
    .join('. ')
  const draw = (width: number) => flowBars(flows, width, `${alternative}.`)
  return markup`<div class="drawing wide">${draw(WIDE)}</div><div class="drawing narrow">${draw(NARROW)}</div>`
}

/**
 * A household's month for a person without technical words.
 *
 * @param rule what today's rules are, as the end of a sentence
 * @param heading `h1` on a page of its own, `h3` inside a report
 */
export function sheet(statement: Statement, rule: string, heading: 'h1' | 'h3'): Markup {
  const { label, monthName, lines, comparisons, netCents, month, homeId, tariff } = statement
  const part = coverText(statement)
  const title = markup`${named(label)}, ${monthName}${part === '' ? '' : ` (${part})`}`
  const lost = comparisons[0].savedCents < 0
  return markup`<div class="statement">${heading === 'h1' ? markup`<h1>${title}</h1>` : markup`<h3>${title}</h3>`}
<p class="verdict"><strong>${chargeText(statement)}.</strong> ${lost ? markup`<span class="lose">${outcomeText(statement)}</span>` : outcomeText(statement)}</p>
${figures(statement)}
${bars(statement)}
${table(
  [{ label: 'Your charge' }, { label: 'Amount', unit: 'USD', number: true }],
  lines.map((line) => [line.label, signedDollars(line.cents)]),
  {
    caption: 'What it is made of',
    id: `charge-${homeId}-${month}`,
    total: [netCents < 0 ? 'You get' : 'You pay', signedDollars(netCents).replace('−', '')],
  },
)}
${table(
  [
    { label: 'The same month under' },
    { label: 'You would pay', unit: 'USD', number: true },
    { label: 'You pay now', number: true },
  ],
  comparisons.map(({ label: terms, netCents: net, savedCents }) => [
    terms,
    signedDollars(net),
    savedCents < 0 ? markup`<span class="lose">▲ ${savedText(savedCents)}</span>` : savedText(savedCents),
  ]),
  { caption: 'Compared', id: `compared-${homeId}-${month}` },
)}
<p class="note">Billed by ${tariff}. Today’s rules: the same prices, ${rule}. A minus sign is money that you get. What panels and battery cost is not in it. kWh: kilowatt-hours, as on your meter.</p></div>`
}
