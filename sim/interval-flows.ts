/** Columns of an interval's energy, by home, whole milliwatt-hours. */
export const FLOW_COLUMNS = [
  'solar',
  'load',
  'referenceLoad',
  'referenceSolar',
  'charge',
  'discharge',
  'standby',
  'import',
  'export',
  'peerBought',
  'peerSold',
  'solarExport',
  'gridCharge',
  'offer',
  'bid',
] as const
export type FlowColumn = (typeof FLOW_COLUMNS)[number]

/** Where an interval's columns come from: the energies, and what the batteries' meters show. */
export interface FlowColumns {
  readonly energy: (name: FlowColumn) => Int32Array
  readonly telemetry: () => Float64Array
  readonly flags: () => Uint8Array
}

const ownColumns = (homes: number): FlowColumns => ({
  energy: () => new Int32Array(homes),
  telemetry: () => new Float64Array(homes),
  flags: () => new Uint8Array(homes),
})

/**
 * One interval of one community, by home, in whole milliwatt-hours at the AC side. Reused from
 * interval to interval: nothing is allocated in the loop.
 *
 * For every home: solar + discharge + import = load + charge + standby + export, exactly, and one of
 * import and export is zero.
 */
export class IntervalFlows {
  readonly solar: Int32Array
  readonly load: Int32Array
  /** Load as if nothing could wait: what the cases without the plant are billed for. */
  readonly referenceLoad: Int32Array
  /** Solar as the wires would take it if there were nothing but solar: what that case is billed for. */
  readonly referenceSolar: Int32Array
  readonly charge: Int32Array
  readonly discharge: Int32Array
  /** Standby of a battery that is empty (at its reserve). */
  readonly standby: Int32Array
  readonly import: Int32Array
  readonly export: Int32Array
  readonly peerBought: Int32Array
  readonly peerSold: Int32Array
  /** Part of the export that is solar; the rest came out of the battery. */
  readonly solarExport: Int32Array
  /** Part of the import that charges the battery. */
  readonly gridCharge: Int32Array
  /** What is put up to neighbors, and asked of them. */
  readonly offer: Int32Array
  readonly bid: Int32Array
  /** Registers C and D of the home's battery at the end of the interval, milliwatt-hours. */
  readonly chargeRegister: Float64Array
  readonly dischargeRegister: Float64Array
  /** What the battery could truly deliver at the end, and what of it its register would show, whole milliwatt-hours. */
  readonly deliverable: Float64Array
  readonly meteredDeliverable: Float64Array
  /** REFUSED and FULL of the burn algorithm, as the battery flags them. */
  readonly flags: Uint8Array

  constructor(homes: number, columns: FlowColumns = ownColumns(homes)) {
    this.solar = columns.energy('solar')
    this.load = columns.energy('load')
    this.referenceLoad = columns.energy('referenceLoad')
    this.referenceSolar = columns.energy('referenceSolar')
    this.charge = columns.energy('charge')
    this.discharge = columns.energy('discharge')
    this.standby = columns.energy('standby')
    this.import = columns.energy('import')
    this.export = columns.energy('export')
    this.peerBought = columns.energy('peerBought')
    this.peerSold = columns.energy('peerSold')
    this.solarExport = columns.energy('solarExport')
    this.gridCharge = columns.energy('gridCharge')
    this.offer = columns.energy('offer')
    this.bid = columns.energy('bid')
    this.chargeRegister = columns.telemetry()
    this.dischargeRegister = columns.telemetry()
    this.deliverable = columns.telemetry()
    this.meteredDeliverable = columns.telemetry()
    this.flags = columns.flags()
  }

  /** Sets import and export from what the home made, used, stored and drew. */
  meter(home: number): void {
    const net =
      this.load[home] + this.charge[home] + this.standby[home] - this.solar[home] - this.discharge[home]
    this.import[home] = net > 0 ? net : 0
    this.export[home] = net > 0 ? 0 : -net
    // Solar serves the home's load first, then its battery, then others; standby of an empty one is import.
    const spare = Math.max(0, this.solar[home] - this.load[home])
    this.solarExport[home] = Math.min(this.export[home], Math.max(0, spare - this.charge[home]))
    this.gridCharge[home] = Math.min(this.import[home], Math.max(0, this.charge[home] - spare))
    this.offer[home] = this.solarExport[home]
    this.bid[home] = this.import[home] - this.gridCharge[home]
  }
}
