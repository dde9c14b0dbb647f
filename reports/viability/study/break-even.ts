import type { BreakEven, TradeMap } from '../../../data/viability-files.ts'
import { deliveryUsdPerKwh } from '../../scenario-view.ts'
import { npvOf, owners } from './investment.ts'
import { baseDraw, measuresOf, ofRun, type StudyInput } from './study-input.ts'

/** Points along a line of costs. */
const STEPS = 24

/** Where a line through points crosses zero, between them on straight pieces. */
export function crossings(points: readonly { readonly x: number; readonly y: number }[]): number[] {
  const found: number[] = []
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1], points[at]]
    if (from.y === 0 && at === 1) found.push(from.x)
    if (to.y === 0) found.push(to.x)
    else if (from.y * to.y < 0) found.push(from.x + ((to.x - from.x) * from.y) / (from.y - to.y))
  }
  return found
}

type Line = Omit<BreakEven, 'crossings' | 'from' | 'to'>

const line = (one: Line): BreakEven => ({
  ...one,
  from: one.points[0].x,
  to: one.points[one.points.length - 1].x,
  crossings: crossings(one.points),
})

/** Lines along one input, all others as in the run. */
export function breakEvens(input: StudyInput): BreakEven[] {
  const base = baseDraw(input)
  const costs =
    owners(input).length === 0
      ? []
      : (['solar-battery', 'battery'] as const).map((id) => {
          const to = base.values.batteryCost * 1.5
          return line({
            id: `npv-${id}`,
            result: `Net present value of ${id === 'battery' ? 'a battery beside solar' : 'solar and battery'}, USD`,
            variable: 'Installed cost of a battery',
            unit: 'USD/kWh',
            base: base.values.batteryCost,
            points: Array.from({ length: STEPS + 1 }, (_, step) => {
              const batteryCost = (to * step) / STEPS
              return {
                x: batteryCost,
                y: npvOf(input, id, { ...base, values: { ...base.values, batteryCost } }),
              }
            }),
          })
        })
  const { exportUsdPerKwh, chargeUsdPerKwh } = input.plan
  if (exportUsdPerKwh.length === 0) return costs
  const gain = (id: string) => ofRun(measuresOf(input, id), 'tradingGain')
  const { forgone, charge } = here(input)
  return [
    line({
      id: 'trading-by-export',
      result: 'Mean home’s gain by trading, USD/month',
      variable: 'What an exported kWh earns',
      unit: 'USD/kWh',
      base: forgone[1],
      points: exportUsdPerKwh.map((x, at) => ({ x, y: gain(`export-${at}`) })),
    }),
    line({
      id: 'trading-by-charge',
      result: 'Mean home’s gain by trading, USD/month',
      variable: 'Delivery on a neighbor’s kWh',
      unit: 'USD/kWh',
      base: charge,
      points: chargeUsdPerKwh.map((x, at) => ({ x, y: gain(`charge-${at}`) })),
    }),
    ...costs,
  ]
}

/** What a seller gives up and what a buyer pays for the wires, in the run itself. */
function here({ report }: StudyInput): { forgone: readonly [number, number]; charge: number } {
  const { scenario, results, retail } = report
  const { netting, leastUsdPerKwh: least, mostUsdPerKwh: most } = results.communities[0].exportValue
  return {
    forgone: netting ? [Math.min(least, retail.least), Math.max(most, retail.greatest)] : [least, most],
    charge: deliveryUsdPerKwh(scenario),
  }
}

/** What the whole run gives at every pair of export value and delivery; null: nothing can be traded. */
export function tradeMap(input: StudyInput): TradeMap | null {
  const { exportUsdPerKwh, chargeUsdPerKwh } = input.plan
  if (exportUsdPerKwh.length === 0) return null
  const cells = (name: 'tradedKwh' | 'tradingGain') =>
    chargeUsdPerKwh.map((_, row) =>
      exportUsdPerKwh.map((__, column) => ofRun(measuresOf(input, `map-${row}-${column}`), name)),
    )
  const { forgone, charge } = here(input)
  return {
    exportUsdPerKwh,
    chargeUsdPerKwh,
    tradedKwhPerYear: cells('tradedKwh'),
    gainUsdPerMonth: cells('tradingGain'),
    here: { exportUsdPerKwh: forgone, chargeUsdPerKwh: charge },
  }
}
