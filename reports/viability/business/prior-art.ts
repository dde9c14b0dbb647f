/**
 * What others offer, as their own or others' public texts tell it: a source with title and date each, and "not verified"
 * where none was found. Read in November 2026; nothing was tried out.
 */
export interface Source {
  readonly title: string
  /** Of the text; `undated` where it bears none. */
  readonly date: string
  readonly grade: 'primary' | 'secondary'
}

/** `not told`: the texts that were read do not say. */
export type Offers = 'yes' | 'in part' | 'no' | 'not told'

export const FEATURES = [
  'several roles',
  'uncertainty',
  'cost tests',
  'peer trading',
  'tokens on a ledger',
  'reproduction',
] as const
export type Feature = (typeof FEATURES)[number]

export interface System {
  readonly name: string
  readonly shows: string
  readonly offers: Readonly<Record<Feature, Offers>>
  readonly sources: readonly Source[]
}

export const SYSTEMS: readonly System[] = [
  {
    name: 'REopt',
    shows: 'the cheapest plant for one site beside business as usual: cost, bill, payback, outage, emissions',
    offers: {
      'several roles': 'no',
      uncertainty: 'in part',
      'cost tests': 'no',
      'peer trading': 'no',
      'tokens on a ledger': 'no',
      reproduction: 'yes',
    },
    sources: [
      { title: 'REopt.jl, src/results (NREL)', date: '4 January 2026', grade: 'primary' },
      { title: 'REopt API, developer.nrel.gov', date: 'undated', grade: 'primary' },
    ],
  },
  {
    name: 'SAM',
    shows: 'one project’s energy and cash flow, with parametric and stochastic runs',
    offers: {
      'several roles': 'no',
      uncertainty: 'yes',
      'cost tests': 'no',
      'peer trading': 'no',
      'tokens on a ledger': 'no',
      reproduction: 'yes',
    },
    sources: [
      { title: 'SAM help, Stochastic and Parametrics (NREL)', date: 'undated', grade: 'primary' },
      { title: 'NREL-PySAM release notes, pypi.org', date: '24 July 2025', grade: 'primary' },
    ],
  },
  {
    name: 'HOMER Grid',
    shows: 'the winning architecture of one site, demand charges, sensitivities, cash flow with its crossing',
    offers: {
      'several roles': 'no',
      uncertainty: 'in part',
      'cost tests': 'no',
      'peer trading': 'no',
      'tokens on a ledger': 'no',
      reproduction: 'not told',
    },
    sources: [
      { title: 'HOMER Grid manual, version 1.10 (UL)', date: '2022', grade: 'primary' },
      {
        title: 'HOMER Grid calculates financial incentives, microgridnews.com',
        date: 'undated',
        grade: 'secondary',
      },
    ],
  },
  {
    name: 'Grid Singularity',
    shows: 'trades, prices, bills and peaks of a simulated local market; bids and offers by slot',
    offers: {
      'several roles': 'in part',
      uncertainty: 'no',
      'cost tests': 'no',
      'peer trading': 'yes',
      'tokens on a ledger': 'not told',
      reproduction: 'in part',
    },
    sources: [
      { title: 'gsy-e wiki, docs/results.md (Grid Singularity)', date: 'undated', grade: 'primary' },
      { title: 'gsy-e README, github.com/gridsingularity', date: 'undated', grade: 'primary' },
    ],
  },
]

export interface TokenConcept {
  readonly name: string
  /** What one token is. */
  readonly is: string
  /** What gives it worth, and how it ends. */
  readonly worth: string
  readonly difference: string
  /** Empty: nothing was found, and the row says so. */
  readonly sources: readonly Source[]
}

const NOT_VERIFIED = 'not verified'

export const TOKENS: readonly TokenConcept[] = [
  {
    name: 'Powerledger xGrid',
    is: 'POWR: a bond that a company deposits to use the platform; a second, local unit settles energy in money',
    worth: 'traded at exchanges; the bond is given back',
    difference: 'the token is access, not energy; nothing in it knows what a battery lost',
    sources: [
      { title: 'Unlocking the POWR of Powerledger, powerledger.io', date: '30 March 2020', grade: 'primary' },
      {
        title: 'Power Ledger: analysis of the token and business model, medium.com',
        date: '8 November 2018',
        grade: 'secondary',
      },
      { title: 'Powerledger profile, api-evangelist', date: '28 August 2026', grade: 'secondary' },
    ],
  },
  {
    name: 'Jouliette (De Ceuvel, Amsterdam)',
    is: 'a local unit of about 0.1 kWh, swapped among the houses of one site',
    worth: 'solar energy of the site; how it ends was not found',
    difference: 'no account of storage losses was found',
    sources: [
      {
        title: 'The energy Jouliette: swapping real value with blockchain, ronaldrovers.com',
        date: 'undated',
        grade: 'secondary',
      },
    ],
  },
  {
    name: 'Encore',
    is: NOT_VERIFIED,
    worth: NOT_VERIFIED,
    difference: 'no public text was found that describes it',
    sources: [],
  },
  {
    name: 'Stellar',
    is: 'a general payment ledger; the lumen pays fees and the least balance of an account',
    worth: 'a fee of 0.00001 lumen an operation keeps spam away; fees go to an account that nobody uses',
    difference: 'cheap and public, yet anyone may read it, and energy would be an asset like any other',
    sources: [
      {
        title: 'Fees, resource limits and metering, developers.stellar.org',
        date: 'undated',
        grade: 'primary',
      },
      { title: 'Fees, github.com/stellar/docs (archived 22 June 2021)', date: '2021', grade: 'primary' },
    ],
  },
]
