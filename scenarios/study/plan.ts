import type { Scenario } from '../schema.ts'
import { SIMULATED, type Simulated, type StudyValues } from '../../data/viability-facts.ts'
import { baseValues, drawnValues, seedOfDraw, withValues } from './values.ts'

/** One run of the study: what it is for, and its scenario. */
export interface StudyPoint {
  readonly id: string
  readonly scenario: Scenario
}

/** Everything that an uncertainty study runs. */
export interface StudyPlan {
  readonly seed: number
  readonly base: StudyValues
  /** Values of each draw; its run has the id `draw-<index>`. */
  readonly draws: readonly StudyValues[]
  /** Axes of the two-way map and of the lines through the scenario, USD/kWh. */
  readonly exportUsdPerKwh: readonly number[]
  readonly chargeUsdPerKwh: readonly number[]
  readonly points: readonly StudyPoint[]
}

/** Cells along each axis of the map. */
const CELLS = 7

/**
 * A scenario as the study runs it: by the hour where its data allow, bills and energy alone. Tokens change no bill, and
 * what is compared with strategies and mechanisms stands in the run’s own report.
 */
export function studyScenario(
  scenario: Scenario,
  settlementMinutes: Scenario['settlementMinutes'],
): Scenario {
  return {
    ...scenario,
    settlementMinutes,
    period: { ...scenario.period, years: 1 },
    ledger: { ...scenario.ledger, tokens: false },
    comparison: { ...scenario.comparison, enabled: false },
    market: { ...scenario.market, compareMechanisms: false },
  }
}

const steps = (to: number): number[] => Array.from({ length: CELLS }, (_, at) => (to * at) / (CELLS - 1))

/**
 * The runs of a study: the scenario itself, seeded draws, each simulated input alone at its low and high value, and the
 * map of export value against charges with the two lines through the scenario.
 *
 * @param scenario as `studyScenario` makes it
 * @param retailUsdPerKwh greatest retail price: how far the map goes
 */
export function studyPlan(
  scenario: Scenario,
  count: number,
  seed: number,
  retailUsdPerKwh: number,
): StudyPlan {
  const base = baseValues(scenario)
  const draws = drawnValues(scenario, count, seed)
  const { uncertain } = scenario.viability
  const at = (id: string, values: StudyValues, changes: Partial<Scenario> = {}): StudyPoint => ({
    id,
    scenario: { ...withValues(scenario, values), ...changes },
  })
  const alone = (name: Simulated, end: 'low' | 'high') =>
    at(`${name}-${end}`, { ...base, [name]: uncertain[name][end] })
  const exportUsdPerKwh = steps(retailUsdPerKwh)
  const chargeUsdPerKwh = steps(retailUsdPerKwh)
  const trades =
    scenario.market.mechanism !== 'none' && scenario.communities.some(({ homes }) => homes.length > 1)
  const what = (id: string, whatIf: Partial<Scenario['whatIf']>): StudyPoint => ({
    id,
    scenario: { ...scenario, whatIf: { ...scenario.whatIf, ...whatIf } },
  })
  const map = trades
    ? [
        ...chargeUsdPerKwh.flatMap((charge, row) =>
          exportUsdPerKwh.map((paid, column) =>
            what(`map-${row}-${column}`, { exportUsdPerKwh: paid, peerDeliveryUsdPerKwh: charge }),
          ),
        ),
        ...exportUsdPerKwh.map((paid, column) => what(`export-${column}`, { exportUsdPerKwh: paid })),
        ...chargeUsdPerKwh.map((charge, row) => what(`charge-${row}`, { peerDeliveryUsdPerKwh: charge })),
      ]
    : []
  return {
    seed,
    base,
    draws,
    exportUsdPerKwh: trades ? exportUsdPerKwh : [],
    chargeUsdPerKwh: trades ? chargeUsdPerKwh : [],
    points: [
      at('base', base),
      ...draws.map((values, draw) => at(`draw-${draw}`, values, { seed: seedOfDraw(seed, draw) })),
      ...SIMULATED.flatMap((name) => [alone(name, 'low'), alone(name, 'high')]),
      ...map,
    ],
  }
}
