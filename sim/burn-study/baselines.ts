import { STEPS_PER_DAY } from './demand.ts'
import { burnActive, moveRegisters, newStocks, type Stocks } from './tokens.ts'

/** What a method is told of one interval of one battery; whole milliwatt-hours. */
export interface Seen {
  /** Registers moved since the last point. */
  charged: number
  discharged: number
  /** Registers. */
  charge: number
  discharge: number
  flags: number
  /** Reported state of charge, [0, 1]. */
  soc: number
  step: number
}

/** A method without anchors: what others do, or could do at once. */
export interface Baseline {
  readonly name: BaselineName
  readonly parameter: number
  readonly stocks: Stocks
  step(battery: number, seen: Seen): void
}

/** Each with the values among which it is tuned, on batteries of other seeds. */
export const BASELINES = {
  none: [0],
  'linear-30-days': [0.8, 0.9, 1, 1.1],
  'nameplate-rate': [0.5, 1, 2, 4],
  'trailing-factor': [1, 3, 6, 12],
  'raw-soc': [0.9, 1, 1.1, 1.25],
  residual: [0.88, 0.9, 0.92],
} as const satisfies Record<string, readonly number[]>
export type BaselineName = keyof typeof BASELINES
export const BASELINE_NAMES = Object.keys(BASELINES) as BaselineName[]

export const FACTOR_PPM = 900_000
const STANDBY_W = 10
const SELF_DISCHARGE_PER_HOUR = 0.02 / 720
const STEP_HOURS = 24 / STEPS_PER_DAY

/** Builds a baseline for a cohort. */
export function newBaseline(name: BaselineName, parameter: number, nameplate: Float64Array): Baseline {
  const stocks = newStocks(nameplate, FACTOR_PPM)
  const rule = RULES[name](nameplate.length, parameter, stocks)
  return {
    name,
    parameter,
    stocks,
    step: (battery, seen) => {
      moveRegisters(stocks, battery, seen.charged, seen.discharged)
      rule(battery, seen)
    },
  }
}

type Rule = (battery: number, seen: Seen) => void

const endsDay = (step: number): boolean => (step + 1) % STEPS_PER_DAY === 0

const RULES: Record<BaselineName, (count: number, parameter: number, stocks: Stocks) => Rule> = {
  none: () => () => {},

  /** Burns, each day, the loss a day of the last 30: a line through what was minted and not delivered. */
  'linear-30-days': (count, part, stocks) => {
    const days = 30
    const history = new Float64Array(count * (days + 1))
    const seenDays = new Float64Array(count)
    return (battery, { step }) => {
      if (!endsDay(step)) return
      const open = stocks.minted[battery] - stocks.delivered[battery]
      const day = seenDays[battery]++
      const first = battery * (days + 1)
      history[first + (day % (days + 1))] = open
      if (day < days) return
      const before = history[first + ((day - days) % (days + 1))]
      burnActive(stocks, battery, (part * (open - before)) / days)
    }
  },

  /** Burns what the data sheet says: standby and self-discharge. */
  'nameplate-rate': (_, part, stocks) => (battery) => {
    const stock = stocks.active[battery]
    if (stock === 0) return
    const loss = STANDBY_W * STEP_HOURS * 1000 + SELF_DISCHARGE_PER_HOUR * STEP_HOURS * stock
    burnActive(stocks, battery, part * loss)
  },

  /** Burns, each month, what a trailing efficiency (discharge over charge of the last months) leaves over. */
  'trailing-factor': (count, months, stocks) => {
    const kept = 13
    const charge = new Float64Array(count * kept)
    const discharge = new Float64Array(count * kept)
    const minted = new Float64Array(count)
    return (battery, seen) => {
      if ((seen.step + 1) % (30 * STEPS_PER_DAY) !== 0) return
      const month = Math.round((seen.step + 1) / (30 * STEPS_PER_DAY))
      const row = battery * kept
      charge[row + (month % kept)] = seen.charge
      discharge[row + (month % kept)] = seen.discharge
      const from = Math.max(0, month - months)
      const charged = seen.charge - charge[row + (from % kept)] * (from > 0 ? 1 : 0)
      const discharged = seen.discharge - discharge[row + (from % kept)] * (from > 0 ? 1 : 0)
      const last = month - 1 > 0 ? charge[row + ((month - 1) % kept)] : 0
      const mint = stocks.minted[battery] - minted[battery]
      minted[battery] = stocks.minted[battery]
      if (charged > 0) burnActive(stocks, battery, mint - (discharged / charged) * (seen.charge - last))
    }
  },

  /** Burns whatever exceeds the reported state of charge times the nameplate energy. */
  'raw-soc':
    (_, part, stocks) =>
    (battery, { soc }) =>
      burnActive(stocks, battery, stocks.active[battery] - part * soc * stocks.nameplate[battery]),

  /** Burns what a balance of the registers at a nominal efficiency, the meters' class added, excludes. */
  residual: (count, efficiency, stocks) => {
    const bias = 0.01
    const balance = new Float64Array(count)
    return (battery, { charged, discharged }) => {
      const after = balance[battery] + efficiency * (1 + bias) * charged - (1 - bias) * discharged
      balance[battery] = Math.min(
        stocks.nameplate[battery],
        Math.max(0, after - STANDBY_W * STEP_HOURS * 1000),
      )
      burnActive(stocks, battery, stocks.active[battery] - balance[battery])
    }
  },
}
