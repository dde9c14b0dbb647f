import { breakEvenMap } from '../charts/break-even-map.ts'
import { type Markup, markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { centsPerKwh, whole } from '../number-format.ts'
import { deliveryUsdPerKwh } from '../scenario-view.ts'
import type { Section, SectionContext } from './section.ts'

/** Terms of the pair's account in this scenario, USD per kWh. */
function terms({ input }: SectionContext) {
  const { scenario, retail, results } = input
  const { market } = scenario
  const { netting, leastUsdPerKwh: least, mostUsdPerKwh: most } = results.communities[0].exportValue
  const forgone: readonly [number, number] = netting
    ? [Math.min(least, retail.least), Math.max(most, retail.greatest)]
    : [least, most]
  return { retail, forgone, charges: deliveryUsdPerKwh(scenario) + market.platformFeeUsdPerKwh }
}

function mapFigure(context: SectionContext): Markup {
  const { retail, forgone, charges } = terms(context)
  const { tariff } = context.input.scenario
  const always = retail.least - charges - forgone[1]
  const ever = retail.greatest - charges - forgone[0]
  const title =
    always >= 0
      ? `The scenario lies ${centsPerKwh(always)} inside the region where a trade pays at every hour`
      : ever < 0
        ? `The scenario lies ${centsPerKwh(-ever)} outside the region where any trade pays`
        : 'In this scenario a trade pays at some hours or for some homes, not always'
  const prices =
    retail.greatest - retail.least < 0.0005
      ? `A neighbor who buys avoids ${centsPerKwh(retail.mean)} at any hour.`
      : `A neighbor who buys avoids ${centsPerKwh(retail.least)} to ${centsPerKwh(retail.greatest)}, by the hour: below the full line a trade pays at every hour, below the dashed one at the dearest.`
  return context.figure({
    id: 'fig-pays',
    title,
    draw: (width) =>
      breakEvenMap(
        {
          avoidedLeast: retail.least * 100,
          avoidedGreatest: retail.greatest * 100,
          forgone: [forgone[0] * 100, forgone[1] * 100],
          charges: charges * 100,
        },
        {
          width,
          alternative: `Map of export value against delivery and fees. Break-even where what the buyer avoids (${centsPerKwh(retail.least)} to ${centsPerKwh(retail.greatest)}) equals both together. This scenario: ${centsPerKwh(forgone[0])} to ${centsPerKwh(forgone[1])} given up, ${centsPerKwh(charges)} of charges.`,
        },
      ),
    note: `${prices}${context.input.results.communities[0].exportValue.netting ? ' Under net metering the seller gives up the retail price while the month has imports to offset, and the rate of what is left beyond: two points, joined.' : ''}${tariff.lowIncomeDiscountFraction > 0 ? ` A low-income consumer avoids ${whole(tariff.lowIncomeDiscountFraction * 100)} % less: for that buyer the lines lie lower.` : ''}`,
    data: table(
      [
        { label: 'Term' },
        { label: 'Least', unit: '¢/kWh', number: true },
        { label: 'Greatest', unit: '¢/kWh', number: true },
      ],
      [
        ['Buyer avoids (retail price)', centsPerKwh(retail.least), centsPerKwh(retail.greatest)],
        ['Seller gives up (export value)', centsPerKwh(forgone[0]), centsPerKwh(forgone[1])],
        [
          'Delivery on a neighbor’s kWh',
          centsPerKwh(deliveryUsdPerKwh(context.input.scenario)),
          centsPerKwh(deliveryUsdPerKwh(context.input.scenario)),
        ],
        [
          'Operator’s fee',
          centsPerKwh(context.input.scenario.market.platformFeeUsdPerKwh),
          centsPerKwh(context.input.scenario.market.platformFeeUsdPerKwh),
        ],
      ],
      {
        caption: 'Terms of one traded kWh',
        total: ['Gain of the pair', centsPerKwh(always), centsPerKwh(ever)],
      },
    ),
  })
}

function marketTable({ input }: SectionContext): Markup {
  return table(
    [
      { label: 'Market' },
      { label: 'Intervals', unit: 'with seller and buyer', number: true },
      { label: 'Of these', unit: 'with a price', number: true },
      { label: 'Trades', number: true },
      { label: 'Gain of the pair', unit: '¢/kWh, least to greatest', number: true },
      { label: 'Mean price to sellers', unit: '¢/kWh', number: true },
    ],
    input.results.communities.map(({ label, market }) => [
      markup`<bdi>${label}</bdi>`,
      whole(market.intervalsWithBothSides),
      whole(market.intervalsWithPrice),
      whole(market.trades),
      `${centsPerKwh(market.jointSurplusMinUsdPerKwh)} to ${centsPerKwh(market.jointSurplusMaxUsdPerKwh)}`,
      market.meanPriceUsdPerKwh === null ? 'none' : centsPerKwh(market.meanPriceUsdPerKwh),
    ]),
    { caption: 'What the market found', id: 'market' },
  )
}

export const pays: Section = {
  id: 'pays',
  title: 'When it pays',
  render: (context) => {
    const reasons = context.input.results.communities
      .map(({ market }) => market.whyNothing)
      .filter((why) => why !== '')
    const refused = context.input.results.communities.flatMap(({ label, market }) => {
      const {
        whyRefused,
        intervalsWithBothSides: both,
        intervalsWithPrice: price,
        intervalsByLimits: limits,
      } = market
      return whyRefused === ''
        ? []
        : [
            markup`<p><bdi>${label}</bdi>: ${whole(both - price - limits)} of ${whole(both)} intervals with a seller and a buyer had no price${limits === 0 ? '' : markup`, ${whole(limits)} more only because of limits that the homes had set`}. The best pair of them: ${whyRefused}</p>`,
          ]
    })
    return markup`<p>A kWh between neighbors is worth trading when the charge that its buyer avoids is more than what its seller gives up, plus delivery, plus fees. Whoever compares with a lower export value than the homes really have finds a gain that isn’t there.</p>
${[...new Set(reasons)].map((why) => markup`<p>${why}</p>`)}
${refused}
${mapFigure(context)}
${marketTable(context)}`
  },
}
