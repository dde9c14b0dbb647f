import type { TimeAxis } from '../data/axis.ts'
import { isFlexible, type MarketArea } from './market-area.ts'

/** Columns of one home's series, whole milliwatt-hours per interval. */
export const HOME_COLUMNS = [
  'solar_kwh',
  'load_kwh',
  'charge_kwh',
  'discharge_kwh',
  'import_kwh',
  'export_kwh',
  'peer_bought_kwh',
  'peer_sold_kwh',
  'battery_energy_kwh',
] as const
export type HomeColumn = (typeof HOME_COLUMNS)[number]

/** Columns of the community's series: energy in milliwatt-hours, prices in µ$ per kWh. */
export const MARKET_COLUMNS = [
  'price_usd_per_kwh',
  'peer_price_usd_per_kwh',
  'supply_kwh',
  'demand_kwh',
  'traded_kwh',
  'import_kwh',
  'export_kwh',
  'tstorage_active_kwh',
  'tstorage_set_aside_kwh',
  'true_deliverable_kwh',
] as const
export type MarketColumn = (typeof MARKET_COLUMNS)[number]

const TOKEN_COLUMNS = new Set<MarketColumn>(['tstorage_active_kwh', 'tstorage_set_aside_kwh'])

/** Columns that a run writes: those of tokens only where they are kept. */
export const marketColumns = (tokens: boolean): readonly MarketColumn[] =>
  MARKET_COLUMNS.filter((name) => tokens || !TOKEN_COLUMNS.has(name))

/** Columns of the wires, millionths: per unit, %, °C and kWh; those of a transformer only where there is one. */
export const FEEDER_COLUMNS = [
  'voltage_min_pu',
  'voltage_max_pu',
  'line_loading_percent',
  'loss_kwh',
  'curtailed_kwh',
  'transformer_loading_percent',
  'hot_spot_c',
] as const
export type FeederColumn = (typeof FEEDER_COLUMNS)[number]

/** What a run keeps of every interval, filled in by the engine; row = interval. */
export interface CommunitySeries {
  readonly homes: readonly Readonly<Record<HomeColumn, Int32Array>>[]
  /** −1 in `peer_price_usd_per_kwh`: nothing was traded. */
  readonly market: Readonly<Record<MarketColumn, Float64Array>>
}

/** Series are kept of the first days alone, so that a long run needs no more memory than a year. */
const KEPT_SECONDS = 366 * 86_400

/** Intervals of which series are kept: the first ones, a year at most. */
export const keptSteps = ({ count, stepSeconds }: TimeAxis): number =>
  Math.min(count, Math.floor(KEPT_SECONDS / stepSeconds))

/** Room for the first `count` intervals; solar and load are the inputs themselves. */
export function communitySeries(area: MarketArea, count: number): CommunitySeries {
  return {
    homes: area.homes.map((home) => ({
      // Behind wires the solar that is taken is known only as it runs.
      solar_kwh: area.feeder === undefined ? home.solarMilliWh.subarray(0, count) : new Int32Array(count),
      // A flexible home's load is known only as it runs.
      load_kwh: isFlexible(home.flexible) ? new Int32Array(count) : home.loadMilliWh.subarray(0, count),
      charge_kwh: new Int32Array(count),
      discharge_kwh: new Int32Array(count),
      import_kwh: new Int32Array(count),
      export_kwh: new Int32Array(count),
      peer_bought_kwh: new Int32Array(count),
      peer_sold_kwh: new Int32Array(count),
      battery_energy_kwh: new Int32Array(count),
    })),
    market: Object.fromEntries(MARKET_COLUMNS.map((name) => [name, new Float64Array(count)])) as Record<
      MarketColumn,
      Float64Array
    >,
  }
}
