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

/** The homes' series of a block from interval `step` on, as far as they are kept. */
export function recordBlock(engine: CommunityEngine, block: FlowBlock, step: number, count: number): void {
  const { homes } = engine.series
  const end = Math.min(count, engine.keptSteps - step)
  if (end <= 0) return
  const { energy, deliverable } = block
  for (let home = 0; home < homes.length; home++) {
    const columns = homes[home]
    if (engine.flexible[home] !== null) copy(energy.load, block, home, columns.load_kwh, step, end)
    if (engine.wires !== null) copy(energy.solar, block, home, columns.solar_kwh, step, end)
    copy(energy.charge, block, home, columns.charge_kwh, step, end)
    copy(energy.discharge, block, home, columns.discharge_kwh, step, end)
    copy(energy.import, block, home, columns.import_kwh, step, end)
    copy(energy.export, block, home, columns.export_kwh, step, end)
    copy(energy.peerBought, block, home, columns.peer_bought_kwh, step, end)
    copy(energy.peerSold, block, home, columns.peer_sold_kwh, step, end)
    if (engine.batteries[home] !== null) copy(deliverable, block, home, columns.battery_energy_kwh, step, end)
  }
}

/** One home's rows of a block's column into its series. */
function copy(
  rows: Int32Array | Float64Array,
  { homes }: FlowBlock,
  home: number,
  series: Int32Array,
  step: number,
  count: number,
): void {
  for (let row = 0, place = home; row < count; row++, place += homes) series[step + row] = rows[place]
}
