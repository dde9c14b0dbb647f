import type { TimeAxis } from './axis.ts'
import { type CsvSpec, loadCsvProfile } from './csv-profile.ts'
import { VppError } from './errors.ts'
import {
  FONTANA,
  FONTANA_HOMES,
  FONTANA_LICENCE,
  FONTANA_PLACE,
  FONTANA_SERIES,
  FONTANA_SOURCE,
  fontanaClock,
  loadFontanaCommon,
  loadFontanaHome,
} from './fontana.ts'

/** What was read, for the manifest: name, SHA-256, where it is from and under which licence. */
export interface InputRecord {
  readonly name: string
  readonly sha256: string
  readonly source: string
  readonly licence: string
  /** Whom to name. */
  readonly attribution?: string
  /** ODbL: what holds this series may be passed on under the same licence only. */
  readonly shareAlike?: boolean
}

/** A measured series of energy: whole milliwatt-hours per interval of its own axis. */
export interface Profile {
  readonly name: string
  readonly axis: TimeAxis
  readonly milliWh: Float64Array
  /** AC nameplate of the plant that this is for, kW; null for a load. */
  readonly nameplateKw: number | null
  readonly input: InputRecord
  /** Energy that stands at another hour than in the source; absent: none, or not counted. */
  readonly movedMilliWh?: number
  /** Where a plant stands; absent: not known. */
  readonly place?: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly altitudeM: number }
  /** What was done to the source's rows, a sentence each. */
  readonly notes: readonly string[]
}

/** Where a scenario says that a series is from. */
export type ProfileSpec =
  | { readonly profile: string; readonly scale?: number; readonly kw?: number | undefined }
  | (CsvSpec & { readonly scale?: number; readonly kw?: number | undefined })

/** A series as its source has it, and what every interval is multiplied by: homes that differ in scale share one. */
export interface ScaledProfile {
  readonly source: Profile
  readonly factor: number
}

/** The series that it stands for, each interval rounded to the whole milliwatt-hour. */
export const profileOf = ({ source, factor }: ScaledProfile): Profile =>
  factor === 1 ? source : { ...source, milliWh: source.milliWh.map((value) => Math.round(value * factor)) }

/**
 * Reads a series. A load is multiplied by `scale`, an embedded plant by `kw` over its own nameplate,
 * each interval rounded to the whole milliwatt-hour.
 *
 * @param baseDir folder that file names are relative to
 * @throws VppError('invalid') where the data cannot be used, naming file, line and what to do
 */
export const loadProfile = (spec: ProfileSpec, kind: 'load' | 'solar', baseDir: string): Profile =>
  profileOf(loadScaled(spec, kind, baseDir))

/** The same without the multiplication. */
export function loadScaled(spec: ProfileSpec, kind: 'load' | 'solar', baseDir: string): ScaledProfile {
  const profile = 'profile' in spec ? loadEmbedded(spec, kind) : loadCsvProfile(spec, baseDir)
  const nameplateKw = kind === 'load' ? null : (spec.kw ?? profile.nameplateKw)
  const source = { ...profile, nameplateKw }
  if (kind === 'solar' && spec.kw === undefined) return { source, factor: 1 }
  const factor = kind === 'load' ? (spec.scale ?? 1) : (spec.kw ?? 0) / (profile.nameplateKw ?? spec.kw ?? 1)
  return { source, factor }
}

function loadEmbedded(spec: { profile: string }, kind: 'load' | 'solar'): Profile {
  const [set, member] = spec.profile.split('/')
  const home = Number(member)
  if (set !== FONTANA || !FONTANA_HOMES.some((known) => known === home)) {
    throw new VppError('invalid', {
      place: `profile ${spec.profile}`,
      problem: 'no such embedded profile',
      fix: `use ${FONTANA}/ and one of ${FONTANA_HOMES.join(', ')}`,
    })
  }
  const { frame, rows, solarKw, sha256 } = loadFontanaHome(home)
  const values = kind === 'load' ? rows.loadMilliWh : rows.solarMilliWh
  return {
    name: spec.profile,
    axis: frame.axis,
    milliWh: kind === 'load' ? frame.columns.loadMilliWh : frame.columns.solarMilliWh,
    nameplateKw: kind === 'load' ? null : solarKw,
    place: FONTANA_PLACE,
    input: { name: spec.profile, sha256, source: FONTANA_SOURCE, licence: FONTANA_LICENCE },
    movedMilliWh: fontanaClock().moved.reduce((sum, { row }) => sum + values[row], 0),
    notes: fontanaClock().moved.map(
      ({ label, toUtc }) =>
        `The row labelled ${label}, an hour that did not exist, fills the hour ${toUtc} that had no row.`,
    ),
  }
}

/** A series that is no energy: a price (USD/kWh), carbon (kg/kWh), temperature (°C). */
export interface Series {
  readonly axis: TimeAxis
  readonly values: Float64Array
  readonly input: InputRecord
}

/** Reads a common series of an embedded set by its name: `fontana-2016/price`. */
export function loadSeries(name: string): Series {
  const [set, member] = name.split('/')
  const column = FONTANA_SERIES.find((known) => known === member)
  if (set !== FONTANA || column === undefined) {
    throw new VppError('invalid', {
      place: `series ${name}`,
      problem: 'no such embedded series',
      fix: `use ${FONTANA}/ and one of ${FONTANA_SERIES.join(', ')}`,
    })
  }
  const { frame, sha256 } = loadFontanaCommon()
  return {
    axis: frame.axis,
    values: frame.columns[column],
    input: { name: `${FONTANA}/common`, sha256, source: FONTANA_SOURCE, licence: FONTANA_LICENCE },
  }
}
