import type { TimeAxis } from '../data/axis.ts'
import type { NetworkTrainer } from '../models/forecast/models/network.ts'
import type { Scenario } from '../scenarios/schema.ts'
import { marketArea } from './area.ts'
import { needsSolver } from './dispatch/strategies.ts'
import { CommunityEngine, type EngineOptions } from './engine.ts'
import { communityForecasts } from './forecast/community.ts'
import { highsSolver } from './highs.ts'
import type { MarketArea } from './market-area.ts'
import type { PreparedCommunity } from './prepare.ts'
import type { TokenLedger } from './token-ledger.ts'

/**
 * The engine of one prepared community with all that its scenario asks for: solver and forecasts. A run and a batch
 * make it alike.
 * @param trainer of networks, where a forecast needs one
 * @param tokensFor where the community's tokens are kept, if not in this thread
 */
export async function communityEngine(
  scenario: Scenario,
  prepared: PreparedCommunity,
  axis: TimeAxis,
  trainer: NetworkTrainer,
  options: Pick<EngineOptions, 'sink' | 'onDay' | 'newLedger' | 'figuresOnly'>,
  tokensFor: (area: MarketArea) => TokenLedger | null = () => null,
): Promise<{ area: MarketArea; engine: CommunityEngine }> {
  const area = marketArea(scenario, prepared, axis)
  const solver = needsSolver(scenario) ? await highsSolver() : null
  const forecasts = await communityForecasts(area, scenario, trainer)
  const elsewhere = tokensFor(area)
  const tokens = elsewhere === null ? {} : { tokens: elsewhere }
  return { area, engine: new CommunityEngine(area, scenario, { ...options, ...tokens, solver, forecasts }) }
}
