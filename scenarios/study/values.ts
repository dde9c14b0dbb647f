import { quantileOf, type Range } from '../../data/distribution.ts'
import { streamFor } from '../../data/random.ts'
import {
  type Simulated,
  type StudyValues,
  UNCERTAIN_NAMES,
  type UncertainName,
} from '../../data/viability-facts.ts'
import type { Scenario } from '../schema.ts'
import { latinHypercube } from '../sweep/latin-hypercube.ts'

type Uncertain = Scenario['viability']['uncertain'][UncertainName]

const middle = ({ low, mode, high }: Uncertain): number => mode ?? (low + high) / 2

const rangeOf = ({ low, mode, high }: Uncertain): Range => ({ low, mode: mode ?? null, high })

const wholesaleOf = ({ baselines, economics }: Scenario): number =>
  baselines.wholesale.usdPerKwh ?? economics.avoidedSupplyUsdPerKwh

/** What the scenario itself has; where it has nothing of the kind, the likeliest or middle value of the range. */
export function baseValues(scenario: Scenario): StudyValues {
  const { economics, viability, whatIf } = scenario
  return {
    solarYear: 1,
    load: 1,
    retail: 1,
    wholesale: wholesaleOf(scenario),
    participation: whatIf.tradingFraction,
    batteryCost: economics.batteryUsdPerKwh,
    solarCost: middle(viability.uncertain.solarCost),
    discount: economics.discountFraction,
    solarDegradation: middle(viability.uncertain.solarDegradation),
    batteryLife: economics.batteryLifeYears,
  }
}

/** Values of every draw: a Latin hypercube over the ranges, each input from a stream of its own name. */
export function drawnValues({ viability }: Scenario, count: number, seed: number): StudyValues[] {
  return latinHypercube(count, UNCERTAIN_NAMES, seed).map(
    (point) =>
      Object.fromEntries(
        UNCERTAIN_NAMES.map((name, at) => [name, quantileOf(rangeOf(viability.uncertain[name]), point[at])]),
      ) as StudyValues,
  )
}

/** The seed of a draw’s run: which homes trade is drawn anew. */
export const seedOfDraw = (seed: number, draw: number): number => streamFor(seed, 'draw', draw).uint32()

/** The scenario with the values that a run depends on. */
export function withValues(scenario: Scenario, values: Pick<StudyValues, Simulated>): Scenario {
  const { whatIf } = scenario
  const wholesale = wholesaleOf(scenario)
  return {
    ...scenario,
    whatIf: {
      ...whatIf,
      loadFactor: whatIf.loadFactor * values.load,
      solarFactor: whatIf.solarFactor * values.solarYear,
      retailFactor: whatIf.retailFactor * values.retail,
      exportFactor:
        wholesale > 0 ? (whatIf.exportFactor * values.wholesale) / wholesale : whatIf.exportFactor,
      tradingFraction: values.participation,
    },
  }
}
