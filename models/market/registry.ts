import type { Mechanism } from './mechanism.ts'
import { clearMidMarket } from './mid-market.ts'
import { clearNone } from './none.ts'

/** Every mechanism that a scenario may name; the scenario schema lists the same names. */
export const MECHANISMS = { 'mid-market': clearMidMarket, none: clearNone } as const satisfies Record<
  string,
  Mechanism
>

export type MechanismName = keyof typeof MECHANISMS
