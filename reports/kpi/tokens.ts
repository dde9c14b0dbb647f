import { type CommunityResult, type RunResults, type TokenResults, withTokens } from '../../data/run-files.ts'
import type { KpiInput } from './kpi.ts'

/** Key figures of tokens stand only in runs that kept them. */
export const keptTokens = ({ results }: KpiInput): boolean => withTokens(results.communities).length > 0

/** Sum over communities of what their tokens tell. */
export const tokenTotal = (
  results: RunResults,
  value: (community: CommunityResult & TokenResults) => number,
): number => withTokens(results.communities).reduce((sum, community) => sum + value(community), 0)
