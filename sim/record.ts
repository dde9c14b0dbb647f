import { BATTERY_ACTIVE, BATTERY_SET_ASIDE } from '../ledger/contract/columns.ts'
import { deliverableKwh } from '../models/battery/battery.ts'
import { batteryOf } from './accounts.ts'
import type { CommunityEngine } from './engine.ts'
import type { IntervalFlows } from './interval-flows.ts'
import { raisePeaks } from './peaks.ts'

/** Peaks over all, and the series of the first run through it. */
export function recordInterval(engine: CommunityEngine, flows: IntervalFlows, step: number): void {
  const kept = step < engine.keptSteps
  const { market, homes } = engine.series
  const net = { 'no-solar': 0, 'solar-only': 0, 'own-battery': 0, plant: 0 }
  let deliverable = 0
  let active = 0
  let setAside = 0
  for (let home = 0; home < homes.length; home++) {
    const columns = homes[home]
    if (kept) {
      if (engine.flexible[home] !== null) columns.load_kwh[step] = flows.load[home]
      if (engine.wires !== null) columns.solar_kwh[step] = flows.solar[home]
      columns.charge_kwh[step] = flows.charge[home]
      columns.discharge_kwh[step] = flows.discharge[home]
      columns.import_kwh[step] = flows.import[home]
      columns.export_kwh[step] = flows.export[home]
      columns.peer_bought_kwh[step] = flows.peerBought[home]
      columns.peer_sold_kwh[step] = flows.peerSold[home]
    }
    net['no-solar'] += flows.referenceLoad[home]
    net['solar-only'] += flows.referenceLoad[home] - flows.referenceSolar[home]
    net.plant += flows.import[home] - flows.export[home]
    const agent = engine.batteries[home]
    if (agent === null || !kept) continue
    const there = Math.round(deliverableKwh(agent.parameters, agent.state) * 1e6)
    columns.battery_energy_kwh[step] = there
    deliverable += there
    if (engine.plain !== null) continue
    active += engine.ledger.view.asset(batteryOf(home), BATTERY_ACTIVE)
    setAside += engine.ledger.view.asset(batteryOf(home), BATTERY_SET_ASIDE)
  }
  // Trading moves nothing through the transformer: the case without it has the same net power.
  net['own-battery'] = net.plant
  raisePeaks(engine.peaks, net)
  if (!kept) return
  const traded = engine.market.clearing.tradedMilliWh
  market.price_usd_per_kwh[step] = engine.area.priceMicroUsdPerKwh[step % engine.area.axis.count]
  market.peer_price_usd_per_kwh[step] = engine.market.meanRate
  market.supply_kwh[step] = engine.market.supply
  market.demand_kwh[step] = engine.market.demand
  market.traded_kwh[step] = traded
  market.import_kwh[step] = Math.max(0, net.plant)
  market.export_kwh[step] = Math.max(0, -net.plant)
  market.tstorage_active_kwh[step] = active
  market.tstorage_set_aside_kwh[step] = setAside
  market.true_deliverable_kwh[step] = deliverable
}
