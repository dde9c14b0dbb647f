import type { Argv } from 'yargs'
import { ENERGY_UNITS } from '../../data/exact-energy.ts'
import { FORMATS } from '../../data/formats/registry.ts'

const FORMAT_NAMES = [...Object.keys(FORMATS), 'csv']

/** Options that settle what a file does not say; every error of a reader names the one that it needs. */
export const fileOptions = (yargs: Argv): Argv =>
  yargs
    .option('format', { choices: FORMAT_NAMES, describe: 'import, audit: format of the file' })
    .option('time-zone', { type: 'string', describe: 'clock of the labels: a zone, or -05:00' })
    .option('labels', { choices: ['start', 'middle', 'end'] as const, describe: 'what labels name' })
    .option('seam', {
      choices: ['drop', 'move'] as const,
      describe: 'rows that run on through clock changes',
    })
    .option('year', { type: 'number', describe: 'year that a typical year stands for' })
    .option('start', { type: 'string', describe: 'label of the first row, 2018-01-01T00:00' })
    .option('customer', { type: 'string', describe: 'ausgrid: which customer' })
    .option('zone', { type: 'string', describe: 'nyiso: which zone' })
    .option('solar-kw', { type: 'number', describe: 'citylearn: nameplate of the plant, kW' })
    .option('usage-point', { type: 'string', describe: 'espi: part of its link' })
    .option('meter-reading', { type: 'string', describe: 'espi: part of its link' })
    .option('flow', { choices: ['forward', 'reverse', 'net'] as const, describe: 'espi: flow not said' })
    .option('gaps', { choices: ['zero'] as const, describe: 'espi: gaps count as no energy' })
    .option('duplicates', { choices: ['first', 'last'] as const, describe: 'espi: which holds' })
    .option('step-seconds', { type: 'number', describe: 'espi: confirms the length of readings' })
    .option('column', { type: 'string', describe: 'csv, simbench: which column' })
    .option('kw', { type: 'number', describe: 'simbench: rated power of the element, kW' })
    .option('unit', { choices: ENERGY_UNITS, describe: 'csv: unit of the column' })
    .option('time-column', { type: 'string', describe: 'csv: column of the labels' })
    .option('separator', { choices: [',', ';', '\t'] as const, describe: 'csv: separator' })
    .option('confirm-unit', { type: 'boolean', describe: 'csv: the unit is right, the name is not' })
    .option('net', { type: 'boolean', describe: 'csv: values may be below zero' })

/** The options that were given, of those that a reader takes. */
export function toldOptions(
  args: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.filter((name) => args[name] !== undefined).map((name) => [name, args[name]]),
  )
}

export const FORMAT_OPTIONS = [
  'timeZone',
  'labels',
  'seam',
  'year',
  'start',
  'customer',
  'zone',
  'solarKw',
  'usagePoint',
  'meterReading',
  'flow',
  'gaps',
  'duplicates',
  'stepSeconds',
] as const
export const CSV_OPTIONS = [
  'column',
  'unit',
  'timeColumn',
  'labels',
  'seam',
  'separator',
  'confirmUnit',
  'net',
] as const
