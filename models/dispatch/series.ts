/** One home's year as a dispatcher sees it: columns over one axis, energy of each interval in kWh. */
export interface DispatchSeries {
  readonly stepHours: number
  readonly loadKwh: Float64Array
  /** AC, >= 0. */
  readonly solarKwh: Float64Array
  readonly importUsdPerKwh: Float64Array
  /** What the utility pays for exports. */
  readonly exportUsdPerKwh: Float64Array
  /** Local wall time at the start of each interval: hour of the day with its fraction, [0, 24). */
  readonly localHour: Float64Array
  /** Local month, 1 to 12, and day counted from any origin. */
  readonly localMonth: Uint8Array
  readonly localDay: Int32Array
  /** Of the battery's surroundings, °C. */
  readonly temperatureC: Float64Array
}

export const stepsOf = (series: DispatchSeries): number => series.loadKwh.length
