/** The schema of what the utility charges and pays. */
import { z } from 'zod'
import { FORMATS, type FormatName } from '../data/formats/registry.ts'
import { fraction, oneLine, quantity, usdPerKwh, whole } from './schema-parts.ts'
import { exportRule, importRule } from './schema-rate.ts'

const perMonth = (description: string) => quantity('USD/month', { min: 0, max: 10_000 }, description)

export const tariff = z
  .strictObject({
    label: oneLine(120, 'Name of the tariff in the report.'),
    source: oneLine(500, 'Where the figures are from, so that a reader can check them.'),
    year: whole('year', 1990, 2100, 'Year for which the figures hold.'),
    import: importRule,
    export: exportRule,
    calendar: z.enum(['civil', 'sam']).default('civil').meta({
      description:
        'Days of the week of schedules. `civil`: the real ones; `sam`: 1 January is a Monday in every year, as in SAM (with a timeZone without daylight saving its whole calendar). Neither knows holidays.',
    }),
    fixedUsdPerMonth: perMonth(
      'Fixed (customer) charge of one home, on top of what a published or URDB rate has.',
    ).default(0),
    lowIncomeDiscountFraction: fraction("Taken off the utility's lines of homes with role consumer.").default(
      0,
    ),
    lowIncomeCreditUsdPerMonth: perMonth('Credited to homes with role consumer, after the discount.').default(
      0,
    ),
    solarChargeUsdPerKwMonth: quantity(
      'USD/kW/month',
      { min: 0, max: 1000 },
      'Charge on each kW (AC) of solar: New York’s customer benefit contribution is one.',
    ).default(0),
    peerDeliveryUsdPerKwh: usdPerKwh(
      "What the utility still charges the buyer of a neighbor's kWh for its wires.",
    ).default(0),
  })
  .meta({ description: 'What the utility charges and pays.' })

const SERIES_FORMATS = Object.entries(FORMATS).flatMap(([name, { holds }]) =>
  holds === 'series' ? [name as FormatName] : [],
) as [FormatName, ...FormatName[]]

export const baselines = z
  .strictObject({
    today: z
      .strictObject({
        export: exportRule.optional().meta({
          defaultText:
            'the tariff’s own where it nets a month, else net metering with the wholesale price for what is left',
        }),
        solarChargeUsdPerKwMonth: quantity(
          'USD/kW/month',
          { min: 0, max: 1000 },
          'Charge on solar under today’s rules.',
        )
          .optional()
          .meta({ defaultText: 'that of the tariff' }),
      })
      .prefault({})
      .meta({ description: 'Today’s rules: net metering and the low-income rate.' }),
    wholesale: z
      .strictObject({
        usdPerKwh: usdPerKwh('Wholesale price paid for every exported kWh.')
          .optional()
          .meta({ defaultText: 'economics.avoidedSupplyUsdPerKwh' }),
        file: oneLine(
          1024,
          'Price file that covers the run, relative to the folder of this scenario.',
        ).optional(),
        format: z.enum(SERIES_FORMATS).default('nyiso').meta({ description: 'Format of the file.' }),
        zone: oneLine(80, 'Zone, where the file has several.').optional(),
      })
      .prefault({})
      .meta({ description: 'No net metering: exports earn the wholesale price, constant or from a file.' }),
    timeVarying: z
      .strictObject({
        label: oneLine(120, 'Name of the time-varying rate in the report.').default(
          'Seasonal time of use, shape of a study for upstate New York',
        ),
        import: importRule.optional().meta({
          defaultText:
            'the shape of ny-seasonal-tou-study at the level at which these homes’ load would pay the same',
        }),
        export: exportRule
          .optional()
          .meta({ defaultText: 'net metering, each kWh at the price of its hour' }),
      })
      .prefault({})
      .meta({ description: 'A rate by the time of day, with net metering.' }),
  })
  .prefault({})
  .meta({
    description: 'Rules that every run is compared with: the same homes and devices, without trading.',
  })
