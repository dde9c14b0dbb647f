/** The schema of trading: the mechanism, and what each home wants of it. */
import { z } from 'zod'
import { fraction, oneLine, quantity, slug, usdPerKwh } from './schema-parts.ts'

export const MECHANISM_NAMES = [
  'mid-market',
  'bill-sharing',
  'supply-demand-ratio',
  'double-auction',
  'pay-as-bid',
  'preferred-partners',
  'community-dynamic',
  'community-static',
  'community-contribution',
  'credit-allocation',
  'none',
] as const

const creditAllocation = z
  .strictObject({
    priceFraction: fraction('What a neighbor pays the host for each dollar of credit.').default(0.9),
    hostWorthFraction: fraction(
      'What a dollar of credit beyond its own bill is worth to the host if it does not assign it: 1 where the utility pays it out.',
    ).default(1),
  })
  .prefault({})
  .meta({
    description:
      'Terms of `credit-allocation`: an assumption, agreed between neighbors; the utility’s tariff says who may assign.',
  })

export const market = z
  .strictObject({
    mechanism: z.enum(MECHANISM_NAMES).default('mid-market').meta({
      description:
        'How neighbors trade. `mid-market`: the middle of what a kWh saves the buyer and earns the seller; `bill-sharing`: the saving of pooling shared by energy; `supply-demand-ratio`: a price that falls as supply nears demand; `double-auction`: one price where bids and asks cross; `pay-as-bid`: each buyer pays its bid; `preferred-partners`: named neighbors first; `community-…`: what the community had left, allotted afterwards by consumption (`dynamic`), fixed keys (`static`) or contributions; `credit-allocation`: hosts assign net-metering credits, no energy is sold; `none`: no trading.',
    }),
    platformFeeUsdPerKwh: usdPerKwh("The operator's fee on traded energy, paid by the buyer.").default(0.01),
    agreedUsdPerKwh: usdPerKwh('Price within the community under `community-…`.')
      .optional()
      .meta({ defaultText: 'the middle of what it is worth to both sides' }),
    creditAllocation,
    compareMechanisms: z.boolean().optional().meta({
      description:
        'Also clear the same intervals under every other mechanism, without a ledger, for a table of who gains what.',
      defaultText: 'true in communities of up to 40 homes',
    }),
  })
  .prefault({})
  .meta({ description: 'How neighbors trade.' })

export const trading = z
  .strictObject({
    maxBuyUsdPerKwh: usdPerKwh('Most that it pays a neighbor for a kWh, before delivery and fee.')
      .optional()
      .meta({ defaultText: 'what the kWh saves it' }),
    minSellUsdPerKwh: usdPerKwh('Least that it takes for a kWh; never less than what it forgoes.').default(0),
    greenPremiumUsdPerKwh: usdPerKwh(
      'Paid by choice on top of the price for a kWh that was solar, as its token proves; all traded energy is.',
    ).default(0),
    localPremiumUsdPerKwh: usdPerKwh('Paid by choice on top of the price for a kWh from a neighbor.').default(
      0,
    ),
    shareLowIncomeFirst: z
      .boolean()
      .default(false)
      .meta({ description: 'Sells to low-income neighbors (role consumer) before others.' }),
    reserveFraction: fraction(
      'State of charge below which its battery does not discharge for others.',
    ).default(0),
    partners: z.array(slug('Home of the same community.')).max(100).default([]).meta({
      description:
        'Neighbors to deal with first, in this order, under `preferred-partners`; under `credit-allocation` those who get its credits (none named: its low-income neighbors).',
    }),
    allocationKey: quantity(
      'factor',
      { min: 0, max: 1_000_000 },
      'Weight of the home under `community-static`, and among those who get credits.',
    ).default(1),
    contribution: quantity(
      'factor',
      { min: 0, max: 1_000_000 },
      'What it has put into the community’s plant, in any unit that all use, under `community-contribution`.',
    ).default(1),
  })
  .prefault({})
  .meta({ description: 'What the home wants of trading; its bids and offers are made from this.' })

export const income = z
  .strictObject({
    usdPerYear: quantity('USD/year', { above: 0, max: 100_000_000 }, 'Gross income of the household.'),
    source: oneLine(300, 'Where the figure is from, or that it is assumed.'),
  })
  .meta({ description: 'For the energy burden; left out: no burden is reckoned for this home.' })
