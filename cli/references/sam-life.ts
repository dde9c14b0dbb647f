import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { CalendarCycleLife, type SamCalendar } from '../../models/battery/ageing/sam/calendar-cycle.ts'
import type { SamLife } from '../../models/battery/ageing/sam/life.ts'
import { LmoLtoLife } from '../../models/battery/ageing/sam/lmo-lto.ts'
import { NmcLife } from '../../models/battery/ageing/sam/nmc.ts'
import { SamBattery } from '../../models/battery/ageing/sam/pack.ts'
import { filesMatching, readColumns, readJson } from './files.ts'
import type { Check, ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-battery-life'
/** The figure, of relative capacity. */
const HEALTH = 0.002
const SOC_PERCENT = 0.1

const number = z.number()
const pair = z.tuple([number, number])
const shape = z.object({
  tool: z.string().default('unnamed'),
  life_model: number,
  nominal_kwh: number.positive(),
  nominal_v: number.positive(),
  room_c: number,
  schedule: z.string(),
  dt_h: number.positive().max(24),
  cell_params: z.object({
    Qfull: number.positive(),
    Vnom_default: number.positive(),
    resistance: number,
    initial_SOC: number,
    minimum_SOC: number,
    maximum_SOC: number,
    calendar_choice: number.default(0),
    calendar_q0: number.optional(),
    calendar_a: number.optional(),
    calendar_b: number.optional(),
    calendar_c: number.optional(),
    calendar_matrix: z.array(pair).optional(),
    cycling_matrix: z.array(z.tuple([number, number, number])).default([]),
  }),
  pack: z.object({
    Cp: number.positive(),
    h: number.positive(),
    mass: number.positive(),
    surface_area: number.positive(),
    cap_vs_temp: z.array(pair).min(2),
  }),
})
type Reference = z.output<typeof shape>

const refuse = (place: string, problem: string, fix: string): never => {
  throw new VppError('invalid', { place, problem, fix })
}

function calendarOf({ cell_params: cell }: Reference, source: string): SamCalendar {
  if (cell.calendar_choice === 0) return { kind: 'none' }
  const { calendar_q0: q0, calendar_a: a, calendar_b: b, calendar_c: c, calendar_matrix: rows } = cell
  if (cell.calendar_choice === 1 && q0 !== undefined && a !== undefined && b !== undefined && c !== undefined)
    return { kind: 'model', q0, a, b, c }
  if (cell.calendar_choice === 2 && rows !== undefined && rows.length >= 2) return { kind: 'table', rows }
  return refuse(
    `${source}  cell_params.calendar_choice`,
    `is ${cell.calendar_choice} without its parameters`,
    'give 0, or 1 with calendar_q0 and calendar_a to calendar_c, or 2 with calendar_matrix',
  )
}

function lifeOf(reference: Reference, source: string): SamLife {
  if (reference.life_model === 1) return new NmcLife()
  if (reference.life_model === 2) return new LmoLtoLife()
  const rows = reference.cell_params.cycling_matrix
  if (reference.life_model !== 0 || rows.length < 3)
    return refuse(
      `${source}  life_model`,
      `is ${reference.life_model}, with a cycle table of ${rows.length} rows`,
      'the life models are 0 (calendar and cycle table of 3 rows or more), 1 (NMC) and 2 (LMO-LTO)',
    )
  return new CalendarCycleLife(calendarOf(reference, source), rows)
}

interface Block {
  readonly currentA: number
  readonly fromHour: number
  readonly toHour: number
}

/** `each day: charge 0.2 C 10:00-14:00, discharge 0.2 C 18:00-22:00`, or `no current`. */
function blocksOf({ schedule, nominal_kwh: kwh, nominal_v: volt }: Reference, source: string): Block[] {
  const pattern = /\b(charge|discharge) ([\d.]+) C (\d+):(\d+)-(\d+):(\d+)/g
  const blocks = [...schedule.matchAll(pattern)].map(([, way, rate, h1, m1, h2, m2]) => ({
    currentA: ((way === 'charge' ? -1 : 1) * Number(rate) * kwh * 1000) / volt,
    fromHour: Number(h1) + Number(m1) / 60,
    toHour: Number(h2) + Number(m2) / 60,
  }))
  if (blocks.length === 0 && !schedule.startsWith('no current'))
    refuse(
      `${source}  schedule`,
      `is ${JSON.stringify(schedule)}`,
      'write `no current` or `each day: charge 0.2 C 10:00-14:00, discharge …`',
    )
  return blocks
}

function batteryOf(reference: Reference, life: SamLife): SamBattery {
  const { cell_params: cell, pack } = reference
  const series = Math.ceil(reference.nominal_v / cell.Vnom_default)
  const strings = Math.round((reference.nominal_kwh * 1000) / (cell.Qfull * series * cell.Vnom_default))
  return new SamBattery(
    {
      ampereHours: cell.Qfull * strings,
      minSocPercent: cell.minimum_SOC,
      maxSocPercent: cell.maximum_SOC,
      initialSocPercent: cell.initial_SOC,
      resistanceOhm: cell.resistance,
      massKg: pack.mass,
      surfaceM2: pack.surface_area,
      heatCapacity: pack.Cp,
      heatTransfer: pack.h,
      capacityByTemperature:
        reference.life_model === 0
          ? { x: pack.cap_vs_temp.map(([x]) => x), y: pack.cap_vs_temp.map(([, y]) => y) }
          : null,
    },
    life,
    reference.room_c,
    reference.dt_h,
  )
}

function check(dir: string, name: string): Check[] {
  const json = `${FOLDER}/${name}.json`
  const csv = `${FOLDER}/${name}.csv`
  const reference = readJson(dir, json, shape)
  const theirs = readColumns(dir, csv, ['day', 'q_relative_pct', 'soc'])
  const life = lifeOf(reference, json)
  const blocks = blocksOf(reference, json)
  const battery = batteryOf(reference, life)
  const hours = reference.dt_h
  let health = 0
  let soc = 0
  let step = 0
  for (let row = 0; row < theirs.day.length; row++) {
    for (const end = Math.round((theirs.day[row] * 24) / hours); step < end; step++) {
      const hour = (step * hours) % 24
      const block = blocks.find(({ fromHour, toHour }) => hour > fromHour - 1e-9 && hour < toHour - 1e-9)
      battery.step(block?.currentA ?? 0, reference.room_c)
    }
    health = Math.max(health, Math.abs(life.capacityPercent() - theirs.q_relative_pct[row]) / 100)
    soc = Math.max(soc, Math.abs(battery.socPercent - theirs.soc[row]))
  }
  const one = (quantity: string, unit: string, tolerance: number, deviation: number): Check => ({
    quantity: `${quantity}, SAM life model ${reference.life_model}`,
    source: csv,
    computedBy: reference.tool,
    unit,
    tolerance,
    deviation,
  })
  return [
    one('relative capacity, every point', 'fraction', HEALTH, health),
    one('state of charge, every point', '%', SOC_PERCENT, soc),
  ]
}

/** Battery lives of SAM's stateful battery: `sam_*.json` and `.csv`. */
export const samLife: ReferenceFamily = {
  id: 'sam-life',
  find: (dir) =>
    filesMatching(`${dir}/${FOLDER}`, /^sam_.*\.json$/).map((file) => file.replace(/\.json$/, '')),
  check,
}
