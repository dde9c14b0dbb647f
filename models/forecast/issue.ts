/** What a forecast is of. */
export const TARGETS = ['load', 'solar'] as const
export type Target = (typeof TARGETS)[number]

/**
 * What surrounds a home: columns over the same whole days as its series, slot by slot. `…Forecast` holds for each day
 * what the weather forecast issued at its start says of it: the measured future with the error of a forecast
 * (`weather-forecast.ts`), never without. Null: not known.
 */
export interface Surroundings {
  /** 0 is Monday, of each day. */
  readonly weekday: Uint8Array
  /** Global irradiance of the clear sky, W/m²: astronomy, known for all days. */
  readonly clearSkyWM2: Float64Array | null
  readonly temperatureC: Float64Array | null
  readonly temperatureForecastC: Float64Array | null
  /** Share of the clear sky's light that arrives, 0 to about 1.2. */
  readonly clearness: Float64Array | null
  readonly clearnessForecast: Float64Array | null
}

/** A home's whole series and what surrounds it; forecasters never see it, only issues cut from it. */
export interface HomeRecord {
  readonly id: string
  readonly target: Target
  /** Energy of each slot, kWh, whole days; NaN: missing. */
  readonly kwh: Float64Array
  readonly slotsPerDay: number
  readonly around: Surroundings
}

export const daysOf = ({ kwh, slotsPerDay }: HomeRecord): number => Math.floor(kwh.length / slotsPerDay)

/**
 * All that is known when the forecast of a day is issued, at the start of that day. Columns of the past end where the
 * day begins; columns ahead cover the day and no more.
 */
export interface Issue {
  readonly target: Target
  readonly day: number
  readonly slotsPerDay: number
  /** Measured energy before, kWh. */
  readonly past: Float64Array
  /** Of all days to the one ahead. */
  readonly weekday: Uint8Array
  /** To the end of the day ahead, W/m². */
  readonly clearSkyWM2: Float64Array | null
  readonly temperaturePastC: Float64Array | null
  readonly temperatureAheadC: Float64Array | null
  readonly clearnessPast: Float64Array | null
  readonly clearnessAhead: Float64Array | null
}

/** What is known of a home at the start of a day. */
export function issueOf({ target, kwh, slotsPerDay, around }: HomeRecord, day: number): Issue {
  const start = day * slotsPerDay
  const end = start + slotsPerDay
  const before = (column: Float64Array | null) => column && column.subarray(0, start)
  const ahead = (column: Float64Array | null) => column && column.subarray(start, end)
  return {
    target,
    day,
    slotsPerDay,
    past: kwh.subarray(0, start),
    weekday: around.weekday.subarray(0, day + 1),
    clearSkyWM2: around.clearSkyWM2 && around.clearSkyWM2.subarray(0, end),
    temperaturePastC: before(around.temperatureC),
    temperatureAheadC: ahead(around.temperatureForecastC),
    clearnessPast: before(around.clearness),
    clearnessAhead: ahead(around.clearnessForecast),
  }
}

/** What was measured on a day, kWh by slot. */
export const actualOf = ({ kwh, slotsPerDay }: HomeRecord, day: number): Float64Array =>
  kwh.subarray(day * slotsPerDay, (day + 1) * slotsPerDay)
