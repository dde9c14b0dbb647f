/** The schema of what the utility charges and pays. */
import { z } from 'zod'
import { fraction, oneLine, quantity, reference, usdPerKwh, whole } from './schema-parts.ts'

export const tariff = z
  .strictObject({
    label: oneLine(120, 'Name of the tariff in the report.'),
    source: oneLine(500, 'Where the figures are from, so that a reader can check them.'),
    year: whole('year', 1990, 2100, 'Year for which the figures hold.'),
    import: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('series').meta({ description: 'A price for every interval, from a data set.' }),
          column: reference('Data set and price column, like `fontana-2016/price` (USD/kWh).'),
        }),
        z.strictObject({
          kind: z.literal('flat').meta({ description: 'One price around the clock.' }),
          usdPerKwh: usdPerKwh('Full retail price of energy: supply and delivery.'),
        }),
      ])
      .meta({ description: 'What a home pays the utility for energy.' }),
    export: z
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
      ])
      .meta({ description: 'What the utility pays or credits for energy that it takes.' }),
    fixedUsdPerMonth: quantity(
      'USD/month',
      { min: 0, max: 10_000 },
      'Fixed (customer) charge of one home.',
    ).default(0),
    lowIncomeDiscountFraction: fraction("Taken off the utility's lines of homes with role consumer.").default(
      0,
    ),
    peerDeliveryUsdPerKwh: usdPerKwh(
      "What the utility still charges the buyer of a neighbor's kWh for its wires.",
    ).default(0),
  })
  .meta({ description: 'What the utility charges and pays.' })
