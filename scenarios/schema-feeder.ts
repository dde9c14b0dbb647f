/** The schema of the wires: what network homes stand on, what it must keep to, and who is cut. */
import { z } from 'zod'
import { CONDUCTOR_NAMES } from '../data/grid/conductors.ts'
import { oneLine, quantity, whole } from './schema-parts.ts'

const bus = (description: string) => oneLine(120, description)
const watts = (description: string) => quantity('W', { min: 0, max: 1_000_000 }, description)
const percent = (max: number, description: string) => quantity('%', { above: 0, max }, description)
const minutes = (description: string) => quantity('min', { above: 0, max: 10_000 }, description)

const transformer = z
  .strictObject({
    ratedKva: quantity('kVA', { above: 0, max: 10_000 }, 'Rated apparent power.'),
    primaryKv: quantity('kV', { above: 0, max: 150 }, 'Rated voltage of the high side.').default(7.2),
    impedancePercent: percent(20, 'Short-circuit voltage.').default(2),
    loadLossW: watts('Losses at rated load.'),
    noLoadLossW: watts('Losses of the iron.'),
    noLoadCurrentPercent: percent(20, 'No-load current.').default(0.5),
  })
  .meta({ description: 'Transformer of a feeder that the scenario describes.' })

const segment = z.strictObject({
  from: bus('Bus at which it begins: `transformer`, or the end of another segment.'),
  to: bus('Name of the bus at its end.'),
  metres: quantity('m', { above: 0, max: 50_000 }, 'Length.'),
  conductor: z.enum(CONDUCTOR_NAMES).meta({
    description:
      'Aluminum conductor, AWG or kcmil: impedance and ampacity of NEC tables 9 and 310.16, 75 °C.',
  }),
  parallel: whole('-', 1, 10, 'Conductors of each phase side by side.').default(1),
})

const network = z
  .union([
    z.strictObject({
      file: oneLine(
        1024,
        'Network file (JSON, the layout of feeder-simbench-semiurb4/network.json), relative to the folder of this scenario. Its own loads only tell where homes may stand.',
      ),
    }),
    z.strictObject({
      transformer,
      segments: z
        .array(segment)
        .min(1)
        .max(5000)
        .meta({ description: 'Lines, each from one bus to another.' }),
      phases: z.literal([1, 3]).default(1).meta({
        description: '1: single-phase service of two conductors (120/240 V); 3: three-phase, balanced.',
      }),
      nominalV: quantity('V', { above: 0, max: 1000 }, 'Nominal voltage, line to line.').default(240),
      sourcePu: quantity('p.u.', { min: 0.8, max: 1.2 }, 'Voltage at the high side.').default(1),
    }),
  ])
  .meta({ description: 'Lines and transformers: a file, or a feeder described here.' })

const limits = z
  .strictObject({
    voltageBand: z.enum(['ansi-c84.1-a', 'en-50160']).default('ansi-c84.1-a').meta({
      description: '`ansi-c84.1-a`: 0.95 to 1.05 p.u. (range A, service); `en-50160`: 0.90 to 1.10.',
    }),
    minPu: quantity('p.u.', { min: 0.5, max: 1 }, 'Lowest voltage, instead of the band’s.').optional(),
    maxPu: quantity('p.u.', { above: 1, max: 1.5 }, 'Highest voltage, instead of the band’s.').optional(),
    transformerPercent: percent(500, 'Greatest loading of a transformer, of its rated current.').default(100),
    linePercent: percent(500, 'Greatest loading of a line, of its ampacity.').default(100),
  })
  .prefault({})
  .meta({ description: 'What the wires must keep to.' })

const thermal = z
  .strictObject({
    paper: z
      .enum(['normal', 'upgraded'])
      .default('upgraded')
      .meta({ description: 'Insulation: normal paper, or thermally upgraded (usual in the United States).' }),
    topOilRiseK: quantity('K', { above: 0, max: 100 }, 'Top oil above ambient at rated load.').default(60),
    windingGradientK: quantity('K', { min: 0, max: 100 }, 'Winding above oil at rated load.').default(23),
    hotSpotFactor: quantity('factor', { min: 1, max: 3 }, 'Hot spot against mean winding.').default(1.2),
    oilMinutes: minutes('Time constant of the oil.').default(180),
    windingMinutes: minutes('Time constant of the windings.').default(4),
    ambientC: quantity(
      '°C',
      { min: -50, max: 60 },
      'Ambient temperature where environment.temperature is not given.',
    ).default(20),
  })
  .prefault({})
  .meta({ description: 'Temperature and ageing of the transformer: IEC 60076-7, distribution, ONAN.' })

export const feeder = z
  .strictObject({
    network,
    homes: z
      .array(
        z.strictObject({
          home: bus('Id of a home, or of the shared battery (`<community>-battery`).'),
          bus: bus('Name of its bus, or its place in the file’s list from 0.'),
        }),
      )
      .max(10_000)
      .default([])
      .meta({
        description:
          'Where homes stand. Those that are not named stand one after the other at the buses of the file’s loads, or at the ends of the described segments.',
        defaultText: 'one after the other',
      }),
    limits,
    rule: z.enum(['pro-rata', 'last-in-first-out', 'block-trades', 'none']).default('pro-rata').meta({
      description:
        'Who is cut when solar export would break an upper limit. `pro-rata`: every export by the same fraction; `last-in-first-out`: the last home of the list first; `block-trades`: home after home is let in whole, and one that does not fit is switched off and sells nothing; `none`: nobody, breaches are only told. Discharge of batteries is not cut.',
    }),
    powerFactor: quantity(
      '-',
      { min: 0.5, max: 1 },
      'Power factor of the loads, inductive; solar and batteries have 1.',
    ).default(0.95),
    thermal,
  })
  .meta({
    description: 'The wires between the homes; left out: they carry everything without loss.',
  })
