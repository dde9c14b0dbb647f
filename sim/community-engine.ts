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
import type { SeriesSink } from './series.ts'
import type { TokenLedger } from './token-ledger.ts'

/** What is made for a community once its homes are known. */
export interface MadeFor {
  /** Where its tokens are kept, if not in this thread. */
  readonly tokensFor?: (area: MarketArea) => TokenLedger
  /** Where its homes' series go, if they are not to be kept. */
  readonly seriesFor?: (area: MarketArea) => SeriesSink
}

/**
 * The engine of one prepared community with all that its scenario asks for: solver and forecasts. A run and a batch
 * make it alike.
 * @param trainer of networks, where a forecast needs one
 */
export async function communityEngine(
  scenario: Scenario,
  prepared: PreparedCommunity,
  axis: TimeAxis,
  trainer: NetworkTrainer,
  options: Pick<EngineOptions, 'sink' | 'onDay' | 'newLedger' | 'figuresOnly'>,
  { tokensFor, seriesFor }: MadeFor = {},
): Promise<{ area: MarketArea; engine: CommunityEngine }> {
  const area = marketArea(scenario, prepared, axis)
  const solver = needsSolver(scenario) ? await highsSolver() : null
  const forecasts = await communityForecasts(area, scenario, trainer)
  const seriesSink = seriesFor?.(area) ?? null
  const tokens = tokensFor === undefined ? {} : { tokens: tokensFor(area) }
  const engine = new CommunityEngine(area, scenario, { ...options, ...tokens, solver, forecasts, seriesSink })
  return { area, engine }
}
