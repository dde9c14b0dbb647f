/** A figure with its 95 % interval; NaN (null in JSON) where there are too few days for one. */
export interface IntervalFigure {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How one model did over all homes that count; nMAE and pinball loss in parts of mean energy. */
export interface ModelScore {
  readonly model: string
  readonly nMae: IntervalFigure
  readonly pinball: IntervalFigure
  /** 1 − pinball loss over the baseline's. */
  readonly skill: IntervalFigure
  readonly coverage80: IntervalFigure
  readonly coverage95: IntervalFigure
}

export interface HomeScore {
  readonly id: string
  readonly kwhPerDay: number
  /** Why it does not count in the figures over all homes; null: it counts. */
  readonly setApart: string | null
  /** Share of days on which the baseline was chosen, from the days before. */
  readonly baselineShare: number
  /** Model with the least loss, seen afterwards. */
  readonly best: string
  readonly skill: Readonly<Record<string, number>>
  readonly coverage80: number
  readonly coverage95: number
}

/** Coverage after a new vehicle, week by week, of all hours and of those in which it may charge. */
export interface RegimeScore {
  readonly what: string
  readonly weeks: readonly {
    readonly all80: number
    readonly all95: number
    readonly charging80: number
    readonly charging95: number
  }[]
  /** Days 15 to 42 with it. */
  readonly settled: { readonly coverage80: IntervalFigure; readonly coverage95: IntervalFigure }
}

export interface TargetEvaluation {
  readonly target: 'load' | 'solar'
  readonly models: readonly ModelScore[]
  readonly homes: readonly HomeScore[]
  /** Mean pinball loss by slot of the day, in parts of the mean slot's energy. */
  readonly bySlot: { readonly baseline: readonly number[]; readonly chosen: readonly number[] }
  /** Levels, and the share of measured values below each of the chosen forecast (equal ones count half). */
  readonly reliability: readonly { readonly level: number; readonly observed: number }[]
  /** A week of the chosen forecast at one home, kWh by slot. */
  readonly example: {
    readonly home: string
    readonly day: string
    readonly levels: readonly number[]
    readonly quantiles: readonly (readonly number[])[]
    readonly actual: readonly number[]
  } | null
  /** Skill of the chosen model with weather forecasts worse or better; null: with none. */
  readonly weather: readonly { readonly errorFactor: number | null; readonly skill: IntervalFigure }[]
  readonly regime: RegimeScore | null
}

export interface SetEvaluation {
  readonly id: string
  readonly title: string
  readonly stepMinutes: number
  readonly scoredDays: number
  readonly firstDay: string
  readonly lastDay: string
  readonly trainedOn: string
  /** Its homes were trained on, each on its own days before. */
  readonly ownPast: boolean
  readonly weather: string
  readonly notes: readonly string[]
  readonly targets: readonly TargetEvaluation[]
}

/** What `vpp forecast evaluate` found; `forecast.json`. */
export interface ForecastEvaluation {
  readonly format: 1
  readonly version: string
  readonly command: string
  readonly seed: number
  readonly models: readonly string[]
  /** Engine that trained the network; null: there was none. */
  readonly engine: string | null
  readonly weatherError: {
    readonly temperatureK: number
    readonly clearness: number
    readonly clearBias: number
    /** Root mean square errors of global light as simulated and of persistence, and its mean, W/m²; null: no plants. */
    readonly achieved: {
      readonly forecastWM2: number
      readonly persistenceWM2: number
      readonly meanWM2: number
    } | null
  }
  readonly sets: readonly SetEvaluation[]
}
