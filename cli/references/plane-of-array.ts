import { faiman, noct, sandia } from '../../models/solar/cell-temperature.ts'
import { extraterrestrial } from '../../models/solar/extraterrestrial.ts'
import { fuentes } from '../../models/solar/fuentes.ts'
import {
  ashraeModifier,
  GLASS,
  martinRuizModifier,
  physicalModifier,
} from '../../models/solar/incidence-modifier.ts'
import { incidenceAngle } from '../../models/solar/incidence.ts'
import { acPower, dcPower } from '../../models/solar/pvwatts.ts'
import { transpose, type TranspositionModel } from '../../models/solar/transposition.ts'
import { VppError } from '../../data/errors.ts'
import { difference, greatestAbsolute, onlyRows, weightedRmse } from './deviation.ts'
import { readTable, sameLength, type Table } from './files.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'
import {
  inputsFile,
  needed,
  readSolarInputs,
  SOLAR_FOLDER,
  solarFiles,
  type SolarInputs,
} from './solar-inputs.ts'
import { readSolarWeather, type SolarWeather } from './solar-weather.ts'

const FILE = /^(.+)_tilt([\d.]+)_az([\d.]+)\.csv$/
const TOLERANCE = 1e-3
const SKIES = { isotropic: 'isotropic', haydavies: 'hay-davies', perez: 'perez' } as const
type SkyName = keyof typeof SKIES

/** Our columns by the name that the file gives them, as far as the inputs say how they were computed. */
interface Compared {
  readonly column: string
  readonly quantity: string
  readonly unit: string
  readonly ours: Float64Array
}

/** A number after `key=` in a description such as `physical n=1.526,K=4,L=0.002`. */
function setting(description: string, key: string, fallback: number): number {
  const found = new RegExp(`\\b${key}=([\\d.]+)`).exec(description)
  return found === null ? fallback : Number(found[1])
}

/** Each modifier that the inputs describe, in the column whose name starts with its own. */
function modifiers(table: Table, inputs: SolarInputs, incidence: Float64Array, site: string): Compared[] {
  return inputs.iam.map((description) => {
    const model = description.split(' ')[0]
    const quantity = `modifier, ${model}`
    const column = table.columns.find((name) => name.startsWith(`iam_${model}`)) ?? `iam_${model}`
    switch (model) {
      case 'ashrae':
        return {
          column,
          quantity,
          unit: '1',
          ours: ashraeModifier(incidence, setting(description, 'b', 0.05)),
        }
      case 'physical': {
        const cover = {
          index: setting(description, 'n', GLASS.index),
          extinctionPerM: setting(description, 'K', GLASS.extinctionPerM),
          thicknessM: setting(description, 'L', GLASS.thicknessM),
        }
        return { column, quantity, unit: '1', ours: physicalModifier(incidence, cover) }
      }
      case 'martin_ruiz':
        return {
          column,
          quantity,
          unit: '1',
          ours: martinRuizModifier(incidence, setting(description, 'a_r', 0.16)),
        }
      default:
        throw new VppError('invalid', {
          place: `${inputsFile(site)}  iam`,
          problem: `has ${JSON.stringify(description)}`,
          fix: 'the models are ashrae, physical and martin_ruiz',
        })
    }
  })
}

/** Each cell temperature that the file has a column of and the inputs the parameters. */
function temperatures(
  table: Table,
  inputs: SolarInputs,
  poa: Float64Array,
  weather: SolarWeather,
): Compared[] {
  const { airC, windMps } = weather
  const compared: Compared[] = []
  const add = (prefix: string, quantity: string, ours: Float64Array) => {
    const column = table.columns.find((name) => name.startsWith(prefix))
    if (column !== undefined) compared.push({ column, quantity, unit: '°C', ours })
  }
  if (inputs.sapm !== undefined) {
    const { a, b, deltaT } = inputs.sapm
    add('tcell_sapm', 'cell, SAPM', sandia(poa, airC, windMps, { a, b, deltaTC: deltaT }))
  }
  if (inputs.faiman !== undefined) {
    const { u0, u1 } = inputs.faiman
    add('tcell_faiman', 'cell, Faiman', faiman(poa, airC, windMps, { constant: u0, perWind: u1 }))
  }
  if (inputs.noct_sam !== undefined) {
    const given = inputs.noct_sam
    const module = {
      noctC: given.noct,
      efficiencyFraction: given.module_efficiency,
      absorbedFraction: given.transmittance_absorptance,
      storeys: given.array_height,
      standoffInch: given.mount_standoff,
    }
    add('tcell_noct_sam', 'cell, NOCT', noct(poa, airC, windMps, module))
  }
  if (inputs.fuentes !== undefined) {
    add('tcell_fuentes', 'cell, Fuentes', fuentes(poa, airC, windMps, 1, inputs.fuentes.noct_installed))
  }
  return compared
}

function check(dir: string, name: string): Check[] {
  const source = `${SOLAR_FOLDER}/${name}`
  const [, site, tilt, azimuth] = FILE.exec(name) as RegExpExecArray
  const plane = { tiltDeg: Number(tilt), azimuthDeg: Number(azimuth) }
  const inputs = readSolarInputs(dir, site)
  const table = readTable(dir, source)
  const weather = readSolarWeather(dir, site, inputs)
  sameLength(source, table.rows, weather.table.file, weather.table.rows)
  const { albedo } = needed(inputs.transposition, 'transposition', site, source)
  const { apparentZenithDeg: zenith } = weather.sun
  const incidence = incidenceAngle(zenith, weather.sun.azimuthDeg, plane)
  const extra = extraterrestrial(weather.day)
  const sky = (model: TranspositionModel) => {
    const { beam, sky: diffuse, ground } = transpose(model, weather, zenith, incidence, extra, plane, albedo)
    return beam.map((watts, row) => watts + diffuse[row] + ground[row])
  }
  const poa: Record<SkyName, Float64Array> = {
    isotropic: sky(SKIES.isotropic),
    haydavies: sky(SKIES.haydavies),
    perez: sky(SKIES.perez),
  }
  const weight = poa[inputs.cell_temperature_poa]
  const checked = checksOf(source, inputs.tool)
  const one = (quantity: string, unit: string, deviation: number): Check =>
    checked(quantity, unit, TOLERANCE, deviation)
  const compare = ({ column, quantity, unit, ours }: Compared, counts = (_row: number) => true): Check[] => {
    const theirs = table.numbers(column)
    const low = onlyRows(
      difference(ours, theirs),
      (row) => zenith[row] > 87 && weather.ghi[row] > 0 && counts(row),
    )
    return [
      one(
        quantity,
        unit,
        weightedRmse(
          ours,
          theirs,
          weight.map((watts, row) => (counts(row) ? watts : 0)),
        ),
      ),
      ...(low.length > 0 ? [one(`${quantity}, zenith > 87°`, unit, greatestAbsolute(low))] : []),
    ]
  }
  const cells = temperatures(table, inputs, weight, weather)
  // pvlib's Perez sky has no clearness without diffuse and beam light; its missing value is written as 0.
  const hasPerez = (row: number) => weather.dhi[row] > 0 || weather.dni[row] > 0
  return [
    one('angle of incidence', '°', greatestAbsolute(difference(incidence, table.numbers('aoi_deg')))),
    ...(Object.keys(SKIES) as SkyName[]).flatMap((model) =>
      compare(
        {
          column: `poa_${model}`,
          quantity: `plane, ${SKIES[model]}`,
          unit: 'W/m²',
          ours: poa[model],
        },
        model === 'perez' ? hasPerez : undefined,
      ),
    ),
    ...modifiers(table, inputs, incidence, site).flatMap((compared) => compare(compared)),
    ...cells.flatMap((compared) => compare(compared)),
    ...powers(table, inputs, poa, cells, incidence, site).flatMap((compared) => compare(compared)),
  ]
}

/** DC and AC power as the inputs say they were computed: from which irradiance, with the SAPM temperature. */
function powers(
  table: Table,
  inputs: SolarInputs,
  poa: Record<SkyName, Float64Array>,
  cells: readonly Compared[],
  incidence: Float64Array,
  site: string,
): Compared[] {
  const dcColumn = table.columns.find((name) => name.startsWith('pvwatts_dc'))
  if (dcColumn === undefined) return []
  const given = needed(inputs.pvwatts_dc, 'pvwatts_dc', site, table.file)
  const found = /^poa_(isotropic|haydavies|perez) (with|without) IAM$/.exec(given.irradiance)
  const cell = cells.find(({ column }) => column.startsWith('tcell_sapm'))
  if (found === null || cell === undefined) {
    throw new VppError('invalid', {
      place: `${inputsFile(site)}  pvwatts_dc.irradiance`,
      problem: `is ${JSON.stringify(given.irradiance)}${cell === undefined ? ', without sapm' : ''}`,
      fix: 'write `poa_haydavies without IAM`, and the parameters of sapm',
    })
  }
  const modifier = found[2] === 'with' ? physicalModifier(incidence) : null
  const irradiance = poa[found[1] as SkyName].map((watts, row) => watts * (modifier?.[row] ?? 1))
  const rating = { powerW: given.pdc0_w, perC: given.gamma_per_c, referenceC: given.temp_ref }
  const dc = dcPower(irradiance, cell.ours, rating)
  const compared: Compared[] = [{ column: dcColumn, quantity: 'DC power (PVWatts)', unit: 'W', ours: dc }]
  const acColumn = table.columns.find((name) => name.startsWith('pvwatts_ac'))
  if (acColumn !== undefined) {
    const inverter = needed(inputs.pvwatts_ac, 'pvwatts_ac', site, table.file)
    const ours = acPower(dc, {
      dcPowerW: inverter.pdc0_inverter_input_w,
      efficiencyFraction: inverter.eta_nom,
      referenceFraction: inverter.eta_ref,
    })
    compared.push({ column: acColumn, quantity: 'AC power (PVWatts)', unit: 'W', ours })
  }
  return compared
}

/** Light on a plane, cell temperature and power: `SITE_tiltT_azA.csv`. */
export const planeOfArray: ReferenceFamily = {
  id: 'plane-of-array',
  find: (dir) => solarFiles(dir, FILE),
  check,
}
