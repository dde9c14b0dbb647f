import { netLoadKw, type Strategy, type StrategyContext } from '../strategy.ts'

export interface TimeOfUseOptions {
  /** Charge from the grid in the cheapest hours, what the dearest are expected to need beyond the sun. */
  readonly gridCharge: boolean
}

/** Hours ahead that a tariff is looked at. */
const DAY_HOURS = 24

/**
 * Self-consumption that minds the clock: in the dearest hours of the coming day it covers the whole
 * deficit; before, it keeps what they needed a day ago less the surplus that came before them, and fills
 * that up from the grid in the cheapest hours where the difference pays for the losses. Under one price it
 * is self-consumption.
 */
export function timeOfUse({ battery, series }: StrategyContext, options: TimeOfUseOptions): Strategy {
  const { importUsdPerKwh: price, stepHours } = series
  const ahead = Math.max(1, Math.round(DAY_HOURS / stepHours))
  const low = windowExtreme(price, ahead, Math.min)
  const high = windowExtreme(price, ahead, Math.max)
  const { chargeEfficiency, dischargeEfficiency, powerKw } = battery
  /** What the home lacked in each interval of the last day, kWh; below zero is surplus. */
  const lacked = new Float64Array(ahead)
  /** Energy that the store should hold for the dearest hours to come, kWh; looked up once an hour. */
  const hour = Math.max(1, Math.round(1 / stepHours))
  let lookedAt = -1
  let heldKwh = 0
  const held = (step: number): number => {
    const now = Math.floor(step / hour)
    if (now !== lookedAt) heldKwh = lookAhead(step)
    lookedAt = now
    return heldKwh
  }
  const lookAhead = (step: number): number => {
    let needKwh = 0
    let surplusKwh = 0
    let dear = false
    for (let at = step + 1; at < Math.min(step + ahead, price.length); at++) {
      if (price[at] >= high[step]) dear = true
      else if (dear) break
      const net = lacked[at % ahead]
      if (dear) needKwh += Math.min(Math.max(0, net), powerKw * stepHours)
      else surplusKwh += Math.min(Math.max(0, -net), powerKw * stepHours)
    }
    return Math.max(0, needKwh / dischargeEfficiency - surplusKwh * chargeEfficiency)
  }
  return {
    powerKw(decision) {
      const { step, state } = decision
      const net = netLoadKw(decision, stepHours)
      lacked[step % ahead] = net * stepHours
      if (net <= 0 || price[step] >= high[step]) return net
      if (high[step] * chargeEfficiency * dischargeEfficiency <= low[step]) return net
      const usable = battery.capacityKwh * state.sohFraction
      const most = usable * (battery.maxSocFraction - battery.minSocFraction)
      const spareKwh = state.energyKwh - usable * battery.minSocFraction - Math.min(most, held(step))
      if (spareKwh >= 0) return Math.min(net, (spareKwh * dischargeEfficiency) / stepHours)
      if (!options.gridCharge || price[step] > low[step]) return 0
      return spareKwh / chargeEfficiency / stepHours
    },
  }
}

/** Least or greatest value of each interval and the `ahead − 1` after it. */
export function windowExtreme(
  values: Float64Array,
  ahead: number,
  better: (a: number, b: number) => number,
): Float64Array {
  const result = new Float64Array(values.length)
  // Positions of the candidates, best first: a queue whose head leaves as the window moves.
  const queue = new Int32Array(values.length)
  let head = 0
  let tail = 0
  for (let at = values.length - 1; at >= 0; at--) {
    while (tail > head && better(values[queue[tail - 1]], values[at]) === values[at]) tail--
    queue[tail++] = at
    while (queue[head] >= at + ahead) head++
    result[at] = values[queue[head]]
  }
  return result
}
