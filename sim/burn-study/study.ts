import { Piscina } from 'piscina'
import type { BurnStudy, FaultStudy, GroupStudy } from '../../data/burn-study.ts'
import type { BatteryFigures, CohortDone, CohortTask } from './cohort.ts'
import { BASELINE_NAMES, BASELINES } from './baselines.ts'
import { VARIANTS } from './closure.ts'
import { FAULT_STEP, FAULTS, type FaultName } from './faults.ts'
import { LONG_YEARS, studyTasks, TUNING_SEEDS, type TunedBaselines, tuningTasks } from './plan.ts'
import { QUALITIES, type QualityName } from './qualities.ts'
import { mean } from './statistics.ts'
import { methodOf, methodRow, OVER_BURN_KWH, targetFigures } from './targets.ts'
import { CHEMISTRIES, type Chemistry, type Group, GROUPS } from './truth.ts'

export interface StudyOptions {
  readonly seed: number
  readonly batteryYears: number
  readonly workers: number
  readonly onProgress?: (doneFraction: number, text: string) => void
}

/** Runs the study on worker threads; the same seed and size give the same study on any number of them. */
export async function runStudy({
  seed,
  batteryYears,
  workers,
  onProgress = () => {},
}: StudyOptions): Promise<BurnStudy> {
  const board = new Int32Array(new SharedArrayBuffer(4))
  const pool = new Piscina<{ task: CohortTask; board: Int32Array<SharedArrayBuffer> }, CohortDone>({
    filename: new URL('worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: Math.max(1, workers),
  })
  try {
    onProgress(0, 'tuning the baselines on other seeds')
    const tuned = await Promise.all(tuningTasks(seed).map((task) => pool.run({ task, board })))
    const baselines = tune(tuned.flatMap(({ batteries }) => batteries))
    const tasks = studyTasks(seed, batteryYears, baselines)
    const all = tasks.reduce((sum, { count, years }) => sum + count * years, 0)
    Atomics.store(board, 0, 0)
    const report = () => {
      const done = Atomics.load(board, 0)
      onProgress(0.03 + (0.95 * done) / all, `${done} of ${all} battery-years`)
    }
    const timer = setInterval(report, 200)
    try {
      // Long lives first, so that no worker is left with one at the end; results keep the tasks' order.
      const order = tasks.map((_, at) => at).toSorted((a, b) => tasks[b].years - tasks[a].years)
      const done: CohortDone[] = []
      await Promise.all(
        order.map(async (at) => {
          done[at] = await pool.run({ task: tasks[at], board })
        }),
      )
      return summarise(seed, done, baselines)
    } finally {
      clearInterval(timer)
    }
  } finally {
    await pool.destroy()
  }
}

/** For each baseline the value whose annual burn comes nearest to the true loss, on the tuning batteries. */
function tune(batteries: readonly BatteryFigures[]): TunedBaselines {
  return BASELINE_NAMES.map((name) => {
    const errors = BASELINES[name].map((parameter) =>
      mean(
        batteries.map((battery) => {
          const { burnedKwh, lossKwh } = methodOf(battery, `${name} ${parameter}`)
          return Math.abs(burnedKwh[0] - lossKwh[0])
        }),
      ),
    )
    return [name, BASELINES[name][errors.indexOf(Math.min(...errors))]]
  })
}

function summarise(seed: number, done: readonly CohortDone[], baselines: TunedBaselines): BurnStudy {
  const batteries = done.flatMap((cohort) => cohort.batteries)
  return {
    format: 1,
    seed,
    tuningSeeds: TUNING_SEEDS,
    batteryYears: batteries.reduce((sum, { years }) => sum + years, 0),
    batteries: batteries.length,
    baselines: baselines.map(([name, parameter]) => ({ name, parameter })),
    groups: GROUPS.map((group) =>
      summariseGroup(
        group,
        batteries.filter((battery) => battery.group === group && battery.fault === null),
        seed,
      ),
    ),
    faults: FAULTS.flatMap((fault) =>
      GROUPS.map((group) =>
        summariseFault(
          fault,
          group,
          batteries.filter((battery) => battery.fault === fault && battery.group === group),
        ),
      ),
    ),
    story: done.find(({ story }) => story !== null)?.story ?? null,
  }
}

function summariseGroup(group: Group, batteries: readonly BatteryFigures[], seed: number): GroupStudy {
  const typical = batteries.filter(({ quality }) => quality === 'typical')
  const short = typical.filter(({ years }) => years === 1)
  const part = (name: string, some: readonly BatteryFigures[]) => ({
    name,
    batteries: some.length,
    figures:
      some.length === 0 ? [] : targetFigures(group, some, seed).map((one) => ({ ...one, reached: null })),
  })
  const years = typical.reduce((sum, battery) => sum + battery.years, 0)
  const chemistry = (name: Chemistry) => typical.filter((battery) => battery.chemistry === name)
  const quality = (name: QualityName) => batteries.filter((battery) => battery.quality === name)
  const steady = typical.filter(({ standbyStep }) => !standbyStep)
  return {
    group,
    batteries: typical.length,
    batteryYears: years,
    emptyDays: mean(typical.map(({ emptyDays }) => emptyDays)),
    figures: targetFigures(group, typical, seed),
    parts: [
      ...CHEMISTRIES.map((name) => part(name, chemistry(name))),
      part('1 year', short),
      part(
        `${LONG_YEARS} years`,
        typical.filter((battery) => battery.years === LONG_YEARS),
      ),
      ...QUALITIES.map((name) => part(`${name} telemetry`, quality(name))),
    ],
    methods:
      short.length === 0
        ? []
        : [...VARIANTS, ...BASELINE_NAMES].map((name) =>
            methodRow(
              short.filter(({ methods }) => methods.some((one) => one.name === name)),
              name,
            ),
          ),
    oracles: {
      atAnchorsKwh: mean(short.map((battery) => methodOf(battery, 'closure').lossKwh[0])),
      everyIntervalKwh: mean(short.map(({ everyTickLossKwh }) => everyTickLossKwh)),
    },
    falseAlarmsPerYear:
      steady.reduce((sum, { learnt }) => sum + learnt.alarms, 0) /
      steady.reduce((sum, battery) => sum + battery.years, 0),
  }
}

function summariseFault(fault: FaultName, group: Group, batteries: readonly BatteryFigures[]): FaultStudy {
  const own = batteries.map((battery) => methodOf(battery, 'closure'))
  const alarms = batteries.flatMap(({ learnt }) =>
    learnt.firstAlarm >= FAULT_STEP ? [(learnt.firstAlarm - FAULT_STEP) / 96] : [],
  )
  return {
    fault,
    group,
    batteries: batteries.length,
    overBurned: own.filter(({ overBurnKwh }) => overBurnKwh > OVER_BURN_KWH).length,
    worstOverBurnKwh: Math.max(0, ...own.map(({ overBurnKwh }) => overBurnKwh)),
    unbackedKwh: mean(own.map(({ unbackedKwh }) => unbackedKwh)),
    alarmDays: alarms.length === 0 ? null : mean(alarms),
    alarmed: alarms.length,
    doubted: mean(batteries.map(({ learnt }) => learnt.doubted)),
    lockedFraction: mean(own.map(({ lockedKwh }) => lockedKwh)) / mean(own.map(({ energyKwh }) => energyKwh)),
    unclaimedFraction:
      mean(own.map(({ unclaimedKwh }) => unclaimedKwh)) / mean(batteries.map((one) => one.dischargedKwh)),
    rawSocUnbackedKwh: mean(batteries.map((battery) => methodOf(battery, 'raw-soc').unbackedKwh)),
  }
}
