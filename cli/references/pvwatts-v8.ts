import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { pressurePa, STANDARD_PRESSURE_PA } from '../../models/solar/airmass.ts'
import { deltaTSeconds } from '../../models/solar/delta-t.ts'
import { dayOfYear } from '../../models/solar/extraterrestrial.ts'
import type { ModuleType } from '../../models/solar/pvwatts-v8/modules.ts'
import { pvwattsV8, type PvwattsYield } from '../../models/solar/pvwatts-v8/pvwatts-v8.ts'
import { type SunPosition, sunPosition } from '../../models/solar/sun-position.ts'
import { weightedRmse } from './deviation.ts'
import { type EpwCalendar, readEpwCalendar } from './epw-calendar.ts'
import { filesMatching, readJson, readTable, sameLength, type Table } from './files.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-pvwatts'
/** One day a year, where there is polar day; see `darkInDaylight`. */
const DARK_HOURS = 24
const MODULES: readonly ModuleType[] = ['standard', 'premium', 'thin-film']
const MOUNTS = ['rack', 'roof'] as const

const number = z.number()
const percents = z.union([number.transform((value) => [value]), z.array(number).min(1)])
const system = z
  .looseObject({
    system_capacity: number.positive(),
    module_type: z.literal([0, 1, 2]),
    dc_ac_ratio: number.positive(),
    array_type: z.literal([0, 1], { error: 'is a tracker; fixed racks (0) and roofs (1) are modelled' }),
    tilt: number.min(0).max(90),
    azimuth: number.min(0).max(360),
    gcr: number.gt(0).lt(1).default(0.4),
    losses: number.min(-5).max(99),
    inv_eff: number.min(50).max(100).default(96),
    bifaciality: z.literal(0, { error: 'bifacial modules are not modelled' }).default(0),
    soiling: percents.default([0]),
  })
  // What is not modelled must be off; it would be passed over otherwise.
  .superRefine((given, context) => {
    for (const [key, value] of Object.entries(given)) {
      if (key in system.shape || value === 0 || value === false || value === null) continue
      context.addIssue({ code: 'custom', path: [key], message: 'is an option that is not modelled' })
    }
  })
const shape = z.object({
  tool: z.string().default('unnamed'),
  weather: z.string(),
  weather_feed: z.string().default(''),
  system,
  albedo: percents,
  annual_ac_kwh: number,
  monthly_ac_kwh: z.array(number).length(12).optional(),
  monthly_poa_kwh_m2: z.array(number).length(12).optional(),
})
type Reference = z.output<typeof shape>

/**
 * The year and minute at which the reference fed each row: `year 2023, hour h-1, minute 30`, which are those of the
 * layout where a reference says nothing else.
 */
function feed({ weather_feed: words }: Reference): { year: number; minute: number } {
  const year = /\byear (\d{4})\b/.exec(words)?.[1] ?? 2023
  const minute = /\bminute (\d{1,2})\b/.exec(words)?.[1] ?? 30
  return { year: Number(year), minute: Number(minute) }
}

/** One value for all rows, one a month, or one a row. */
function spread(values: readonly number[], month: Uint8Array, place: string): Float64Array {
  if (values.length === 1) return new Float64Array(month.length).fill(values[0])
  if (values.length === 12) return Float64Array.from(month, (one) => values[one - 1])
  if (values.length === month.length) return Float64Array.from(values)
  throw new VppError('invalid', {
    place,
    problem: `has ${values.length} values`,
    fix: 'give one, one a month, or one a row',
  })
}

function compute(
  reference: Reference,
  source: string,
  table: Table,
  epw: EpwCalendar,
): { ours: PvwattsYield; darkHours: number } {
  const { year, minute } = feed(reference)
  const times = Float64Array.from(epw.month, (month, row) => {
    const local = Date.UTC(year, month - 1, epw.dayOfMonth[row], epw.hour[row] - 1, minute) / 1000
    return local - epw.offsetHours * 3600
  })
  const pressureHpa = pressurePa(epw.altitudeM) / 100
  const sun = sunPosition(times, {
    latitudeDeg: epw.latitudeDeg,
    longitudeDeg: epw.longitudeDeg,
    altitudeM: epw.altitudeM,
    // SAM takes a pressure below 800 hPa, higher than 1,950 m, for an error and goes on with that of the sea.
    pressureHpa: pressureHpa > 800 ? pressureHpa : STANDARD_PRESSURE_PA / 100,
    temperatureC: 15,
    deltaTSeconds: deltaTSeconds(year),
  })
  const given = reference.system
  const ours = pvwattsV8(
    {
      dcW: given.system_capacity * 1000,
      module: MODULES[given.module_type],
      mount: MOUNTS[given.array_type],
      plane: { tiltDeg: given.tilt, azimuthDeg: given.azimuth },
      dcAcRatio: given.dc_ac_ratio,
      groundCover: given.gcr,
      lossesPercent: given.losses,
      inverterEfficiencyFraction: given.inv_eff / 100,
    },
    {
      dni: table.numbers('dni'),
      dhi: table.numbers('dhi'),
      airC: table.numbers('tamb_c'),
      windMps: table.numbers('wspd'),
      dayOfYear: dayOfYear(times, epw.offsetHours * 3600),
      albedo: spread(reference.albedo, epw.month, `${source}  albedo`),
      soilingFraction: spread(given.soiling, epw.month, `${source}  system.soiling`).map(
        (percent) => percent / 100,
      ),
      altitudeM: epw.altitudeM,
    },
    sun,
  )
  // Dark in the reference: the energy of these hours is not compared, their number is.
  const dark = darkInDaylight(table, sun)
  for (const column of Object.values(ours)) for (const row of dark) column[row] = 0
  return { ours, darkHours: dark.length }
}

/**
 * Rows that the reference leaves dark with the sun more than a degree above the horizon. SAM loses the last day
 * before polar day: it takes a sunset after midnight for one of the day before.
 */
function darkInDaylight(table: Table, sun: SunPosition): number[] {
  const up = table.numbers('sunup')
  return [...up.keys()].filter((row) => up[row] === 0 && sun.zenithDeg[row] < 89)
}

function check(dir: string, name: string): Check[] {
  const source = `${FOLDER}/${name}.json`
  const file = `${FOLDER}/${name}.csv`
  const reference = readJson(dir, source, shape)
  const table = readTable(dir, file)
  const epw = readEpwCalendar(dir, reference.weather, source)
  sameLength(file, table.rows, epw.file, epw.month.length)
  const { ours, darkHours } = compute(reference, source, table, epw)
  const poa = table.numbers('poa_w_m2')
  const dc = table.numbers('dc_w')
  const ac = table.numbers('ac_w')
  const incidence = table.numbers('aoi_deg')
  const every = poa.map(() => 1)
  const lit = poa.map((watts) => (watts > 0 ? 1 : 0))
  // In the minute of sunrise one may have the sun up and the other not; that hour counts in what follows from it.
  const both = poa.map((watts, row) => (ours.poa[row] > 0 ? watts : 0))
  // SAM writes no light through the cover where the sun stands at or behind the plane's edge.
  const covered = poa.map((watts, row) => (incidence[row] > 0.5 && incidence[row] < 89.5 ? watts : 0))
  const one = checksOf(file, reference.tool)
  const ratedW = (reference.system.system_capacity * 1000) / reference.system.dc_ac_ratio
  const shareOfRated = (column: Float64Array, theirs: Float64Array, rated: number) =>
    (100 * weightedRmse(column, theirs, every)) / rated
  const kwh = (column: Float64Array) => column.reduce((sum, watts) => sum + watts, 0) / 1000
  const monthly = (column: Float64Array, theirs: readonly number[]) => {
    const sums = new Float64Array(12)
    column.forEach((watts, row) => {
      sums[epw.month[row] - 1] += watts / 1000
    })
    const mean = theirs.reduce((sum, value) => sum + value, 0) / theirs.filter((value) => value > 0).length
    return (100 * Math.max(...sums.map((sum, month) => Math.abs(sum - theirs[month])))) / mean
  }
  return [
    one('dark in the reference by day', 'h', DARK_HOURS, darkHours),
    one('angle of incidence, in light', '°', 0.01, weightedRmse(ours.incidenceDeg, incidence, both)),
    one('plane of array', 'W/m²', 2, weightedRmse(ours.poa, poa, every)),
    one(
      'light through the cover',
      'W/m²',
      2,
      weightedRmse(ours.transmitted, table.numbers('tpoa_w_m2'), covered),
    ),
    one('cell temperature, in light', '°C', 0.1, weightedRmse(ours.cellC, table.numbers('tcell_c'), lit)),
    one(
      'DC power, every hour',
      '% rated',
      1,
      shareOfRated(ours.dcW, dc, reference.system.system_capacity * 1000),
    ),
    one('AC power, every hour', '% rated', 1, shareOfRated(ours.acW, ac, ratedW)),
    one('annual AC energy', '%', 0.3, 100 * Math.abs(kwh(ours.acW) / reference.annual_ac_kwh - 1)),
    ...(reference.monthly_ac_kwh === undefined
      ? []
      : [one('AC energy by month', '% month', 0.3, monthly(ours.acW, reference.monthly_ac_kwh))]),
    ...(reference.monthly_poa_kwh_m2 === undefined
      ? []
      : [one('plane of array by month', '% month', 0.3, monthly(ours.poa, reference.monthly_poa_kwh_m2))]),
  ]
}

/** PVWatts version 8 by SAM: `NAME.csv` with its inputs in `NAME.json`. */
export const pvwattsV8References: ReferenceFamily = {
  id: 'pvwatts-v8',
  find: (dir) => {
    const pattern = /^(.+)\.(?:csv|json)$/
    const names = filesMatching(`${dir}/${FOLDER}`, pattern).map((file) => file.replace(pattern, '$1'))
    return [...new Set(names)].toSorted()
  },
  check,
}
