import { clearBillSharing } from './bill-sharing.ts'
import { clearContributionKeys, clearDynamicKeys, clearStaticKeys } from './community-allocation.ts'
import { clearDoubleAuction } from './double-auction.ts'
import type { Mechanism } from './mechanism.ts'
import { clearMidMarket } from './mid-market.ts'
import { clearNone } from './none.ts'
import { clearPayAsBid } from './pay-as-bid.ts'
import { clearPreferredPartners } from './preferred-partners.ts'
import { clearSupplyDemandRatio } from './supply-demand-ratio.ts'

/**
 * Every mechanism that a scenario may name; the scenario schema lists the same names. Credit allocation trades nothing
 * in an interval: it moves credits between bills at the end of a month (`credit-allocation.ts`).
 */
export const MECHANISMS = {
  'mid-market': clearMidMarket,
  'bill-sharing': clearBillSharing,
  'supply-demand-ratio': clearSupplyDemandRatio,
  'double-auction': clearDoubleAuction,
  'pay-as-bid': clearPayAsBid,
  'preferred-partners': clearPreferredPartners,
  'community-dynamic': clearDynamicKeys,
  'community-static': clearStaticKeys,
  'community-contribution': clearContributionKeys,
  'credit-allocation': clearNone,
  none: clearNone,
} as const satisfies Record<string, Mechanism>

export type MechanismName = keyof typeof MECHANISMS

export const MECHANISM_NAMES = Object.keys(MECHANISMS) as MechanismName[]
