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

  constructor(homes: number) {
    this.solar = new Int32Array(homes)
    this.load = new Int32Array(homes)
    this.referenceLoad = new Int32Array(homes)
    this.referenceSolar = new Int32Array(homes)
    this.charge = new Int32Array(homes)
    this.discharge = new Int32Array(homes)
    this.standby = new Int32Array(homes)
    this.import = new Int32Array(homes)
    this.export = new Int32Array(homes)
    this.peerBought = new Int32Array(homes)
    this.peerSold = new Int32Array(homes)
    this.solarExport = new Int32Array(homes)
    this.gridCharge = new Int32Array(homes)
    this.offer = new Int32Array(homes)
    this.bid = new Int32Array(homes)
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
