import { FLOW_COLUMNS, type FlowColumn, IntervalFlows } from './interval-flows.ts'

/** At most so many intervals stand in a block; what they take is to stay near the processor. */
export const MOST_INTERVALS = 24

/**
 * Some intervals in a row, the unit in which homes are stepped and metered: in a column, row `k × homes + home` is
 * interval k of a home. What reacts to the market is done interval by interval, on `intervals[k]`, which are the same memory.
 */
export class FlowBlock {
  readonly homes: number
  readonly capacity: number
  readonly energy: Readonly<Record<FlowColumn, Int32Array>>
  readonly chargeRegister: Float64Array
  readonly dischargeRegister: Float64Array
  readonly deliverable: Float64Array
  readonly meteredDeliverable: Float64Array
  readonly flags: Uint8Array
  readonly intervals: readonly IntervalFlows[]

  constructor(homes: number, capacity: number = MOST_INTERVALS) {
    this.homes = homes
    this.capacity = capacity
    const rows = homes * capacity
    this.energy = Object.fromEntries(FLOW_COLUMNS.map((name) => [name, new Int32Array(rows)])) as Record<
      FlowColumn,
      Int32Array
    >
    this.chargeRegister = new Float64Array(rows)
    this.dischargeRegister = new Float64Array(rows)
    this.deliverable = new Float64Array(rows)
    this.meteredDeliverable = new Float64Array(rows)
    this.flags = new Uint8Array(rows)
    this.intervals = Array.from({ length: capacity }, (_, at) => {
      const [from, to] = [at * homes, (at + 1) * homes]
      // In the order in which an interval asks for them.
      const telemetry = [
        this.chargeRegister,
        this.dischargeRegister,
        this.deliverable,
        this.meteredDeliverable,
      ].values()
      return new IntervalFlows(homes, {
        energy: (name) => this.energy[name].subarray(from, to),
        telemetry: () => (telemetry.next().value as Float64Array).subarray(from, to),
        flags: () => this.flags.subarray(from, to),
      })
    })
  }

  /** Sets a home's import and export in the first `count` intervals: `IntervalFlows.meter` of each. */
  meter(home: number, count: number): void {
    const { solar, load, charge, discharge, standby, solarExport, gridCharge, offer, bid } = this.energy
    const { import: imports, export: exports } = this.energy
    const { homes } = this
    for (let row = 0, at = home; row < count; row++, at += homes) {
      const net = load[at] + charge[at] + standby[at] - solar[at] - discharge[at]
      const imported = net > 0 ? net : 0
      const exported = net > 0 ? 0 : -net
      const spare = Math.max(0, solar[at] - load[at])
      imports[at] = imported
      exports[at] = exported
      offer[at] = solarExport[at] = Math.min(exported, Math.max(0, spare - charge[at]))
      const charged = Math.min(imported, Math.max(0, charge[at] - spare))
      gridCharge[at] = charged
      bid[at] = imported - charged
    }
  }
}
