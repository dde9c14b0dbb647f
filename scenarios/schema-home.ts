/** The schema of one home: where its load and solar come from, and its battery. */
import { z } from 'zod'
import { batteryBehaviour } from './schema-battery.ts'
import { bill, commercial, devices, participation, preferences } from './schema-flexible.ts'
import {
  fraction,
  isFixedOffset,
  isTimeZone,
  label,
  oneLine,
  quantity,
  reference,
  slug,
} from './schema-parts.ts'
import { income, trading } from './schema-market.ts'
import { keepSocInOrder, refuseGeneratingConsumer } from './schema-rules.ts'
import { weatherSolar } from './schema-solar.ts'

/**
 * Most kWh and kW of one home's battery and solar. Far beyond a home, so that Wh and W written for them are
 * found; and an hour of solar and discharge together still counts in milliwatt-hours within 31 bits.
 */
const MAX_HOME = 1000

const profile = reference('Embedded data set and home, like `fontana-2016/1`; `vpp data list` names them.')

const clock = z
  .string()
  .refine((name) => isFixedOffset(name) || isTimeZone(name))
  .meta({
    description:
      'Clock of times that carry no offset: a zone, or an offset like -05:00 when it never changes.',
    rule: 'an IANA time zone like America/New_York, or an offset like -05:00',
  })

const fileFields = {
  file: oneLine(1024, 'CSV file, relative to the folder of this scenario.'),
  column: oneLine(120, 'Column that holds the values.'),
  unit: z
    .enum(['kWh', 'Wh', 'kW', 'W'])
    .meta({ description: 'Unit of the column: energy in each interval (kWh, Wh) or mean power (kW, W).' }),
  timeColumn: oneLine(120, 'Column that holds the time of each interval, ISO 8601.'),
  timeZone: clock.default('UTC'),
  labels: z
    .enum(['start', 'middle', 'end'])
    .default('start')
    .meta({ description: 'Which moment of its interval a time names.' }),
  seam: z.enum(['drop']).optional().meta({
    description: '`drop` leaves out rows of the hour that clocks skip, where a program filled it in.',
  }),
  separator: z.enum([',', ';', '\t']).default(',').meta({ description: 'What stands between columns.' }),
  confirmUnit: z
    .boolean()
    .default(false)
    .meta({ description: 'The unit is right although the column’s name says another.' }),
}

const scale = quantity(
  'factor',
  { min: 0, max: 100 },
  'Multiplies every value of the series; other than 1 it is an assumption that the report names.',
).default(1)

const nameplate = quantity(
  'kW',
  { above: 0, max: MAX_HOME },
  'AC nameplate of the solar plant: the most it can deliver, and what limits minting.',
)

const load = z
  .union([
    z.strictObject({ profile, scale, bill: bill.optional() }),
    z.strictObject({ ...fileFields, scale, bill: bill.optional() }),
    z.strictObject({ commercial, bill: bill.optional() }),
  ])
  .meta({
    description:
      'Energy that the home uses, before solar, battery and devices: a `profile`, a `file` or the `commercial` model.',
  })

const solar = z
  .union([
    z.strictObject({
      profile,
      kw: nameplate.optional().meta({ defaultText: 'the nameplate in the data set' }),
    }),
    z.strictObject({ ...fileFields, kw: nameplate }),
    weatherSolar,
  ])
  .meta({
    description:
      'AC solar generation: a `profile` scaled to `kw`, a `file`, or a plant computed from a `weather` file; left out: none.',
  })

const efficiency = (description: string) => quantity('fraction', { above: 0, max: 1 }, description)
const percent = (unit: string, description: string) => quantity(unit, { min: 0, max: 100 }, description)

export const battery = z
  .strictObject({
    capacityKwh: quantity('kWh', { above: 0, max: MAX_HOME }, 'Usable energy when new, inside the battery.'),
    powerKw: quantity('kW', { above: 0, max: MAX_HOME }, 'Greatest AC power, charging and discharging.'),
    chargeEfficiency: efficiency('Energy stored for each unit of AC energy taken.').default(0.95),
    dischargeEfficiency: efficiency('AC energy given for each unit of stored energy drawn.').default(0.95),
    standbyW: quantity(
      'W',
      { min: 0, max: 1000 },
      'Own use of the inverter and its controls, around the clock (5 to 20 W are usual).',
    ).default(10),
    selfDischargePercentPerMonth: percent(
      '%/month',
      'Stored energy lost at rest (0.4 to 3 are usual).',
    ).default(1),
    minSocFraction: fraction('State of charge below which it does not discharge.').default(0),
    maxSocFraction: fraction('State of charge above which it does not charge.').default(1),
    initialSocFraction: fraction('State of charge at the start, from minSocFraction to maxSocFraction.')
      .optional()
      .meta({ defaultText: 'minSocFraction' }),
    calendarFadePercentPerYear: percent(
      '%/year',
      'Usable energy lost with time, linear: the simple ageing model (1 to 2 are usual).',
    ).default(1.5),
    cycleFadePercentPerThousandEfc: percent(
      '%/1000 EFC',
      'Usable energy lost by use, linear, for every thousand equivalent full cycles.',
    ).default(5),
    ...batteryBehaviour,
  })
  .superRefine(keepSocInOrder, { when: () => true })
  .transform(({ initialSocFraction: start, ...rest }) => ({
    ...rest,
    initialSocFraction: start ?? rest.minSocFraction,
  }))
  .meta({ description: 'Home battery; left out: none.' })

/** A battery on a meter of its own; what it does not name is that of a home battery. */
export const sharedBattery = z
  .strictObject({
    capacityKwh: quantity('kWh', { above: 0, max: MAX_HOME }, 'Usable energy when new, inside the battery.'),
    powerKw: quantity('kW', { above: 0, max: MAX_HOME }, 'Greatest AC power, charging and discharging.'),
    standbyW: quantity('W', { min: 0, max: 1000 }, 'Own use, around the clock.').default(20),
    ageing: batteryBehaviour.ageing,
  })
  .meta({
    description:
      'Battery of the community beside those of homes: it charges what the neighbors’ solar leaves over and serves what they lack, and trades both through the market. Left out: none.',
  })

/** The shared battery with everything that a home battery has. */
export const asHomeBattery = (part: z.output<typeof sharedBattery>): z.output<typeof battery> =>
  battery.parse(part)

export const home = z
  .strictObject({
    id: slug('Name of the home in files and ledgers; unique in the scenario. It seeds the random draws.'),
    label: label('home'),
    role: z.enum(['household', 'consumer']).default('household').meta({
      description:
        'Part in the market. `household`: may own solar and battery. `consumer`: load only, and the low-income discount applies. An assumption, not a measured attribute.',
    }),
    load,
    solar: solar.optional(),
    battery: battery.optional(),
    site: z
      .enum(['home', 'commercial'])
      .default('home')
      .meta({ description: 'What it is: in demand response, homes and commercial sites are told apart.' }),
    devices: devices.optional(),
    preferences,
    trading,
    income: income.optional(),
    demandResponse: participation.optional(),
  })
  .superRefine(refuseGeneratingConsumer, { when: () => true })
  .transform(({ id, label: name = id, ...rest }) => ({ id, label: name, ...rest }))
