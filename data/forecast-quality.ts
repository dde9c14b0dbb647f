/** How good the forecasts were that a home's planner went by. */
export interface ForecastQuality {
  homeId: string
  target: 'load' | 'solar'
  /** `ridge`, …, `automatic`. */
  forecast: string
  slotMinutes: number
  /** Days that are scored; those before were learnt from. */
  days: number
  /** Mean absolute error of the median and mean pinball loss, in parts of mean energy. */
  nMae: number
  pinball: number
  /** 1 − pinball loss over that of the seasonal naive. */
  skill: number
  coverage80: number
  coverage95: number
  /** Share of days on which the seasonal naive was used. */
  baselineShare: number
}
