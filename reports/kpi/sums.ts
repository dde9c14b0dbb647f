import type {
  BillCase,
  BillLines,
  CommunityResult,
  HomeEnergy,
  HomeResult,
  RunResults,
} from '../../data/run-files.ts'

/** Months of 365 / 12 days, so that a year has twelve; a shorter run is scaled. */
export const monthsOf = (results: RunResults): number => (results.simulatedDays * 12) / 365

export const homesOf = (results: RunResults): HomeResult[] =>
  results.communities.flatMap(({ homes }) => homes)

/** Sum of one energy over all homes, milliwatt-hours. */
export const totalEnergy = (results: RunResults, key: keyof HomeEnergy): number =>
  homesOf(results).reduce((sum, home) => sum + home.total[key], 0)

/** Sum over communities. */
export const totalOf = (results: RunResults, value: (community: CommunityResult) => number): number =>
  results.communities.reduce((sum, community) => sum + value(community), 0)

/** One line of one home's bills over the whole run, micro-dollars. */
export const billLine = (home: HomeResult, name: BillCase, line: keyof BillLines): number =>
  home.months.reduce((sum, { bills }) => sum + bills[name][line], 0)

export const billNet = (home: HomeResult, name: BillCase): number => billLine(home, name, 'netMicroUsd')

/** What a home saves with the plant against a baseline, USD a month; positive: it pays less. */
export const monthlyGainUsd = (results: RunResults, home: HomeResult, baseline: BillCase): number =>
  (billNet(home, baseline) - billNet(home, 'plant')) / 1e6 / monthsOf(results)

export const ratio = (part: number, all: number): number | null => (all === 0 ? null : part / all)

/** Energy that a home buys from the utility, not from neighbors, milliwatt-hours. */
export const fromUtility = ({ importMilliWh, peerBoughtMilliWh }: HomeEnergy): number =>
  importMilliWh - peerBoughtMilliWh

export const toUtility = ({ exportMilliWh, peerSoldMilliWh }: HomeEnergy): number =>
  exportMilliWh - peerSoldMilliWh
