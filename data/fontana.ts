import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClockMapping, mapWallClock } from './clock-seam.ts'
import type { TimeAxis } from './axis.ts'
import { VppError } from './errors.ts'
import type { Frame } from './frame.ts'

/** The embedded set of twelve measured homes; its SOURCE.md tells origin, licence, units and defects. */
export const FONTANA = 'fontana-2016'
export const FONTANA_ZONE = 'America/Los_Angeles'
/** Where the homes stand. */
export const FONTANA_PLACE = { latitudeDeg: 34.1, longitudeDeg: -117.45, altitudeM: 380 } as const
export const FONTANA_HOMES = [1, 2, 4, 5, 6, 7, 9, 10, 11, 13, 15, 16] as const
export const FONTANA_SERIES = ['price', 'carbon', 'temperature'] as const
export const FONTANA_SOURCE = 'PyPI wheel citylearn 2.1.2, citylearn_challenge_2022_phase_all'
export const FONTANA_LICENCE = 'MIT'

const FOLDER = join(import.meta.dirname, 'embedded', FONTANA)
const FIRST_LABEL = '2016-08-01T00:00'
const ROWS = 8760

let mapping: ClockMapping | undefined

/** How the set's wall-clock rows become hours of UTC. */
export function fontanaClock(): ClockMapping {
  mapping ??= mapWallClock(FIRST_LABEL, ROWS, FONTANA_ZONE)
  return mapping
}

/** 8,760 hours from 2016-08-01T07:00Z. */
export const fontanaAxis = (): TimeAxis => ({
  startSeconds: fontanaClock().startSeconds,
  stepSeconds: 3600,
  count: ROWS,
})

/** An embedded file whose SHA-256 is the recorded one. */
function readChecked(name: string): { text: string; sha256: string } {
  const checksums = JSON.parse(readFileSync(join(FOLDER, 'checksums.json'), 'utf8')) as Record<string, string>
  const place = `data/embedded/${FONTANA}/${name}`
  let bytes: Buffer
  try {
    bytes = readFileSync(join(FOLDER, name))
  } catch (cause) {
    throw new VppError(
      'failure',
      { place, problem: 'the file is missing', fix: 'install the project again' },
      cause,
    )
  }
  const sha256 = hash('sha256', bytes, 'hex')
  if (sha256 !== checksums[name]) {
    throw new VppError('failure', {
      place,
      problem: `its SHA-256 is ${sha256}, not the recorded ${checksums[name]}`,
      fix: 'the file was changed: restore it from the repository',
    })
  }
  return { text: bytes.toString('utf8'), sha256 }
}

/** Columns of a checked CSV of numbers, in the order of its rows. */
function readColumns(name: string): { columns: Record<string, Float64Array>; sha256: string } {
  const { text, sha256 } = readChecked(name)
  const lines = text.trimEnd().split('\n')
  const names = lines[0].split(',')
  const columns = names.map(() => new Float64Array(ROWS))
  for (let row = 0; row < ROWS; row++) {
    const cells = lines[row + 1].split(',')
    for (let column = 0; column < columns.length; column++) columns[column][row] = Number(cells[column])
  }
  return { columns: Object.fromEntries(names.map((label, at) => [label, columns[at]])), sha256 }
}

const inHours = (rows: Float64Array): Float64Array =>
  Float64Array.from(fontanaClock().rowOfHour, (row) => rows[row])

export interface FontanaHome {
  readonly frame: Frame<'loadMilliWh' | 'solarMilliWh'>
  /** The rows as the source has them, on its own clock: for the audit. */
  readonly rows: Readonly<Record<'loadMilliWh' | 'solarMilliWh', Float64Array>>
  /** Nameplate of the measured plant, kW. */
  readonly solarKw: number
  readonly sha256: string
}

const homes = new Map<number, FontanaHome>()

/** One of the twelve homes: whole milliwatt-hours by the hour, UTC; read once, not to be written to. */
export function loadFontanaHome(home: number): FontanaHome {
  const read = homes.get(home) ?? readHome(home)
  homes.set(home, read)
  return read
}

function readHome(home: number): FontanaHome {
  const { columns, sha256 } = readColumns(`home-${String(home).padStart(2, '0')}.csv`)
  const { solar_kw } = JSON.parse(readChecked('nameplates.json').text) as { solar_kw: Record<string, number> }
  const rows = { loadMilliWh: columns.load_milliwh, solarMilliWh: columns.solar_milliwh }
  return {
    frame: {
      axis: fontanaAxis(),
      columns: { loadMilliWh: inHours(rows.loadMilliWh), solarMilliWh: inHours(rows.solarMilliWh) },
    },
    rows,
    solarKw: solar_kw[home],
    sha256,
  }
}

/** Price (USD/kWh), grid carbon (kg/kWh) and temperature (°C) of the set by the hour, UTC. */
export function loadFontanaCommon(): { frame: Frame<'price' | 'carbon' | 'temperature'>; sha256: string } {
  const { columns, sha256 } = readColumns('common.csv')
  return {
    frame: {
      axis: fontanaAxis(),
      columns: {
        price: inHours(columns.price_usd_per_kwh),
        carbon: inHours(columns.carbon_kg_per_kwh),
        temperature: inHours(columns.temp_c),
      },
    },
    sha256,
  }
}
