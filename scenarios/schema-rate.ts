/** The schema of rates by time and amount, and of what exported energy earns. */
import { z } from 'zod'
import { PUBLISHED_NAMES } from '../data/tariffs/registry.ts'
import { oneLine, quantity, reference, usdPerKwh, whole } from './schema-parts.ts'

const row = z
  .string()
  .regex(/^\d{24}$/)
  .meta({
    description: 'Period of each hour, the first from midnight.',
    rule: '24 digits, the period of each hour, in quotes',
  })

const rows = (description: string) =>
  z
    .array(row)
    .min(1)
    .max(12)
    .refine((list) => list.length === 1 || list.length === 12)
    .meta({ description, rule: 'a list of 1 (all months) or 12 rows, January first' })

const weekday = rows('Period by month and hour, Monday to Friday, local time.')
const weekend = rows('The same on Saturday and Sunday.').optional().meta({ defaultText: 'as on weekdays' })

const dollars = (unit: string, description: string) => quantity(unit, { min: 0, max: 10_000 }, description)

const energyTier = z.strictObject({
  usdPerKwh: usdPerKwh('Full price of energy in this tier: supply and delivery.'),
  sellUsdPerKwh: usdPerKwh('Earned by an exported kWh where the export rule pays sell rates.').default(0),
  upToKwh: quantity(
    'kWh',
    { above: 0, max: 1_000_000 },
    'Energy of the month up to which the tier holds, counted over all periods.',
  )
    .optional()
    .meta({ defaultText: 'no limit' }),
  perDay: z.boolean().default(false).meta({ description: 'The limit holds for each day of the month.' }),
})

const demandTier = z.strictObject({
  usdPerKw: dollars('USD/kW', 'Charge on the greatest demand in this tier.'),
  upToKw: quantity('kW', { above: 0, max: 100_000 }, 'Demand up to which the tier holds.')
    .optional()
    .meta({ defaultText: 'no limit' }),
})

const demand = z
  .strictObject({
    periods: z
      .array(z.array(demandTier).min(1))
      .max(10)
      .default([])
      .meta({ description: 'Tiers of each period of demand, on the greatest demand within it.' }),
    weekday: weekday.default(['000000000000000000000000']),
    weekend,
    month: z
      .array(demandTier)
      .default([])
      .meta({ description: 'Tiers on the greatest demand of the whole month.' }),
    windowMinutes: z
      .literal([5, 15, 30, 60])
      .default(15)
      .meta({ unit: 'min', description: 'Length over which demand is averaged.' }),
  })
  .meta({ description: 'Charges on demand; left out: none.' })

export const importRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('series').meta({ description: 'A price for every interval, from a data set.' }),
      column: reference('Data set and price column, like `fontana-2016/price` (USD/kWh).'),
    }),
    z.strictObject({
      kind: z.literal('flat').meta({ description: 'One price around the clock.' }),
      usdPerKwh: usdPerKwh('Full retail price of energy: supply and delivery.'),
    }),
    z.strictObject({
      kind: z.literal('published').meta({
        description: 'A published rate of National Grid, with its source, date and grades: see data/tariffs.',
      }),
      name: z.enum(PUBLISHED_NAMES).meta({ description: 'Which of them.' }),
    }),
    z.strictObject({
      kind: z.literal('urdb').meta({ description: 'A rate of the U.S. Utility Rate Database, from a file.' }),
      file: oneLine(1024, 'JSON of the database, relative to the folder of this scenario.'),
      item: oneLine(200, 'Its label or name, where the file holds several.')
        .optional()
        .meta({ defaultText: 'the only one' }),
    }),
    z.strictObject({
      kind: z.literal('rate').meta({ description: 'Prices by period and amount, written here.' }),
      periods: z
        .array(
          z.strictObject({
            tiers: z.array(energyTier).min(1).meta({ description: 'Prices by amount, at least one.' }),
          }),
        )
        .min(1)
        .max(10)
        .meta({ description: 'Periods, numbered from 0, each with its tiers.' }),
      weekday: weekday.default(['000000000000000000000000']),
      weekend,
      demand: demand.optional(),
      minimumUsdPerMonth: dollars('USD/month', 'Least bill of a month.').default(0),
      minimumUsdPerYear: dollars('USD/year', 'Least sum of a calendar year’s bills.').default(0),
    }),
  ])
  .meta({ description: 'What a home pays the utility for energy.' })

const trueUpMonth = whole('month', 1, 12, 'Month with whose bill what is left is settled, 1 to 12.')
const sellUsdPerKwh = usdPerKwh('Earned by an exported kWh at any hour.')
  .optional()
  .meta({ defaultText: 'the sell rates of the import’s tiers' })

export const exportRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('flat').meta({ description: 'One price for every exported kWh.' }),
      usdPerKwh: usdPerKwh('Paid for every exported kWh.'),
    }),
    z.strictObject({
      kind: z.literal('net-metering').meta({
        description: 'Exports offset imports of the same local month at the full retail price.',
      }),
      excessUsdPerKwh: usdPerKwh("Credit for the month's exports beyond its imports."),
    }),
    z.strictObject({
      kind: z.literal('net-metering-kwh').meta({
        description:
          'Exports offset imports of the month by the kWh, period by period; what is left rolls over (SAM’s option 0).',
      }),
      yearEndUsdPerKwh: usdPerKwh('Paid for what is left at the true-up.').default(0),
      trueUpMonth: trueUpMonth.default(12),
    }),
    z.strictObject({
      kind: z.literal('net-metering-credit').meta({
        description:
          'Exports offset imports of the month by the kWh; what is left becomes a credit in dollars on later energy charges (SAM’s option 1; Massachusetts).',
      }),
      creditUsdPerKwh: usdPerKwh('Credit for a kWh that a month has left.')
        .optional()
        .meta({ defaultText: 'the sell rates of the import’s tiers' }),
      trueUpMonth: trueUpMonth.optional().meta({ defaultText: 'credits are carried without end' }),
    }),
    z.strictObject({
      kind: z.literal('net-billing').meta({
        description: 'Every interval’s export earns the sell rate at once (SAM’s option 2).',
      }),
      sellUsdPerKwh,
    }),
    z.strictObject({
      kind: z.literal('net-billing-carry').meta({
        description:
          'As net billing, but exports earn a credit on energy charges of later months (SAM’s option 3).',
      }),
      sellUsdPerKwh,
      trueUpMonth: trueUpMonth.optional().meta({ defaultText: 'credits are carried without end' }),
      expires: z
        .boolean()
        .default(false)
        .meta({ description: 'What is left at the true-up is lost, not paid.' }),
      sameMonth: z
        .boolean()
        .default(false)
        .meta({ description: 'Credits already offset the month that earns them.' }),
    }),
    z.strictObject({
      kind: z.literal('value-stack').meta({
        description: 'Every exported kWh earns the sum of stated components, as a credit carried in dollars.',
      }),
      components: z
        .array(
          z.strictObject({
            label: oneLine(80, 'What the component pays for.'),
            usdPerKwh: usdPerKwh('Its value.'),
            source: oneLine(300, 'Where the value is from.'),
          }),
        )
        .min(1)
        .meta({ description: 'Components with their sources; what has none is left out.' }),
    }),
    z.strictObject({
      kind: z.literal('buy-all-sell-all').meta({
        description:
          'Everything used is bought and everything made is sold, over two meters (SAM’s option 4).',
      }),
      sellUsdPerKwh,
    }),
    z.strictObject({
      kind: z.literal('series').meta({ description: 'Every interval’s export earns that interval’s price.' }),
      column: reference('Data set and price column, like `fontana-2016/price` (USD/kWh).'),
    }),
  ])
  .meta({ description: 'What the utility pays or credits for energy that it takes.' })
