import type { TimeAxis } from '../data/axis.ts'

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
  /** Empty where they were handed over as the run went on. */
  readonly homes: readonly Readonly<Record<HomeColumn, Int32Array>>[]
  readonly market: MarketSeries
}

/** −1 in `peer_price_usd_per_kwh`: nothing was traded. */
export type MarketSeries = Readonly<Record<MarketColumn, Float64Array>>

/** Series are kept of the first days alone, so that a long run needs no more memory than a year. */
const KEPT_SECONDS = 366 * 86_400

/** Intervals of which series are kept: the first ones, a year at most. */
export const keptSteps = ({ count, stepSeconds }: TimeAxis): number =>
  Math.min(count, Math.floor(KEPT_SECONDS / stepSeconds))

const columnsOf = <Name extends string, Column>(names: readonly Name[], column: () => Column) =>
  Object.fromEntries(names.map((name) => [name, column()])) as Record<Name, Column>

/** Takes the homes' series as the run goes on, so that none of them has to be kept. */
export interface SeriesSink {
  /** Intervals that it takes at once. */
  readonly room: number
  /** Takes what stands in `series`, whose memory is used again. */
  readonly write: (series: HomeSeries) => void
  /** There will be no more. */
  readonly finish: () => void
}

/** Series of all homes in some intervals: in a column home after home, each with the same room. */
export class HomeSeries {
  readonly columns: Readonly<Record<HomeColumn, Int32Array>>
  readonly homes: number
  readonly room: number
  /** Intervals that stand here. */
  filled = 0
  readonly #sink: SeriesSink | null

  /**
   * @param kept intervals of which series are wanted
   * @param sink null: all of them stand here in the end
   */
  constructor(homes: number, kept: number, sink: SeriesSink | null) {
    this.homes = homes
    this.room = Math.min(kept, sink?.room ?? kept)
    this.#sink = sink
    this.columns = columnsOf(HOME_COLUMNS, () => new Int32Array(homes * this.room))
  }

  /** So many intervals more have been filled in; handed over when there is no more room. */
  filledIn(count: number): void {
    this.filled += count
    if (this.filled === this.room) this.#handOver()
  }

  /** The run is over, or ended early. */
  finish(): void {
    if (this.filled > 0) this.#handOver()
    this.#sink?.finish()
  }

  #handOver(): void {
    if (this.#sink === null) return
    this.#sink.write(this)
    this.filled = 0
  }

  /** By home, where they are kept. */
  byHome(): CommunitySeries['homes'] {
    if (this.#sink !== null) return []
    const { room } = this
    return Array.from(
      { length: this.homes },
      (_, home) =>
        Object.fromEntries(
          HOME_COLUMNS.map((name) => [name, this.columns[name].subarray(home * room, (home + 1) * room)]),
        ) as Record<HomeColumn, Int32Array>,
    )
  }
}

/** What an engine keeps of its intervals as they come. */
export class RunSeries {
  readonly homes: HomeSeries
  readonly market: MarketSeries

  /** Arguments as of `HomeSeries`. */
  constructor(homes: number, kept: number, sink: SeriesSink | null) {
    this.homes = new HomeSeries(homes, kept, sink)
    this.market = columnsOf(MARKET_COLUMNS, () => new Float64Array(kept))
  }

  /** The run is over, or ended early. */
  finish(): CommunitySeries {
    this.homes.finish()
    return { homes: this.homes.byHome(), market: this.market }
  }
}
