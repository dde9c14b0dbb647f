/** The schema of what-ifs: factors on what a run is made from, so that one scenario can stand for many. */
import { z } from 'zod'
import { fraction, quantity, usdPerKwh } from './schema-parts.ts'

const factor = (description: string) =>
  quantity('factor', { min: 0, max: 100 }, `${description}; 1 leaves it as it is.`).default(1)

export const whatIf = z
  .strictObject({
    loadFactor: factor('Multiplies every load, before devices'),
    solarFactor: factor('Multiplies all solar, up to the plant’s nameplate'),
    retailFactor: factor(
      'Multiplies what the utility charges for energy, demand and delivery, and credits that a tariff’s own net metering sets beside it',
    ),
    exportFactor: factor('Multiplies wholesale prices and what exports earn where no month is netted'),
    exportUsdPerKwh: usdPerKwh('Every exported kWh earns this, whatever the tariff says.')
      .optional()
      .meta({ defaultText: 'as the tariff says' }),
    peerDeliveryUsdPerKwh: usdPerKwh('Delivery on a neighbor’s kWh, whatever the tariff says.')
      .optional()
      .meta({ defaultText: 'as the tariff says' }),
    tradingFraction: fraction(
      'Share of homes that trade, drawn by the seed home by home; the others keep to the utility.',
    ).default(1),
  })
  .prefault({})
  .meta({ description: 'What if loads, sun, prices or participation were others: factors on the scenario.' })

export type WhatIf = z.output<typeof whatIf>
