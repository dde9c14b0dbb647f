import type { BillCase } from '../data/run-files.ts'
import type { CommunityEngine } from './engine.ts'
import type { FlowBlock } from './flow-block.ts'
import type { IntervalFlows } from './interval-flows.ts'
import { raisePeaks } from './peaks.ts'

/** Scratch: the community's net power by case. */
const net: Record<BillCase, number> = { 'no-solar': 0, 'solar-only': 0, 'own-battery': 0, plant: 0 }

/** Peaks over all, and the community's series of the first run through it. */
export function recordInterval(engine: CommunityEngine, flows: IntervalFlows, step: number): void {
  const { referenceLoad, referenceSolar, deliverable } = flows
  let [load, solar, bought, deliverableSum] = [0, 0, 0, 0]
  for (let home = 0; home < referenceLoad.length; home++) {
    load += referenceLoad[home]
    solar += referenceSolar[home]
    bought += flows.import[home] - flows.export[home]
    // Zero where there is no battery.
    deliverableSum += deliverable[home]
  }
  net['no-solar'] = load
  net['solar-only'] = load - solar
  net.plant = bought
  // Trading moves nothing through the transformer: the case without it has the same net power.
  net['own-battery'] = bought
  raisePeaks(engine.peaks, net)
  if (step >= engine.keptSteps) return
  const { market } = engine.series
  market.price_usd_per_kwh[step] = engine.area.priceMicroUsdPerKwh[step % engine.area.axis.count]
  market.peer_price_usd_per_kwh[step] = engine.market.meanRate
  market.supply_kwh[step] = engine.market.supply
  market.demand_kwh[step] = engine.market.demand
  market.traded_kwh[step] = engine.market.clearing.tradedMilliWh
  market.import_kwh[step] = Math.max(0, bought)
  market.export_kwh[step] = Math.max(0, -bought)
  market.tstorage_active_kwh[step] = engine.stock.activeTotal
  market.tstorage_set_aside_kwh[step] = engine.stock.setAsideTotal
  market.true_deliverable_kwh[step] = deliverableSum
}

/** The homes' series of a block from interval `step` on, as far as they are wanted. */
export function recordBlock(engine: CommunityEngine, block: FlowBlock, step: number, count: number): void {
  const series = engine.series.homes
  const end = Math.min(count, engine.keptSteps - step)
  for (let row = 0; row < end;) {
    const part = Math.min(end - row, series.room - series.filled)
    recordRows(engine, block, row, part)
    series.filledIn(part)
    row += part
  }
}

/** Rows of a block that have room. */
function recordRows(
  { series, batteries }: CommunityEngine,
  block: FlowBlock,
  row: number,
  count: number,
): void {
  const { columns, homes, room, filled } = series.homes
  const { energy, deliverable } = block
  for (let home = 0; home < homes; home++) {
    const from = row * homes + home
    const to = home * room + filled
    copy(energy.solar, from, homes, columns.solar_kwh, to, count)
    copy(energy.load, from, homes, columns.load_kwh, to, count)
    copy(energy.charge, from, homes, columns.charge_kwh, to, count)
    copy(energy.discharge, from, homes, columns.discharge_kwh, to, count)
    copy(energy.import, from, homes, columns.import_kwh, to, count)
    copy(energy.export, from, homes, columns.export_kwh, to, count)
    copy(energy.peerBought, from, homes, columns.peer_bought_kwh, to, count)
    copy(energy.peerSold, from, homes, columns.peer_sold_kwh, to, count)
    if (batteries[home] !== null) copy(deliverable, from, homes, columns.battery_energy_kwh, to, count)
  }
}

/** One home's rows of a block's column into its series. */
function copy(
  rows: Int32Array | Float64Array,
  from: number,
  homes: number,
  series: Int32Array,
  to: number,
  count: number,
): void {
  for (let row = 0, place = from; row < count; row++, place += homes) series[to + row] = rows[place]
}
