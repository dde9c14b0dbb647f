import type { FormatName, FormatOptions } from '../formats/registry.ts'

/** How a series file of a set is read: its format, and what settles what the file does not say. */
export interface SetReading {
  /** Which files, by the beginning and end of their name. */
  readonly files: RegExp
  readonly format: FormatName
  readonly options: Omit<FormatOptions, 'name'>
  /** Where the series is from, for checks that look at the local day. */
  readonly place?: string
  /** Why these options: what was found out about the file. */
  readonly because: string
}

/** Where a set is from, and on what terms. */
export interface CatalogueSet {
  readonly id: string
  readonly title: string
  readonly origin: {
    /** Repository or package. */
    readonly from: string
    readonly commit: string
    /** Path of each file in the origin, by its name here, where the bytes are the origin's own. */
    readonly verbatim: Readonly<Record<string, string>>
    /** Name of the converter that makes the other files from the origin's; null where we made them. */
    readonly converter: string | null
  }
  readonly licence: string
  readonly attribution: string
  readonly citation: string
  /** ODbL: what holds these series must name the source and may be passed on under ODbL only. */
  readonly shareAlike: boolean
  readonly readings: readonly SetReading[]
}

const CITYLEARN = 'github.com/intelligent-environments-lab/CityLearn'
const CITYLEARN_COMMIT = 'b8bad3141f5efca1a78ed94090af1820b541e467'
const SEAM =
  'the rows run on through the change of the clocks, and the sun jumps by an hour there: the row of the skipped hour takes the repeated one, so that sums stay'

/** Measured and market sets that the project knows; files, sizes and SHA-256 stand in checksums.json. */
export const CATALOGUE: readonly CatalogueSet[] = [
  {
    id: 'homes-fontana-2016',
    title: 'Twelve zero-net-energy homes, Fontana, California, hourly, Aug 2016 to Jul 2017',
    origin: { from: CITYLEARN, commit: CITYLEARN_COMMIT, verbatim: {}, converter: 'citylearn-homes' },
    licence: 'MIT',
    attribution:
      'CityLearn Challenge 2022 data set; operational data of single-family homes, Sierra Crest, Fontana CA (EPRI)',
    citation: 'Nweye, Sankaranarayanan, Nagy: The CityLearn Challenge 2022',
    shareAlike: false,
    readings: [
      {
        files: /^(?:home_\d\d|common)\.csv$/,
        format: 'citylearn',
        options: { timeZone: 'America/Los_Angeles', seam: 'move' },
        because: SEAM,
      },
    ],
  },
  {
    id: 'homes-vt-resstock-2018',
    title: 'Twelve simulated homes, Chittenden County, Vermont, hourly, 2018, with weather',
    origin: { from: CITYLEARN, commit: CITYLEARN_COMMIT, verbatim: {}, converter: 'citylearn-resstock' },
    licence: 'MIT',
    attribution: 'CityLearn; NREL ResStock End-Use Load Profiles for the U.S. Building Stock',
    citation: 'Wilson et al. 2022, End-Use Load Profiles for the U.S. Building Stock, NREL/TP-5500-80889',
    shareAlike: false,
    readings: [
      {
        files: /^resstock_\d+\.csv$/,
        format: 'resstock',
        options: { start: '2018-01-01T00:00', timeZone: '-05:00' },
        because:
          'hours 1 to 24 of local standard time from Monday, 1 January 2018; the year is not in the file',
      },
      { files: /\.epw$/, format: 'epw', options: {}, because: 'an actual year: 2018' },
    ],
  },
  {
    id: 'homes-ausgrid-c12-30min',
    title: 'Ausgrid customer 12, Sydney, half-hourly, Jul 2011 to Jun 2012',
    origin: {
      from: 'github.com/pierre-haessig/ausgrid-solar-data',
      commit: '5bdbc2d4edd73e137667cdadd51ca6b6059fedbe',
      verbatim: { 'customer12_2011-07_2012-06.csv': 'customer/12/data_2011-2012.csv' },
      converter: null,
    },
    licence: 'CC BY 4.0',
    attribution: 'Ausgrid Solar home electricity data, extract by P. Haessig, CC BY 4.0',
    citation: 'Ausgrid: Solar home electricity data',
    shareAlike: false,
    readings: [
      {
        files: /^customer\d+_.*\.csv$/,
        format: 'ausgrid',
        options: { timeZone: 'Australia/Sydney', seam: 'move' },
        because: `${SEAM} (load and solar of the skipped hour are zero)`,
      },
    ],
  },
  {
    id: 'weather-boston-tmy3',
    title: 'Boston Logan, typical year (TMY3), EPW',
    origin: {
      from: 'github.com/IMMM-SFA/diyepw',
      commit: '7b0f746b73bbbe1604a1991b8407c97a9b49809b',
      verbatim: {
        'USA_MA_Boston-Logan.Intl.AP.725090_TMY3.epw':
          'inputs/Energy_Plus_TMY3_EPW/USA_MA_Boston-Logan.Intl.AP.725090_TMY3.epw',
      },
      converter: null,
    },
    licence: 'US Government work (NREL/DOE, NSRDB 1991-2005); repository BSD-2-Clause',
    attribution: 'NREL TMY3; file from IMMM-SFA/diyepw',
    citation: 'Wilcox and Marion 2008, NREL/TP-581-43156',
    shareAlike: false,
    readings: [
      {
        files: /\.epw$/,
        format: 'epw',
        options: { year: 2023 },
        because: 'a typical year has no year of its own; 2023 has no 29 February',
      },
    ],
  },
  {
    id: 'price-carbon-newyork',
    title: 'NYISO CAPITL day-ahead price, and carbon intensity of the New York grid, hourly, 2022 and 2023',
    origin: {
      from: 'github.com/HewlettPackard/sustain-cluster',
      commit: '293fbd152dae52a4b77fee50362b0b61641f16d1',
      verbatim: {},
      converter: null, // the origin's files could not be had: its layout was not seen
    },
    licence: 'Prices: NYISO public market data (repository MIT); carbon: ODbL 1.0',
    attribution: 'NYISO via gridstatus; Electricity Maps, ODbL 1.0',
    citation: 'Electricity Maps, historical carbon intensity, electricitymaps.com',
    shareAlike: true,
    readings: [
      { files: /^nyiso_/, format: 'nyiso', options: {}, place: 'America/New_York', because: 'times are UTC' },
      {
        files: /^electricitymaps_/,
        format: 'electricity-maps',
        options: {},
        place: 'America/New_York',
        because: 'times are UTC',
      },
    ],
  },
  {
    id: 'price-isone-2017',
    title: 'ISO New England SMD, hourly, Jan to Apr 2017',
    origin: {
      from: 'github.com/camroach87/gefcom2017data',
      commit: '482503bd689b2de32019f459abbca5d27b2e5af7',
      verbatim: {},
      converter: null, // the origin is a binary spreadsheet
    },
    licence: 'ISO New England public market data; repository MIT',
    attribution: 'ISO New England Public; extract by C. Roach',
    citation: 'ISO New England, SMD hourly data 2017',
    shareAlike: false,
    readings: [
      {
        files: /^smd_/,
        format: 'isone',
        place: 'America/New_York',
        options: { seam: 'drop' },
        because:
          'the row of the hour that clocks skip on 2017-03-12 goes on in the line of the two before it',
      },
    ],
  },
  {
    id: 'carbon-avert-2023',
    title: 'EPA AVERT marginal CO2, New England and New York, hourly, 2023',
    origin: {
      from: 'github.com/NREL/REopt.jl',
      commit: '029db01dc17ddfc726b3fc5bb7fb72b8541cff0e',
      verbatim: {},
      converter: 'reopt-avert',
    },
    licence: 'Apache-2.0 (REopt.jl); EPA AVERT is US Government public data',
    attribution: 'US EPA AVERT v4.3 via NREL REopt',
    citation: 'US EPA, AVoided Emissions and geneRation Tool (AVERT) v4.3, 2024',
    shareAlike: false,
    readings: [
      {
        files: /^avert_/,
        format: 'avert',
        place: 'America/New_York',
        options: { year: 2023, timeZone: '-05:00' },
        because: 'AVERT keeps local standard time by region; the file does not say so',
      },
    ],
  },
  {
    id: 'feeder-simbench-semiurb4',
    title: 'SimBench 1-LV-semiurb4--2-sw: 400 V feeder with profiles of a quarter of an hour, 2016',
    origin: { from: 'PyPI simbench', commit: '1.6.3', verbatim: {}, converter: 'simbench' },
    licence: 'ODbL 1.0 (contents DbCL 1.0)',
    attribution:
      'SimBench (University of Kassel, TU Dortmund, RWTH Aachen, Fraunhofer IEE), simbench.de, ODbL 1.0',
    citation: 'Meinecke et al. 2020, SimBench, Energies 13(12), 3290',
    shareAlike: true,
    readings: [
      {
        files: /^profiles_15min\.csv$/,
        format: 'simbench',
        options: {},
        because: 'quarter hours of the German clock with daylight saving, both changes in the labels',
      },
    ],
  },
  {
    id: 'tariffs-national-grid',
    title: 'National Grid residential tariffs, New York (URDB layout) and Massachusetts',
    origin: {
      from: 'github.com/switchbox-data/rate-design-platform',
      commit: 'b38fa34f10158a965267e77d4d8b68c403362890',
      verbatim: {},
      converter: null,
    },
    licence: 'MIT (Switchbox); Massachusetts rates are facts transcribed from published sheets',
    attribution: 'Switchbox rate-design-platform; National Grid rate sheets',
    citation: 'National Grid, published tariffs 2021 to 2025',
    shareAlike: false,
    readings: [],
  },
  ...(
    [
      ['golden-solar', 'Solar position, irradiance and cell temperature (pvlib 0.16.1)', 'BSD-3-Clause tool'],
      ['golden-pvwatts', 'PVWatts v8 (NREL-PySAM 7.1.1)', 'BSD-3-Clause tool'],
      ['golden-battery-life', 'Battery ageing (NREL-PySAM 7.1.1, blast-lite 1.1.1)', 'BSD-3-Clause tools'],
      ['golden-bills', 'Bills (NREL-PySAM 7.1.1 Utilityrate5)', 'BSD-3-Clause tool'],
      ['golden-dispatch', 'Dispatch and sharing (HiGHS)', 'made for this project'],
      ['golden-market', 'Auctions and Shapley values (HiGHS)', 'made for this project'],
      ['golden-finance', 'Finance (numpy-financial 1.0.0)', 'BSD-3-Clause tool'],
      ['golden-rainflow', 'Rainflow counts (rainflow 3.2.0)', 'MIT tool'],
      ['golden-transformer', 'Transformer ageing (transformer-thermal-model 0.6.0)', 'MPL-2.0 tool'],
    ] as const
  ).map(([id, title, licence]): CatalogueSet => ({
    id,
    title: `Reference outputs: ${title}`,
    origin: { from: 'computed for this project', commit: '', verbatim: {}, converter: null },
    licence,
    attribution: title,
    citation: title,
    shareAlike: false,
    readings: [],
  })),
]

export const setNamed = (id: string): CatalogueSet | undefined => CATALOGUE.find((set) => set.id === id)

/** Where a verbatim file of a set can be had from its origin; null: only a mirror or a converter has it. */
export function originUrl(set: CatalogueSet, file: string): string | null {
  const path = set.origin.verbatim[file]
  const repository = /^github\.com\/(.+)$/.exec(set.origin.from)?.[1]
  if (path === undefined || repository === undefined) return null
  return `https://raw.githubusercontent.com/${repository}/${set.origin.commit}/${path}`
}
