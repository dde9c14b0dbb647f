import type { Forecast } from '../forecast.ts'
import {
  type LinearModel,
  type LinearSolver,
  type PlanLimits,
  planProgram,
  setPlan,
} from '../linear-program.ts'
import { stepsOf } from '../series.ts'
import type { Decision, Strategy, StrategyContext } from '../strategy.ts'

export interface ModelPredictiveOptions {
  readonly horizonHours: number
  /** Length of a planned interval, hours; at least the series' own. */
  readonly planHours: number
  /** Counted against discharge, so that the plan does not cycle for nothing; USD/kWh. */
  readonly wearUsdPerKwh: number
}

/**
 * Model-predictive control: at each interval (of the plan) the cheapest dispatch of the hours ahead is
 * planned on a forecast, and its first interval is done. Where a plan cannot be had, `rule` decides, and
 * the interval is counted.
 */
export function modelPredictive(
  { battery, series }: StrategyContext,
  options: ModelPredictiveOptions,
  forecast: Forecast,
  solver: LinearSolver,
  rule: Strategy,
): Strategy {
  return new ModelPredictive(battery, series, options, forecast, solver, rule)
}

class ModelPredictive implements Strategy {
  readonly #battery: StrategyContext['battery']
  readonly #series: StrategyContext['series']
  readonly #options: ModelPredictiveOptions
  readonly #forecast: Forecast
  readonly #solver: LinearSolver
  readonly #rule: Strategy
  /** Intervals of the series in one of the plan. */
  readonly #factor: number
  #model: LinearModel | null = null
  #program: ReturnType<typeof planProgram> | null = null
  #count = 0
  #plannedKw = 0
  #plannedAt = -1
  #failed = false
  ruledSteps = 0

  constructor(
    battery: StrategyContext['battery'],
    series: StrategyContext['series'],
    options: ModelPredictiveOptions,
    forecast: Forecast,
    solver: LinearSolver,
    rule: Strategy,
  ) {
    this.#battery = battery
    this.#series = series
    this.#options = options
    this.#forecast = forecast
    this.#solver = solver
    this.#rule = rule
    this.#factor = Math.max(1, Math.round(options.planHours / series.stepHours))
  }

  powerKw(decision: Decision): number {
    const { step } = decision
    if (step % this.#factor === 0 || this.#plannedAt < 0) this.#plan(decision)
    if (this.#failed) {
      this.ruledSteps++
      return this.#rule.powerKw(decision)
    }
    return this.#plannedKw
  }

  #plan(decision: Decision): void {
    const { step, state } = decision
    const battery = this.#battery
    const hours = this.#series.stepHours * this.#factor
    const wanted = Math.max(1, Math.round(this.#options.horizonHours / hours))
    const left = Math.ceil((stepsOf(this.#series) - step) / this.#factor)
    const count = Math.min(wanted, left)
    const capacityKwh = battery.capacityKwh * state.sohFraction
    const limits: PlanLimits = {
      stepHours: hours,
      capacityKwh,
      minKwh: capacityKwh * battery.minSocFraction,
      maxKwh: capacityKwh * battery.maxSocFraction,
      powerKw: battery.powerKw,
      chargeEfficiency: battery.chargeEfficiency,
      dischargeEfficiency: battery.dischargeEfficiency,
    }
    this.#plannedAt = step
    try {
      const program = this.#programOf(count, limits)
      const steps = Array.from({ length: count }, (_, at) => this.#ahead(step, at))
      // What is left at the horizon's end is worth what it saves at the least price seen.
      const endUsdPerKwh = count < left ? this.#endValue(steps) : 0
      setPlan(program, limits, steps, state.energyKwh, endUsdPerKwh, this.#options.wearUsdPerKwh)
      const answer = this.#modelOf(program).solve(program)
      this.#failed = answer.status !== 'optimal'
      if (answer.status === 'optimal') this.#plannedKw = (answer.x[1] - answer.x[0]) / hours
    } catch {
      this.#close()
      this.#failed = true
    }
    if (stepsOf(this.#series) - step <= this.#factor) this.#close()
  }

  #endValue(steps: readonly { importUsdPerKwh: number; exportUsdPerKwh: number }[]): number {
    const least = steps.reduce((low, { importUsdPerKwh }) => Math.min(low, importUsdPerKwh), Infinity)
    const paid = steps.reduce((high, { exportUsdPerKwh }) => Math.max(high, exportUsdPerKwh), 0)
    // Never above what filling up costs, else the plan would fill for the end's sake.
    return Math.min(least, paid / this.#battery.chargeEfficiency)
  }

  #ahead(now: number, at: number): { netLoadKwh: number; importUsdPerKwh: number; exportUsdPerKwh: number } {
    const { importUsdPerKwh, exportUsdPerKwh } = this.#series
    const first = now + at * this.#factor
    const end = Math.min(stepsOf(this.#series), first + this.#factor)
    let net = 0
    let price = 0
    let paid = 0
    for (let step = first; step < end; step++) {
      const { loadKwh, solarKwh } = this.#forecast.at(now, step)
      net += loadKwh - solarKwh
      price += importUsdPerKwh[step]
      paid += exportUsdPerKwh[step]
    }
    const steps = end - first
    return { netLoadKwh: net, importUsdPerKwh: price / steps, exportUsdPerKwh: paid / steps }
  }

  #programOf(count: number, limits: PlanLimits): ReturnType<typeof planProgram> {
    if (this.#program !== null && this.#count === count) return this.#program
    this.#close()
    this.#count = count
    this.#program = planProgram(count, limits)
    return this.#program
  }

  #modelOf(program: ReturnType<typeof planProgram>): LinearModel {
    this.#model ??= this.#solver(program)
    return this.#model
  }

  #close(): void {
    this.#model?.close()
    this.#model = null
    this.#program = null
  }
}
