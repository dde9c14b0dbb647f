import { openSync, readSync, closeSync } from 'node:fs'
import { basename } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { hash } from 'node:crypto'
import { parseEspi } from '../../data/formats/espi.ts'
import { loadProfile, type Profile } from '../../data/profile.ts'
import { readTextFile } from '../../data/read-text.ts'

/** Columns of use in tables of `vpp data import`, the best first. */
const USE_COLUMNS = ['load_kwh', 'import_kwh', 'energy_kwh'] as const
const HEAD_BYTES = 4096

/** First line of a file. */
function firstLine(file: string): string {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place: file, problem: 'is not there', fix: 'give the path of a meter file' },
      cause,
    )
  }
  try {
    const bytes = Buffer.alloc(HEAD_BYTES)
    const read = readSync(descriptor, bytes, 0, HEAD_BYTES, 0)
    return bytes.toString('utf8', 0, read).split(/\r?\n/)[0]
  } finally {
    closeSync(descriptor)
  }
}

/** A meter file: Green Button as it is, or a table that `vpp data import` made of any other. */
export function meterFile(file: string): Profile {
  const head = firstLine(file)
  if (head.trimStart().startsWith('<')) return greenButton(file)
  const columns = head.split(',').map((name) => name.trim())
  const column = USE_COLUMNS.find((name) => columns.includes(name))
  if (columns[0] !== 'start_utc' || column === undefined)
    throw new VppError('invalid', {
      place: file,
      problem: `is neither Green Button nor a table of \`vpp data import\` (its head is ${JSON.stringify(head.slice(0, 60))})`,
      fix: `make one with \`vpp data import ${basename(file)} --format …\``,
    })
  refuseExports(file, columns.includes('export_kwh') ? table(file, 'export_kwh') : null)
  return table(file, column)
}

const table = (file: string, column: string): Profile =>
  loadProfile({ file, column, unit: 'kWh', timeColumn: 'start_utc', timeZone: 'UTC' }, 'load', '.')

function greenButton(file: string): Profile {
  const { text } = readTextFile(file, file, 'give the path of a meter file')
  const { frame, notes } = parseEspi(text, { name: file })
  const { importMilliWh, netMilliWh, exportMilliWh } = frame.columns
  const use = importMilliWh ?? netMilliWh
  if (use === undefined)
    throw new VppError('invalid', {
      place: file,
      problem: 'has no use',
      fix: 'give the readings of what was bought',
    })
  const input = {
    name: basename(file),
    sha256: hash('sha256', text, 'hex'),
    source: 'meter file that was given',
    licence: 'of its owner',
  }
  const profile = { name: basename(file), axis: frame.axis, milliWh: use, nameplateKw: null, input, notes }
  refuseExports(file, exportMilliWh === undefined ? null : { ...profile, milliWh: exportMilliWh })
  if (use.some((value) => value < 0))
    refuseExports(file, { ...profile, milliWh: use.map((value) => Math.max(0, -value)) })
  return profile
}

/** Behind a meter that gave energy there is a plant already: what the home uses is not known. */
function refuseExports(file: string, exported: Profile | null): void {
  const milliWh = exported?.milliWh.reduce((sum, value) => sum + value, 0) ?? 0
  if (milliWh <= 0) return
  throw new VppError('invalid', {
    place: file,
    problem: `the home gave ${Math.round(milliWh / 1e6)} kWh: it has panels already, and what it uses is not in the file`,
    fix: 'give readings from before, or what it uses: --bill-kwh',
  })
}
