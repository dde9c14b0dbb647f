/** The schema of what can wait: devices, preferences, demand response, and what they look at. */
import { z } from 'zod'
import { fraction, oneLine, quantity, reference, whole } from './schema-parts.ts'

const celsius = (min: number, max: number, description: string) => quantity('°C', { min, max }, description)
const hourOfDay = (description: string) => quantity('h', { min: 0, max: 24 }, description)

const vehicle = z
  .strictObject({
    capacityKwh: quantity('kWh', { above: 0, max: 500 }, 'Usable energy of its battery.').default(60),
    chargerKw: quantity('kW', { above: 0, max: 50 }, 'Greatest AC power of the charger.').default(7.2),
    efficiency: quantity(
      'fraction',
      { above: 0, max: 1 },
      'Stored energy for each unit of AC energy.',
    ).default(0.9),
    targetSocFraction: fraction('State of charge that must be there at departure.').default(0.8),
    kwhPerDay: quantity('kWh/day', { min: 0, max: 500 }, 'Mean energy of a day of driving.').default(8),
    spread: quantity(
      'fraction',
      { min: 0, max: 1 },
      'How far a day strays from the mean: SD of the logarithm; seeded.',
    ).default(0.3),
    leaveHour: hourOfDay('Local hour of departure.').default(8),
    returnHour: hourOfDay('Local hour of return, after leaveHour on the same day.').default(18),
    days: z
      .enum(['weekdays', 'every-day'])
      .default('weekdays')
      .meta({ description: 'On which days it drives.' }),
  })
  .meta({ description: 'Electric vehicle that is charged at home; on top of the load.' })

const heatPump = z
  .strictObject({
    lossKwPerK: quantity(
      'kW/K',
      { above: 0, max: 5 },
      'Heat lost for each kelvin to the outside (UA).',
    ).default(0.15),
    capacityKwhPerK: quantity(
      'kWh/K',
      { above: 0, max: 100 },
      'Heat stored in the home for each kelvin.',
    ).default(4),
    gainKw: quantity('kW', { min: 0, max: 20 }, 'Heat of people, devices and sun, constant.').default(0.3),
    powerKw: quantity('kW', { above: 0, max: 100 }, 'Greatest electric power.').default(3),
    supplyC: celsius(25, 70, 'Temperature of the heating water.').default(40),
    setpointC: celsius(10, 28, 'Wanted temperature.').default(20.5),
    bandK: quantity('K', { min: 0, max: 5 }, 'Comfort limits: set point ± this.').default(1.5),
  })
  .meta({
    description:
      'Air-source heat pump that heats the home; on top of the load. Needs environment.temperature; it does not cool.',
  })

const waterHeater = z
  .strictObject({
    litres: quantity('L', { above: 0, max: 5000 }, 'Volume of the tank.').default(190),
    powerKw: quantity('kW', { above: 0, max: 50 }, 'Greatest electric power.').default(4.5),
    cop: quantity(
      'factor',
      { min: 1, max: 5 },
      'Heat for each unit of electricity: 1 is an element.',
    ).default(1),
    lossWPerK: quantity('W/K', { min: 0, max: 50 }, 'Heat lost to the room for each kelvin.').default(1.5),
    roomC: celsius(0, 40, 'Temperature around the tank.').default(20),
    coldC: celsius(1, 30, 'Temperature of the cold water.').default(14),
    setpointC: celsius(40, 75, 'Wanted temperature of the tank.').default(52),
    bandK: quantity('K', { min: 0, max: 12 }, 'Comfort limits: set point ± this.').default(6),
    litresPerDay: quantity(
      'L/day',
      { min: 0, max: 5000 },
      'Water drawn in a day, with peaks at morning and evening.',
    ).default(150),
  })
  .meta({ description: 'Water heater with a tank; on top of the load.' })

export const devices = z
  .strictObject({
    vehicle: vehicle.optional(),
    heatPump: heatPump.optional(),
    waterHeater: waterHeater.optional(),
  })
  .meta({ description: 'Flexible loads within comfort limits, steered by `preferences`; left out: none.' })

const weight = (description: string) => fraction(`${description} From 0 (nothing) to 1.`)

export const preferences = z
  .strictObject({
    comfort: weight(
      'How little of the comfort limits may be used: at 1 devices run as if nothing were flexible.',
    ).default(0.3),
    green: weight(
      'Run on solar that is left over, or when the grid’s carbon is low (environment.carbon).',
    ).default(0.3),
    local: weight('Run while neighbors together generate more than they use.').default(0.3),
    price: weight('Run when power is cheap among the next 24 hours.').default(1),
  })
  .prefault({})
  .meta({ description: 'What the occupants care about; steers `devices`, and nothing without them.' })

export const participation = z
  .strictObject({
    costUsdPerKwh: quantity(
      'USD/kWh',
      { min: 0, max: 100 },
      'Least payment for which it answers an event: lost comfort, or lost production. An assumption.',
    ),
    shedFraction: fraction(
      'Part of the load itself, beside devices, that it can leave out in an event.',
    ).default(0),
  })
  .meta({ description: 'Takes part in demand response; left out: it does not.' })

const event = z.strictObject({
  start: z.iso.datetime({ local: true }).meta({
    description: 'Local start, in the zone of the scenario.',
    rule: 'a local time, 2017-07-10T17:00:00',
  }),
  hours: quantity('h', { above: 0, max: 24 }, 'How long it lasts.').default(3),
  payUsdPerKwh: quantity('USD/kWh', { min: 0, max: 100 }, 'Payment for each kWh that is not used.'),
})

export const demandResponse = z
  .strictObject({
    label: oneLine(160, 'Name of the programme.').default('Demand response'),
    source: oneLine(400, 'Where its terms are from.').default('assumed'),
    events: z.array(event).min(1).max(1000).meta({ description: 'Events, none overlapping another.' }),
  })
  .meta({
    description: 'Programme that pays for load left out in events; beside the bills, from outside the area.',
  })

export const commercial = z
  .strictObject({
    peakKw: quantity('kW', { above: 0, max: 1000 }, 'Power when open and in full use.'),
    baseFraction: fraction('Part of the peak that is drawn when closed.').default(0.25),
    openHour: hourOfDay('Local hour of opening.').default(8),
    closeHour: hourOfDay('Local hour of closing, after openHour.').default(18),
    rampHours: quantity('h', { min: 0, max: 6 }, 'Hours of starting up and of closing down.').default(1.5),
    saturdayFraction: fraction('Part of a weekday’s use on Saturdays.').default(0.3),
    sundayFraction: fraction('Part of a weekday’s use on Sundays.').default(0.1),
  })
  .meta({ description: 'Model of a commercial or industrial site: an assumed shape, no measurement.' })

const monthly = (unit: string, description: string) =>
  z
    .array(quantity(unit, { min: 0, max: 1_000_000 }, 'Bill of one calendar month.'))
    .length(12)
    .meta({ description, rule: 'a list of twelve numbers, January first' })

export const bill = z
  .union([
    z.strictObject({ kwhPerMonth: monthly('kWh', 'Energy billed in each calendar month, January first.') }),
    z.strictObject({
      usdPerMonth: monthly(
        'USD',
        'Bill of each calendar month under this tariff, without solar, January first.',
      ),
    }),
  ])
  .meta({
    description: 'Scales the shape to what the home was billed, month by month: by energy or by money.',
  })

const embedded = (what: string) => reference(`Embedded series of ${what}, like \`fontana-2016/temperature\`.`)

const temperature = z
  .union([
    z.strictObject({ series: embedded('temperature, °C') }),
    z.strictObject({
      epw: oneLine(1024, 'EnergyPlus weather file, relative to the folder of this scenario.'),
      year: whole(
        '-',
        1990,
        2100,
        'Year that a file of one year stands for, when it is not its own.',
      ).optional(),
    }),
  ])
  .meta({ description: 'Outside temperature. A typical year serves every year, day by day.' })

export const environment = z
  .strictObject({
    temperature: temperature.optional(),
    carbon: z
      .strictObject({ series: embedded('grid carbon, kg/kWh') })
      .optional()
      .meta({ description: 'Carbon of the grid, for those who care about green.' }),
  })
  .prefault({})
  .meta({ description: 'What devices and occupants look at.' })
