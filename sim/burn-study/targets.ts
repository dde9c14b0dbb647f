import type { MethodRow, StudyFigure } from '../../data/burn-study.ts'
import { streamFor } from '../../data/random.ts'
import type { BatteryFigures } from './cohort.ts'
import { bootstrap, mean, quantile, upperRate } from './statistics.ts'
import { type MethodFigures, perYear } from './tally.ts'
import type { Group } from './truth.ts'

/** B above L by more than this is an over-burn, kWh. */
export const OVER_BURN_KWH = 0.02
/** A year's loss below this is judged in kWh, not as a part. */
const SMALL_LOSS_KWH = 10

export const methodOf = (battery: BatteryFigures, name: string): MethodFigures => {
  const found = battery.methods.find((method) => method.name === name)
  if (found === undefined) throw new Error(`internal: no method ${name}`)
  return found
}

const overBurned = (batteries: readonly BatteryFigures[], name: string): number =>
  batteries.filter((battery) => methodOf(battery, name).overBurnKwh > OVER_BURN_KWH).length

/** |B − L| / L of the years that lost enough and could be verified. */
export function annualErrors(batteries: readonly BatteryFigures[], name: string): number[] {
  return batteries.flatMap((battery) => {
    const { burnedKwh, lossKwh } = methodOf(battery, name)
    return lossKwh.flatMap((loss, year) =>
      loss >= SMALL_LOSS_KWH && !battery.learnt.unverifiable[year]
        ? [Math.abs(burnedKwh[year] - loss) / loss]
        : [],
    )
  })
}

function smallErrors(batteries: readonly BatteryFigures[], name: string): number[] {
  return batteries.flatMap((battery) => {
    const { burnedKwh, lossKwh } = methodOf(battery, name)
    return lossKwh.flatMap((loss, year) =>
      loss < SMALL_LOSS_KWH && !battery.learnt.unverifiable[year] ? [Math.abs(burnedKwh[year] - loss)] : [],
    )
  })
}

const years = (batteries: readonly BatteryFigures[]): number =>
  batteries.reduce((sum, battery) => sum + battery.years, 0)

/** Mean over battery-years of something that is a mean over each battery's time. */
const overTime = (
  batteries: readonly BatteryFigures[],
  name: string,
  of: (method: MethodFigures) => number,
): number =>
  batteries.reduce((sum, battery) => sum + battery.years * of(methodOf(battery, name)), 0) / years(batteries)

/** Ratio of two sums over batteries. */
const ratioOf = (
  batteries: readonly BatteryFigures[],
  part: (battery: BatteryFigures) => number,
  whole: (battery: BatteryFigures) => number,
): number => {
  const all = batteries.reduce((sum, battery) => sum + whole(battery), 0)
  return batteries.reduce((sum, battery) => sum + part(battery), 0) / all
}

/** burn.md's table of targets for one group under the whole algorithm; targets apply to its typical telemetry. */
export function targetFigures(
  group: Group,
  batteries: readonly BatteryFigures[],
  seed: number,
): StudyFigure[] {
  const stream = streamFor(seed, 'bootstrap', group, batteries.length)
  const name = 'closure'
  const reserve = group === 'R'
  const own = (battery: BatteryFigures) => methodOf(battery, name)
  const figure = (
    id: string,
    label: string,
    unit: string,
    statistic: (sample: readonly BatteryFigures[]) => number,
    target: string,
    reached: ((value: number) => boolean) | null,
  ): StudyFigure => {
    const value = statistic(batteries)
    const [low, high] = bootstrap(batteries, statistic, stream)
    const or = (number: number) => (Number.isFinite(number) ? number : null)
    return {
      id,
      label,
      unit,
      value: or(value),
      low: or(low),
      high: or(high),
      target,
      reached: Number.isFinite(value) && reached !== null ? reached(value) : null,
    }
  }
  const hits = overBurned(batteries, name)
  const bound = upperRate(hits, batteries.length)
  const most = (limit: number) => (value: number) => value <= limit
  const least = (limit: number) => (value: number) => value >= limit
  const trailing = (sample: readonly BatteryFigures[]) =>
    overTime(sample, name, ({ unbackedKwh }) => unbackedKwh) /
    overTime(sample, 'trailing-factor', ({ unbackedKwh }) => unbackedKwh)
  const without = (sample: readonly BatteryFigures[]) =>
    overTime(sample, 'no-prediction', ({ unbackedKwh }) => unbackedKwh) /
    overTime(sample, name, ({ unbackedKwh }) => unbackedKwh)
  const burnsSame = (sample: readonly BatteryFigures[]) => {
    const sum = (method: string) =>
      sample.reduce((all, one) => all + methodOf(one, method).burnedKwh.reduce((a, b) => a + b, 0), 0)
    return sum('no-prediction') / sum(name) - 1
  }
  const compared = batteries.filter(({ methods }) =>
    methods.some((method) => method.name === 'no-prediction'),
  )
  const onCompared = (statistic: (sample: readonly BatteryFigures[]) => number) => () => statistic(compared)
  return [
    {
      id: 'over-burned',
      label: `Ever over-burned, of ${batteries.length} batteries`,
      unit: 'batteries',
      value: hits,
      low: null,
      high: null,
      target: '0',
      reached: hits === 0,
    },
    {
      id: 'over-burn-rate',
      label: 'Rate of over-burn, 95 % upper bound',
      unit: 'fraction',
      value: bound,
      low: null,
      high: null,
      target: '≤ 1 %',
      reached: batteries.length >= 299 ? bound <= 0.01 : null,
    },
    figure(
      'unbacked',
      'Unbacked energy, mean',
      'kWh',
      (all) => overTime(all, name, (one) => one.unbackedKwh),
      reserve ? '≤ 0.03' : '≤ 0.005',
      most(reserve ? 0.03 : 0.005),
    ),
    figure(
      'unbacked-trailing',
      'Unbacked against trailing factor',
      'fraction',
      onCompared(trailing),
      '≤ 2 %',
      most(0.02),
    ),
    figure(
      'error-p50',
      'Annual error of B, p50',
      'fraction',
      (all) => quantile(annualErrors(all, name), 0.5),
      '',
      null,
    ),
    figure(
      'error-p95',
      'Annual error of B, p95',
      'fraction',
      (all) => quantile(annualErrors(all, name), 0.95),
      reserve ? '≤ 10 %' : '≤ 5 %',
      most(reserve ? 0.1 : 0.05),
    ),
    figure(
      'error-small',
      'Where L < 10 kWh: greatest error',
      'kWh',
      (all) => Math.max(...smallErrors(all, name)),
      '≤ 2',
      most(2),
    ),
    figure(
      'unverifiable',
      'Years not verifiable yet',
      'fraction',
      (all) => mean(all.flatMap(({ learnt }) => learnt.unverifiable.map(Number))),
      '',
      null,
    ),
    figure(
      'coverage',
      'E_low holds',
      'fraction',
      (all) =>
        ratioOf(
          all,
          ({ learnt }) => learnt.covered,
          ({ learnt }) => learnt.intervals,
        ),
      reserve ? '≥ 88 %' : '≥ 93 %',
      least(reserve ? 0.88 : 0.93),
    ),
    figure(
      'released',
      'Released, of minted',
      'fraction',
      (all) =>
        ratioOf(
          all,
          (one) => own(one).releasedKwh,
          (one) => own(one).mintedKwh,
        ),
      reserve ? '≤ 15 %' : '≤ 5 %',
      most(reserve ? 0.15 : 0.05),
    ),
    figure(
      'locked',
      'Backed but locked, of E',
      'fraction',
      (all) => overTime(all, name, (one) => one.lockedKwh) / overTime(all, name, (one) => one.energyKwh),
      reserve ? '≤ 15 %' : '≤ 6 %',
      most(reserve ? 0.15 : 0.06),
    ),
    figure(
      'beyond-high',
      'S − E_hi after a refusal, greatest',
      'kWh',
      (all) => Math.max(...all.map(({ learnt }) => learnt.beyondHighKwh)),
      '≤ 0',
      most(0),
    ),
    figure(
      'anchor-age',
      'Age of the last anchor at the end, p95',
      'h',
      (all) =>
        quantile(
          all.map(({ learnt }) => learnt.anchorAgeHours),
          0.95,
        ),
      '',
      null,
    ),
    figure(
      'failed',
      'Failed redemptions a year',
      'kWh',
      (all) => all.reduce((sum, one) => sum + own(one).failedKwh, 0) / years(all),
      '≤ 0.5',
      most(0.5),
    ),
    figure(
      'unclaimed',
      'Unclaimed discharge',
      'fraction',
      (all) =>
        ratioOf(
          all,
          (one) => own(one).unclaimedKwh,
          (one) => one.dischargedKwh,
        ),
      '≤ 1 %',
      most(0.01),
    ),
    figure(
      'without-prediction',
      'Unbacked without prediction, times',
      '×',
      onCompared(without),
      '≥ 10',
      least(10),
    ),
    figure(
      'without-prediction-burns',
      'Burned without prediction, change',
      'fraction',
      onCompared(burnsSame),
      'the same',
      (value) => Math.abs(value) <= 0.02,
    ),
    figure(
      'eta-inside',
      'Learnt factor inside its 95 % interval',
      'fraction',
      (all) =>
        mean(
          all.flatMap(({ learnt }) =>
            learnt.eta.map(({ eta, below, above, conversion }) =>
              Number(conversion >= eta - below && conversion <= eta + above),
            ),
          ),
        ),
      '≥ 95 %',
      least(0.95),
    ),
    figure(
      'eta-half',
      'Learnt factor: mean half-width',
      'fraction',
      (all) => mean(all.flatMap(({ learnt }) => learnt.eta.map(({ below, above }) => (below + above) / 2))),
      '',
      null,
    ),
    figure(
      'eta-running-inside',
      'Learnt factor inside, running as conversion',
      'fraction',
      (all) =>
        mean(
          all.flatMap(({ learnt }) =>
            learnt.eta.map(({ eta, below, above, running }) =>
              Number(running >= eta - below && running <= eta + above),
            ),
          ),
        ),
      '',
      null,
    ),
    figure(
      'full-inside',
      'Full-charge energy inside its interval',
      'fraction',
      (all) =>
        ratioOf(
          all,
          ({ learnt }) => learnt.fullInside,
          ({ learnt }) => learnt.fulls,
        ),
      '≥ 95 %',
      least(0.95),
    ),
    figure(
      'full-half',
      'Full charge: mean half-width, of registered',
      'fraction',
      (all) =>
        ratioOf(
          all,
          ({ learnt }) => learnt.fullHalves,
          ({ learnt }) => learnt.fulls,
        ),
      '',
      null,
    ),
    figure(
      'rate-inside',
      'Next half-year’s loss inside its 95 % interval',
      'fraction',
      (all) =>
        mean(
          all.flatMap(({ learnt }) =>
            learnt.rates.map(([lossKwh, half, truth]) => Number(Math.abs(lossKwh - truth) <= half)),
          ),
        ),
      '≥ 95 %',
      least(0.95),
    ),
    figure(
      'rate-half',
      'Next half-year’s loss: mean half-width',
      'fraction',
      (all) => mean(all.flatMap(({ learnt }) => learnt.rates.map(([lossKwh, half]) => half / lossKwh))),
      '',
      null,
    ),
  ]
}

export function methodRow(batteries: readonly BatteryFigures[], name: string): MethodRow {
  const errors = annualErrors(batteries, name)
  const or = (number: number) => (Number.isFinite(number) ? number : null)
  return {
    name,
    batteries: batteries.length,
    overBurned: overBurned(batteries, name),
    unbackedKwhHoursPerYear: perYear(overTime(batteries, name, ({ unbackedKwh }) => unbackedKwh)),
    errorP50: or(quantile(errors, 0.5)),
    errorP95: or(quantile(errors, 0.95)),
    failedKwhPerYear:
      batteries.reduce((sum, one) => sum + methodOf(one, name).failedKwh, 0) / years(batteries),
    releasedFraction: ratioOf(
      batteries,
      (one) => methodOf(one, name).releasedKwh,
      (one) => methodOf(one, name).mintedKwh,
    ),
    lockedFraction:
      overTime(batteries, name, (one) => one.lockedKwh) / overTime(batteries, name, (one) => one.energyKwh),
  }
}
