/** What `vpp burn study` leaves, for tables, reports and other programs. */

/** One battery's story over some days, kWh at the ends of equal stretches of time. */
export interface BatteryStory {
  readonly label: string
  readonly capacityKwh: number
  readonly stepHours: number
  /** Hours since the battery was new. */
  readonly firstHour: number
  /** Truly deliverable. */
  readonly energyKwh: number[]
  /** What telemetry says of it: by the reported state of charge (study), by the registers (run). */
  readonly reportedKwh: number[]
  readonly activeKwh: number[]
  readonly setAsideKwh: number[]
  /** Burned as storage loss, all so far. */
  readonly burnedKwh: number[]
  /** The lower bound of the prediction. */
  readonly lowKwh: number[]
  /** Anchors in the stretch: 0 none, 1 refusal, 2 full. */
  readonly anchors: number[]
}

/** A story that nothing has been told of yet. */
export const untoldStory = (
  of: Pick<BatteryStory, 'label' | 'capacityKwh' | 'stepHours' | 'firstHour'>,
): BatteryStory => ({
  ...of,
  energyKwh: [],
  reportedKwh: [],
  activeKwh: [],
  setAsideKwh: [],
  burnedKwh: [],
  lowKwh: [],
  anchors: [],
})

/** A figure of the study with its interval and, where there is one, what it must reach. */
export interface StudyFigure {
  readonly id: string
  readonly label: string
  readonly unit: string
  /** Null: not defined for these batteries. */
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly target: string
  /** Null: no target. */
  readonly reached: boolean | null
}

/** Whether the study's seed is one that nobody looked at while the algorithm's constants were chosen. */
export const heldOutText = ({ seed, tuningSeeds }: Pick<BurnStudy, 'seed' | 'tuningSeeds'>): string =>
  `Constants were chosen on seeds ${tuningSeeds.slice(0, -1).join(', ')} and ${tuningSeeds.at(-1)}: seed ${seed} is ${
    tuningSeeds.includes(seed) ? 'one of them, its figures are not held out' : 'held out'
  }.`

/** One line of the comparison of methods. */
export interface MethodRow {
  readonly name: string
  readonly batteries: number
  readonly overBurned: number
  readonly unbackedKwhHoursPerYear: number
  readonly errorP50: number | null
  readonly errorP95: number | null
  readonly failedKwhPerYear: number
  readonly releasedFraction: number
  readonly lockedFraction: number
}

export interface GroupStudy {
  readonly group: string
  readonly batteries: number
  readonly batteryYears: number
  /** Days with a true refusal, part of all. */
  readonly emptyDays: number
  /** The targets, under typical telemetry, one and ten years together. */
  readonly figures: readonly StudyFigure[]
  /** The same by chemistry, life and telemetry; without targets of their own. */
  readonly parts: readonly {
    readonly name: string
    readonly batteries: number
    readonly figures: readonly StudyFigure[]
  }[]
  readonly methods: readonly MethodRow[]
  /** L at anchors only and at every interval, kWh a year. */
  readonly oracles: { readonly atAnchorsKwh: number; readonly everyIntervalKwh: number }
  /** Alarms a battery-year where standby did not change. */
  readonly falseAlarmsPerYear: number
}

export interface FaultStudy {
  readonly fault: string
  readonly group: string
  readonly batteries: number
  readonly overBurned: number
  readonly worstOverBurnKwh: number
  readonly unbackedKwh: number
  /** Days from the fault to the first alarm, mean of those that raised one first then; null: none did. */
  readonly alarmDays: number | null
  readonly alarmed: number
  /** Refusals that were not believed, a battery. */
  readonly doubted: number
  readonly lockedFraction: number
  readonly unclaimedFraction: number
  /** What believing a reported charge would have left unbacked instead. */
  readonly rawSocUnbackedKwh: number
}

export interface BurnStudy {
  readonly format: 1
  readonly seed: number
  /** Seeds that were looked at while constants were chosen. */
  readonly tuningSeeds: readonly number[]
  readonly batteryYears: number
  readonly batteries: number
  readonly baselines: readonly { readonly name: string; readonly parameter: number }[]
  readonly groups: readonly GroupStudy[]
  readonly faults: readonly FaultStudy[]
  readonly story: BatteryStory | null
}

/** Groups of the study in words. */
export const GROUP_LABELS: Readonly<Record<string, string>> = {
  D: 'empties most days',
  R: 'keeps a drifting 20 % reserve',
  L: 'rarely empties',
}
