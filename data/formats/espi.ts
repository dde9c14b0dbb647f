import type { Frame } from '../frame.ts'
import { ExactEnergy } from '../exact-energy.ts'
import { EspiReader, type EspiFeed, type ReadingBlock, type ReadingType } from './espi-reader.ts'
import { offsetName, refuse, type SourceClock } from './source.ts'
import { wallText } from './label-axis.ts'

/** ESPI FlowDirectionType: what the meter saw from the customer's side. Values of reverse are positive. */
const FLOWS: Readonly<Record<string, EspiColumn>> = {
  '1': 'importMilliWh',
  '19': 'exportMilliWh',
  '4': 'netMilliWh',
}
/** Delivered to the customer; received from it; the difference, which may be below zero. */
export type EspiColumn = 'importMilliWh' | 'exportMilliWh' | 'netMilliWh'
export const ESPI_FLOWS = { forward: '1', reverse: '19', net: '4' } as const
/** ESPI UnitSymbol: 72 Wh is energy, 38 W the mean power of the interval. */
const UNITS: Readonly<Record<string, 'Wh' | 'W'>> = { '72': 'Wh', '38': 'W' }

export interface EspiOptions {
  readonly name: string
  /** Part of the link of the usage point that is wanted, where there are several. */
  readonly usagePoint?: string | undefined
  /** Part of the link of the meter reading that is wanted, where several tell the same flow. */
  readonly meterReading?: string | undefined
  /** Flow of readings whose type does not say it. */
  readonly flow?: keyof typeof ESPI_FLOWS | undefined
  /** `zero` counts missing intervals as no energy; left out, a gap is asked about. */
  readonly gaps?: 'zero' | undefined
  /** Which of two different readings of one interval holds; left out, they are asked about. */
  readonly duplicates?: 'first' | 'last' | undefined
  /** Settles a file whose readings are not as long as their type says: the readings' own length. */
  readonly stepSeconds?: number | undefined
}

export interface EspiFile {
  readonly format: 'espi'
  readonly frame: Frame & { readonly columns: Partial<Record<EspiColumn, Float64Array>> }
  readonly clock: SourceClock
  readonly notes: readonly string[]
}

/** Reads a Green Button file whole; `EspiReader` takes one in pieces. */
export function parseEspi(text: string, options: EspiOptions): EspiFile {
  const reader = new EspiReader(options.name)
  reader.push(text.replace(/^\ufeff/, ''))
  return espiFile(reader.end(), options)
}

/**
 * Energy of a Green Button feed, whole milliwatt-hours on one axis, a column for each flow. Starts are
 * seconds since 1970, UTC, and name the beginning of their interval: nothing about time is guessed.
 * Several blocks of one meter reading are joined; what repeats without difference is told once.
 */
export function espiFile(feed: EspiFeed, options: EspiOptions): EspiFile {
  const { name } = options
  const notes: string[] = []
  const channels = new Map<EspiColumn, { type: ReadingType; blocks: ReadingBlock[] }>()
  for (const [meter, blocks] of wantedMeters(feed, options, notes)) {
    const type = typeOf(feed, meter, blocks[0], name)
    const column = columnOf(type, options)
    if (channels.has(column))
      refuse(
        name,
        type.line,
        `a second meter reading tells the same flow (${column})`,
        'say which is wanted with `meterReading`, a part of its link, or `usagePoint`',
      )
    channels.set(column, { type, blocks })
  }
  let frame: Frame | undefined
  const columns: Record<string, Float64Array> = {}
  for (const [column, { type, blocks }] of channels) {
    const channel = channelOf(column, type, blocks, options, notes)
    const { startSeconds, stepSeconds, count } = channel.axis
    if (
      frame !== undefined &&
      (frame.axis.startSeconds !== startSeconds ||
        frame.axis.stepSeconds !== stepSeconds ||
        frame.axis.count !== count)
    )
      refuse(
        name,
        type.line,
        `${column} has ${count} intervals of ${stepSeconds} s from ${wallText(startSeconds)}, another flow ${frame.axis.count} of ${frame.axis.stepSeconds} s from ${wallText(frame.axis.startSeconds)}`,
        'choose one with `meterReading`',
      )
    columns[column] = channel.milliWh
    frame = { axis: channel.axis, columns }
  }
  if (frame === undefined)
    return refuse(name, 0, 'has no interval readings of electricity', 'is it interval data?')
  if (feed.tzOffsetSeconds !== null)
    notes.push(
      `Local standard time at the meter is ${offsetName(feed.tzOffsetSeconds / 3600)}; starts are UTC.`,
    )
  return {
    format: 'espi',
    frame,
    clock: { labels: 'start', timeZone: 'UTC+00:00' },
    notes,
  }
}

const meterOf = (block: ReadingBlock): string => block.up.replace(/\/IntervalBlock\/?$/, '')

/** Blocks by meter reading, of the usage point and reading that are wanted. */
function wantedMeters(feed: EspiFeed, options: EspiOptions, notes: string[]): Map<string, ReadingBlock[]> {
  const { name, usagePoint, meterReading } = options
  const electric = feed.usagePoints.filter(({ kind }) => kind === '' || kind === '0')
  const other = feed.usagePoints.filter(({ kind }) => kind !== '' && kind !== '0')
  const groups = Map.groupBy(feed.blocks, meterOf)
  const belongs = (meter: string, self: string) => self !== '' && meter.startsWith(self)
  for (const meter of groups.keys()) {
    if (other.some(({ self }) => belongs(meter, self))) {
      notes.push(`Readings of ${meter} are of another service than electricity and are left out.`)
      groups.delete(meter)
    } else if (
      (usagePoint !== undefined && !meter.includes(usagePoint)) ||
      (meterReading !== undefined && !meter.includes(meterReading))
    )
      groups.delete(meter)
  }
  const points = electric.filter(({ self }) => [...groups.keys()].some((meter) => belongs(meter, self)))
  if (points.length > 1)
    refuse(
      name,
      0,
      `has readings of ${points.length} usage points: ${points.map(({ self, title }) => `${self}${title === '' ? '' : ` (${title})`}`).join(', ')}`,
      'say which is wanted with `usagePoint`, a part of its link',
    )
  return groups
}

/** A meter reading names its type by a related link; a file with one type needs no links. */
function typeOf(feed: EspiFeed, meter: string, block: ReadingBlock, name: string): ReadingType {
  const related = feed.meters.find(({ self }) => self === meter)?.related ?? []
  const linked = feed.types.filter(({ self }) => related.includes(self))
  if (linked.length === 1) return linked[0]
  if (linked.length === 0 && feed.types.length === 1) return feed.types[0]
  return refuse(
    name,
    block.line,
    `its readings (${meter === '' ? 'without link' : meter}) have ${linked.length} reading types among ${feed.types.length}`,
    'the MeterReading must link to one ReadingType: get the file again',
  )
}

function columnOf({ fields, line }: ReadingType, { name, flow }: EspiOptions): EspiColumn {
  const said = fields.flowDirection ?? ''
  const direction = said === '' || said === '0' ? (flow === undefined ? '' : ESPI_FLOWS[flow]) : said
  const column = FLOWS[direction]
  if (column !== undefined) return column
  return refuse(
    name,
    line,
    said === '' || said === '0' ? 'the reading type has no flowDirection' : `flowDirection is ${said}`,
    said === '' || said === '0'
      ? 'say it with `flow`: forward, reverse or net'
      : 'known are 1 forward, 19 reverse and 4 net',
  )
}

function unitOf({ fields, line }: ReadingType, name: string): 'Wh' | 'W' {
  const unit = UNITS[fields.uom ?? '']
  if (unit === undefined)
    return refuse(name, line, `uom is ${fields.uom ?? 'absent'}`, 'known are 72 (Wh) and 38 (W)')
  if (fields.accumulationBehaviour === '3')
    refuse(
      name,
      line,
      'accumulationBehaviour is 3: readings of a register',
      'order interval data (deltaData, 4)',
    )
  if (unit === 'W' && ['8', '9', '11'].includes(fields.dataQualifier ?? ''))
    refuse(
      name,
      line,
      `dataQualifier is ${fields.dataQualifier}: a peak or low, no mean`,
      'order interval energy',
    )
  const kind = fields.kind ?? ''
  if ((unit === 'W' && kind === '12') || (unit === 'Wh' && ['8', '37', '38'].includes(kind)))
    refuse(
      name,
      line,
      `uom ${fields.uom} is ${unit}, kind ${kind} ${kind === '12' ? 'energy' : 'power'}: they contradict`,
      'correct uom or kind in the file after asking its source',
    )
  return unit
}

function channelOf(
  column: EspiColumn,
  type: ReadingType,
  blocks: readonly ReadingBlock[],
  options: EspiOptions,
  notes: string[],
): { axis: Frame['axis']; milliWh: Float64Array } {
  const { name } = options
  const unit = unitOf(type, name)
  const exponent = type.fields.powerOfTenMultiplier ?? '0'
  if (!/^-?\d{1,2}$/.test(exponent))
    refuse(name, type.line, `powerOfTenMultiplier is ${exponent}`, 'it must be a small whole number')
  const said = Number(type.fields.intervalLength ?? Number.NaN)
  const readings = blocks
    .flatMap(({ starts, durations, values, lines }) =>
      starts.map((start, at) => ({ start, duration: durations[at], value: values[at], line: lines[at] })),
    )
    .map((reading, at) => ({ ...reading, at }))
    .toSorted((a, b) => a.start - b.start || a.at - b.at)
  if (readings.length === 0)
    refuse(name, type.line, 'has a meter reading without readings', 'get the file again')
  const stepSeconds = lengthOf(readings, said, type, options)

  const kept: typeof readings = []
  let repeated = 0
  for (const reading of readings) {
    const last = kept[kept.length - 1]
    if (last === undefined || reading.start >= last.start + stepSeconds) kept.push(reading)
    else if (reading.start !== last.start)
      refuse(
        name,
        reading.line,
        `the interval from ${wallText(reading.start)} begins within the one from ${wallText(last.start)}`,
        'readings must not overlap: get the file again',
      )
    else if (reading.value === last.value) repeated++
    else if (options.duplicates === undefined)
      refuse(
        name,
        reading.line,
        `${wallText(reading.start)} UTC has two readings, ${last.value} and ${reading.value}`,
        'say which holds with `duplicates`: first or last',
      )
    else if (options.duplicates === 'last') kept[kept.length - 1] = reading
  }
  if (repeated > 0) notes.push(`${repeated} readings of ${column} stand in the file twice, alike: told once.`)

  const startSeconds = kept[0].start
  const count = (kept[kept.length - 1].start - startSeconds) / stepSeconds + 1
  const milliWh = new Float64Array(Number.isInteger(count) ? count : 0)
  const energy = new ExactEnergy(unit, stepSeconds)
  let due = startSeconds
  let missing = 0
  for (const { start, value, line } of kept) {
    if ((start - startSeconds) % stepSeconds !== 0)
      refuse(
        name,
        line,
        `the interval from ${wallText(start)} is off the beat of ${stepSeconds} s from ${wallText(startSeconds)}`,
        'get the file again',
      )
    if (start !== due) {
      const lost = (start - due) / stepSeconds
      if (options.gaps === undefined)
        refuse(
          name,
          line,
          `${lost} intervals are missing from ${wallText(due)} to ${wallText(start)} UTC`,
          'fill them, or count them as no energy with `gaps` zero',
        )
      missing += lost
    }
    if (column !== 'netMilliWh' && value.startsWith('-') && Number(value) !== 0)
      refuse(
        name,
        line,
        `${column} is ${value}, below zero`,
        'forward and reverse flow are never negative: is its flowDirection 4 (net)?',
      )
    milliWh[(start - startSeconds) / stepSeconds] = energy.next(
      exponent === '0' ? value : `${value}e${exponent}`,
    )
    due = start + stepSeconds
  }
  if (missing > 0) notes.push(`${missing} missing intervals of ${column} count as no energy.`)
  const estimated = blocks.reduce((sum, block) => sum + block.estimated, 0)
  if (estimated > 0)
    notes.push(`${estimated} readings of ${column} are not measured by their ReadingQuality.`)
  return { axis: { startSeconds, stepSeconds, count: milliWh.length }, milliWh }
}

/** One length for all readings, and the one that their type says. */
function lengthOf(
  readings: readonly { duration: number; line: number }[],
  said: number,
  type: ReadingType,
  { name, stepSeconds }: EspiOptions,
): number {
  const known = readings.filter(({ duration }) => !Number.isNaN(duration))
  const length = known[0]?.duration ?? said
  const other = known.find(({ duration }) => duration !== length)
  if (other !== undefined)
    refuse(
      name,
      other.line,
      `lasts ${other.duration} s, readings before it ${length} s`,
      'one meter reading must have one interval length: split the file',
    )
  if (!(length > 0)) refuse(name, type.line, 'says no interval length', 'get the file again')
  if (!Number.isNaN(said) && said > 0 && said !== length && stepSeconds !== length)
    refuse(
      name,
      type.line,
      `intervalLength is ${said} s and the readings last ${length} s`,
      `if the readings are right, confirm their length with \`stepSeconds\` ${length}`,
    )
  return length
}
