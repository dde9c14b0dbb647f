import { parseAusgrid } from './ausgrid.ts'
import { parseAvert, parseElectricityMaps } from './carbon.ts'
import { parseCitylearn } from './citylearn.ts'
import { parseEpw } from './epw.ts'
import { type EspiOptions, parseEspi } from './espi.ts'
import { parseIsone, parseNyiso } from './prices.ts'
import { parsePsm } from './psm.ts'
import { parsePvgis } from './pvgis.ts'
import { parseResstock } from './resstock.ts'
import type { SeriesFile, SeriesOptions } from './series.ts'
import { parseSimbench } from './simbench.ts'
import { parseTmy3 } from './tmy3.ts'

/** Everything that any format can be told; each takes what it knows. */
export interface FormatOptions extends SeriesOptions, Omit<EspiOptions, 'name'> {
  readonly customer?: string | undefined
  readonly zone?: string | undefined
  readonly solarKw?: number | undefined
}

export interface Format {
  readonly describe: string
  /** What its columns are of: a year of weather, energy of a site, prices or emissions. */
  readonly holds: 'weather' | 'energy' | 'series'
  readonly parse: (text: string, options: FormatOptions) => SeriesFile
}

/** Every file format with labels of its own; a table of somebody's own is `csv` (`CsvSeries`). */
export const FORMATS = {
  epw: { describe: 'EnergyPlus weather', holds: 'weather', parse: parseEpw },
  tmy3: { describe: 'NREL TMY3 CSV', holds: 'weather', parse: parseTmy3 },
  psm: { describe: 'NSRDB PSM CSV', holds: 'weather', parse: parsePsm },
  pvgis: { describe: 'PVGIS CSV or JSON', holds: 'weather', parse: parsePvgis },
  espi: { describe: 'Green Button XML (ESPI)', holds: 'energy', parse: parseEspi },
  resstock: { describe: 'ResStock home', holds: 'energy', parse: parseResstock },
  citylearn: { describe: 'CityLearn building', holds: 'energy', parse: parseCitylearn },
  ausgrid: { describe: 'Ausgrid half hours', holds: 'energy', parse: parseAusgrid },
  simbench: { describe: 'SimBench profiles (ODbL)', holds: 'series', parse: parseSimbench },
  nyiso: { describe: 'NYISO prices', holds: 'series', parse: parseNyiso },
  isone: { describe: 'ISO New England SMD', holds: 'series', parse: parseIsone },
  'electricity-maps': {
    describe: 'Electricity Maps carbon (ODbL)',
    holds: 'series',
    parse: parseElectricityMaps,
  },
  avert: { describe: 'AVERT emissions by the hour', holds: 'series', parse: parseAvert },
} as const satisfies Record<string, Format>
export type FormatName = keyof typeof FORMATS

export const formatNamed = (name: FormatName): Format => FORMATS[name]
