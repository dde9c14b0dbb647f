/** A linear program: least cost·x with A·x between row bounds and x between column bounds; A by rows. */
export interface LinearProgram {
  readonly cost: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  /** Row starts (one more than rows), column of each entry, its value. */
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

export type LinearAnswer =
  | { readonly status: 'optimal'; readonly x: Float64Array; readonly objective: number }
  | { readonly status: 'failed'; readonly reason: string }

/** A program whose costs, bounds and right sides change between solves, its matrix never. */
export interface LinearModel {
  solve(program: LinearProgram): LinearAnswer
  close(): void
}

/** Makes a model of a program; the solver itself stands outside the models. */
export type LinearSolver = (program: LinearProgram) => LinearModel

export interface PlanLimits {
  readonly stepHours: number
  readonly capacityKwh: number
  readonly minKwh: number
  readonly maxKwh: number
  readonly powerKw: number
  readonly chargeEfficiency: number
  readonly dischargeEfficiency: number
}

/** Columns of one step of a plan, in this order. */
export const PLAN_COLUMNS = ['charge', 'discharge', 'import', 'export', 'energy'] as const
const WIDTH = PLAN_COLUMNS.length

/**
 * The dispatch of `count` steps as a linear program: import − export − charge + discharge = load − solar;
 * energy_t − energy_{t−1} − η_c·charge + discharge/η_d = 0. `setPlan` fills in what changes.
 */
export function planProgram(
  count: number,
  { chargeEfficiency, dischargeEfficiency }: PlanLimits,
): LinearProgram {
  const starts = new Int32Array(2 * count + 1)
  const columns: number[] = []
  const values: number[] = []
  const put = (column: number, value: number) => {
    columns.push(column)
    values.push(value)
  }
  for (let step = 0; step < count; step++) {
    const at = step * WIDTH
    put(at, -1)
    put(at + 1, 1)
    put(at + 2, 1)
    put(at + 3, -1)
    starts[2 * step + 1] = columns.length
    if (step > 0) put(at - 1, -1)
    put(at, -chargeEfficiency)
    put(at + 1, 1 / dischargeEfficiency)
    put(at + 4, 1)
    starts[2 * step + 2] = columns.length
  }
  return {
    cost: new Float64Array(count * WIDTH),
    lower: new Float64Array(count * WIDTH),
    upper: new Float64Array(count * WIDTH).fill(Infinity),
    rowLower: new Float64Array(2 * count),
    rowUpper: new Float64Array(2 * count),
    starts,
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  }
}

/** What a plan knows of one step ahead. */
export interface PlanStep {
  readonly netLoadKwh: number
  readonly importUsdPerKwh: number
  readonly exportUsdPerKwh: number
}

/**
 * Fills in one plan: what comes, where the battery stands, what is left at the end is worth.
 * @param energyKwh at the start; outside the limits it counts as at the nearer one
 * @param wearUsdPerKwh for each kWh discharged
 */
export function setPlan(
  program: LinearProgram,
  limits: PlanLimits,
  steps: readonly PlanStep[],
  energyKwh: number,
  endUsdPerKwh: number,
  wearUsdPerKwh: number,
): void {
  const { cost, lower, upper, rowLower, rowUpper } = program
  const most = limits.powerKw * limits.stepHours
  for (let step = 0; step < steps.length; step++) {
    const at = step * WIDTH
    const { netLoadKwh, importUsdPerKwh, exportUsdPerKwh } = steps[step]
    upper[at] = most
    upper[at + 1] = most
    cost[at + 1] = wearUsdPerKwh
    cost[at + 2] = importUsdPerKwh
    // An export that pays more than import costs would have no bottom: the meter nets, so it cannot be had.
    cost[at + 3] = -Math.min(exportUsdPerKwh, importUsdPerKwh)
    cost[at + 4] = step === steps.length - 1 ? -endUsdPerKwh : 0
    lower[at + 4] = Math.min(limits.minKwh, limits.maxKwh)
    upper[at + 4] = Math.max(limits.minKwh, limits.maxKwh)
    rowLower[2 * step] = netLoadKwh
    rowUpper[2 * step] = netLoadKwh
    rowLower[2 * step + 1] = 0
    rowUpper[2 * step + 1] = 0
  }
  const start = Math.max(limits.minKwh, Math.min(limits.maxKwh, energyKwh))
  rowLower[1] = start
  rowUpper[1] = start
}
