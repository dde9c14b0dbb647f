import { streamFor } from '../../data/random.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { isFlexible, type MarketArea } from '../market-area.ts'
import { FlexibleHome } from './flexible-home.ts'
import { flexibleSignals } from './flexible-signals.ts'

/** Every home with something that can wait; null where the load is as given. */
export function flexibleHomes(
  area: MarketArea,
  scenario: Scenario,
  stepHours: number,
): (FlexibleHome | null)[] {
  if (!area.homes.some(({ flexible }) => isFlexible(flexible))) return area.homes.map(() => null)
  const signals = flexibleSignals(area, scenario)
  return area.homes.map((home) =>
    isFlexible(home.flexible)
      ? new FlexibleHome(home, signals, stepHours, streamFor(scenario.seed, 'vehicle', area.id, home.id))
      : null,
  )
}
